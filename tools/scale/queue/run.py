#!/usr/bin/env python3
"""Embeds the messages of a queue into Postgres while workers and servers are killed, and compares the table with one process.

Starts NATS JetStream and PostgreSQL in temporary folders, publishes messages, and starts workers (samples/QueueWorker). Workers receive
SIGKILL at random, and sometimes a server does. It ends by itself, and removes everything. On Debian: apt-get install nats-server
postgresql postgresql-NN-pgvector, or pgvector from its source.

    python3 tools/scale/queue/run.py --texts texts.jsonl
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import messages
from nats_server import NatsServer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from postgres_server import PostgresServer
from programs import DEMO_MODEL, build, build_tool, compare, exit_on_signals, read_lines, run, say

TOLERANCE = 1e-6
QUIET_SECONDS = 30
ROWS = "select id, text, embedding::text::json as embedding from passages"


def main():
    arguments = parse()
    exit_on_signals()
    chance = random.Random(arguments.seed)
    texts = read_lines(arguments.texts) if arguments.texts else messages.generate(chance)
    lines, latest = messages.create(texts, arguments.messages, chance)
    with tempfile.TemporaryDirectory(prefix="jina-scale-") as name, NatsServer() as nats, PostgresServer() as postgres:
        folder = Path(name)
        tool, worker = arguments.tool or build_tool(), arguments.worker or build("samples/QueueWorker", "QueueWorker")
        say("one process ...")
        (folder / "latest.jsonl").write_text("".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in latest.items()))
        run(tool, "embed", "--model", arguments.model, "--input", str(folder / "latest.jsonl"), "--jsonl", "--id-field", "id",
            "--output", str(folder / "one.jsonl"))
        say(f"{len(lines):,} messages ...")
        environment = os.environ | {
            "ConnectionStrings__Queue": nats.address, "ConnectionStrings__Database": postgres.connection, "Jina__Model": arguments.model,
            "Queue__AckWait": "00:00:05", "HF_HUB_OFFLINE": "1", "DOTNET_PROCESSOR_COUNT": "1",
        }
        (folder / "messages.jsonl").write_text("".join(line + "\n" for line in lines))
        run(worker, "publish", str(folder / "messages.jsonl"), env=environment)
        say(f"{arguments.workers} workers ...")
        with Workers(worker, arguments.workers, environment, folder) as workers:
            kills, seconds = disturb(workers, nats, postgres, chance, arguments.kill_every)
            workers.stop()
        rows = postgres.rows(ROWS)
        one = {record["id"]: record["embedding"] for record in read_lines(folder / "one.jsonl")}
        invalid = sum(line in messages.INVALID for line in lines)
        report(rows, one, latest, invalid, kills, workers.removed(), workers.redelivered(), seconds)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="JSON lines with a text and an id (generated)")
    parser.add_argument("--messages", type=int, default=20000, help="the number of messages (20000)")
    parser.add_argument("--workers", type=int, default=4, help="the number of workers, each with one thread (4)")
    parser.add_argument("--kill-every", type=float, default=2, help="the average seconds between two kills (2)")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the messages and the kills (1)")
    parser.add_argument("--model", default=DEMO_MODEL, help="a model directory (the demo model)")
    parser.add_argument("--tool", help="the path of jina-embeddings.dll (built in Release)")
    parser.add_argument("--worker", help="the path of QueueWorker.dll (built in Release)")
    arguments = parser.parse_args()
    if arguments.texts and not arguments.texts.is_file():
        sys.exit(f"error: The file {arguments.texts} does not exist. Expected JSON lines with the strings id and text.")
    return arguments


class Workers:
    """Processes that consume the queue. Use it in a with statement."""

    def __init__(self, assembly, count, environment, folder):
        self.command = ["dotnet", assembly]
        self.environment = environment
        self.logs = [folder / f"worker-{number}.log" for number in range(count)]
        self.processes = []

    def __enter__(self):
        self.processes = [self._start(log) for log in self.logs]
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()

    def kill(self, number):
        """Sends SIGKILL to a worker, and starts it again."""
        self.processes[number].kill()
        self.processes[number].wait()
        self.processes[number] = self._start(self.logs[number])

    def check(self):
        """Workers do not end by themselves, even without a server."""
        for process, log in zip(self.processes, self.logs):
            if process.poll() is not None:
                sys.exit(f"error: A worker ended with exit code {process.returncode}: {log.read_text().strip().splitlines()[-1:]}")

    def stop(self):
        """Sends SIGTERM to all workers. One that has just started does not handle it yet."""
        for process in self.processes:
            process.terminate()
        if codes := [process.returncode for process in self.processes if process.wait(timeout=60) not in (0, -signal.SIGTERM)]:
            sys.exit(f"error: Workers ended with exit codes {codes} after SIGTERM.")

    def removed(self):
        """Returns the numbers of the messages that are not valid."""
        return {number for log in self.logs for number in re.findall(r"Message (\d+) was removed", log.read_text())}

    def redelivered(self):
        """Returns the number of stored messages that were delivered before."""
        return sum(int(count) for log in self.logs for count in re.findall(r"(\d+) of them delivered again", log.read_text()))

    def _start(self, log):
        with open(log, "ab") as output:
            return subprocess.Popen(self.command, stdout=output, stderr=output, env=self.environment, start_new_session=True)


def disturb(workers, nats, postgres, chance, seconds):
    """Kills workers, and now and then a server, while messages wait. Returns the number of kills of each kind, and the seconds.

    After it was killed, nats-server 2.9 can list a message as not acknowledged that is no longer in the stream. So this also ends if nothing
    changes for a while. If a message that was not stored is left, the comparison fails.
    """
    kills = Counter()
    started = changed = time.monotonic()
    state = None
    while not state or (state.waiting + state.in_progress > 0 and time.monotonic() - changed < QUIET_SECONDS):
        if not state or state.waiting > 0:
            time.sleep(chance.expovariate(1 / seconds))
            kind = chance.choice(["workers"] * 8 + ["NATS", "Postgres"])
            if kind == "workers":
                workers.kill(chance.randrange(len(workers.processes)))
            else:
                (nats if kind == "NATS" else postgres).crash()
            kills[kind] += 1
        time.sleep(0.1)
        workers.check()
        if (current := nats.consumer()) != state:
            state, changed = current, time.monotonic()
    return kills, changed - started


def report(rows, one, latest, invalid, kills, removed, redelivered, seconds):
    stored = {row["id"]: row for row in rows}
    lost, worst = compare(one, {id: row["embedding"] for id, row in stored.items()})
    unknown = stored.keys() - one.keys()
    outdated = [id for id in stored.keys() & latest.keys() if stored[id]["text"] != latest[id]]
    doubled = len(rows) - len(stored)
    print(f"records           {len(one):,}")
    print(f"kills             {sum(kills.values())}: workers {kills['workers']}, NATS {kills['NATS']}, Postgres {kills['Postgres']}")
    print(f"redeliveries      {redelivered:,}")
    print(f"not valid         {invalid:,}, removed {len(removed):,}")
    print(f"lost              {len(lost)}")
    print(f"outdated          {len(outdated)}")
    print(f"doubled           {doubled}")
    print(f"worst difference  {worst:.1e}")
    print(f"seconds           {seconds:.0f}")
    if lost or unknown or outdated or doubled or worst > TOLERANCE or len(removed) != invalid:
        sys.exit(f"error: The table is not that of one process (allowed difference: {TOLERANCE}).")


if __name__ == "__main__":
    main()
