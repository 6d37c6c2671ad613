"""Starts a Slurm cluster of several nodes on this machine, and ends it without a trace.

Each node is a PID namespace with a slurmd of its own. Ending the first process of a namespace ends all of its processes at once, like a
machine that loses power.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol", "unshare"]

CONFIGURATION = """\
ClusterName=jina
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmctldPort={port}
AuthType=auth/munge
# Slurm starts a job that was queued again only after the credential of its last start has expired.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=1000000
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
# A node that does not answer for this many seconds is down, and its jobs are queued again.
SlurmdTimeout=10
ReturnToService=2
MinJobAge=3600
# 75: embed asks for another attempt. 137: the task received SIGKILL.
RequeueExit=75,137
KillWait=5
MessageTimeout=10
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing_programs():
    """Returns the programs that have to be installed (Debian: slurmctld, slurmd, slurm-client, munge)."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return [name for name in PROGRAMS if not shutil.which(name, path=path)]


class Cluster:
    """A controller and its nodes. Use it in a with statement."""

    def __init__(self, nodes, first_port=16800):
        self.folder = Path(tempfile.mkdtemp(prefix="jina-slurm-"))
        self.names = [f"node{number}" for number in range(nodes)]
        self.first_port = first_port
        self.environment = os.environ | {
            "SLURM_CONF": str(self.folder / "slurm.conf"),
            "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin",
        }
        self.services = []
        self.nodes = {}

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        # A second Ctrl+C must not leave processes behind.
        for interrupt in (signal.SIGINT, signal.SIGTERM):
            signal.signal(interrupt, signal.SIG_IGN)
        for name in list(self.nodes):
            self.power_off(name)
        for service in reversed(self.services):
            service.kill()
            service.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command):
        """Runs a command of Slurm and returns its output."""
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    def power_on(self, name):
        """Starts a node. A slurmd that is killed alone starts again after two seconds."""
        loop = f"while :; do slurmd -D -N {name}; sleep 2; done"
        self.nodes[name] = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", loop],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def power_off(self, name):
        """Ends all processes of a node at once, with SIGKILL."""
        node = self.nodes.pop(name)
        node.kill()
        node.wait()

    def processes(self, name, word):
        """Returns the processes of a node whose command line contains a word."""
        found, parents = [], [self.nodes[name].pid]
        while parents:
            children = [int(pid) for parent in parents for pid in _children(parent)]
            found += [pid for pid in children if word in _command(pid)]
            parents = children
        return found

    def _start(self):
        for name in ["state", *(f"spool-{node}" for node in self.names)]:
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        nodes = "\n".join(
            f"NodeName={name} NodeHostname=localhost NodeAddr=127.0.0.1 Port={self.first_port + 1 + number} CPUs=1 State=UNKNOWN"
            for number, name in enumerate(self.names))
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(folder=self.folder, port=self.first_port, nodes=nodes))
        self._serve("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.folder}/munge.socket",
                    f"--pid-file={self.folder}/munged.pid", f"--log-file={self.folder}/munged.log", f"--seed-file={self.folder}/munged.seed")
        _wait(lambda: (self.folder / "munge.socket").exists(), "munged did not start")
        self._serve("slurmctld", "-D", "-i")
        for name in self.names:
            self.power_on(name)
        _wait(self._is_ready, f"the nodes did not start; see {self.folder}")

    def _serve(self, *command):
        log = open(self.folder / f"{command[0]}.out", "wb")
        self.services.append(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True))

    def _is_ready(self):
        try:
            states = self.run("sinfo", "--noheader", "--Node", "--format=%T").split()
        except subprocess.CalledProcessError:
            return False
        return len(states) == len(self.names) and all(state == "idle" for state in states)


def _wait(condition, problem, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"error: {problem}.")
        time.sleep(0.2)


def _children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def kill(pid):
    """Sends SIGKILL to a process, which may have ended in the meantime."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
