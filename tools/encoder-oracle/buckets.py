#!/usr/bin/env python3
"""Prints as JSON the bucket of every offset from -600 to 600 for the (buckets, max distance) pairs of a test."""
import json

import torch

from t5_bucket import relative_buckets

PAIRS = [(32, 128), (8, 128), (32, 64), (16, 256)]

if __name__ == "__main__":
    offsets = torch.arange(-600, 601)
    tables = [
        {"buckets": b, "maxDistance": d, "firstOffset": -600, "values": relative_buckets(offsets, b, d).tolist()}
        for b, d in PAIRS
    ]
    print("[\n" + ",\n".join(json.dumps(t, separators=(",", ":")) for t in tables) + "\n]")
