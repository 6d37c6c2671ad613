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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from programs import DEMO_MODEL, ROOT, build, build_tool, exit_on_signals

FIRST_PORT = 8081
BALANCER = 8080
DRAIN_SECONDS = 3


def main():
    arguments = parse()
    exit_on_signals()
    with tempfile.TemporaryDirectory(prefix="jina-scale-") as folder:
        command = COMMANDS[arguments.balancer](Path(folder))
        tool = arguments.tool or build_tool()
        servers = [Server(tool, arguments.model, FIRST_PORT + number) for number in range(3)]
        balancer = None
        try:
            for server in servers:
                server.wait()
            balancer = start_balancer(arguments.balancer, command)
            report(arguments.balancer, measure(servers, arguments.callers))
        finally:
            if balancer:
                # SIGKILL would leave the workers of nginx behind.
                balancer.terminate()
                balancer.wait()
            for server in servers:
                server.kill()


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--balancer", choices=COMMANDS, default="haproxy")
    parser.add_argument("--model", default=DEMO_MODEL, help="a model directory (the demo model)")
    parser.add_argument("--callers", type=int, default=8, help="the number of callers that send one request after the other (8)")
    parser.add_argument("--tool", help="the path of jina-embeddings.dll (built in Release)")
    return parser.parse_args()


class Server:
    """A server on a port that can be restarted and killed."""

    def __init__(self, tool, model, port):
        self.command = ["dotnet", tool, "serve", "--model", model, "--urls", f"http://127.0.0.1:{port}", "--drain", str(DRAIN_SECONDS)]
        self.port = port
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env=os.environ | {"HF_HUB_OFFLINE": "1"})

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > end or self.process.poll() is not None:
                raise SystemExit(f"error: The server on port {self.port} did not start.")
            time.sleep(0.1)

    def is_ready(self):
        try:
            return get(self.port, "/ready") == 200
        except OSError:
            return False

    def restart(self):
        self.process.terminate()
        self.process.wait()
        self.start()
        self.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
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


def start_balancer(name, command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if get(BALANCER, "/ready") == 200:
                return process
        except OSError:
            pass
        time.sleep(0.1)
    process.kill()
    raise SystemExit(f"error: {name} did not start.")


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
    """Embeds four texts and returns the status, or 0 if the connection fails, and the seconds."""
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", BALANCER, timeout=60)
    try:
        body = json.dumps({"input": [f"A text of some words about weather stations, number {number}." for number in range(4)]})
        connection.request("POST", "/v1/embeddings", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 200:
            check(json.loads(content))
        return answer.status, time.monotonic() - started
    except (OSError, http.client.HTTPException):
        return 0, time.monotonic() - started
    finally:
        connection.close()


def check(answer):
    vectors = [item["embedding"] for item in answer["data"]]
    if len(vectors) != 4 or any(abs(math.hypot(*vector) - 1) > 1e-3 for vector in vectors):
        raise SystemExit("error: An answer with status 200 does not have four vectors of unit length.")


def report(balancer, phases):
    print(balancer)
    for name, (answers, slowest) in phases.items():
        failed = {status: count for status, count in answers.items() if status != 200}
        detail = f", failed {failed}, the slowest failure after {slowest:.2f} s" if failed else ", failed 0"
        print(f"  {name:16} {answers[200]:6,} answered{detail}")


if __name__ == "__main__":
    main()
