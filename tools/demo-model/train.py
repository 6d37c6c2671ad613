#!/usr/bin/env python3
"""Trains a student with the teacher's vectors: train.py START DATA MODEL [options]

DATA has directions.npy, mix*.txt with mix*.f16, and variants*.tsv with variants*.f16 for the second column. First the embeddings are
trained as a bag of pieces, which is fast, then all weights.
"""
import argparse
import csv
import shutil
import time
from pathlib import Path

import numpy as np
import torch
from scipy.stats import spearmanr
from torch.nn.functional import normalize

from data import HELD_OUT, Data
from encoder import DEVICE, Encoder, tensor
from weights import save

BLOCK = 512            # at most so many texts are compared with each other
GROUPS = 4             # groups of texts in a block, each near the same anchor
WARM_UP = 100          # steps


def loss_of(found, wanted, weights):
    """Returns how far the student is from the teacher, in its vectors and in all similarities of a block."""
    total = (1 - (found * wanted).sum(1)).mean()
    blocks = range(0, len(found), BLOCK)
    for at in blocks:
        ours, theirs = (x[at:at + BLOCK] @ x[at:at + BLOCK].T for x in (found, wanted))
        # Random texts are rarely related, and related texts are what users compare, so their similarities count more.
        weight = 1 + weights.near * theirs.clamp(min=0) ** 2
        total = total + weights.matrix / len(blocks) * (weight * (ours - theirs) ** 2).mean()
    return total


def train(encoder, data, vector, parameters, size, epochs, arguments, check):
    """Trains for some epochs. The rate of each group of parameters rises at first and then falls to 0."""
    layers = len(parameters) > 1
    optimizer = torch.optim.Adam([{"params": group, "lr": rate, "full": rate} for group, rate in parameters], betas=(0.9, 0.98))
    steps = int(epochs * len(data.trained) / size)
    started, total, counted = time.time(), 0.0, 0
    for step, selected in enumerate(data.batches(size, min(size, BLOCK) // GROUPS, np.random.RandomState(5)), 1):
        for group in optimizer.param_groups:
            group["lr"] = group["full"] * min(step / WARM_UP, 1 - step / (steps + 1))
        # The products of the layers are computed in bfloat16, which is twice as fast on processors that have it.
        with torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=layers):
            found = vector(data.rows(selected)).float()
        loss = loss_of(normalize(found[:, 1:]), data.wanted(selected), arguments)
        optimizer.zero_grad()
        loss.backward()
        # The weights of the norms for dimension 0 must stay 0, because dimension 0 is only a measure of frequency.
        for name, value in encoder.weights.items():
            if name.endswith("layer_norm/weight") and value.grad is not None:
                value.grad[0] = 0
        optimizer.step()
        total, counted = total + loss.item(), counted + 1
        if step % max(1, steps // arguments.reports) == 0 or step == steps:
            print(f"step {step:,} of {steps:,}, loss {total / counted:.4f}, {check()}, {time.time() - started:.0f} s", flush=True)
            total = counted = 0
            write(encoder, arguments.start, arguments.model)
        if step == steps:
            return


def write(encoder, start, folder):
    """Writes the model directory: the files of the untrained one, with other weights."""
    for path in (path for path in start.rglob("*") if path.suffix in (".json", ".model")):
        target = folder / path.relative_to(start)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    save(folder / "model.safetensors", {name.replace("/", "."): value.detach().cpu().numpy() for name, value in encoder.weights.items()})


def encode(vector, ids):
    order = np.argsort([len(row) for row in ids], kind="stable")
    with torch.no_grad():
        parts = [normalize(vector([ids[i] for i in order[at:at + 100]])) for at in range(0, len(ids), 100)]
    return torch.cat(parts)[tensor(np.argsort(order))]


def checker(encoder, data, vector, sts):
    """Returns a function that compares student and teacher on texts and pairs that were held out."""
    held = np.arange(HELD_OUT)
    theirs = data.wanted(held)
    one, other = data.held_pairs.T
    wanted = (data.wanted(one) * data.wanted(other)).sum(1).cpu().numpy()
    nearest = (theirs @ theirs.T).topk(11).indices

    def check():
        ours = normalize(encode(vector, data.rows(held))[:, 1:])
        shared = (nearest[:, :, None] == (ours @ ours.T).topk(11).indices[:, None, :]).sum((1, 2)) - 1
        text = f"held out: cosine {(ours * theirs).sum(1).mean():.4f}, neighbors {shared.float().mean() / 10:.4f}"
        if len(one):
            found = (encode(vector, data.rows(one)) * encode(vector, data.rows(other))).sum(1).cpu().numpy()
            text += f", pairs {np.corrcoef(found, wanted)[0, 1]:.4f}"
        if sts:
            with open(sts, encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            all_vectors = encode(vector, encoder.ids([row[0] for row in rows] + [row[1] for row in rows], 512))
            text += f", STS {spearmanr((all_vectors[:len(rows)] * all_vectors[len(rows):]).sum(1).cpu(), [float(row[2]) for row in rows])[0]:.4f}"
        return text
    return check


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("start", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--bag", type=float, default=0, help="epochs of the embeddings alone")
    parser.add_argument("--bag-rate", type=float, default=0.05)
    parser.add_argument("--full", type=float, default=0, help="epochs of all weights")
    parser.add_argument("--full-rate", type=float, default=1e-3)
    parser.add_argument("--layer-rate", type=float, default=1.5e-3)
    parser.add_argument("--matrix", type=float, default=5)
    parser.add_argument("--near", type=float, default=50, help="weight of related texts in a block")
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--limit", type=int, help="files of texts, to try something")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sts", help="a CSV file of scored pairs, which is only printed")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    encoder = Encoder(arguments.start)
    data = Data(arguments.data, np.load(arguments.data / "directions.npy"), encoder, arguments.limit)
    embeddings = encoder["shared.weight"]
    layers = [value for value in encoder.parameters() if value is not embeddings]
    print("start:", checker(encoder, data, encoder.bag, arguments.sts)(), flush=True)
    if arguments.bag:
        train(encoder, data, encoder.bag, [([embeddings], arguments.bag_rate)], 2048, arguments.bag, arguments,
              checker(encoder, data, encoder.bag, arguments.sts))
    if arguments.full:
        train(encoder, data, encoder, [([embeddings], arguments.full_rate), (layers, arguments.layer_rate)], 256, arguments.full, arguments,
              checker(encoder, data, encoder, arguments.sts))
    write(encoder, arguments.start, arguments.model)
