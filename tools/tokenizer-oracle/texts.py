#!/usr/bin/env python3
"""Writes difficult texts for a tokenizer, one JSON object {"category", "text"} per line. Every run writes the same texts.

usage: texts.py [PROSE.jsonl] > texts.jsonl

PROSE.jsonl adds real prose: each line is a string, or an object with "title" and "text".
"""
import json
import random
import sys
import unicodedata

rng = random.Random(20240517)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPACES = [chr(c) for c in range(0x110000) if chr(c).isspace()] + ["\u200b", "\u2060", "\ufeff", "\u180e", "\u2581", "\ufffd"]
SPECIALS = ["</s>", "<pad>", "<unk>", "<s>", "<extra_id_0>", "<extra_id_1>", "<extra_id_9>", "<extra_id_10>",
            "<extra_id_99>", "<extra_id_100>", "<extra_id_05>", "<extra_id_-1>", "<extra_id_>", "<extra_id_0", "< /s>",
            "</S>", "<", ">", "</", "<<", "</s></s>", "&lt;/s&gt;", "<extra_id_0 >", "<EXTRA_ID_0>"]
RANGES = {
    "latin": (0xC0, 0x24F), "ipa": (0x250, 0x2AF), "greek": (0x370, 0x3FF), "cyrillic": (0x400, 0x52F),
    "armenian": (0x531, 0x58F), "hebrew": (0x591, 0x5F4), "arabic": (0x600, 0x6FF), "syriac": (0x700, 0x74F),
    "devanagari": (0x900, 0x97F), "bengali": (0x980, 0x9FF), "tamil": (0xB80, 0xBFF), "thai": (0xE01, 0xE5B),
    "tibetan": (0xF00, 0xFFF), "georgian": (0x10A0, 0x10FF), "jamo": (0x1100, 0x11FF), "ethiopic": (0x1200, 0x137F),
    "cherokee": (0x13A0, 0x13FF), "khmer": (0x1780, 0x17FF), "mongolian": (0x1800, 0x18AF),
    "latin-additional": (0x1E00, 0x1EFF), "greek-extended": (0x1F00, 0x1FFF), "punctuation": (0x2000, 0x206F),
    "letterlike": (0x2100, 0x218F), "arrows-maths": (0x2190, 0x22FF), "technical": (0x2300, 0x23FF),
    "enclosed": (0x2460, 0x24FF), "boxes": (0x2500, 0x25FF), "dingbats": (0x2700, 0x27BF), "kana": (0x3040, 0x30FF),
    "cjk-compatibility": (0x3200, 0x33FF), "cjk": (0x4E00, 0x9FFF), "hangul": (0xAC00, 0xD7A3),
    "compatibility-ideographs": (0xF900, 0xFAFF), "presentation-forms": (0xFB00, 0xFDFF),
    "halfwidth-fullwidth": (0xFF00, 0xFFEF), "gothic": (0x10330, 0x1034A), "maths-letters": (0x1D400, 0x1D7FF),
    "cjk-b": (0x20000, 0x2A6DF),
}
SENTENCES = [
    "The committee's findings weren't published until 1998, when Dr. O'Neill re-examined the data.",
    "Prices rose 3.5% (from $1,299.99 to $1,345.49) between Q1 and Q2.",
    "Die Straßenbahn fährt über die Brücke; danach müssen Sie umsteigen.",
    "Où est-ce que tu étais cet été ? J'ai cherché partout, même à l'hôtel.",
    "Într-o zi frumoasă, băiatul a mers la școală fără ghiozdan.",
    "El niño pingüino comió piñas mañana y tarde: ¡qué rareza!",
    "Всё, что мы знали о языке, оказалось неполным.",
    "今日は天気がいいから、散歩しましょう。", "我们明天去北京看长城。", "오늘은 날씨가 정말 좋네요.",
    "كان الطقس جميلا في ذلك اليوم", "שלום לכולם, מה שלומכם היום?", "आज मौसम बहुत अच्छा है।",
    "Visit https://example.org/a/b?c=d&e=f#g or write to first.last+tag@example.org.",
    "for (int i = 0; i < n; ++i) { sum += a[i] * b[i]; } // O(n)",
    "β-catenin (CTNNB1) binds TCF/LEF; ΔG = −4.2 kJ·mol⁻¹ at 37 °C, n=3×10⁶ cells, p≤0.05.",
]


def assigned(code):
    return unicodedata.category(chr(code)) not in ("Cn", "Cs")


def pick(low, high):
    while True:
        code = rng.randint(low, high)
        if assigned(code):
            return chr(code)


def word(low=1, high=10):
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(low, high)))


def anything():
    return pick(*rng.choice([(0, 0x7F), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, 0x1FFFF), (0, 0x10FFFF)]))


def join(parts, count):
    return "".join(parts() for _ in range(count))


