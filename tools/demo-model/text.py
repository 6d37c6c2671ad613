#!/usr/bin/env python3
"""Writes the training text of the demo tokenizer: one sentence or paragraph per line, from two unpacked Debian packages.

    text.py WORDNET_BASE_ROOT SQLITE3_DOC_ROOT > text.txt
"""
import re
import sys
from html.parser import HTMLParser
from pathlib import Path


class Paragraphs(HTMLParser):
    """Collects the text of paragraphs and list items, without code samples, tables and navigation."""

    STARTS = {"p", "li", "dd", "h1", "h2", "h3"}
    SILENT = {"script", "style", "pre", "svg", "table", "title", "button"}

    def __init__(self):
        super().__init__()
        self.lines, self._text, self._silent, self._open = [], [], 0, False

    def handle_starttag(self, tag, attrs):
        if tag in self.SILENT:
            self._silent += 1
        elif tag in self.STARTS:
            self._end_line()
            self._open = True

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self.STARTS or tag in ("ul", "ol", "div", "body"):
            self._end_line()
            self._open = False

    def handle_data(self, data):
        if self._open and not self._silent:
            self._text.append(data)

    def _end_line(self):
        line = " ".join("".join(self._text).split())
        self._text = []
        if line.count(" ") >= 3:
            self.lines.append(line)


def glosses(wordnet):
    """Returns definitions and example sentences, which follow the bar in WordNet's data files."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"usr/share/wordnet/data.{part}").read_text("ascii").splitlines():
            if not line.startswith("  ") and "|" in line:
                for sentence in re.split(r';\s+(?=")', line.split("|", 1)[1].strip()):
                    # Otherwise life dates would become separate pieces.
                    yield re.sub(r" \((\d+-\d*|born[^)]*)\)", "", sentence.strip('"; '))


def pages(sqlite):
    """Returns the prose of the manual, without release notes, interface references and indexes, which are lists of identifiers."""
    lists = r"releaselog|changes|toc|keyword|sitemap|session|c3ref|matrix|requirements|crossref|capi3|c_interface|oldnews|compile|pragma"
    for page in sorted((sqlite / "usr/share/doc/sqlite3").rglob("*.html")):
        if not re.search(lists, page.relative_to(sqlite).as_posix()):
            parser = Paragraphs()
            parser.feed(page.read_text("utf-8", "replace"))
            yield from parser.lines


if __name__ == "__main__":
    seen = set()
    for line in [*glosses(Path(sys.argv[1])), *pages(Path(sys.argv[2]))]:
        if line and line not in seen:
            seen.add(line)
            print(line)
