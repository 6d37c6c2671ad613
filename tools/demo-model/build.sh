#!/bin/sh
# Builds the untrained model, with the same bytes each time: build.sh MODEL_FOLDER [WORK_FOLDER]
# Needs Debian 12: dpkg-deb, apt-get (once, for two packages), sentencepiece, python3-sentencepiece, python3-numpy.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" "${2:-artifacts/demo-model}"
model=$(cd "$1" && pwd)
cd "${2:-artifacts/demo-model}"
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

. "$tools/unpack.sh"
unpack wordnet-base=1:3.0-37 wordnet-base_1%3a3.0-37_all.deb \
    61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752
unpack sqlite3-doc=3.40.1-2+deb12u2 sqlite3-doc_3.40.1-2+deb12u2_all.deb \
    466e30d7066e2641fa13e56bc662a2ad521b8cc9c17dde9c9dac3d4f105e32f2

/usr/bin/python3 "$tools/text.py" wordnet-base sqlite3-doc > text.txt
# Printable ASCII, the letters of western Europe and typographic marks are in the vocabulary even if the text does not use them.
/usr/bin/python3 -c 'print("".join(map(chr, [*range(33, 127), *range(0xC0, 0x100)])) + "°€–—‘’“”")' > required.txt

# The settings of the published T5 vocabulary at a quarter of its size. The model file records the number of threads and
# the paths, and sums in another order give other scores, so it uses one thread and relative paths. Unlike the published
# T5 vocabulary, this one has "{" and "~".
spm_train --input=text.txt --model_prefix=spiece --model_type=unigram --vocab_size=8000 --hard_vocab_limit=false \
    --character_coverage=0.9995 --required_chars_file=required.txt --normalization_rule_name=nmt_nfkc \
    --byte_fallback=false --split_by_whitespace=true --pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1 \
    --input_sentence_size=0 --num_threads=1 --minloglevel=2
cp spiece.model "$model/"

/usr/bin/python3 "$tools/layout.py" "$model"
/usr/bin/python3 "$tools/weights.py" "$model"
sha256sum "$model/spiece.model" "$model/model.safetensors"
