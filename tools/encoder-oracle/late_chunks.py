#!/usr/bin/env python3
"""Prints the golden vectors of late chunking with models/demo-en: documents as chunks, and one reference vector per chunk.

    late_chunks.py MODEL_FOLDER > demo-en-late-chunks.json

The SentencePiece library tokenizes each chunk on its own. A document longer than a window runs in windows of 511 tokens and the end
token. Windows share 64 tokens, which belong to the earlier one. A vector is the mean over the chunk's own tokens, not normalized, with
nine significant digits. "tokens" has the vectors of single tokens, for the first document only.
"""
import json
import sys
from pathlib import Path

import sentencepiece
import torch

from reference import Encoder

WINDOW, OVERLAP, END = 511, 64, 1
SENTENCES = [
    "The gauge collects rain in a funnel 200 mm wide.",
    "It is emptied every morning.",
    "  Its\tfilter: rinse it; “dry” it … ",
    "漢字 and 😀 are unknown.",
    "naïve café ½",
]
DOCUMENTS = [
    ["How do I clean it?", "Rinse the filter."],
    ["Berlin is the capital of Germany."],
    SENTENCES,
    [f"{' '.join(SENTENCES)} Part {i} of the list." for i in range(18)],
    [" ".join(f"number {i}" for i in range(500)), "The end."],
]


def token_vectors(encoder, ids):
    """Returns the vector of each token of a document, from the earliest window that contains it."""
    vectors, start = [], 0
    while True:
        window = encoder.tokens(ids[start : start + WINDOW] + [END])[:-1]
        vectors.append(window if start == 0 else window[OVERLAP:])
        if start + WINDOW >= len(ids):
            return torch.cat(vectors)
        start += WINDOW - OVERLAP


def rounded(vector):
    return [float(f"{x:.9g}") for x in vector.tolist()]


def main():
    folder = Path(sys.argv[1])
    pieces = sentencepiece.SentencePieceProcessor()
    pieces.Load(str(folder / "spiece.model"))
    encoder = Encoder(folder)
    rows = []
    for index, chunks in enumerate(DOCUMENTS):
        lists = [pieces.encode(chunk) for chunk in chunks]
        vectors = token_vectors(encoder, [id for ids in lists for id in ids])
        parts = torch.split(vectors, [len(ids) for ids in lists])
        row = {"chunks": chunks, "ids": lists, "vectors": [rounded(part.mean(0)) for part in parts]}
        row["tokens"] = [rounded(vector) for vector in vectors] if index == 0 else []
        rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    print("[\n" + ",\n".join(rows) + "\n]")


if __name__ == "__main__":
    main()
