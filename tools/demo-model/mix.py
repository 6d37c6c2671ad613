#!/usr/bin/env python3
"""Draws the training texts from the sources: mix.py TEXTS PHRASES > mix.txt

A large source gives at most its share, so that manuals, which are half of the text, are a fifth of the mix.
"""
import random
import re
import sys
from pathlib import Path

WHOLE = {"definitions": 90_000, "explained-words": 30_000, "examples": 50_000, "addresses": 73_000, "novels": 30_000, "genes": 47_000,
         "commentary": 20_000, "psalms": 20_000, "king-james": 6_000, "world-english": 14_000, "moby-dick": 14_000, "gene-terms": 25_000,
         "libreoffice-help-en-us": 30_000, "words": 0}
OTHERS = 8_000
NOTICE = re.compile("Except where otherwise noted|Licensed under the Apache License")   # in the footer of each page of a manual

if __name__ == "__main__":
    draw, texts = random.Random(5), []
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        random.Random(path.stem).shuffle(lines)
        texts += [line for line in lines[:WHOLE.get(path.stem, OTHERS)] if not NOTICE.search(line)]
    texts += Path(sys.argv[2]).read_text("utf-8").splitlines()
    draw.shuffle(texts)
    sys.stdout.writelines(text + "\n" for text in dict.fromkeys(texts))
