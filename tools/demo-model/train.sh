#!/bin/sh
# Builds and trains the demo model: train.sh MODEL_FOLDER [WORK_FOLDER]. It takes about ten minutes on one core; see README.md.
# Needs Debian 12 on amd64, the packages of build.sh, python3-torch and libopenblas0-pthread (without it torch is ten times slower).
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" "${2:-artifacts/demo-model}"
model=$(cd "$1" && pwd)
work=$(cd "${2:-artifacts/demo-model}" && pwd)
"$tools/build.sh" "$work/start" "$work"
cd "$work"
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1

. "$tools/unpack.sh"
unpack postgresql-doc-15=15.20-0+deb12u1 postgresql-doc-15_15.20-0+deb12u1_all.deb \
    4c44bf2c599f208b3f46454a6cf7a72e25ec46ff74d37b59dd31ad76b00eebb7
unpack python3.11-doc=3.11.2-6+deb12u9 python3.11-doc_3.11.2-6+deb12u9_all.deb \
    5b3594189d6ef9a6963ce0347fd307a1cc67620ad697e144db366070e2e146be
unpack dict-jargon=4.4.7-3.1 dict-jargon_4.4.7-3.1_all.deb \
    405f8168d7994ed2cb71407bb95493daec2e9aa66fc0461dafa74a9d6728a8c1
unpack r-cran-janeaustenr=1.0.0-1 r-cran-janeaustenr_1.0.0-1_all.deb \
    df6bddf211906d1ff404f8ff662c21b34e6660e7f54a311084e749050c019c95
unpack bible-kjv-text=4.38 bible-kjv-text_4.38_all.deb \
    d61b6aad4c51ba9e2800b825325fa6a09e99a0d02a9bb6dc4724fcc4995a1b7a
unpack bible-kjv=4.38 bible-kjv_4.38_amd64.deb \
    75a49c032a6efa9faa2beb4a9acb70974380122906329d0e100de36cc88ff02d
unpack sword-text-web=426.0-1 sword-text-web_426.0-1_all.deb \
    930b23670b352f0829a306501de4bebb5e654a2df02cde2cbe86b802177868e1

/usr/bin/python3 "$tools/pairs.py" . > pairs.tsv
cp -r start/. "$model/"
/usr/bin/python3 "$tools/train.py" start pairs.tsv "$model" --bag 3000
sha256sum "$model/spiece.model" "$model/model.safetensors"
