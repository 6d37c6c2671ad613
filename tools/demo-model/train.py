#!/usr/bin/env python3
"""Trains the encoder of a model directory with pairs and InfoNCE. The other texts of a batch are the negatives.

    train.py START_FOLDER pairs.tsv MODEL_FOLDER [--bag STEPS] [--full STEPS]

It trains the embeddings alone as a bag of pieces, which is fast, and then the whole encoder. A batch has pairs of one
kind. At intervals the held-out pairs (one in a hundred) are scored. If the mean is the best so far, the weights are
written, mixed with a share of the untrained weights. Training forgets some of the spelling that the untrained weights
represent, and a mix is better on other texts than either (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models",
https://arxiv.org/abs/2109.01903).
"""
import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from encoder import Encoder
from weights import write_safetensors

TEMPERATURE = 0.05
# Relative frequency of each kind.
KINDS = {
    "substitute": 3, "synonym": 3, "noise": 3, "definition": 2, "verse": 2, "example": 1, "related": 1, "hypernym": 0.5,
    "heading": 1, "neighbor": 1, "paragraph": 0.3, "novel": 0.3,
}
LONGEST = 64
HELD_OUT = 100
LAYER_RATE = 0.2
WARM_UP = 100
EVALUATED = 500   # held-out pairs of a kind
START_SHARE = 1 / 3
PAUSE = os.environ.get("PAUSE_FILE")  # training pauses while this file exists


def load_pairs(path, encoder):
    """Returns the IDs of the texts per kind: (training pairs, held-out pairs), both as lists of two lists."""
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    pairs = {}
    for kind in KINDS:
        of_kind = [row for row in rows if row[0] == kind]
        random.Random(2).shuffle(of_kind)
        columns = [encoder.ids([row[i] for row in of_kind], LONGEST) for i in (1, 2)]
        held = len(of_kind) // HELD_OUT
        pairs[kind] = [column[held:] for column in columns], [column[:min(held, EVALUATED)] for column in columns]
    return pairs


def loss(one, other):
    similar = one @ other.T / TEMPERATURE
    target = torch.arange(len(one))
    return (cross_entropy(similar, target) + cross_entropy(similar.T, target)) / 2


@torch.no_grad()
def held_out(encode, pairs):
    """Returns per kind how often the right text is the nearest of all held-out texts."""
    found = {}
    for kind, (_, (left, right)) in pairs.items():
        one, other = (torch.cat([encode(side[at:at + 64]) for at in range(0, len(side), 64)]) for side in (left, right))
        found[kind] = ((one @ other.T).argmax(1) == torch.arange(len(one))).float().mean().item()
    return found


class Run:
    def __init__(self, encoder, pairs, folder, started):
        self.encoder, self.pairs, self.folder, self.started, self.best = encoder, pairs, folder, started, 0.0
        self.start = {name: value.detach().clone() for name, value in encoder.weights.items()}

    def train(self, encode, steps, batch, rate, every):
        """Returns the learning rate, which rises in the first steps and then falls to a fiftieth."""
        draw = random.Random(3)
        # Dimension 0 is the frequency of a piece. The norms hide it from the layers and the vectors, and are not trained.
        # The numbers of embeddings are about ten times as large as those of layers.
        groups = [{"params": [value], "size": 1.0 if name.startswith("shared") else LAYER_RATE}
                  for name, value in self.encoder.weights.items() if "norm" not in name]
        optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98))
        total = 0.0
        for step in range(1, steps + 1):
            while PAUSE and os.path.exists(PAUSE):
                time.sleep(2)
            kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
            left, right = self.pairs[kind][0]
            chosen = draw.sample(range(len(left)), min(batch, len(left)))
            value = loss(encode([left[i] for i in chosen]), encode([right[i] for i in chosen]))
            optimizer.zero_grad()
            value.backward()
            for group in optimizer.param_groups:
                group["lr"] = rate * group["size"] * min(step / WARM_UP, max(0.02, 1 - step / steps))
            optimizer.step()
            total += value.item()
            if step % every == 0 or step == steps:
                self.checkpoint(encode, step, total / every)
                total = 0.0

    def checkpoint(self, encode, step, mean_loss):
        found = held_out(encode, self.pairs)
        mean = sum(found.values()) / len(found)
        kinds = " ".join(f"{kind} {value:.3f}" for kind, value in found.items())
        minutes = (time.time() - self.started) / 60
        print(f"{minutes:.1f} min, {step} steps, loss {mean_loss:.3f}, held out {mean:.4f}:", kinds, flush=True)
        if mean > self.best:
            self.best = mean
            named = [(name.replace("/", "."), torch.lerp(value.detach(), self.start[name], START_SHARE).numpy()) for name, value in self.encoder.weights.items()]
            write_safetensors(self.folder / "model.safetensors", named)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("start"), arguments.add_argument("pairs"), arguments.add_argument("folder", type=Path)
    arguments.add_argument("--bag", type=int, default=0), arguments.add_argument("--full", type=int, default=0)
    arguments.add_argument("--bag-rate", type=float, default=0.04), arguments.add_argument("--full-rate", type=float, default=0.005)
    options = arguments.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    encoder = Encoder(options.start)
    pairs = load_pairs(options.pairs, encoder)
    run = Run(encoder, pairs, options.folder, time.time())
    run.checkpoint(encoder.bag, 0, 0.0)
    if options.bag:
        run.train(encoder.bag, options.bag, batch=1024, rate=options.bag_rate, every=options.bag // 6)
    if options.full:
        run.best = 0.0
        run.train(encoder, options.full, batch=128, rate=options.full_rate, every=max(1, options.full // 6))
