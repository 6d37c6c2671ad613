"""A PostgreSQL server with pgvector in a temporary folder, on a port of 127.0.0.1. It stops and disappears with its `with` block."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

from programs import free_ports

USER = "postgres"  # initdb rejects root.


class PostgresServer:
    def __init__(self):
        # Debian does not have the programs of the server on the path.
        path = os.pathsep.join([*sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True), os.environ["PATH"]])
        initdb = shutil.which("initdb", path=path)
        if not initdb:
            sys.exit("error: PostgreSQL is not installed. On Debian: apt-get install postgresql.")
        self.bin = os.path.dirname(initdb)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="jina-postgres-")
        if os.getuid() == 0:
            shutil.chown(self.folder, USER)
        [self.port] = free_ports(1)
        try:
            self._run("initdb", "--auth=trust", "--username=jina", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
                      f"--pgdata={self.folder}/data")
            options = [f"-c {setting}" for setting in
                       ("listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}")]
            self._run("pg_ctl", "start", "--wait", "--silent", f"--pgdata={self.folder}/data", f"--log={self.folder}/log",
                      "--options", " ".join(options))
            self._check_extension()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(self._command("pg_ctl", "stop", "--mode=immediate", "--silent", f"--pgdata={self.folder}/data"),
                       stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def crash(self):
        """Ends the server without a checkpoint, and starts it again on the same port, where it recovers from its log."""
        self._run("pg_ctl", "restart", "--mode=immediate", "--wait", "--silent", f"--pgdata={self.folder}/data", f"--log={self.folder}/log")

    @property
    def connection(self):
        """The connection string for Npgsql."""
        return f"Host=127.0.0.1;Port={self.port};Username=jina;Database=postgres"

    def psql(self, *arguments, folder=None):
        """Runs psql, and returns what it prints: rows without headers and alignment."""
        command = [f"{self.bin}/psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
                   "--host=127.0.0.1", f"--port={self.port}", "--username=jina", "--dbname=postgres", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"error: psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def rows(self, query):
        """Returns the rows of a query as dictionaries."""
        lines = self.psql(f"--command=select row_to_json(row) from ({query}) row").split("\n")
        return [json.loads(line) for line in lines if line]

    def _check_extension(self):
        if self.psql("--command=select count(*) from pg_available_extensions where name = 'vector'") == "0":
            sys.exit("error: PostgreSQL does not have pgvector. Install the package postgresql-NN-pgvector, or build it from source: "
                     "https://github.com/pgvector/pgvector.")

    def _run(self, program, *arguments):
        done = subprocess.run(self._command(program, *arguments), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"error: {program}: {done.stderr.strip()}")

    def _command(self, program, *arguments):
        prefix = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups"] if os.getuid() == 0 else []
        return [*prefix, f"{self.bin}/{program}", *arguments]
