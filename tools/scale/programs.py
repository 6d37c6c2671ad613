"""Builds and runs the programs of this repository for the runs in tools/scale."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO_MODEL = str(ROOT / "models" / "demo-en")


def build_tool():
    return build("src/Jina.Embeddings.Tool", "jina-embeddings")


def build(project, name, *properties):
    """Builds a project and returns the path of its assembly."""
    folder = ROOT / project
    command = ["dotnet", "build", str(folder), "--configuration", "Release", "--verbosity", "quiet", "-nologo", *properties]
    if subprocess.run(command).returncode != 0:
        sys.exit(f"error: {project} was not built.")
    return str(folder / "bin" / "Release" / "net10.0" / f"{name}.dll")


def run(assembly, *arguments, **options):
    """Runs a program, and ends this one with an error if it fails. Returns its output if it is captured."""
    done = subprocess.run(["dotnet", assembly, *arguments], text=True, **options)
    if done.returncode != 0:
        sys.exit(f"error: {Path(assembly).stem} {arguments[0]} ended with exit code {done.returncode}.")
    return done.stdout


def exit_on_signals():
    """Ends the program on Ctrl+C and SIGTERM through its with blocks, which end other processes. A second signal is ignored."""
    def end(number, _):
        for interrupt in (signal.SIGINT, signal.SIGTERM):
            signal.signal(interrupt, signal.SIG_IGN)
        sys.exit(128 + number)

    for interrupt in (signal.SIGINT, signal.SIGTERM):
        signal.signal(interrupt, end)


def free_ports(count):
    """Returns ports of 127.0.0.1 that no process listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in sockets]
    for server in sockets:
        server.close()
    return ports


def read_lines(path):
    """Yields the records of a file with JSON lines."""
    with open(path, encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def compare(expected, found):
    """Returns the keys of vectors that are missing, and the largest difference of a component in the others."""
    pairs = [(vector, found[key]) for key, vector in expected.items() if key in found]
    worst = max((abs(x - y) for pair in pairs for x, y in zip(*pair, strict=True)), default=0)
    return expected.keys() - found.keys(), worst


def say(text):
    print(text, file=sys.stderr, flush=True)
