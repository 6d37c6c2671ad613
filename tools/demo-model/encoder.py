"""The T5 encoder of a model folder as a torch module that can be trained, in float32, on the GPU if torch finds one."""
import json
import sys
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch import nn
from torch.nn.functional import embedding, embedding_bag, linear, normalize

sys.path.append(str(Path(__file__).resolve().parent.parent / "encoder-oracle"))
from checkpoint import read_folder  # noqa: E402
from t5_bucket import relative_buckets  # noqa: E402

EOS = 1
LENGTHS = [8, 16, 24, 32, 48, 64, 96, 128, 176]     # texts between two of these lengths are computed together
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def tensor(array):
    return torch.from_numpy(array).to(DEVICE)


class Encoder(nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.config = json.loads((Path(folder) / "config.json").read_text("utf-8"))
        self.pieces = sentencepiece.SentencePieceProcessor()
        self.pieces.Load(str(Path(folder) / "spiece.model"))
        # Parameter names cannot contain dots.
        self.weights = nn.ParameterDict({name.replace(".", "/"): nn.Parameter(value.float().to(DEVICE)) for name, value in read_folder(folder).items()})

    def __getitem__(self, name):
        return self.weights[name.replace(".", "/")]

    def ids(self, texts, longest):
        return [np.array(ids[:longest - 1] + [EOS]) for ids in self.pieces.encode(list(texts), num_threads=2)]

    def bag(self, ids):
        """Returns mean vectors without the layers, which add little at first. This is fast enough for millions of pairs."""
        table = self._norm(self["shared.weight"], "encoder.final_layer_norm")
        offsets = np.cumsum([0] + [len(row) for row in ids[:-1]])
        return normalize(embedding_bag(tensor(np.concatenate(ids)), table, tensor(offsets), mode="mean"))

    def forward(self, ids):
        """Returns unit vectors of arrays of IDs. Arrays of similar length are computed together, so that there is little padding."""
        lengths = np.array([len(row) for row in ids])
        order = np.argsort(lengths, kind="stable")
        groups = np.split(order, np.searchsorted(lengths[order], LENGTHS, side="right"))
        vectors = torch.cat([self._vectors([ids[i] for i in group]) for group in groups if len(group)])
        return vectors[tensor(np.argsort(order))]

    def _vectors(self, ids):
        lengths = np.array([len(row) for row in ids])
        # Few different shapes, because torch prepares its products for each shape.
        length = -(-lengths.max() // 8) * 8
        mask = np.arange(length) < lengths[:, None]
        padded = np.zeros(mask.shape, np.int64)
        padded[mask] = np.concatenate(ids)
        mask, x = tensor(mask), embedding(tensor(padded), self["shared.weight"])
        bias = self._position_bias(length) + torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for i in range(self.config["num_layers"]):
            block = f"encoder.block.{i}.layer"
            x = x + self._attention(self._norm(x, f"{block}.0.layer_norm"), f"{block}.0.SelfAttention", bias)
            inner = linear(self._norm(x, f"{block}.1.layer_norm"), self[f"{block}.1.DenseReluDense.wi.weight"])
            x = x + linear(torch.relu(inner), self[f"{block}.1.DenseReluDense.wo.weight"])
        x = self._norm(x, "encoder.final_layer_norm") * mask[:, :, None]
        return normalize(x.sum(1) / mask.sum(1, keepdim=True))

    def _attention(self, x, name, bias):
        count, length, _ = x.shape
        q, k, v = (linear(x, self[f"{name}.{part}.weight"]).reshape(count, length, self.config["num_heads"], -1).transpose(1, 2) for part in "qkv")
        mixed = torch.softmax(q @ k.transpose(2, 3) + bias, -1) @ v
        return linear(mixed.transpose(1, 2).reshape(count, length, -1), self[f"{name}.o.weight"])

    def _norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.config["layer_norm_epsilon"]) * self[f"{name}.weight"]

    def _position_bias(self, length):
        at = torch.arange(length, device=DEVICE)
        buckets = relative_buckets(at[None, :] - at[:, None], self.config["relative_attention_num_buckets"], self.config["relative_attention_max_distance"])
        return self["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"][buckets].permute(2, 0, 1)
