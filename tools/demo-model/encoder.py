"""The T5 encoder of a model folder as a torch module that can be trained, in float32."""
import json
import sys
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch import nn
from torch.nn.functional import embedding_bag, normalize

sys.path.append(str(Path(__file__).resolve().parent.parent / "encoder-oracle"))
from checkpoint import read_folder  # noqa: E402
from t5_bucket import relative_buckets  # noqa: E402

EOS = 1


class Encoder(nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.config = json.loads((Path(folder) / "config.json").read_text("utf-8"))
        self.pieces = sentencepiece.SentencePieceProcessor()
        self.pieces.Load(str(Path(folder) / "spiece.model"))
        # Parameter names cannot contain dots.
        self.weights = nn.ParameterDict({name.replace(".", "/"): nn.Parameter(value.float()) for name, value in read_folder(folder).items()})

    def __getitem__(self, name):
        return self.weights[name.replace(".", "/")]

    def ids(self, texts, longest):
        return [np.array(ids[:longest - 1] + [EOS]) for ids in self.pieces.encode(list(texts))]

    def bag(self, ids):
        """Returns mean vectors without the layers, which add little at first. This is fast enough for millions of pairs."""
        table = self._norm(self["shared.weight"], "encoder.final_layer_norm")
        offsets = np.cumsum([0] + [len(row) for row in ids[:-1]])
        return normalize(embedding_bag(torch.from_numpy(np.concatenate(ids)), table, torch.from_numpy(offsets), mode="mean"))

    def forward(self, ids, groups=4):
        """Returns unit vectors of arrays of IDs. Arrays of similar length are computed together, so that there is little padding."""
        order = np.argsort([len(row) for row in ids], kind="stable")
        vectors = torch.cat([self._vectors([ids[i] for i in group]) for group in np.array_split(order, groups) if len(group)])
        return vectors[torch.from_numpy(np.argsort(order))]

    def _vectors(self, ids):
        lengths = np.array([len(row) for row in ids])
        length = lengths.max()
        mask = np.arange(length) < lengths[:, None]
        padded = np.zeros(mask.shape, np.int64)
        padded[mask] = np.concatenate(ids)
        mask, x = torch.from_numpy(mask), self["shared.weight"][torch.from_numpy(padded)]
        bias = self._position_bias(length) + torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for i in range(self.config["num_layers"]):
            block = f"encoder.block.{i}.layer"
            x = x + self._attention(self._norm(x, f"{block}.0.layer_norm"), f"{block}.0.SelfAttention", bias)
            inner = self._norm(x, f"{block}.1.layer_norm") @ self[f"{block}.1.DenseReluDense.wi.weight"].T
            x = x + torch.relu(inner) @ self[f"{block}.1.DenseReluDense.wo.weight"].T
        x = self._norm(x, "encoder.final_layer_norm") * mask[:, :, None]
        return normalize(x.sum(1) / mask.sum(1, keepdim=True))

    def _attention(self, x, name, bias):
        count, length, _ = x.shape
        q, k, v = ((x @ self[f"{name}.{part}.weight"].T).reshape(count, length, self.config["num_heads"], -1).transpose(1, 2) for part in "qkv")
        mixed = torch.softmax(q @ k.transpose(2, 3) + bias, -1) @ v
        return mixed.transpose(1, 2).reshape(count, length, -1) @ self[f"{name}.o.weight"].T

    def _norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.config["layer_norm_epsilon"]) * self[f"{name}.weight"]

    def _position_bias(self, length):
        at = torch.arange(length)
        buckets = relative_buckets(at[None, :] - at[:, None], self.config["relative_attention_num_buckets"], self.config["relative_attention_max_distance"])
        return self["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"][buckets].permute(2, 0, 1)
