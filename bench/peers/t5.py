#!/usr/bin/python3
"""Embeds texts with PyTorch as sentence-transformers does, and exports the encoder to ONNX.

usage: t5.py MODEL fp32|bf16 together|alone WARM-UP.txt TEXTS.txt VECTORS.f32
       t5.py MODEL export FILE.onnx
Needs Debian's python3-torch and python3-sentencepiece, and python3-onnx to export. README.md describes the arguments.
"""
import json
import sys
import time
from pathlib import Path

import sentencepiece
import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools/encoder-oracle"))
from checkpoint import read_folder  # noqa: E402
from t5_bucket import relative_buckets  # noqa: E402

BATCH = 32
LONGEST = 512
END = 1


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.empty(width)), epsilon

    def forward(self, x):
        variance = x.float().pow(2).mean(-1, keepdim=True)
        return self.weight * (x * torch.rsqrt(variance + self.epsilon)).to(x.dtype)


class Layer(nn.Module):
    """One layer of an encoder whose feed-forward is ReLU, as in the v1 models."""

    def __init__(self, config):
        super().__init__()
        width, inner, feed = config["d_model"], config["num_heads"] * config["d_kv"], config["d_ff"]
        self.heads, self.head = config["num_heads"], config["d_kv"]
        epsilon = config.get("layer_norm_epsilon", 1e-6)
        self.attention_norm, self.feed_norm = Norm(width, epsilon), Norm(width, epsilon)
        self.q, self.k, self.v = (nn.Linear(width, inner, bias=False) for _ in range(3))
        self.o, self.wi, self.wo = (nn.Linear(*sizes, bias=False) for sizes in ((inner, width), (width, feed), (feed, width)))

    def forward(self, x, bias):
        normalized = self.attention_norm(x)
        q, k, v = (self.split(part(normalized)) for part in (self.q, self.k, self.v))
        scores = q @ k.transpose(2, 3) + bias
        weights = functional.softmax(scores.float(), -1).type_as(scores)
        x = x + self.o((weights @ v).transpose(1, 2).reshape(x.shape[0], x.shape[1], self.heads * self.head))
        return x + self.wo(functional.relu(self.wi(self.feed_norm(x))))

    def split(self, x):
        return x.reshape(x.shape[0], x.shape[1], self.heads, self.head).transpose(1, 2)


class Encoder(nn.Module):
    def __init__(self, folder):
        super().__init__()
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.buckets = config.get("relative_attention_num_buckets", 32)
        self.max_distance = config.get("relative_attention_max_distance", 128)
        self.shared = nn.Embedding(config["vocab_size"], config["d_model"])
        self.bias = nn.Embedding(self.buckets, config["num_heads"])
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["num_layers"]))
        self.final_norm = Norm(config["d_model"], config.get("layer_norm_epsilon", 1e-6))
        self.load(read_folder(folder))

    def load(self, weights):
        state = {"shared.weight": weights["shared.weight"], "final_norm.weight": weights["encoder.final_layer_norm.weight"]}
        state["bias.weight"] = weights["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"]
        for i in range(len(self.layers)):
            attention, feed = f"encoder.block.{i}.layer.0", f"encoder.block.{i}.layer.1"
            for part in "qkvo":
                state[f"layers.{i}.{part}.weight"] = weights[f"{attention}.SelfAttention.{part}.weight"]
            for part in ("wi", "wo"):
                state[f"layers.{i}.{part}.weight"] = weights[f"{feed}.DenseReluDense.{part}.weight"]
            state[f"layers.{i}.attention_norm.weight"] = weights[f"{attention}.layer_norm.weight"]
            state[f"layers.{i}.feed_norm.weight"] = weights[f"{feed}.layer_norm.weight"]
        self.load_state_dict(state)

    def forward(self, input_ids, attention_mask):
        x = self.shared(input_ids)
        at = torch.arange(input_ids.shape[1])
        buckets = relative_buckets(at[None, :] - at[:, None], self.buckets, self.max_distance)
        bias = self.bias(buckets).permute(2, 0, 1)[None]
        bias = bias + (1 - attention_mask[:, None, None, :].to(x.dtype)) * torch.finfo(x.dtype).min
        for layer in self.layers:
            x = layer(x, bias)
        return self.final_norm(x)


def embed_batch(encoder, ids):
    longest = max(map(len, ids))
    padded = torch.tensor([text + [0] * (longest - len(text)) for text in ids])
    mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in ids])
    tokens = encoder(padded, mask).float() * mask[:, :, None]
    return functional.normalize(tokens.sum(1) / mask.sum(1, keepdim=True))


def embed(encoder, pieces, texts):
    """Embeds texts in batches of 32, sorted by length, the longest ones first."""
    ids = [text[: LONGEST - 1] + [END] for text in pieces.encode(texts)]
    order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
    vectors = [None] * len(ids)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        for i, vector in zip(batch, embed_batch(encoder, [ids[i] for i in batch])):
            vectors[i] = vector
    return torch.stack(vectors)


def calls(mode, path):
    texts = Path(path).read_text("utf-8").splitlines()
    return [[text] for text in texts] if mode == "alone" else [texts] if texts else []


def measure(encoder, pieces, mode, warm_up, texts, path):
    for call in calls(mode, warm_up):
        embed(encoder, pieces, call)
    vectors = []
    for call in calls(mode, texts):
        start = time.perf_counter()
        vectors.append(embed(encoder, pieces, call))
        print(time.perf_counter() - start, flush=True)
    Path(path).write_bytes(torch.cat(vectors).numpy().tobytes())


def export(encoder, path):
    example = torch.ones(2, 7, dtype=torch.long)
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        encoder, (example, example), path, opset_version=14, input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_axes={name: axes for name in ("input_ids", "attention_mask", "last_hidden_state")})


def main():
    folder, precision, *rest = sys.argv[1:]
    encoder = Encoder(Path(folder)).eval()
    with torch.inference_mode():
        if precision == "export":
            export(encoder, rest[0])
            return
        if precision == "bf16":
            encoder = encoder.bfloat16()
        pieces = sentencepiece.SentencePieceProcessor(model_file=f"{folder}/spiece.model")
        mode, warm_up, texts, vectors = rest
        measure(encoder, pieces, mode, warm_up, texts, vectors)


if __name__ == "__main__":
    main()
