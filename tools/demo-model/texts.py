"""Reads the text of the other packages: sections of HTML manuals, verses of two Bible translations, novels, and a lexicon."""
import gzip
import html
import json
import re
import sqlite3
import struct
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path


NAVIGATION = {"Navigation", "Table of Contents", "Next topic", "Previous topic", "This Page", "Quick search", "Contents"}

# In the file of the Old Testament, but not in the other translation.
APOCRYPHA = set("Tob Jdt EsthGr AddEsth Wis Sir Bar EpJer PrAzar Sus Bel DanGr AddDan 1Macc 2Macc 1Esd 2Esd PrMan AddPs 3Macc 4Macc".split())


class Sections(HTMLParser):
    """Collects (heading, paragraphs) from a page, without code samples, tables and navigation."""

    HEADINGS = {"h1", "h2", "h3", "h4"}
    STARTS = {"p", "li", "dd"} | HEADINGS
    SILENT = {"script", "style", "pre", "svg", "table", "title", "button", "nav", "footer"}

    def __init__(self):
        super().__init__()
        self.sections, self._text, self._silent, self._block = [("", [])], [], 0, None

    def handle_starttag(self, tag, attrs):
        if tag in self.SILENT:
            self._silent += 1
        elif tag in self.STARTS:
            self._end_block()
            self._block = tag

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self.STARTS or tag in ("ul", "ol", "dl", "div", "body"):
            self._end_block()
            self._block = None

    def handle_data(self, data):
        if self._block and not self._silent:
            self._text.append(data)

    def _end_block(self):
        text = " ".join("".join(self._text).replace("¶", "").split())
        self._text = []
        if self._block in self.HEADINGS:
            self.sections.append((re.sub(r"^[\dA-Z.]+\.\s+", "", text), []))
        elif text.count(" ") >= 4:
            self.sections[-1][1].append(text)


def sections(folder, unwanted="^$"):
    for page in sorted(Path(folder).rglob("*.html")):
        if not re.search(unwanted, page.relative_to(folder).as_posix()):
            parser = Sections()
            parser.feed(page.read_text("utf-8", "replace"))
            yield from ((heading, paragraphs) for heading, paragraphs in parser.sections if paragraphs)


