#!/usr/bin/python3
"""Writes the texts on which the two oracles agree as a golden file for the tests.

usage: golden.py spiece.model texts.jsonl huggingface-ids.jsonl MAX-CHARS EVERY > golden.jsonl

Uses each EVERY-th text of at most MAX-CHARS characters. A line is {"text", "ids", "offsets", "decoded"}: the IDs of
SentencePiece and </s>; the start and end of each token except </s>, in UTF-16 units; and the text that SentencePiece
decodes from the IDs. Texts with special tokens also have the IDs of Hugging Face, as "special". If the oracles differ for
another reason (equal scores, characters newer than the charsmap), the text is skipped. If huggingface-ids.jsonl is -,
SentencePiece is the only oracle, and special tokens are text.
"""
import itertools
import json
import sys

import sentencepiece

model, texts, huggingface, max_chars, every = sys.argv[1:]
processor = sentencepiece.SentencePieceProcessor(model_file=model)
kept = 0
others = itertools.repeat("") if huggingface == "-" else open(huggingface, encoding="utf-8")
for line, ids_line in zip(open(texts, encoding="utf-8"), others):
    entry = json.loads(line)
    text = entry["text"]
    if len(text) > int(max_chars):
        continue
    kept += 1
    if kept % int(every):
        continue
    pieces = processor.encode(text, out_type="immutable_proto").pieces
    ids = [piece.id for piece in pieces] + [processor.eos_id()]
    special = json.loads(ids_line) if ids_line else ids
    if ids != special and entry["category"] != "special tokens":
        continue
    units = [0]
    for char in text:
        units.append(units[-1] + (2 if ord(char) > 0xFFFF else 1))
    golden = {"text": text, "ids": ids, "offsets": [units[end] for piece in pieces for end in (piece.begin, piece.end)],
              "decoded": processor.decode(ids)}
    if ids != special:
        golden["special"] = special
    print(json.dumps(golden, separators=(",", ":")))
