#!/usr/bin/python3
"""Writes a T5 encoder with mean pooling as a GGUF file for llama.cpp.

usage: gguf.py MODEL f32|f16|bf16|q8_0 FILE      (needs Debian's python3-torch and python3-sentencepiece)
Only the matrices use the type. Norms and the relative bias are small, and remain in single precision.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools/encoder-oracle"))
from checkpoint import read_folder  # noqa: E402

ALIGNMENT = 32
BLOCK = 32  # values that share a scale in q8_0

# Numbers of the GGUF format: types of values, and types of tensors.
UINT32, INT32, FLOAT, BOOL, STRING, ARRAY, UINT8 = 4, 5, 6, 7, 8, 9, 0
TENSOR_TYPES = {"f32": 0, "f16": 1, "q8_0": 8, "bf16": 30}
NORMAL, UNKNOWN, CONTROL, UNUSED = 1, 2, 3, 5

PARTS = {
    "layer.0.layer_norm": "attn_norm", "layer.0.SelfAttention.q": "attn_q", "layer.0.SelfAttention.k": "attn_k",
    "layer.0.SelfAttention.v": "attn_v", "layer.0.SelfAttention.o": "attn_o",
    "layer.0.SelfAttention.relative_attention_bias": "attn_rel_b", "layer.1.layer_norm": "ffn_norm",
    "layer.1.DenseReluDense.wi": "ffn_up", "layer.1.DenseReluDense.wi_0": "ffn_gate",
    "layer.1.DenseReluDense.wi_1": "ffn_up", "layer.1.DenseReluDense.wo": "ffn_down",
}


def name_of(name):
    """Returns the GGUF name of a weight, or None for a second name of the embedding table."""
    if name == "encoder.embed_tokens.weight":
        return None
    if name == "shared.weight":
        return "token_embd.weight"
    if name == "encoder.final_layer_norm.weight":
        return "enc.output_norm.weight"
    block, part = name.removeprefix("encoder.block.").removesuffix(".weight").split(".", 1)
    return f"enc.blk.{block}.{PARTS[part]}.weight"


def encode(values, kind):
    """Returns the bytes of a float32 array."""
    if kind == "f32":
        return values.tobytes()
    if kind == "f16":
        return values.astype(np.float16).tobytes()
    if kind == "bf16":
        bits = values.view(np.uint32)
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16).tobytes()  # rounds to the nearest even
    blocks = values.reshape(-1, BLOCK)
    scales = np.abs(blocks).max(1, keepdims=True) / 127
    steps = np.rint(np.divide(blocks, scales, out=np.zeros_like(blocks), where=scales > 0)).astype(np.int8)
    return np.concatenate([scales.astype(np.float16).view(np.int8), steps], 1).tobytes()


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, content):
    if kind == STRING:
        return string(content)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT: "<f", BOOL: "<?"}[kind], content)


def field(key, kind, content):
    return string(key) + struct.pack("<I", kind) + value(kind, content)


def array(key, kind, contents):
    data = contents if kind == UINT8 else b"".join(value(kind, content) for content in contents)
    return string(key) + struct.pack("<IIQ", ARRAY, kind, len(contents)) + data


def tokenizer_fields(path, vocabulary_size):
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))
    model = sentencepiece_model_pb2.ModelProto.FromString(path.read_bytes())
    tokens, scores, kinds = [], [], []
    for i in range(vocabulary_size):
        known = i < pieces.get_piece_size()
        tokens.append(pieces.id_to_piece(i) if known else f"[PAD{i}]")
        scores.append(pieces.get_score(i) if known else -10000.0)
        special = UNKNOWN if known and pieces.is_unknown(i) else CONTROL if known and pieces.is_control(i) else NORMAL
        kinds.append(special if known else UNUSED)
    return [
        field("tokenizer.ggml.model", STRING, "t5"),
        field("tokenizer.ggml.pre", STRING, "default"),
        array("tokenizer.ggml.tokens", STRING, tokens),
        array("tokenizer.ggml.scores", FLOAT, scores),
        array("tokenizer.ggml.token_type", INT32, kinds),
        field("tokenizer.ggml.add_space_prefix", BOOL, model.normalizer_spec.add_dummy_prefix),
        field("tokenizer.ggml.remove_extra_whitespaces", BOOL, model.normalizer_spec.remove_extra_whitespaces),
        array("tokenizer.ggml.precompiled_charsmap", UINT8, model.normalizer_spec.precompiled_charsmap),
        field("tokenizer.ggml.eos_token_id", UINT32, pieces.eos_id()),
        field("tokenizer.ggml.unknown_token_id", UINT32, pieces.unk_id()),
        field("tokenizer.ggml.padding_token_id", UINT32, 0),
        field("tokenizer.ggml.add_bos_token", BOOL, False),
        field("tokenizer.ggml.add_eos_token", BOOL, True),
    ]


def model_fields(config):
    def key(name):
        return f"t5encoder.{name}"

    epsilon = config.get("layer_norm_epsilon", 1e-6)
    return [
        field("general.architecture", STRING, "t5encoder"),
        field(key("context_length"), UINT32, config.get("n_positions", 512)),
        field(key("embedding_length"), UINT32, config["d_model"]),
        field(key("feed_forward_length"), UINT32, config["d_ff"]),
        field(key("block_count"), UINT32, config["num_layers"]),
        field(key("attention.head_count"), UINT32, config["num_heads"]),
        field(key("attention.key_length"), UINT32, config["d_kv"]),
        field(key("attention.value_length"), UINT32, config["d_kv"]),
        field(key("attention.layer_norm_epsilon"), FLOAT, epsilon),
        field(key("attention.layer_norm_rms_epsilon"), FLOAT, epsilon),
        field(key("attention.relative_buckets_count"), UINT32, config.get("relative_attention_num_buckets", 32)),
        field(key("pooling_type"), UINT32, 1),  # the mean of all tokens
    ]


def tensors(folder, kind):
    """Returns the name, the dimensions, the type and the bytes of each weight."""
    for name, tensor in read_folder(folder).items():
        target = name_of(name)
        if target is not None:
            matrix = tensor.dim() == 2 and "attn_rel_b" not in target
            stored = kind if matrix else "f32"
            yield target, tuple(tensor.shape), TENSOR_TYPES[stored], encode(tensor.float().contiguous().numpy(), stored)


def padding(length):
    return b"\0" * (-length % ALIGNMENT)


def main():
    folder, kind, out = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    config = json.loads((folder / "config.json").read_text("utf-8"))
    fields = model_fields(config) + tokenizer_fields(folder / "spiece.model", config["vocab_size"])
    weights = list(tensors(folder, kind))
    header = b"GGUF" + struct.pack("<IQQ", 3, len(weights), len(fields)) + b"".join(fields)
    offset = 0
    for name, shape, number, data in weights:
        dimensions = shape[::-1]  # the innermost one first
        header += string(name) + struct.pack(f"<I{len(dimensions)}QIQ", len(dimensions), *dimensions, number, offset)
        offset += len(data) + len(padding(len(data)))
    with open(out, "wb") as file:
        file.write(header + padding(len(header)))
        for *_, data in weights:
            file.write(data + padding(len(data)))


if __name__ == "__main__":
    main()
