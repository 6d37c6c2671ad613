#!/usr/bin/env python3
"""Prints Spearman's correlation of cosines with human scores, for the model and three baselines.

    score.py MODEL_FOLDER PAIRS.csv       (rows: text, text, score)
"""
import csv
import sys
from collections import Counter

import numpy as np
import torch
from scipy.stats import spearmanr

from encoder import Encoder


def cosines(encode, ids):
    with torch.no_grad():
        vectors = torch.cat([encode(ids[at:at + 100]) for at in range(0, len(ids), 100)])
    half = len(ids) // 2
    return (vectors[:half] * vectors[half:]).sum(1).cpu().numpy()


def counted(weigh, ids):
    """Returns the cosines of weighted counts of pieces."""
    found = []
    half = len(ids) // 2
    for one, other in zip(map(Counter, ids[:half]), map(Counter, ids[half:])):
        dot = sum(one[i] * other[i] * weigh(i) ** 2 for i in one)
        norms = [sum((n * weigh(i)) ** 2 for i, n in bag.items()) ** 0.5 for bag in (one, other)]
        found.append(dot / (norms[0] * norms[1]))
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    encoder = Encoder(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    scores = [float(row[2]) for row in rows]
    ids = encoder.ids([row[0] for row in rows] + [row[1] for row in rows], 512)
    documents = Counter(i for row in ids for i in set(row))
    print(f"{len(rows)} pairs")
    print(f"model          {spearmanr(cosines(encoder, ids), scores)[0]:.4f}")
    print(f"its embeddings {spearmanr(cosines(encoder.bag, ids), scores)[0]:.4f}")
    print(f"bag of pieces  {spearmanr(counted(lambda i: 1, ids), scores)[0]:.4f}")
    print(f"TF-IDF of them {spearmanr(counted(lambda i: np.log(len(ids) / documents[i]), ids), scores)[0]:.4f}")
