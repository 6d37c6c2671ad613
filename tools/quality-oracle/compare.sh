#!/usr/bin/env bash
# Compares 'jina-embeddings eval' with an independent computation: vectors from 'jina-embeddings embed', cosines by NumPy,
# correlations by SciPy, and nDCG and similar measures by measures.py. Needs Debian's python3-numpy and python3-scipy.
#   tools/quality-oracle/compare.sh DATA MODEL [eval's options]
# DATA contains stsb/stsb-en-dev.csv, stsb/stsb-en-test.csv, sts/STS12-en-test/ to sts/STS16-en-test/, and scifact/.
# PYTHON names the interpreter. The default is python3.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
data=$1 model=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release --verbosity quiet "$root/src/Jina.Embeddings.Tool" >&2
tool=(dotnet "$root/src/Jina.Embeddings.Tool/bin/Release/net10.0/jina-embeddings.dll")

compare() { # TASK SCRIPT DATA
  "$python" "$here/$2" texts "$3" >"$work/texts.jsonl"
  "${tool[@]}" embed --model "$model" --input "$work/texts.jsonl" --jsonl "${@:4}" >"$work/vectors.jsonl"
  "$python" "$here/$2" score "$3" "$work/vectors.jsonl" >"$work/oracle.json"
  "${tool[@]}" eval "$1" --data "$data" --model "$model" --work "$work/eval" --json "${@:4}" >"$work/ours.json"
  "$python" - "$work/ours.json" "$work/oracle.json" <<'PYTHON'
import json, sys
ours, oracle = (json.load(open(path)) for path in sys.argv[1:])
for name, value in oracle.items():
    print(f"{ours['task']:10} {name:14} eval {ours[name]:.6f}  oracle {value:.6f}  difference {abs(ours[name] - value):.1e}")
PYTHON
}

compare stsb-dev similarity.py "$data/stsb/stsb-en-dev.csv" "$@"
compare stsb-test similarity.py "$data/stsb/stsb-en-test.csv" "$@"
for year in 12 13 14 15 16; do
  compare "sts$year" similarity.py "$data/sts/STS$year-en-test" "$@"
done
compare scifact retrieval.py "$data/scifact" "$@"
