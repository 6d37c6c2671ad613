#!/bin/sh
# Compares T5Tokenizer with both oracles on difficult texts and prints the tables of docs/tokenizer.md.
# usage: compare.sh SPIECE.MODEL WORK-FOLDER PROSE.jsonl [TOKENIZER-JSON-FOLDER...]
# Each TOKENIZER-JSON-FOLDER contains a tokenizer.json and a tokenizer_config.json. Needs Debian's python3-sentencepiece,
# node, and the npm package @huggingface/tokenizers in WORK-FOLDER/node_modules. Without a TOKENIZER-JSON-FOLDER, SentencePiece
# is the only oracle, and the texts include those of case_texts.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
model=$1 work=$2 prose=$3
shift 3
mkdir -p "$work"
cp "$here/huggingface_ids.mjs" "$work"
python3 "$here/texts.py" "$prose" > "$work/texts.jsonl"
if [ $# = 0 ]; then
  python3 "$here/case_texts.py" >> "$work/texts.jsonl"
fi
/usr/bin/python3 "$here/sentencepiece_ids.py" "$model" "$work/texts.jsonl" > "$work/sentencepiece.jsonl"
ids=
for folder in "$@"; do
  name=$work/$(basename "$folder").jsonl
  node "$work/huggingface_ids.mjs" "$folder/tokenizer.json" "$folder/tokenizer_config.json" "$work/texts.jsonl" > "$name"
  ids="$ids $name"
done
# shellcheck disable=SC2086 # one argument per file
dotnet run -c Release --project "$here/../../bench/Jina.Benchmarks" -- tokenizer-compare "$model" "$work/texts.jsonl" "$work/sentencepiece.jsonl" $ids
