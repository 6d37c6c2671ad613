#!/usr/bin/env python3
"""Writes a random T5 encoder in Hugging Face layout: config.json, modules.json, 1_Pooling and the weights.

    make_checkpoint.py --size tiny|s|b|l [--gated] [--dtype f32|f16|bf16] [--format safetensors|bin] [--seed N]
                       [--dense WIDTH] [--spiece FILE] OUT

s, b and l have the shapes of jina-embedding-{s,b,l}-en-v1. Scales are those of T5's initialization, norms are
1 +- 0.1 and the relative bias has deviation 0.5, so that every tensor affects the result.
"""
import argparse
import json
import shutil
import struct
from pathlib import Path

import torch

# d_model, d_ff, layers, heads, d_kv, vocabulary; tiny has heads * d_kv != d_model on purpose.
SIZES = {
    "tiny": (16, 48, 2, 3, 8, 32128),
    "s": (512, 2048, 6, 8, 64, 32128),
    "b": (768, 3072, 12, 12, 64, 32128),
    "l": (1024, 4096, 24, 16, 64, 32128),
}
DTYPES = {"f32": (torch.float32, "F32"), "f16": (torch.float16, "F16"), "bf16": (torch.bfloat16, "BF16")}


def config(size, gated, dtype):
    d, ff, layers, heads, kv, vocabulary = SIZES[size]
    return {
        "architectures": ["T5EncoderModel"], "model_type": "t5",
        "d_model": d, "d_ff": ff, "d_kv": kv, "num_heads": heads, "num_layers": layers, "vocab_size": vocabulary,
        "feed_forward_proj": "gated-gelu" if gated else "relu",
        "dense_act_fn": "gelu_new" if gated else "relu", "is_gated_act": gated,
        "relative_attention_num_buckets": 32, "relative_attention_max_distance": 128, "layer_norm_epsilon": 1e-6,
        "n_positions": 512, "pad_token_id": 0, "eos_token_id": 1, "torch_dtype": str(dtype).removeprefix("torch."),
    }


def tensors(size, gated, dtype, seed):
    d, ff, layers, heads, kv, vocabulary = SIZES[size]
    random = torch.Generator().manual_seed(seed)

    def normal(scale, *shape):
        return (torch.randn(*shape, generator=random) * scale).to(dtype)

    def norm():
        return (1 + 0.1 * torch.randn(d, generator=random)).to(dtype)

    state = {"shared.weight": normal(1, vocabulary, d)}
    for i in range(layers):
        attention, feed = f"encoder.block.{i}.layer.0", f"encoder.block.{i}.layer.1"
        state[f"{attention}.SelfAttention.q.weight"] = normal((d * kv) ** -0.5, heads * kv, d)
        state[f"{attention}.SelfAttention.k.weight"] = normal(d**-0.5, heads * kv, d)
        state[f"{attention}.SelfAttention.v.weight"] = normal(d**-0.5, heads * kv, d)
        state[f"{attention}.SelfAttention.o.weight"] = normal(d**-0.5, d, heads * kv)
        if i == 0:
            state[f"{attention}.SelfAttention.relative_attention_bias.weight"] = normal(0.5, 32, heads)
        state[f"{attention}.layer_norm.weight"] = norm()
        for wi in ("wi_0", "wi_1") if gated else ("wi",):
            state[f"{feed}.DenseReluDense.{wi}.weight"] = normal(d**-0.5, ff, d)
        state[f"{feed}.DenseReluDense.wo.weight"] = normal(ff**-0.5, d, ff)
        state[f"{feed}.layer_norm.weight"] = norm()
    state["encoder.final_layer_norm.weight"] = norm()
    return state


def write_safetensors(path, state, dtype_name):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in state.items():
        end = offset + tensor.nelement() * tensor.element_size()
        header[name] = {"dtype": dtype_name, "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in state.values():
            # NumPy does not support bfloat16, so the bytes are read as integers of the same width.
            same_width = torch.int16 if tensor.element_size() == 2 else torch.int32
            file.write(tensor.contiguous().view(same_width).numpy().tobytes())


def write_weights(folder, state, form, dtype_name):
    if form == "safetensors":
        write_safetensors(folder / "model.safetensors", state, dtype_name)
        return
    if "shared.weight" in state:
        state["encoder.embed_tokens.weight"] = state["shared.weight"]  # two names for one storage, as in published files
    torch.save(state, folder / "pytorch_model.bin")


def write_json(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


def write_modules(folder, width, dense):
    names = [("Transformer", ""), ("Pooling", "1_Pooling")] + ([("Dense", "2_Dense")] if dense else [])
    write_json(folder / "modules.json", [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(names)
    ])
    write_json(folder / "1_Pooling/config.json", {
        "word_embedding_dimension": width, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False,
    })
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})
    if dense:
        write_json(folder / "2_Dense/config.json", {
            "in_features": width, "out_features": dense, "bias": False,
            "activation_function": "torch.nn.modules.linear.Identity",
        })


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", choices=SIZES, required=True)
    arguments.add_argument("--gated", action="store_true")
    arguments.add_argument("--dtype", choices=DTYPES, default="f32")
    arguments.add_argument("--format", choices=["safetensors", "bin"], default="safetensors")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--dense", type=int, default=0)
    arguments.add_argument("--spiece")
    arguments.add_argument("out", type=Path)
    options = arguments.parse_args()

    dtype, dtype_name = DTYPES[options.dtype]
    width = SIZES[options.size][0]
    options.out.mkdir(parents=True, exist_ok=True)
    write_json(options.out / "config.json", config(options.size, options.gated, dtype))
    write_modules(options.out, width, options.dense)
    write_weights(options.out, tensors(options.size, options.gated, dtype, options.seed), options.format, dtype_name)
    if options.dense:
        random = torch.Generator().manual_seed(options.seed + 1)
        dense = torch.randn(options.dense, width, generator=random) * width**-0.5
        write_weights(options.out / "2_Dense", {"linear.weight": dense.to(dtype)}, options.format, dtype_name)
    if options.spiece:
        shutil.copy(options.spiece, options.out / "spiece.model")


if __name__ == "__main__":
    main()
