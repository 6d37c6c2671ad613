"""A NATS server with JetStream in a temporary folder, on ports of 127.0.0.1. It stops and disappears with its `with` block."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from programs import free_ports


class Consumer(NamedTuple):
    """The state of a consumer: messages that wait, messages that are delivered but not acknowledged, and the number of deliveries."""

    waiting: int
    in_progress: int
    deliveries: int


class NatsServer:
    def __init__(self):
        self.program = shutil.which("nats-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if not self.program:
            sys.exit("error: nats-server is not installed. On Debian: apt-get install nats-server.")

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="jina-nats-")
        self.port, self.monitor = free_ports(2)
        self.address = f"nats://127.0.0.1:{self.port}"
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def crash(self):
        """Ends the server with SIGKILL and starts it again on the same port."""
        self._kill()
        self._start()

    def consumer(self):
        """Returns the state of the only consumer, or None if it does not exist yet."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.monitor}/jsz?consumers=true", timeout=10) as answer:
            accounts = json.load(answer).get("account_details") or []
        for account in accounts:
            for stream in account.get("stream_detail", []):
                for consumer in stream.get("consumer_detail", []):
                    return Consumer(consumer["num_pending"], consumer["num_ack_pending"], consumer["delivered"]["consumer_seq"])
        return None

    def _start(self):
        self.process = subprocess.Popen(
            [self.program, "--jetstream", f"--store_dir={self.folder}", "--addr=127.0.0.1", f"--port={self.port}",
             f"--http_port={self.monitor}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        end = time.monotonic() + 20
        while not self._answers():
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit("error: nats-server did not start.")
            time.sleep(0.1)

    def _answers(self):
        try:
            self.consumer()
            return True
        except OSError:
            return False

    def _kill(self):
        if process := getattr(self, "process", None):
            process.kill()
            process.wait()
