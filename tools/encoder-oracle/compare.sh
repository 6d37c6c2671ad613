#!/usr/bin/env bash
# Compares the encoder with the float64 reference on random checkpoints: every form of a tiny one, then one of each
# full size. Needs python3-torch (Debian), 3 GB in the temporary folder, and about ten minutes.
#   tools/encoder-oracle/compare.sh [SIZE...]      sizes: tiny s b l (default: all)
# PYTHON names the interpreter with torch. The default is python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release --verbosity quiet "$root/bench/Jina.Benchmarks" >&2

compare() { # LABEL LENGTHS MAKE_CHECKPOINT_ARGUMENTS...
  local label=$1 lengths=$2
  shift 2
  "$python" "$here/make_checkpoint.py" "$@" "$work/model"
  "$python" - "$lengths" >"$work/ids.jsonl" <<'PYTHON'
import json, random, sys
random.seed(1)
for length in map(int, sys.argv[1].split(",")):
    print(json.dumps([random.randrange(2, 32100) for _ in range(length - 1)] + [1]))
PYTHON
  "$python" "$here/reference.py" --model "$work/model" --ids "$work/ids.jsonl" >"$work/vectors.jsonl"
  printf '%-28s ' "$label"
  dotnet "$root/bench/Jina.Benchmarks/bin/Release/net10.0/Jina.Benchmarks.dll" encoder-compare "$work/model" "$work/ids.jsonl" "$work/vectors.jsonl"
  rm -rf "$work/model"
}

[ $# -gt 0 ] || set -- tiny s b l
for size in "$@"; do
  if [ "$size" != tiny ]; then
    compare "$size f32 bin relu" 1,12,60,200,512 --size "$size" --dtype f32 --format bin
    continue
  fi

  for gated in "" --gated; do
    for dtype in f32 f16 bf16; do
      for format in safetensors bin; do
        compare "tiny $dtype $format ${gated:-relu}" 1,2,7,30,129,512 --size tiny --dtype $dtype --format $format $gated
      done
    done
  done
done
