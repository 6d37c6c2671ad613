#!/usr/bin/env python3
"""Embeds texts as an array of jobs on a Slurm cluster whose nodes and tasks are killed, and compares the result with one process.

Starts a cluster of one controller and several nodes on this machine, submits one job per shard, kills at random, and lets Slurm queue the
jobs again. It ends by itself, and removes the cluster. It needs root, and on Debian: apt-get install slurmctld slurmd slurm-client munge.

    python3 tools/scale/slurm/run.py --texts texts.jsonl --id-field id
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cluster import Cluster, kill, missing_programs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from programs import DEMO_MODEL, build_tool, compare, read_lines, run, say

TOLERANCE = 1e-6

JOB = """\
#!/bin/sh
export DOTNET_PROCESSOR_COUNT=1 HF_HUB_OFFLINE=1
dotnet {tool} embed {arguments} --shard auto --output {folder}/vectors-{{shard}}.jsonl --resume --progress json
"""


def main():
    arguments = parse()
    if missing := missing_programs():
        sys.exit(f"error: These programs are not installed: {', '.join(missing)}. On Debian: "
                 "apt-get install slurmctld slurmd slurm-client munge.")

    chance = random.Random(arguments.seed)
    tool = arguments.tool or build_tool()
    embed = ["--model", arguments.model, "--input", str(arguments.texts), "--jsonl", "--id-field", arguments.id_field]
    with tempfile.TemporaryDirectory(prefix="jina-scale-") as name:
        folder = Path(name)
        say("one process ...")
        run(tool, "embed", *embed, "--output", str(folder / "one.jsonl"))
        say(f"{arguments.shards} shards on {arguments.nodes} nodes ...")
        started = time.monotonic()
        with Cluster(arguments.nodes) as cluster:
            job = folder / "job.sh"
            job.write_text(JOB.format(tool=tool, arguments=" ".join(embed), folder=folder))
            cluster.run("sbatch", "--requeue", "--open-mode=append", f"--array=0-{arguments.shards - 1}",
                        f"--output={folder}/log-%a.txt", str(job))
            kills = disturb(cluster, chance, arguments.kill_every)
            restarts = count_restarts(cluster)
        seconds = time.monotonic() - started
        parts = sorted(str(path) for path in folder.glob("vectors-*.jsonl"))
        say(f"{len(parts)} shards are complete after {seconds:.0f} s")
        if len(parts) < arguments.shards:
            show_logs(folder)
        run(tool, "merge", *parts, *embed[2:], "--output", str(folder / "merged.jsonl"))
        report(folder, kills, restarts, seconds)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True, help="JSON lines with a text and an ID")
    parser.add_argument("--id-field", default="id", help="the field with the ID (id)")
    parser.add_argument("--model", default=DEMO_MODEL, help="a model directory (the demo model)")
    parser.add_argument("--shards", type=int, default=16, help="the number of jobs (16)")
    parser.add_argument("--nodes", type=int, default=4, help="the number of nodes, each with one processor (4)")
    parser.add_argument("--kill-every", type=float, default=3, help="the average seconds between two kills (3)")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the kills (1)")
    parser.add_argument("--tool", help="the path of jina-embeddings.dll (built in Release)")
    return parser.parse_args()


def disturb(cluster, chance, seconds):
    """Kills nodes, tasks and daemons until the queue is empty. Returns the number of kills of each kind."""
    kills = Counter()
    asleep = {}
    while cluster.run("squeue", "--noheader").strip():
        time.sleep(chance.expovariate(1 / seconds))
        for name, end in list(asleep.items()):
            if time.monotonic() > end:
                cluster.power_on(name)
                del asleep[name]
        name = chance.choice(cluster.names)
        if name in asleep or not (tasks := cluster.processes(name, "jina-embeddings")):
            continue
        kind = chance.choice(["task", "task", "daemon", "node"])
        if kind == "task":
            kill(chance.choice(tasks))
        elif kind == "daemon":
            for daemon in cluster.processes(name, "slurmd -D"):
                kill(daemon)
        else:
            cluster.power_off(name)
            asleep[name] = time.monotonic() + chance.uniform(2, 20)
        kills[kind] += 1
    return kills


def count_restarts(cluster):
    jobs = cluster.run("scontrol", "--oneliner", "show", "job").split()
    return sum(int(field.removeprefix("Restarts=")) for field in jobs if field.startswith("Restarts="))


def show_logs(folder):
    for log in sorted(folder.glob("log-*.txt")):
        say(f"{log.name}: {log.read_text().strip().splitlines()[-1:]}")


def report(folder, kills, restarts, seconds):
    one, merged = (read(folder / name) for name in ("one.jsonl", "merged.jsonl"))
    lost, worst = compare(one, merged)
    ids = Counter(line["id"] for line in read_lines(folder / "merged.jsonl"))
    doubled = sum(count - 1 for count in ids.values())
    print(f"records           {len(one):,}")
    print(f"kills             {sum(kills.values())}: tasks {kills['task']}, daemons {kills['daemon']}, nodes {kills['node']}")
    print(f"jobs queued again {restarts}")
    print(f"lost              {len(lost)}")
    print(f"doubled           {doubled}")
    print(f"worst difference  {worst:.1e}")
    print(f"seconds           {seconds:.0f}")
    if lost or doubled or worst > TOLERANCE:
        sys.exit(f"error: The merged file is not that of one process (allowed difference: {TOLERANCE}).")


def read(path):
    return {(line["index"], line["id"]): line["embedding"] for line in read_lines(path)}


if __name__ == "__main__":
    main()
