#!/usr/bin/env python3
"""Prints the golden vectors of models/demo-en: texts, their IDs from the SentencePiece library, and reference vectors.

    demo_vectors.py MODEL_FOLDER > demo-en-vectors.json

Long inputs are seeded random IDs without a text, to keep the file small. Numbers have nine significant digits.
"""
import json
import random
import sys
from pathlib import Path

import sentencepiece

from reference import Encoder

TEXTS = [
    "",
    "filter",
    "How do I clean the water filter?",
    "Rinse the filter under running water and let it dry.",
    "  Tabs\tand\nline   breaks collapse.  ",
    "Café, naïve, “quotes” and ﬁne ligatures ½ …",
    "unknown: 漢字 and 😀",
    "The gauge collects rain in a funnel 200 mm wide; each tip of the bucket stands for 0.2 mm, and the counter adds tips "
    "for ten minutes before it sends the sum to the base station, which keeps the last ninety days of readings.",
]
LENGTHS = [16, 128, 129, 300, 512]


def main():
    folder = Path(sys.argv[1])
    pieces = sentencepiece.SentencePieceProcessor()
    pieces.Load(str(folder / "spiece.model"))
    encoder, draw = Encoder(folder), random.Random(1)
    inputs = [(text, pieces.encode(text) + [1]) for text in TEXTS]
    inputs += [(None, [draw.randrange(3, len(pieces)) for _ in range(length - 1)] + [1]) for length in LENGTHS]
    rows = [
        json.dumps(
            {"text": text, "ids": ids, "embedding": [float(f"{x:.9g}") for x in encoder.embed(ids).tolist()]},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for text, ids in inputs
    ]
    print("[\n" + ",\n".join(rows) + "\n]")


if __name__ == "__main__":
    main()
