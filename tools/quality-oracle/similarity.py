"""similarity.py texts CSV            the sentences, a JSON string per line
similarity.py score CSV VECTORS    Spearman and Pearson of the cosines, by NumPy and SciPy"""
import csv
import json
import sys

import numpy
from scipy import stats

with open(sys.argv[2], newline="", encoding="utf-8") as file:
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
