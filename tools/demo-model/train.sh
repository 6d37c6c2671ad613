#!/bin/sh
# Builds the demo model from nothing: train.sh MODEL_FOLDER [WORK_FOLDER]. It takes hours on two cores; see README.md.
# Another run continues after the last step that was finished. Remove the work folder to start from nothing.
# STS, if set, names CSV files of scored pairs, which are only printed.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3

fail() {
    echo "train.sh: $1" >&2
    exit 1
}

# Prints the time before a step, so that the log shows how long each one takes.
step() {
    echo "$(date +%T) $1"
}

# Runs a command whose output is the file, unless the file exists. A file that is incomplete has another name.
write() {
    file=$1
    shift
    if [ ! -f "$file" ]; then
        "$@" > "$file.incomplete" || fail "$(basename "$file") was not written. Solve the problem above and run this again."
        mv "$file.incomplete" "$file"
    fi
}

embed() {
    [ -f "${1%.*}.f16" ] || "$teacher" embed teacher-int8 "$1" "${1%.*}.f16"
}

[ $# = 1 ] || [ $# = 2 ] || fail "Expected one or two arguments, but found $#. Usage: train.sh MODEL_FOLDER [WORK_FOLDER]"
for tool in dotnet spm_train; do
    command -v $tool > /dev/null || fail "The program $tool was not found. README.md lists what to install."
done
for module in numpy onnx scipy sentencepiece torch; do
    $python -c "import $module" 2> /dev/null || fail "$python has no module $module. Install python3-$module; README.md lists all packages."
done
mkdir -p "$1" "${2:-artifacts/demo-model}"
model=$(cd "$1" && pwd)
cd "${2:-artifacts/demo-model}"

# What can have changed is read first: the package with the teacher, and then the packages with the texts.
step "teacher"
dotnet build "$tools/teacher" -c Release -v quiet -nologo -o teacher-program
teacher=$PWD/teacher-program/teacher
[ -f teacher/vocab.txt ] || "$teacher" extract teacher
mkdir -p teacher-int8 texts data start
write teacher-int8/vocab.txt cat teacher/vocab.txt
[ -f teacher-int8/model.onnx ] || $python "$tools/quantize.py" teacher/model.onnx teacher-int8/model.onnx
step "packages"
"$tools/fetch.sh" .

step "texts"
write texts/sources.log $python "$tools/corpus.py" packages texts
write phrases.txt $python "$tools/phrases.py" packages texts 200000
write mix.txt $python "$tools/mix.py" texts phrases.txt
write everyday.txt awk 'NF && !seen[$0]++' "$tools"/everyday/*.txt
write variants-mix.tsv $python "$tools/variants.py" packages mix.txt 200000
write variants-everyday.tsv $python "$tools/variants.py" packages everyday.txt 100000
[ -f data/words.txt ] || {
    split -l 50000 -d -a 2 --additional-suffix=.txt mix.txt data/mix
    cat variants-mix.tsv variants-everyday.tsv | split -l 50000 -d -a 2 --additional-suffix=.tsv - data/variants
    cp everyday.txt texts/words.txt data/
}

# The model file records the number of threads, and sums in another order give other scores, so both are constant. Printable ASCII,
# the letters of western Europe and typographic marks are in the vocabulary even if the texts do not use them. Explained words,
# "word: definition", would make a piece of each word. Everyday texts count as often as in training.
step "tokenizer"
[ -f start/spiece.model ] || {
    grep -v '^[^ ]*: ' mix.txt > tokenizer.txt
    for i in 1 2 3 4 5 6 7 8; do cat everyday.txt; done >> tokenizer.txt
    $python -c 'print("".join(c for c in map(chr, [*range(33, 127), *range(0xC0, 0x100)]) if c == c.lower()) + "°€–—‘’“”")' > required.txt
    spm_train --input=tokenizer.txt --model_prefix=spiece --model_type=unigram --vocab_size=17900 --hard_vocab_limit=false \
        --character_coverage=0.9995 --required_chars_file=required.txt --normalization_rule_name=nmt_nfkc_cf \
        --byte_fallback=false --split_by_whitespace=true --pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1 \
        --input_sentence_size=0 --num_threads=2 --minloglevel=2
    mv spiece.model start/
}
write pieces.txt $python "$tools/pieces.py" start/spiece.model

step "vectors of the teacher"
embed pieces.txt
for file in data/mix*.txt data/words.txt data/everyday.txt; do
    embed "$file"
done
for file in data/variants*.tsv; do
    write "${file%.tsv}.txt" cut -f 2 "$file"
    embed "${file%.tsv}.txt"
done

step "student"
$python "$tools/layout.py" start
$python "$tools/weights.py" start pieces.f16 data
[ -d first ] || {
    $python "$tools/train.py" start data first.incomplete --bag 2 --full 0.9
    mv first.incomplete first
}
[ -d second ] || {
    $python "$tools/train.py" first data second.incomplete --full 1
    mv second.incomplete second
}
$python "$tools/average.py" first second "$model"
for file in ${STS:-}; do
    $python "$tools/score.py" "$model" "$file"
done
sha256sum "$model/spiece.model" "$model/model.safetensors"
step "finished"
