#!/usr/bin/env python3
"""Writes the small checkpoints for the tests of src/Jina.Extensions.AI/Checkpoints with torch.

Needs Debian's python3-torch (the files are from 1.13). It can be run from any folder, and replaces its earlier files.
Every weight counts its logical elements in row-major order modulo 101, in every memory layout, so that a test knows the
expected values. The numbers 0 to 100 are exact in every type.
"""
import json
import pathlib

import torch

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests/Jina.Extensions.AI.Tests/Checkpoints/Fixtures"
VOCABULARY, HIDDEN, HEADS, HEAD, WIDE, BUCKETS = 8, 4, 2, 3, 5, 8
INNER = HEADS * HEAD


def counting(*shape, dtype=torch.float32):
    return (torch.arange(torch.Size(shape).numel()) % 101).reshape(shape).to(dtype)


def transposed(*shape):
    """Returns the same values, stored column by column."""
    return counting(*shape).t().contiguous().t()


def sharing(*shapes):
    """Returns views that follow each other in one storage."""
    storage = torch.cat([counting(*shape).flatten() for shape in shapes])
    views, at = [], 0
    for shape in shapes:
        size = torch.Size(shape).numel()
        views.append(storage[at:at + size].view(shape))
        at += size
    return views


def t5_module():
    """A module tree. Its state_dict() adds the _metadata attribute, which plain dictionaries do not have."""
    root = torch.nn.Module()

    def put(name, value):
        module, *path = root, *name.split(".")
        for part in path[:-1]:
            if part not in module._modules:
                module.add_module(part, torch.nn.Module())
            module = module._modules[part]
        module.register_parameter(path[-1], torch.nn.Parameter(value, requires_grad=False))

    attention, feed_forward = "encoder.block.0.layer.0", "encoder.block.0.layer.1"
    key, value = sharing((INNER, HIDDEN), (INNER, HIDDEN))
    put("shared.weight", counting(VOCABULARY, HIDDEN))
    root.encoder = torch.nn.Module()
    root.encoder.embed_tokens = torch.nn.Module()
    root.encoder.embed_tokens.weight = root.shared.weight
    put(f"{attention}.SelfAttention.q.weight", transposed(INNER, HIDDEN))
    put(f"{attention}.SelfAttention.k.weight", key)
    put(f"{attention}.SelfAttention.v.weight", value)
    put(f"{attention}.SelfAttention.o.weight", counting(HIDDEN, INNER, dtype=torch.float16))
    put(f"{attention}.SelfAttention.relative_attention_bias.weight", counting(BUCKETS, HEADS))
    put(f"{attention}.layer_norm.weight", counting(HIDDEN))
    put(f"{feed_forward}.DenseReluDense.wi.weight", counting(WIDE, HIDDEN, dtype=torch.bfloat16))
    put(f"{feed_forward}.DenseReluDense.wo.weight", transposed(HIDDEN, WIDE))
    put(f"{feed_forward}.layer_norm.weight", counting(HIDDEN))
    put("encoder.final_layer_norm.weight", counting(HIDDEN))
    return root


def main():
    folder = OUT / "torch-t5"
    folder.mkdir(parents=True, exist_ok=True)
    state = t5_module().state_dict()
    # Weights that an encoder does not need can have any type.
    state["position_ids"] = torch.arange(4)
    state["decoder.gaps"] = counting(4, 6)[:, ::2]
    state["decoder.parameter"] = torch.nn.Parameter(counting(3))
    torch.save(state, folder / "pytorch_model.bin")
    torch.save(state, OUT / "legacy.bin", _use_new_zipfile_serialization=False)
    config = {
        "model_type": "t5", "d_model": HIDDEN, "d_kv": HEAD, "d_ff": WIDE, "num_layers": 1, "num_heads": HEADS,
        "vocab_size": VOCABULARY, "relative_attention_num_buckets": BUCKETS,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
