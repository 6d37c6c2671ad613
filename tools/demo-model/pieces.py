#!/usr/bin/env python3
"""Prints the pieces of a tokenizer as texts, one per line, without the mark of a word's start: pieces.py SPIECE.model"""
import sys

import sentencepiece

pieces = sentencepiece.SentencePieceProcessor()
pieces.Load(sys.argv[1])
for i in range(len(pieces)):
    print(pieces.IdToPiece(i).replace("▁", "") or ".")
