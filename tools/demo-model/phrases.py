#!/usr/bin/env python3
"""Writes made sentences in the style of captions, headlines, questions and remarks: phrases.py PACKAGES TEXTS COUNT > phrases.txt

Nouns, verbs and adjectives come from WordNet, by subject. Words that are frequent in the texts are drawn more often.
"""
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from wordnet import WordNet

SUBJECTS = dict(enumerate((
    "adj pert adv tops act animal artifact attribute body cognition communication event feeling food group location motive object person "
    "phenomenon plant possession process quantity relation shape state substance time v-body v-change v-cognition v-communication "
    "v-competition v-consumption v-contact v-creation v-emotion v-motion v-perception v-possession v-social v-stative v-weather").split()))
GROUPS = {
    "living": "person person animal",
    "thing": "artifact artifact artifact food object animal plant body substance",
    "place": "artifact location object",
    "idea": "act event communication state cognition attribute phenomenon possession feeling group",
    "do": "v-contact v-contact v-motion v-consumption v-creation v-competition v-perception v-possession v-change",
    "move": "v-motion v-body v-stative",
    "act-on": "v-social v-communication v-possession v-competition v-change v-cognition",
}
WHO = ("man man woman woman boy girl child person baby dog dog cat horse bird player soldier lady guy couple crowd team worker driver teacher "
       "student singer doctor police|officer young|man young|woman little|girl little|boy old|man old|woman group|of|people group|of|men "
       "group|of|children").replace("|", "_").split()
WORDS = {
    "who": [w.replace("_", " ") for w in WHO],
    "color": "black white brown red blue green yellow orange gray pink purple".split(),
    "where": ["in", "on", "near", "at", "with", "under", "behind", "in front of", "next to", "through", "across", "over", "into", "by", "down"],
    "many": "two three four five six several many some".split(),
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "name": "John Mary Peter Anna David Sarah Tom Alice Michael Laura James Emma".split(),
    "when": ["before", "after", "if", "when", "because", "while", "although", "unless"],
    "hurt": "killed dead injured arrested missing hurt rescued".split(),
    "trend": "rises falls ends begins continues fails grows".split(),
    "price": "rose fell gained dropped climbed slipped".split(),
    "may": ["can", "should", "must", "may", "will", "would", "could", "cannot", "should not", "does not need to"],
}
PATTERNS = {
    "caption": [
        "{a who} is {ing do} {a thing}.", "{a who} is {ing do} {a thing} {where} {a place}.", "{a who} {ing do} the {thing}.",
        "The {who} is {ing do} the {thing}.", "{a color} {thing} {where} {a place}.", "{many} {s who} are {ing do} {s thing}.",
        "{a who} and {a who} are {ing move} {where} the {place}.", "{a who} {ing move} {where} {a adj} {place}.",
        "{a living} is {ing move} {where} {a place}.", "The {color} {animal} is {ing move}.", "{a who} is not {ing do} {a thing}.",
        "There is {a thing} {where} the {place}.", "{a who} {s do} {a color} {thing}.", "{a adj} {who} {where} {a thing}.",
        "{a who} is {ing do} {a thing} and {ing do} {a thing}.", "{many} {s who} {ing move} {where} the {place}.",
        "{a who} wearing {a color} {artifact} is {ing move}.", "A close-up of {a thing} {where} {a place}.",
    ],
    "headline": [
        "{Place} {s act-on} {idea} over {idea}", "{Place} {person} {s act-on} {Place} {idea}", "{number} {hurt} in {Place} {event}",
        "{Place} and {Place} {act-on} {idea}", "{Place} {idea} {trend} after {idea}", "{Place} {idea} {trend} as {idea} {trend}",
        "The {idea} of {Place} said {day} that the {idea} would {act-on} the {idea}.",
        "{Place} shares {price} {number} percent to ${number}.{number} on {day}.", "{number} {s person} {hurt} in {Place}, {s person} say",
        "The {person} told the {group} on {day} that {idea} {may} {act-on} {idea}.", "{Place} {group} {s act-on} new {idea}",
        "{name} {s act-on} {person} of {Place} {group}", "{Place} calls for {idea} in {Place}",
    ],
    "question": [
        "How do I {do} {a thing}?", "What is the best way to {do} {a thing}?", "Why does the {thing} {move}?", "Can I {do} {a thing} with {a thing}?",
        "Should I {do} the {thing} {when} I {do} the {thing}?", "Is it {adj} to {do} {a thing}?", "What is the {attribute} of {a thing}?",
        "Where can I {do} {a thing}?", "What causes {state}?", "How much {substance} is in the {thing}?", "What does {a person} do?",
        "Which {thing} is {adj}?", "How long does {a act} take?", "Does {substance} increase {state}?", "Who {s do} the {thing}?",
    ],
    "remark": [
        "You {may} {do} the {thing} {when} you {do} the {thing}.", "I think that {idea} is {adj}.", "I would {do} {a thing} with {a thing}.",
        "The {thing} does not {do} the {thing}.", "It depends on the {attribute} of the {thing}.", "There is no {thing} in the {place}.",
        "{idea} and {idea} are not the same.", "My {thing} is {adj}, and I {may} {do} it.", "It is {adj} that {a who} {s do} {a thing}.",
        "If you {do} the {thing}, the {thing} will {change}.", "The answer is to {do} the {thing}, not the {thing}.",
        "You {may} {act-on} your {idea} with {a person}.", "{name} {s do} {a thing} for {name}.", "{name} {may} {do} {a thing} {when} {name} {s do} it.",
        "{substance} {may} {change} the {body}.", "{a thing} is {a adj} {thing} that {s do} {s thing}.", "I do not know how to {do} {a thing}.",
    ],
}
SHARES = {"caption": 4, "headline": 3, "question": 2, "remark": 3}


