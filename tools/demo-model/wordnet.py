"""Reads WordNet's data files: synsets, and the senses of a word, most frequent first."""
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


@dataclass
class Synset:
    part: str
    words: list
    definition: str
    examples: list
    subject: int   # number of the lexicographer file, such as 18 for nouns of persons
    links: list = field(default_factory=list)   # (symbol, (part, offset)) of the whole synset, not of a single word


class WordNet:
    def __init__(self, root):
        folder = Path(root) / "usr/share/wordnet"
        self.synsets, self.senses = {}, defaultdict(list)
        for name, part in PARTS.items():
            for line in _lines(folder / f"data.{name}"):
                self._read_synset(line, part)
        for name, part in PARTS.items():
            for line in _lines(folder / f"index.{name}"):
                fields = line.split()
                count, pointers = int(fields[2]), int(fields[3])
                tagged = int(fields[5 + pointers])
                offsets = fields[6 + pointers:6 + pointers + count]
                self.senses[fields[0].replace("_", " ")].append((tagged, part, [(part, offset) for offset in offsets]))
        for word, parts in self.senses.items():
            parts.sort(key=lambda entry: -entry[0])
            self.senses[word] = [key for _, _, keys in parts for key in keys]
        self.irregular = {
            form: base.replace("_", " ")
            for name in ("noun", "verb")
            for form, base, *_ in (line.split() for line in _lines(folder / f"{name}.exc"))
        }

    def rank(self, word, key):
        """Returns the rank of a sense, 0 for the most frequent sense of the word."""
        senses = self.senses.get(word.lower(), [])
        return senses.index(key) if key in senses else len(senses)

    def _read_synset(self, line, part):
        data, gloss = line.split("|", 1)
        fields = data.split()
        count = int(fields[3], 16)
        words = [re.sub(r"\((a|p|ip)\)$", "", word).replace("_", " ") for word in fields[4:4 + 2 * count:2]]
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * i:at + 5 + 4 * i] for i in range(int(fields[at]))]
        links = [(symbol, ("a" if p == "s" else p, offset)) for symbol, offset, p, _ in pointers]
        parts = [piece.strip('"; ') for piece in re.split(r';\s+(?=")', gloss.strip())]
        # Life dates have no meaning, and an example may name its author after a dash.
        definition = re.sub(r" \((\d+-\d*|born[^)]*)\)", "", parts[0])
        examples = [re.sub(r'"\s*-.*$', "", piece) for piece in parts[1:]]
        self.synsets[part, fields[0]] = Synset(part, words, definition, [e for e in examples if " " in e], int(fields[1]), links)


def _lines(path):
    return (line for line in path.read_text("ascii").splitlines() if not line.startswith("  "))
