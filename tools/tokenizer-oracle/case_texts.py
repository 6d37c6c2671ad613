#!/usr/bin/env python3
"""Writes texts in which case folding changes characters or their number, one JSON object {"category", "text"} per line.

usage: case_texts.py > texts.jsonl

Every run writes the same texts. They are for models that fold case (nmt_nfkc_cf), such as models/demo-en.
"""
import json
import random
import sys
import unicodedata

rng = random.Random(20260301)
WORDS = """
The THE hEllo WORLD iPhone McDonald NASA eBay ÉCOLE Über STRASSE Straße İstanbul ISPARTA Iğdır Ὀδυσσεύς ΟΔΟΣ
ΜΆΪΟΣ Москва ДОМ Հայաստան ﬁne ﬂow eﬃcient ﬅop ﬀ Æsir ŒUVRE Ĳssel ǅungla ǆ Ǉ ŉ ǰ ΐ ᾳ ᾼ ῌ ẞ ſame \u212aelvin
\u212bngström Ω ℡ № ㎒ ㏑ Ⅷ ⅷ Ⓐ ⓩ ＦＵＬＬ 𝐀𝔅 𝕮 ℌello 𐐀 🅰 DON'T O'NEILL C# A.B. U.S.A. e.g. X-RAY 3D H2O 10KB PH.D.
I II III
""".split()
MARKS = ["\u0307", "\u0301", "\u0308", "\u0345", "\u030c", "\u0327", "\u0300\u0345", "\u0308\u0301", "\u200d", "\u00ad", "\u0001"]
SPECIALS = ["</S>", "<PAD>", "<Unk>", "<EXTRA_ID_0>", "<Extra_Id_9>", "</s>", "<pad>", "<unk>"]


def changes(char):
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
    return folded != char and folded != unicodedata.normalize("NFKC", char)


def any_case(word):
    return "".join(rng.choice([char.upper(), char.lower(), char.title(), char]) for char in word)


def texts():
    for char in filter(changes, map(chr, [*range(0xD800), *range(0xE000, 0x20000)])):
        yield "folded code points", rng.choice(["{0}", "a{0}b", "X{0}{0} {0}y"]).format(char)
    for letter in "AEIKSZaeiksz":
        for mark in MARKS:
            for form in ("{0}{1}", "x{0}{1}y", "{0}{1}{1}", "{0} {1}", "THE {0}{1}{0}{1} end"):
                yield "marks after ASCII letters", form.format(letter, mark)
    for special in SPECIALS:
        for form in ("{0}", "A{0}B", " {0} ", "{0}{0}"):
            yield "special tokens", form.format(special)
    for _ in range(1500):
        words = (any_case(rng.choice(WORDS)) + rng.choice(["", "", "", *MARKS]) for _ in range(rng.randint(1, 12)))
        yield "words", rng.choice([" ", " ", "  ", "-", "", "\u3000"]).join(words)


for category, text in texts():
    json.dump({"category": category, "text": text}, sys.stdout)
    print()