def king_james(program_root, text_root):
    """Returns (book, chapter, verse) -> text, with books in canonical order. The program of the package decompresses the text."""
    program, data = Path(program_root) / "usr/bin/bible", Path(text_root) / "usr/lib"
    lines = subprocess.run([program, "-p", f"{data}/", "-f", "Gen1:1-Rev22:21"], stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout
    books, verses = {}, {}
    for line in lines.splitlines():
        found = re.match(r"(\d?[A-Za-z]+)(\d+):(\d+) (.*)", line)
        if found:
            book = books.setdefault(found[1], len(books))
            verses[book, int(found[2]), int(found[3])] = found[4]
    return verses


def world_english(root):
    """Returns the same keys for a modern translation in SWORD's zText format: zlib blocks, and an index of verses."""
    folder = Path(root) / "usr/share/sword/modules/texts/ztext/engWEB2015eb"
    verses = {}
    for part, first in (("ot", 0), ("nt", 39)):
        packed, books = (folder / f"{part}.bzz").read_bytes(), {}
        place, blocks = None, [zlib.decompress(packed[at:at + size]) for at, size, _ in _records(folder / f"{part}.bzs", "<III")]
        for block, at, size in _records(folder / f"{part}.bzv", "<IIH"):
            text = blocks[block][at:at + size].decode("utf-8", "replace")
            chapter = re.findall(r'<chapter [^>]*osisID="(\w+)\.(\d+)"[^>]*sID', text)
            if chapter and chapter[-1][0] in APOCRYPHA:
                place = None
            elif chapter:
                place = [books.setdefault(chapter[-1][0], len(books)), int(chapter[-1][1]), 0]
            elif place and size:
                place[2] += 1
                text = re.sub(r"<[^>]*>", "", re.sub(r"<note.*?</note>|<title.*?</title>", " ", text))
                verses[first + place[0], place[1], place[2]] = re.sub(r"\s+([,.;:?!’”])", r"\1", " ".join(text.split()))
    return verses


def _records(path, layout):
    return struct.iter_unpack(layout, path.read_bytes())


def novels(root):
    """Returns paragraphs of Jane Austen's novels. An R database has zlib blocks, and its strings have a type, a length and bytes."""
    packed = (Path(root) / "usr/lib/R/site-library/janeaustenr/data/Rdata.rdb").read_bytes()
    while packed:
        unpacker = zlib.decompressobj()
        block = unpacker.decompress(packed[4:])
        packed, paragraph, at = unpacker.unused_data, [], 0
        while (at := block.find(b"\x00\x04\x00\x09", at)) >= 0:
            (length,) = struct.unpack_from(">I", block, at + 4)
            line = block[at + 8:at + 8 + length].decode("utf-8", "replace").strip()
            at += 8 + length
            if line:
                paragraph.append(line)
            elif paragraph:
                yield " ".join(paragraph)
                paragraph = []


def jargon(root):
    """Returns (term, definition) of the Jargon File."""
    text = gzip.open(Path(root) / "usr/share/dictd/jargon.dict.dz", "rt", encoding="utf-8", errors="replace").read()
    for entry in re.split(r"\n(?=\S)", text):
        head, _, body = entry.partition("\n")
        body = re.sub(r"\[[^\]]*\]|[{}]", "", body.partition("\n\n")[2])
        paragraphs = [" ".join(p.split()) for p in body.split("\n\n")]
        if paragraphs and paragraphs[0].count(" ") >= 4:
            yield head.strip(), paragraphs[0]


def devil(root):
    """Returns the definitions of The Devil's Dictionary."""
    text = gzip.open(Path(root) / "usr/share/dictd/devil.dict.dz", "rt", encoding="utf-8", errors="replace").read()
    return (re.sub(r"^\S+, \w+\.", "", " ".join(entry.split())) for entry in text.split("\n\n"))


def plain(folder):
    """Returns one section per group of eight paragraphs of plain text files."""
    for path in sorted(Path(folder).glob("*.txt")):
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", path.read_text("utf-8", "replace"))]
        yield from groups((p for p in paragraphs if p), 8)


def stories(path):
    """Returns the paragraphs of a book of Project Gutenberg, without the notices before and after it."""
    text = Path(path).read_text("utf-8", "replace").replace("\r", "")
    text = re.split(r"\n(?:\*\*\* ?END OF|End of (?:the )?Project Gutenberg)", re.split(r"\*\*\* ?START OF[^\n]*\*\*\*|<<<'EOT'", text)[-1])[0]
    return (" ".join(p.split()) for p in re.split(r"\n\s*\n", text.split("\nEOT;")[0]) if not p.strip().startswith("Produced by"))


def factbook(root):
    """Returns the whole sentences of the World Factbook, one section per field of a country."""
    def strings(value):
        if isinstance(value, dict):
            value = list(value.values())
        return [s for v in value for s in strings(v)] if isinstance(value, list) else [value] if isinstance(value, str) else []

    for path in sorted(Path(root).glob("package/*/*.json")):
        for text in strings(json.loads(path.read_text("utf-8"))):
            text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
            if re.match(r"[A-Z]", text) and text.endswith("."):
                yield [text]


def questions_of_perl(root):
    """Returns the questions and answers of the Perl FAQ, without code."""
    for path in sorted(Path(root).glob("usr/share/perl/*/pod/perlfaq*.pod")):
        for section in re.split(r"\n=head2 ", path.read_text("utf-8", "replace"))[1:]:
            yield [plain_pod(p) for p in re.split(r"\n\s*\n", section) if not re.match(r"[\s=]", p)]


def plain_pod(paragraph):
    return " ".join(re.sub(r"[A-Z]<+ ?([^<>|]*)(?:\|[^<>]*)? ?>+", r"\1", paragraph).split())


def commentary(root):
    """Returns the paragraphs of a SWORD commentary, which is compressed in blocks."""
    for index in sorted(Path(root).rglob("*.[bc]zs")):
        data = index.with_suffix(index.suffix[:-1] + "z").read_bytes()
        for at, size, _ in _records(index, "<III"):
            try:
                block = zlib.decompress(data[at:at + size]).decode("utf-8", "replace")
            except zlib.error:
                continue
            paragraphs = re.split(r"<br ?/?>|<p ?/?>|<lb[^>]*>|\n|</p>", block)
            yield from groups((" ".join(html.unescape(re.sub(r"<[^>]*>", " ", p)).split()) for p in paragraphs), 4)


def gene_ontology(root):
    return (text for (text,) in _genes(root).execute("select definition from go_term where definition is not null"))


def gene_terms(root):
    """Returns the names and synonyms of the Gene Ontology."""
    rows = _genes(root).execute("select term from go_term union select synonym from go_synonym where synonym not like 'GO:%'")
    return sorted(text for (text,) in rows if text and 2 < len(text) < 200)


def groups(paragraphs, size):
    group = []
    for paragraph in paragraphs:
        group.append(paragraph)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _genes(root):
    return sqlite3.connect(f"file:{Path(root)}/usr/lib/R/site-library/GO.db/extdata/GO.sqlite?mode=ro&immutable=1", uri=True)
