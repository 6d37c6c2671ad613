#!/usr/bin/env bash
# Measures how many single texts per second `jina-embeddings serve` embeds for 1 to 512 concurrent callers, and compares it with
# `bench` for the same texts in one request. Requires wrk. Prints a Markdown table.
# usage: bench/http/load.sh MODEL TEXTS [SECONDS_PER_RUN]    TEXTS: a file of short texts, one per line
set -euo pipefail
model=$1 texts=$(realpath "$2") seconds=${3:-20}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

dotnet build -c Release "$here/../../src/Jina.Embeddings.Tool" >"$work/build" || { cat "$work/build"; exit 1; }
tool="$here/../../src/Jina.Embeddings.Tool/bin/Release/net10.0/jina-embeddings.dll"

bench() { # texts per second
  dotnet "$tool" bench --model "$model" --texts "$texts" --runs 3 --no-baselines --json 2>/dev/null |
    sed -nE 's/.*"texts_per_second":([0-9.]+).*/\1/p' | head -1
}

before=$(bench)
dotnet "$tool" serve --model "$model" --urls http://127.0.0.1:0 >"$work/out" 2>"$work/err" &
server=$!
until address=$(sed -n 's/^Listening on //p' "$work/out") && [ -n "$address" ]; do
  kill -0 "$server" 2>/dev/null || { cat "$work/err"; exit 1; }
  sleep 0.2
done

for callers in 1 8 64 512; do
  echo "$callers $(TEXTS=$texts wrk -t 1 -c "$callers" -d "${seconds}s" --timeout 60s -s "$here/texts.lua" "$address/v1/embeddings" | sed -n 's/^RESULT //p')"
done >"$work/runs"
kill "$server"
wait "$server" || true
server=
after=$(bench)

echo "bench, texts/s before and after: $before $after"
echo "| callers | texts/s | of bench | p50 ms | p99 ms | rejected | errors |"
echo "|---|---|---|---|---|---|---|"
awk -v bench="$before $after" 'BEGIN { split(bench, b, " "); mean = (b[1] + b[2]) / 2 }
  { printf "| %d | %.0f | %.2f | %.1f | %.1f | %d | %d |\n", $1, $3, $3 / mean, $4, $5, $6, $7 }' "$work/runs"
