#!/usr/bin/env python3
"""Computes a float64 reference of a T5 encoder with mean pooling, written from the architecture with torch tensors only.

    reference.py --model DIR --ids ids.jsonl > vectors.jsonl

Input: one JSON array of token IDs per line. Output: {"embedding": [...]} per line, not normalized. Each text runs alone,
without padding and without a mask. A 2_Dense module is applied after pooling, but a Normalize module is not.
"""
import argparse
import json
import math
from pathlib import Path

import torch

from checkpoint import read_folder
from t5_bucket import relative_buckets

ACTIVATIONS = {"Identity": lambda x: x, "Tanh": torch.tanh}


def gelu_new(x):
    """The tanh approximation, which feed_forward_proj "gated-gelu" means in T5 v1.1."""
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


class Encoder:
    def __init__(self, folder):
        folder = Path(folder)
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.weights = read_folder(folder)
        self.layers = config["num_layers"]
        self.heads = config["num_heads"]
        self.eps = config.get("layer_norm_epsilon", 1e-6)
        self.buckets = config.get("relative_attention_num_buckets", 32)
        self.max_distance = config.get("relative_attention_max_distance", 128)
        self.dense = self._read_dense(folder / "2_Dense")

    def embed(self, ids):
        return self.dense(self.hidden(ids).mean(0))

    def tokens(self, ids):
        """Returns one vector per token. A linear 2_Dense gives the same mean before and after it."""
        return torch.stack([self.dense(vector) for vector in self.hidden(ids)])

    def hidden(self, ids):
        table = self.weights.get("shared.weight", self.weights.get("encoder.embed_tokens.weight"))
        x = table[torch.tensor(ids)]
        bias = self._position_bias(len(ids))
        for i in range(self.layers):
            block = f"encoder.block.{i}.layer"
            x = x + self._attention(self._norm(x, f"{block}.0.layer_norm"), f"{block}.0.SelfAttention", bias)
            x = x + self._feed_forward(self._norm(x, f"{block}.1.layer_norm"), f"{block}.1.DenseReluDense")
        return self._norm(x, "encoder.final_layer_norm")

    def _linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T

    def _norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weights[f"{name}.weight"]

    def _position_bias(self, length):
        at = torch.arange(length)
        buckets = relative_buckets(at[None, :] - at[:, None], self.buckets, self.max_distance)
        table = self.weights["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
        return table[buckets].permute(2, 0, 1)

    def _attention(self, x, name, bias):
        q, k, v = (self._linear(x, f"{name}.{part}").reshape(len(x), self.heads, -1).transpose(0, 1) for part in "qkv")
        weights = torch.softmax(q @ k.transpose(1, 2) + bias, -1)  # T5 does not divide by the root of the head size
        return self._linear((weights @ v).transpose(0, 1).reshape(len(x), -1), f"{name}.o")

    def _feed_forward(self, x, name):
        if f"{name}.wi_0.weight" in self.weights:
            inner = gelu_new(self._linear(x, f"{name}.wi_0")) * self._linear(x, f"{name}.wi_1")
        else:
            inner = torch.relu(self._linear(x, f"{name}.wi"))
        return self._linear(inner, f"{name}.wo")

    @staticmethod
    def _read_dense(folder):
        if not folder.is_dir():
            return lambda vector: vector
        weights = read_folder(folder)
        config = json.loads((folder / "config.json").read_text("utf-8"))
        activation = ACTIVATIONS[config.get("activation_function", "Tanh").rsplit(".", 1)[-1]]
        return lambda vector: activation(weights["linear.weight"] @ vector + weights.get("linear.bias", 0))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--ids", required=True)
    options = arguments.parse_args()
    encoder = Encoder(options.model)
    with open(options.ids, encoding="utf-8") as lines:
        for line in lines:
            print(json.dumps({"embedding": encoder.embed(json.loads(line)).tolist()}))
