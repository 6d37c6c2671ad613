"""Runs commands, and measures the programs of the peers."""
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


class Missing(Exception):
    """A peer cannot be prepared or run on this machine."""


@dataclass
class Run:
    first: float  # seconds from the start of the process to the first vector
    seconds: list  # of each call
    megabytes: float  # the peak of resident memory


def call(*command, **options):
    """Runs a command and returns its output. Raises Missing with the reason if it fails."""
    try:
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    except FileNotFoundError as error:
        raise Missing(f"{error.filename} was not found") from error
    if result.returncode != 0:
        name = Path(str(command[0])).name
        raise Missing(f"{name} failed with exit code {result.returncode}: {reason(result.stdout + result.stderr)}")
    return result.stdout


def measure(command, environment, work, inputs):
    """Runs the program of a peer in a new process. Its vectors are in vectors.f32 in the working folder."""
    log = work / "errors.txt"
    start = time.perf_counter()
    with open(log, "w") as errors:
        process = subprocess.Popen(
            [*command, *inputs, str(work / "vectors.f32")], stdout=subprocess.PIPE, stderr=errors, text=True,
            env={**os.environ, **environment})
    try:
        lines = [process.stdout.readline()]
        first = time.perf_counter() - start
        lines += process.stdout.readlines()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:  # Ctrl+C
        process.kill()
        process.wait()
        raise
    if process.returncode != 0:
        raise Missing(f"exit code {process.returncode}: {reason(log.read_text(errors='replace'))}")
    return Run(first, [float(line) for line in lines if line.strip()], usage.ru_maxrss * 1024 / 1e6)


def reason(output):
    """Returns the line that explains a failure: the first one about an error that is not indented as stack frames are."""
    lines = output.strip().splitlines() or ["no message"]
    errors = (line for line in lines if not line[0:1].isspace() and ("error" in line.lower() or "exception" in line.lower()))
    return next(errors, lines[-1]).rstrip(".")
