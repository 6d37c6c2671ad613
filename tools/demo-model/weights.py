#!/usr/bin/env python3
"""Writes model.safetensors of the demo model: an untrained T5 encoder whose mean-pooled vectors find shared words.

    weights.py MODEL_FOLDER      (reads config.json and spiece.model there)

The embedding of a piece is the sum of Gaussian vectors of its letter trigrams and of the piece itself, so "filter",
"Filter" and "filters" are near each other. The final norm gives every position the same length, so frequent pieces cannot
be made shorter directly. Instead, dimension 0 has a number that grows with the frequency of a piece, and the weight of the
final norm is zero there. The norm then shrinks the other dimensions, and frequent pieces count less in the mean. Layers
are random and small compared with the residual stream. Every number comes from a hash or a seed, and nothing is trained.
"""
import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy as np
import sentencepiece

SPELLING = 1.0     # weight of the trigrams relative to the piece itself
COMMON = 1e-4      # a piece with this probability keeps about 0.7 of its length
LAYER = 0.05       # size of a layer's output relative to an embedding


def gaussian(key, count):
    """Returns a vector that depends only on the key. NumPy guarantees that the stream of RandomState does not change."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "little")
    return np.random.RandomState(seed).standard_normal(count)


def embedding(piece, probability, width):
    word = piece.replace("\u2581", "^").lower()
    trigrams = sorted({word[i:i + 3] for i in range(len(word) - 2)}) or [word]
    spelling = sum(gaussian("trigram " + t, width) for t in trigrams)
    own = gaussian("piece " + word, width)
    vector = own / np.linalg.norm(own) + SPELLING * spelling / np.linalg.norm(spelling)
    vector *= np.sqrt(width) / np.linalg.norm(vector)
    vector[0] = np.sqrt(width * probability / COMMON)
    return vector


def table(config, model):
    pieces = sentencepiece.SentencePieceProcessor()
    pieces.Load(str(model))
    rows = np.zeros((config["vocab_size"], config["d_model"]))
    for i in range(config["vocab_size"]):
        piece = pieces.IdToPiece(i) if i < len(pieces) else f"<row {i}>"
        special = i >= len(pieces) or pieces.IsControl(i) or pieces.IsUnknown(i)
        # </s> ends every text and has no meaning, so it counts as the most frequent piece.
        probability = 1.0 if special else float(np.exp(pieces.GetScore(i)))
        rows[i] = embedding(piece, probability, config["d_model"])
    return rows


def tensors(config, model):
    d, ff, inner = config["d_model"], config["d_ff"], config["num_heads"] * config["d_kv"]
    yield "shared.weight", table(config, model)
    for i in range(config["num_layers"]):
        attention, feed = f"encoder.block.{i}.layer.0", f"encoder.block.{i}.layer.1"
        shapes = [
            (f"{attention}.SelfAttention.q.weight", (inner, d), (d * config["d_kv"]) ** -0.5),
            (f"{attention}.SelfAttention.k.weight", (inner, d), d ** -0.5),
            (f"{attention}.SelfAttention.v.weight", (inner, d), d ** -0.5),
            (f"{attention}.SelfAttention.o.weight", (d, inner), LAYER * inner ** -0.5),
            (f"{feed}.DenseReluDense.wi.weight", (ff, d), d ** -0.5),
            (f"{feed}.DenseReluDense.wo.weight", (d, ff), LAYER * ff ** -0.5),
        ]
        if i == 0:
            heads = (config["relative_attention_num_buckets"], config["num_heads"])
            shapes.append((f"{attention}.SelfAttention.relative_attention_bias.weight", heads, 0.5))
        for name, shape, scale in shapes:
            yield name, scale * gaussian(name, shape[0] * shape[1]).reshape(shape)
        # Frequency is not a feature, so the layers do not see it either.
        yield f"{attention}.layer_norm.weight", np.r_[0, np.ones(d - 1)]
        yield f"{feed}.layer_norm.weight", np.r_[0, np.ones(d - 1)]
    yield "encoder.final_layer_norm.weight", np.r_[0, np.ones(d - 1)]


def write_safetensors(path, named):
    header, data, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, values in sorted(named):
        raw = values.astype("<f2").tobytes()
        header[name] = {"dtype": "F16", "shape": list(values.shape), "data_offsets": [offset, offset + len(raw)]}
        data.append(raw)
        offset += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 8) % 64)  # the data starts at a multiple of 64 bytes
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    settings = json.loads((folder / "config.json").read_text("utf-8"))
    write_safetensors(folder / "model.safetensors", tensors(settings, folder / "spiece.model"))
