#!/usr/bin/python3
"""Trains the small model of the tests, with the settings of T5, on sentences that are generated here.

usage: train_fixture.py FOLDER      (needs Debian's sentencepiece; writes FOLDER/unigram.model and .vocab)
"""
import os
import random
import subprocess
import sys

rng = random.Random(7)
STEMS = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which
one you were all her she there would their we him been has when who will no more if out so up said what its about than into them
can only other time new some could these two may first then do any like my now over such our man me even most made after also well
read write embed vector model search text token sentence word number value memory file folder stream store query answer source
river mountain forest city street house window garden table kitchen bread water coffee winter summer morning evening night market
run walk open close begin end find lose keep give take carry measure count compare build break change turn move hold learn teach
light dark warm cold quick slow long short high low deep early late strong weak clear simple heavy bright quiet common rare""".split()
ENDINGS = ["", "", "", "", "s", "ed", "ing", "er", "ly", "ness", "ment", "able"]
OTHERS = """Straße über Brücke schön größer Müller für être déjà garçon où cœur hôtel naïve niño mañana señor corazón
în ziua băiatul școala țară împreună любовь слово время человек день ночь""".split()
MARKS = [".", ".", ".", ",", "?", "!", ";", ":"]


def word():
    if rng.random() < 0.06:
        return rng.choice(OTHERS)
    if rng.random() < 0.04:
        return str(rng.randint(0, 2030))
    stem = STEMS[min(int(rng.expovariate(0.02)), len(STEMS) - 1)]
    return stem + (rng.choice(ENDINGS) if len(stem) > 3 else "")


def sentence():
    words = [word() for _ in range(rng.randint(4, 18))]
    words[0] = words[0].capitalize()
    if rng.random() < 0.2:
        words[rng.randrange(len(words))] = rng.choice(["(one)", "'two'", '"three"', "4.5%", "e.g.", "don't", "...", "C#", "<b>", "a/b"])
    return " ".join(words) + rng.choice(MARKS)


os.makedirs(sys.argv[1], exist_ok=True)
corpus = os.path.join(sys.argv[1], "unigram.txt")
with open(corpus, "w", encoding="utf-8") as file:
    file.writelines(sentence() + "\n" for _ in range(6000))
subprocess.run(["spm_train", f"--input={corpus}", f"--model_prefix={os.path.join(sys.argv[1], 'unigram')}", "--model_type=unigram",
                "--vocab_size=1200", "--hard_vocab_limit=false", "--character_coverage=1.0", "--normalization_rule_name=nmt_nfkc",
                "--pad_id=0", "--eos_id=1", "--unk_id=2", "--bos_id=-1", "--num_threads=1", "--minloglevel=1"], check=True)
os.remove(corpus)
