#!/usr/bin/env python3
"""Writes altered sentences beside their originals, for pairs that share most words: variants.py PACKAGES TEXTS COUNT > variants.tsv

Reads sentences from the file TEXTS. How close original and variant are is the teacher's judgment, so a variant may change the meaning.
"""
import random
import re
import sys
from pathlib import Path

from wordnet import WordNet

AUXILIARY = "is are was were can could will would should must may might has have had does do did".split()


class Variants:
    def __init__(self, packages, sentences):
        self.wordnet, self.draw, self.sentences = WordNet(packages / "wordnet-base"), random.Random(11), sentences
        self.narrower = {}
        for key, synset in self.wordnet.synsets.items():
            for symbol, target in synset.links:
                if symbol == "@":
                    self.narrower.setdefault(target, []).append(key)

    def vary(self, sentence):
        words = sentence.split()
        way = self.draw.random()
        if way < 0.6:
            return self.replace_words(words, self.draw.choice([1, 1, 2, 2, 3]))
        if way < 0.7:
            return " ".join(word for word in words if self.draw.random() > 0.25)
        if way < 0.78:
            return negate(words)
        if way < 0.93:
            other = self.draw.choice(self.sentences).split()
            return " ".join(words[:round(len(words) * self.draw.uniform(0.3, 0.7))] + other[round(len(other) * self.draw.uniform(0.3, 0.7)):])
        at = self.draw.randrange(1, len(words))
        return " ".join(words[at:] + words[:at])

    def replace_words(self, words, count):
        replaced = list(words)
        for at in self.draw.sample(range(len(words)), len(words)):
            other = self.replacement(words[at])
            if other:
                replaced[at], count = other, count - 1
                if count == 0:
                    break
        return " ".join(replaced) if replaced != words else None

    def replacement(self, written):
        """Returns a synonym, a wider or narrower word, a sibling or an opposite, in the form of the word, or None."""
        core = written.strip(".,;:!?\"'()")
        found = base(core.lower(), self.wordnet)
        if not found or len(core) < 3:
            return None
        word, form = found
        key = self.wordnet.senses[word][0]
        synset, way = self.wordnet.synsets[key], self.draw.random()
        wider = [target for symbol, target in synset.links if symbol == "@"]
        if way < 0.35:
            others = [other for other in synset.words if other.lower() != word]
        elif way < 0.5:
            others = [other for target in wider for other in self.wordnet.synsets[target].words]
        elif way < 0.85:
            siblings = [key for target in wider for key in self.narrower.get(target, ())] or self.narrower.get(key, [])
            others = [self.wordnet.synsets[self.draw.choice(siblings)].words[0]] if siblings else []
        else:
            near = [target for symbol, target in synset.links if symbol in ("!", "&", "~")]
            others = [self.wordnet.synsets[self.draw.choice(near)].words[0]] if near else []
        others = [other for other in others if other.lower() != word]
        if not others:
            return None
        other = inflect(self.draw.choice(others), form)
        return written.replace(core, other.capitalize() if core[0].isupper() else other, 1)


def negate(words):
    for at, word in enumerate(words):
        if word == "not":
            return " ".join(words[:at] + words[at + 1:])
        if word.lower() in AUXILIARY and at + 1 < len(words):
            return " ".join([*words[:at + 1], "not", *words[at + 1:]])
    return None


def base(word, wordnet):
    """Returns a word of WordNet and the ending that was removed, or None."""
    if word in wordnet.senses:
        return word, ""
    if word in wordnet.irregular and wordnet.irregular[word] in wordnet.senses:
        return None   # Its replacement would need an irregular form.
    for ending, form in (("ies", "s"), ("es", "s"), ("s", "s"), ("ied", "ed"), ("ed", "ed"), ("ing", "ing")):
        if word.endswith(ending):
            stem = word[:-len(ending)]
            for end in (("y",) if ending[0] == "i" and ending != "ing" else ("", "e")):
                if len(stem) > 2 and stem + end in wordnet.senses:
                    return stem + end, form
    return None


def inflect(word, form):
    head, _, rest = word.partition(" ")
    rest = " " + rest if rest else ""
    if form in ("ed", "ing"):
        if head.endswith("e"):
            head = head[:-1]
        elif form == "ed" and re.search("[^aeiou]y$", head):
            head = head[:-1] + "i"
    elif form == "s":
        head, form = (head[:-1] + "ie", "s") if re.search("[^aeiou]y$", head) else (head, "es" if re.search("(s|x|z|ch|sh)$", head) else "s")
    return head + form + rest


if __name__ == "__main__":
    sentences = [s for s in Path(sys.argv[2]).read_text("utf-8").splitlines() if 4 <= s.count(" ") + 1 <= 24]
    variants, seen = Variants(Path(sys.argv[1]), sentences), {}
    while len(seen) < int(sys.argv[3]):
        sentence = variants.draw.choice(sentences)
        variant = variants.vary(sentence)
        if variant and variant != sentence:
            seen[variant] = sentence
    for variant, sentence in seen.items():
        print(sentence, variant, sep="\t")
