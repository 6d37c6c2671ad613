#!/usr/bin/env python3
"""Loads embedded texts into Postgres and SQLite, searches both through the same code, and compares them with exact search.

Starts a PostgreSQL server in a temporary folder, embeds the texts, loads them with load.sql (COPY, then the indexes), and searches them
through VectorStore. It ends by itself. It needs PostgreSQL with pgvector, and the sources of the connector, for example a clone of
https://github.com/CommunityToolkit/AI.

    python3 tools/scale/postgres/run.py --texts corpus.jsonl --queries queries.jsonl --connector AI/MEVD/src/PgVector
"""

import argparse
import csv
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from postgres_server import PostgresServer
from programs import DEMO_MODEL, build, build_tool, compare, exit_on_signals, read_lines, run, say

HERE = Path(__file__).resolve().parent
TOP = 10


def main():
    arguments = parse()
    exit_on_signals()
    tool = build_tool()
    # NU1603: a package feed may not have the exact versions that the connector names.
    search = build("tools/scale/postgres", "SharedStore", f"-p:Connector={arguments.connector.parent.resolve()}",
                   "-p:WarningsNotAsErrors=NU1603")
    with tempfile.TemporaryDirectory(prefix="jina-scale-") as name:
        folder = Path(name)
        texts, vectors = str(folder / "texts.jsonl"), str(folder / "vectors.jsonl")
        Path(texts).symlink_to(arguments.texts.resolve())
        seconds = {}
        with timed(seconds, "embed"):
            run(tool, "embed", "--model", arguments.model, "--input", texts, "--jsonl", "--id-field", "id", "--output", vectors)
        with PostgresServer() as server:
            load(server, folder, seconds)
            check(server, vectors)
            sqlite = f"Data Source={folder}/passages.db"
            with timed(seconds, "SQLite"):
                run(search, "fill", "sqlite", sqlite, arguments.model, texts, vectors)

            def results(store, connection):
                say(f"search in {store} ...")
                lines = run(search, "search", store, connection, arguments.model, str(arguments.queries), stdout=subprocess.PIPE)
                return [json.loads(line) for line in lines.splitlines()]

            def postgres(*settings):
                options = " ".join(f"-c {setting}" for setting in settings)
                return results("postgres", f"{server.connection};Options={options}")

            stores = {
                "SQLite, exact": results("sqlite", sqlite),
                "Postgres, exact": postgres("enable_indexscan=off"),
                **{f"Postgres, HNSW, ef_search {ef}": postgres(f"hnsw.ef_search={ef}") for ef in (40, 100, 200)},
            }
            report(stores, read_judgments(arguments.judgments), seconds, server)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=existing, required=True, help="JSON lines with a text and an id")
    parser.add_argument("--queries", type=existing, required=True, help="JSON lines with a text and an id")
    parser.add_argument("--judgments", type=existing, help="a TSV file with a header: the id of a query, the id of a text, and a grade")
    parser.add_argument("--connector", type=lambda name: existing(f"{name}/PgVector.csproj"), required=True,
                        help="the folder of PgVector.csproj")
    parser.add_argument("--model", default=DEMO_MODEL, help="a model directory of 256 dimensions (the demo model)")
    return parser.parse_args()


def existing(name):
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{path} does not exist.")
    return path


@contextmanager
def timed(seconds, name):
    say(f"{name} ...")
    started = time.monotonic()
    yield
    seconds[name] = time.monotonic() - started


def load(server, folder, seconds):
    dimensions = len(next(read_lines(folder / "vectors.jsonl"))["embedding"])
    for name, script in (("COPY", "load.sql"), ("indexes", "index.sql")):
        with timed(seconds, name):
            server.psql(f"--set=dimensions={dimensions}", f"--file={HERE / script}", folder=folder)


def check(server, vectors):
    """Compares the table with the output of embed."""
    embedded = list(read_lines(vectors))
    rows = server.rows("select id, embedding::text::json as embedding from passages")
    stored = {row["id"]: row["embedding"] for row in rows}
    lost, worst = compare({str(record["id"]): record["embedding"] for record in embedded}, stored)
    print(f"records           {len(embedded):,}")
    print(f"lost              {len(lost)}")
    print(f"doubled           {len(rows) - len(stored)}")
    print(f"worst difference  {worst:.1e}")
    if lost or len(rows) != len(embedded) or worst > 0:
        sys.exit("error: The table is not the output of embed.")


def read_judgments(path):
    """Returns the grades of the texts of each query."""
    grades = {}
    if path:
        with open(path, encoding="utf-8", newline="") as rows:
            for query, text, grade in list(csv.reader(rows, delimiter="\t"))[1:]:
                grades.setdefault(query, {})[text] = int(grade)
    return grades


def report(stores, grades, seconds, server):
    size, index = (server.psql(f"--command=select pg_size_pretty({function})") for function in
                   ("pg_table_size('passages')", "pg_relation_size('passages_embedding_index')"))
    print(f"size              table {size}, HNSW index {index}")
    print("seconds           " + ", ".join(f"{name} {value:.1f}" for name, value in seconds.items()))
    exact = {query["id"]: set(query["byVector"]) for query in stores["SQLite, exact"]}
    print(f"\n{'store':<30} recall@{TOP}  p50 ms  nDCG@{TOP}  hybrid nDCG@{TOP}")
    for name, queries in stores.items():
        recall = statistics.mean(len(exact[query["id"]] & set(query["byVector"])) / TOP for query in queries)
        median = statistics.median(query["milliseconds"] for query in queries)
        scores = [f"{ndcg(queries, grades, kind):.3f}" if grades else "" for kind in ("byVector", "byBoth")]
        print(f"{name:<30} {recall:9.3f}  {median:6.1f}  {scores[0]:>7}  {scores[1]:>14}")


def ndcg(queries, grades, kind):
    def gain(values):
        return sum(value / math.log2(rank + 2) for rank, value in enumerate(values[:TOP]))

    def score(query):
        judged = grades.get(query["id"], {})
        return gain([judged.get(text, 0) for text in query[kind]]) / gain(sorted(judged.values(), reverse=True))

    return statistics.mean(score(query) for query in queries if query["id"] in grades)


if __name__ == "__main__":
    main()
