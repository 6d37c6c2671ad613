#!/usr/bin/env python3
"""Writes model.safetensors of a student that has not been trained yet: weights.py MODEL_FOLDER PIECE_VECTORS DATA

From the teacher's vectors of texts, DATA/mix*.f16, it also writes DATA/directions.npy, which turn a teacher's vector into a student's.

The embedding of a piece is the teacher's vector of the piece as a text. The mean of all pieces is subtracted, because what
all pieces share says nothing. The final norm gives every position the same length, so frequent pieces cannot be made shorter
directly. Instead, dimension 0 has a number that grows with the frequency of a piece, and the weights of all norms are zero
there. The final norm then shrinks the other dimensions, and frequent pieces count less in the mean. The layers do not see dimension 0,
which would be an outlier for int8. They add nothing at first, because their output matrices are zero.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import sentencepiece

import vectors

COMMON = 1e-4      # a piece with this probability keeps about 0.7 of its length


def embeddings(pieces, piece_vectors, directions, rows, draw):
    width = directions.shape[1] + 1
    turned = vectors.turn(vectors.read(piece_vectors), directions).astype(np.float64)
    turned -= turned[3:].mean(0)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    table = draw.standard_normal((rows, width))
    table[:len(turned), 1:] = turned * np.sqrt(width - 1)
    for i in range(len(pieces)):
        known = not (pieces.IsControl(i) or pieces.IsUnknown(i))
        table[i, 0] = np.sqrt(width * (np.exp(pieces.GetScore(i)) if known else 1) / COMMON)
    return table


def layers(config, draw):
    width, inner, hidden = config["d_model"], config["num_heads"] * config["d_kv"], config["d_ff"]
    norm = np.ones(width)
    norm[0] = 0
    for i in range(config["num_layers"]):
        block = f"encoder.block.{i}.layer"
        yield f"{block}.0.layer_norm.weight", norm
        yield f"{block}.0.SelfAttention.q.weight", draw.standard_normal((inner, width)) / np.sqrt(width * config["d_kv"])
        yield f"{block}.0.SelfAttention.k.weight", draw.standard_normal((inner, width)) / np.sqrt(width)
        yield f"{block}.0.SelfAttention.v.weight", draw.standard_normal((inner, width)) / np.sqrt(width)
        yield f"{block}.0.SelfAttention.o.weight", np.zeros((width, inner))
        yield f"{block}.1.layer_norm.weight", norm
        yield f"{block}.1.DenseReluDense.wi.weight", draw.standard_normal((hidden, width)) / np.sqrt(width)
        yield f"{block}.1.DenseReluDense.wo.weight", np.zeros((width, hidden))
    buckets = config["relative_attention_num_buckets"]
    yield "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight", np.zeros((buckets, config["num_heads"]))
    yield "encoder.final_layer_norm.weight", norm


def save(path, tensors):
    """Writes a safetensors file of float16 numbers."""
    header, data, end = {"__metadata__": {"format": "pt"}}, [], 0
    for name in sorted(tensors):
        values = np.asarray(tensors[name]).astype("<f2")
        if not np.isfinite(values).all():
            raise ValueError(f"{name} has numbers that float16 cannot represent.")
        header[name] = {"dtype": "F16", "shape": list(values.shape), "data_offsets": [end, end + values.nbytes]}
        end += values.nbytes
        data.append(values.tobytes())
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-(len(head) + 8) % 64)
    Path(path).write_bytes(struct.pack("<Q", len(head)) + head + b"".join(data))


if __name__ == "__main__":
    folder, draw = Path(sys.argv[1]), np.random.RandomState(1)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    pieces = sentencepiece.SentencePieceProcessor()
    pieces.Load(str(folder / "spiece.model"))
    data = Path(sys.argv[3])
    directions = vectors.basis(np.concatenate([vectors.read(path) for path in sorted(data.glob("mix*.f16"))]), config["d_model"] - 1)
    np.save(data / "directions.npy", directions)
    tensors = {"shared.weight": embeddings(pieces, sys.argv[2], directions, config["vocab_size"], draw)}
    tensors.update(layers(config, draw))
    save(folder / "model.safetensors", tensors)
