#!/usr/bin/env python3
"""Sends requests through a load balancer while its servers are restarted and killed, and counts the requests that fail.

Starts three servers and HAProxy, nginx or YARP with the configuration in deploy/, restarts and kills each server in turn,
and ends by itself. On Debian: apt-get install haproxy nginx-light. YARP is a package of NuGet.

    python3 tools/scale/serving/run.py --balancer haproxy
"""

import argparse
import http.client
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from programs import DEMO_MODEL, ROOT, build, build_tool, exit_on_signals

FIRST_PORT = 8081
BALANCER = 8080
DRAIN_SECONDS = 3
FAIL_FAST = {502, 503}


def main():
    arguments = parse()
    exit_on_signals()
    with tempfile.TemporaryDirectory(prefix="jina-scale-") as folder, ExitStack() as running:
        command = COMMANDS[arguments.balancer](Path(folder))
        tool = arguments.tool or build_tool()
        servers = [running.enter_context(Server(tool, arguments.model, FIRST_PORT + number)) for number in range(3)]
        for server in servers:
            server.wait()
        running.enter_context(balance(arguments.balancer, command))
        report(arguments.balancer, measure(servers, arguments.callers))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--balancer", choices=COMMANDS, default="haproxy")
    parser.add_argument("--model", default=DEMO_MODEL, help="a model directory (the demo model)")
    parser.add_argument("--callers", type=int, default=8, help="the number of callers that send one request after the other (8)")
    parser.add_argument("--tool", help="the path of jina-embeddings.dll (built in Release)")
    return parser.parse_args()


class Server:
    """A server on a port that can be restarted and killed. Use it in a with statement."""

    def __init__(self, tool, model, port):
        self.command = ["dotnet", tool, "serve", "--model", model, "--urls", f"http://127.0.0.1:{port}", "--drain", str(DRAIN_SECONDS)]
        self.port = port

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env=os.environ | {"HF_HUB_OFFLINE": "1"})

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while not is_ready(self.port):
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"error: The server on port {self.port} did not start.")
            time.sleep(0.1)

    def restart(self):
        self.process.terminate()
        self.process.wait()
        self.start()
        self.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()


def is_ready(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def haproxy(_):
    return [find("haproxy"), "-db", "-f", str(ROOT / "deploy" / "haproxy.cfg")]


def nginx(folder):
    main_file = folder / "nginx.conf"
    main_file.write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\n access_log off;\n include {ROOT}/deploy/nginx-servers.conf;\n}}\n")
    return [find("nginx"), "-c", str(main_file), "-p", str(folder)]


def yarp(_):
    return ["dotnet", build("deploy/yarp", "LoadBalancer")]


COMMANDS = {"haproxy": haproxy, "nginx": nginx, "yarp": yarp}


def find(program):
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") or sys.exit(
        f"error: {program} is not installed. On Debian: apt-get install haproxy nginx-light.")


@contextmanager
def balance(name, command):
    """Runs the balancer while the with block runs."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not is_ready(BALANCER):
            if time.monotonic() > end or process.poll() is not None:
                sys.exit(f"error: {name} did not start.")
            time.sleep(0.1)
        yield
    finally:
        # SIGKILL would leave the workers of nginx behind.
        process.terminate()
        process.wait()


def measure(servers, caller_count):
    """Returns, for each phase, the answers by status and the slowest failure in seconds."""
    phases = {}
    current = ["warm-up"]
    stop = threading.Event()
    lock = threading.Lock()

    def call():
        while not stop.is_set():
            status, seconds = request()
            with lock:
                answers, slowest = phases.setdefault(current[0], [Counter(), 0.0])
                answers[status] += 1
                if status != 200:
                    phases[current[0]][1] = max(slowest, seconds)

    callers = [threading.Thread(target=call) for _ in range(caller_count)]
    for caller in callers:
        caller.start()
    try:
        time.sleep(3)
        current[0] = "three servers"
        time.sleep(5)
        current[0] = "rolling restart"
        for server in servers:
            server.restart()
            time.sleep(2)
        current[0] = "each killed once"
        for server in servers:
            server.kill()
            time.sleep(3)
            server.start()
            server.wait()
            time.sleep(2)
        current[0] = "all killed"
        for server in servers:
            server.kill()
        time.sleep(3)
    finally:
        stop.set()
        for caller in callers:
            caller.join()
    return phases


def request():
    """Embeds four texts, and returns the status and the seconds. The status is a word if the request failed or the vectors are wrong."""
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", BALANCER, timeout=60)
    try:
        body = json.dumps({"input": [f"A text of some words about weather stations, number {number}." for number in range(4)]})
        connection.request("POST", "/v1/embeddings", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        status = "wrong" if answer.status == 200 and not has_vectors(content) else answer.status
        return status, time.monotonic() - started
    except (OSError, http.client.HTTPException):
        return "closed", time.monotonic() - started
    finally:
        connection.close()


def has_vectors(content):
    """Determines whether a response has four vectors of unit length."""
    try:
        vectors = [item["embedding"] for item in json.loads(content)["data"]]
    except (ValueError, KeyError):
        return False
    return len(vectors) == 4 and all(abs(math.hypot(*vector) - 1) < 1e-3 for vector in vectors)


def report(balancer, phases):
    print(balancer)
    unexpected = set()
    for name, (answers, slowest) in phases.items():
        failed = {status: count for status, count in answers.items() if status != 200}
        unexpected |= failed.keys() - (FAIL_FAST if name == "all killed" else set())
        detail = f", failed {failed}, the slowest failure after {slowest:.2f} s" if failed else ", failed 0"
        print(f"  {name:16} {answers[200]:6,} answered{detail}")
    if unexpected:
        sys.exit(f"error: Requests failed with {unexpected}. Only without any server may they fail, with 502 and 503.")


if __name__ == "__main__":
    main()
