#!/usr/bin/env python3
"""Writes the JSON files of the demo model, in the layout of sentence-transformers and Hugging Face T5 folders.

    layout.py MODEL_FOLDER
"""
import json
import sys
from pathlib import Path

EXTRA_IDS = [f"<extra_id_{i}>" for i in range(100)]
PIECES = 17900

FILES = {
    "config.json": {
        "architectures": ["T5EncoderModel"],
        "model_type": "t5",
        "d_model": 256,
        "d_ff": 512,
        "d_kv": 64,
        "num_heads": 4,
        "num_layers": 2,
        "vocab_size": -(-(PIECES + len(EXTRA_IDS)) // 64) * 64,
        "feed_forward_proj": "relu",
        "dense_act_fn": "relu",
        "is_gated_act": False,
        "relative_attention_num_buckets": 32,
        "relative_attention_max_distance": 128,
        "layer_norm_epsilon": 1e-6,
        "dropout_rate": 0.1,
        "initializer_factor": 1.0,
        "n_positions": 512,
        "is_encoder_decoder": False,
        "use_cache": False,
        "pad_token_id": 0,
        "eos_token_id": 1,
        "torch_dtype": "float16",
    },
    "modules.json": [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ],
    "1_Pooling/config.json": {
        "word_embedding_dimension": 256,
        "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True,
        "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False,
    },
    "sentence_bert_config.json": {"max_seq_length": 512, "do_lower_case": False},
    "special_tokens_map.json": {
        "additional_special_tokens": EXTRA_IDS,
        "eos_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
    },
    "tokenizer_config.json": {
        "additional_special_tokens": EXTRA_IDS,
        "clean_up_tokenization_spaces": True,
        "eos_token": "</s>",
        "extra_ids": 100,
        "model_max_length": 512,
        "pad_token": "<pad>",
        "tokenizer_class": "T5Tokenizer",
        "unk_token": "<unk>",
    },
}

if __name__ == "__main__":
    for name, content in FILES.items():
        path = Path(sys.argv[1]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
