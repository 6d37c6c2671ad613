#!/usr/bin/python3
"""Averages the weights of two models of the same shape: average.py FIRST SECOND MODEL_FOLDER."""
import sys
from pathlib import Path

from encoder import Encoder
from train import write

if __name__ == "__main__":
    first, second, model = map(Path, sys.argv[1:])
    average, other = Encoder(first), Encoder(second)
    for ours, theirs in zip(average.parameters(), other.parameters(), strict=True):
        ours.data.add_(theirs.data).div_(2)
    write(average, first, model)