def texts():
    yield "empty", ""
    for space in SPACES:
        for form in ("{0}", "{0}{0}{0}", "{0}a", "a{0}", "a{0}b", "{0}a{0}{0}b{0}", "a {0} b", "{0}{0} a", "x{0}\u2581"):
            yield "whitespace", form.format(space)
    for _ in range(300):
        yield "whitespace", join(lambda: rng.choice([word(), rng.choice(SPACES), " ", "  "]), rng.randint(1, 30))
    for name, (low, high) in RANGES.items():
        for _ in range(15):
            yield "scripts", " ".join(join(lambda: pick(low, high), rng.randint(1, 8)) for _ in range(rng.randint(1, 12)))
    controls = [chr(c) for c in [*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                                 *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFE), 0x1F, 0xE0001, 0xE0020]]
    for control in controls:
        for form in ("{0}", "a{0}b", "{0}a", "a{0}", "a {0} b", "a{0}{0} {0}b"):
            yield "controls", form.format(control)
    for _ in range(200):
        yield "controls", join(lambda: rng.choice([rng.choice(controls), word(), " "]), rng.randint(1, 20))
    emoji = ["\U0001F600", "\U0001F469\u200d\U0001F4BB", "\u2764\ufe0f", "\U0001F1E9\U0001F1EA", "\U0001F44D\U0001F3FD",
             "\U0001F468\u200d\U0001F469\u200d\U0001F467\u200d\U0001F466", "1\ufe0f\u20e3", "\U0001F3F4\U000E0067\U000E0062\U000E007F"]
    for _ in range(300):
        yield "emoji", join(lambda: rng.choice([rng.choice(emoji), pick(0x1F300, 0x1FAFF), word(), " "]), rng.randint(1, 15))
    for _ in range(500):
        marks = rng.choice([(0x300, 0x36F), (0x5B0, 0x5C7), (0x64B, 0x65F), (0x900, 0x94D), (0x3099, 0x309A), (0x1161, 0x11F9)])
        base = rng.choice([(0x41, 0x7A), (0xC0, 0x17F), (0x391, 0x3C9), (0x410, 0x44F), (0x3041, 0x30FE), (0x1100, 0x1112), (0x20, 0x40)])
        yield "combining", join(lambda: pick(*base) + join(lambda: pick(*marks), rng.randint(0, 4)), rng.randint(1, 12))
    for _ in range(150):
        yield "long words", word(200, 4000)
    for _ in range(50):
        yield "long words", join(anything, rng.randint(500, 3000)).replace(" ", "")
    for char in ["…", ".", "-", "a", "ab", "=", "_", "!", "ä", "東", "的", "\u0301", "<", "\u2581", "0", "́a", "Ω", " .", "\U0001F600"]:
        for count in (1, 2, 3, 5, 8, 13, 50, 127, 400):
            yield "repetition", char * count
    unknown = ["鬱", "龘", "ꙮ", "ᚠ", "\U00010330", "\U00020000", "ק", "ไ", "\ue000", "\u0378"]
    for _ in range(400):
        yield "unknown runs", join(lambda: rng.choice([join(lambda: rng.choice(unknown), rng.randint(1, 20)), word(), " ", "."]), rng.randint(1, 8))
    for _ in range(100):
        yield "private use", join(lambda: rng.choice([pick(0xE000, 0xF8FF), pick(0xF0000, 0xFFFFD), word(), " "]), rng.randint(1, 15))
    for special in SPECIALS:
        for form in ("{0}", "{0} ", " {0}", "a{0}b", "a {0} b", "a  {0}  b", "{0}{0}", "a{0}.{0}b", "東{0}東", "{0}\u0301"):
            yield "special tokens", form.format(special)
    for _ in range(300):
        yield "special tokens", join(lambda: rng.choice([rng.choice(SPECIALS), word(), " ", "."]), rng.randint(1, 15))
    for _ in range(500):
        yield "mixed", join(lambda: rng.choice([word(), " ", rng.choice(SENTENCES), anything(), rng.choice(SPACES), rng.choice(emoji),
                                                word().upper(), str(rng.randint(0, 10**6)), rng.choice(".,;:!?-'\"()[]{}")]), rng.randint(1, 25))
    for _ in range(900):
        yield "random unicode", join(anything, rng.randint(1, 60))
    for _ in range(300):
        yield "random ascii", join(lambda: chr(rng.randint(0x20, 0x7E)), rng.randint(1, 200))
    every = [chr(c) for c in range(0x110000) if assigned(c) and not 0xE000 <= c <= 0xF8FF and c < 0xF0000]
    for start in range(0, len(every), 120):
        chars = every[start:start + 120]
        yield "every code point", rng.choice(["", "x", " x ", "e"]).join(chars)
    for sentence in SENTENCES:
        yield "prose", sentence
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                value = json.loads(line)
                yield "prose", value if isinstance(value, str) else f'{value["title"]} {value["text"]}'


for category, text in texts():
    print(json.dumps({"category": category, "text": text}))
