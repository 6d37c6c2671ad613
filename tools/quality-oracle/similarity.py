"""similarity.py texts PAIRS            the sentences, a JSON string per line
similarity.py score PAIRS VECTORS    Spearman and Pearson of the cosines, by NumPy and SciPy

PAIRS is a file of comma-separated values, or a folder with SemEval's STS*.input.*.txt and STS*.gs.*.txt of a year."""
import csv
import json
import sys
from pathlib import Path

import numpy
from scipy import stats


def semeval(folder):
    for sentences in sorted(folder.glob("STS*.input.*.txt")):
        scores = sentences.with_name(sentences.name.replace(".input.", ".gs.", 1)).read_text("utf-8").split("\n")
        for line, score in zip(sentences.read_text("utf-8").split("\n"), scores, strict=True):
            if score.strip():
                yield *line.split("\t")[:2], score


pairs = Path(sys.argv[2])
if pairs.is_dir():
    rows = list(semeval(pairs))
else:
    with open(pairs, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
if sys.argv[1] == "texts":
    for first, second, _ in rows:
        print(json.dumps(first))
        print(json.dumps(second))
else:
    with open(sys.argv[3], encoding="utf-8") as file:
        vectors = numpy.array([json.loads(line)["embedding"] for line in file])
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    gold = [float(score) for _, _, score in rows]
    print(json.dumps({"spearman": stats.spearmanr(gold, cosines)[0], "pearson": stats.pearsonr(gold, cosines)[0]}))
