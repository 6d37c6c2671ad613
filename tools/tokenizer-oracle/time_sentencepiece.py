#!/usr/bin/python3
"""Measures the processor time of SentencePiece C++ on one thread: median of 9 rounds over a corpus of {"title", "text"} lines.

usage: time_sentencepiece.py spiece.model corpus.jsonl      (needs Debian's python3-sentencepiece)

It passes all texts in one call, and the C++ code processes them one after the other. The time includes the conversion of
IDs to Python lists, which is also measured separately for the same number of IDs.
"""
import json
import statistics
import sys
import time

import sentencepiece

processor = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
entries = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
texts = [f'{entry["title"]} {entry["text"]}' for entry in entries]


def median(action):
    times = []
    for _ in range(9):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times)


ids = processor.encode(texts, num_threads=1)
count = sum(map(len, ids))
seconds = median(lambda: processor.encode(texts, num_threads=1))
lists = median(lambda: [[i + 0 for i in each] for each in ids])
print(f"SentencePiece {sentencepiece.__version__}: {seconds * 1e3:.1f} ms, {count / seconds / 1e6:.2f} M IDs/s, "
      f"of which at most {lists * 1e3:.1f} ms for lists")