class Phrases:
    def __init__(self, packages, texts):
        self.draw = random.Random(7)
        frequency = Counter(w for path in texts.glob("*.txt") if path.stem in ("examples", "addresses", "novels", "libreoffice-help-en-us")
                            for w in re.findall(r"[a-z]+", path.read_text("utf-8").lower()))
        pools = defaultdict(Counter)
        wordnet = WordNet(packages / "wordnet-base")
        for key, synset in wordnet.synsets.items():
            for word in synset.words:
                if re.fullmatch(r"[a-z]{3,}", word) and frequency[word] > 2:
                    # Words are rarely drawn with a subject that is not the one of their most frequent sense.
                    pools[SUBJECTS.get(synset.subject, "")][word] += frequency[word] ** 0.5 * (1 if wordnet.rank(word, key) == 0 else 0.02)
                elif re.fullmatch(r"[A-Z][a-z]+", word) and synset.subject == 15 and frequency[word.lower()] > 0:
                    pools["Place"][word] += frequency[word.lower()] ** 0.5
        pools["change"] = pools["v-change"]
        self.pools = {name: (list(pool), list(pool.values())) for name, pool in pools.items()}

    def make(self):
        kind = self.draw.choices(list(SHARES), SHARES.values())[0]
        text = re.sub(r"\{([^}]*)\}", lambda match: self.fill(match[1]), self.draw.choice(PATTERNS[kind]))
        return text[0].upper() + text[1:]

    def fill(self, slot):
        form, _, name = slot.rpartition(" ")
        word = self.word(name)
        if form == "a":
            return ("an " if word[0] in "aeiou" else "a ") + word
        if form == "s":
            head, _, rest = word.partition(" ")
            return plural(head) + (" " + rest if rest else "")
        return gerund(word) if form == "ing" else word

    def word(self, name):
        if name == "number":
            return str(self.draw.choice([self.draw.randint(2, 20), self.draw.randint(10, 99)]))
        if name in WORDS:
            return self.draw.choice(WORDS[name])
        words, weights = self.pools[self.draw.choice(GROUPS.get(name, name).split())]
        return self.draw.choices(words, weights)[0]


def plural(word):
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else {"man": "men", "woman": "women", "child": "children"}.get(word, word + "s")


def gerund(word):
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if re.search(r"[^aeoy]e$", word):
        return word[:-1] + "ing"
    return word + word[-1] + "ing" if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", word) else word + "ing"


if __name__ == "__main__":
    phrases, seen = Phrases(Path(sys.argv[1]), Path(sys.argv[2])), {}
    while len(seen) < int(sys.argv[3]):
        seen[phrases.make()] = None
    print("\n".join(seen))
