"""Reads the teacher's vectors, turned into the space of the student."""
from pathlib import Path

import numpy as np

TEACHER = 384


def read(path):
    return np.fromfile(path, "<f2").reshape(-1, TEACHER)


def basis(vectors, width):
    """Returns the directions that keep most of the vectors, without centering, so that cosines are nearly kept."""
    sums = np.zeros((TEACHER, TEACHER))
    for at in range(0, len(vectors), 50_000):
        block = vectors[at:at + 50_000].astype(np.float32)
        sums += block.T @ block
    strength, directions = np.linalg.eigh(sums)
    print(f"{width} of {TEACHER} directions keep {strength[-width:].sum() / strength.sum():.4f} of the teacher's vectors", flush=True)
    return np.ascontiguousarray(directions[:, :-width - 1:-1], dtype=np.float32)


def turn(vectors, directions):
    turned = np.empty((len(vectors), directions.shape[1]), np.float16)
    for at in range(0, len(vectors), 50_000):
        block = vectors[at:at + 50_000].astype(np.float32) @ directions
        turned[at:at + 50_000] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return turned


def lines(path):
    return Path(path).read_text("utf-8").removesuffix("\n").split("\n")
