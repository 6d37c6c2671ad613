#!/usr/bin/python3
"""Writes the IDs of each text from SentencePiece, and 1 for </s>, one JSON array per line.

usage: sentencepiece_ids.py spiece.model texts.jsonl > ids.jsonl      (needs Debian's python3-sentencepiece)
"""
import json
import sys

import sentencepiece

processor = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        print(json.dumps(processor.EncodeAsIds(json.loads(line)["text"]) + [processor.eos_id()], separators=(",", ":")))
