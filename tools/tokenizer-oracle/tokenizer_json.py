#!/usr/bin/python3
"""Converts a T5 SentencePiece model for Hugging Face's tokenizers, in the whitespace-split form.

usage: tokenizer_json.py unigram.model > tokenizer.json      (needs Debian's python3-sentencepiece)
The JavaScript tokenizers normalize with Unicode's NFKC and ignore the charsmap, so it is not written.
"""
import json
import sys

import sentencepiece

processor = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])
size = processor.get_piece_size()
specials = [(processor.id_to_piece(i), i) for i in range(3)] + [(f"<extra_id_{n}>", size + 99 - n) for n in range(99, -1, -1)]
vocabulary = [[processor.id_to_piece(i), processor.get_score(i)] for i in range(size)]
json.dump({
    "version": "1.0", "truncation": None, "padding": None,
    "added_tokens": [{"id": i, "content": text, "special": True, "single_word": False, "lstrip": False, "rstrip": False,
                      "normalized": False} for text, i in specials],
    "normalizer": {"type": "Precompiled", "precompiled_charsmap": ""},
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
        {"type": "WhitespaceSplit"},
        {"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": True}]},
    "post_processor": {"type": "TemplateProcessing", "single": [
        {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "pair": [],
        "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
    "decoder": {"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": True},
    "model": {"type": "Unigram", "unk_id": 2, "vocab": vocabulary + [[text, 0.0] for text, i in specials if i >= size]},
}, sys.stdout)
