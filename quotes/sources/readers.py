"""Inputs into articles: walk folders, choose the reader by the file's name, keep ids unique."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import lzma
import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from quotes.errors import SourceError
from quotes.sources.html import read_html
from quotes.sources.items import Document, Item, Problem, Reader, Sourced
from quotes.sources.jsonl import read_jsonl
from quotes.sources.plain import is_metadata, read_plain
from quotes.sources.table import read_table

#: Suffix -> reader. A new format is one line here and one file beside this one.
READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_table,
    ".tsv": read_table,
    ".html": read_html,
    ".htm": read_html,
}
_COMPRESSED: Mapping[str, Callable[[Path], BinaryIO]] = {
    ".gz": lambda path: cast(BinaryIO, gzip.GzipFile(path)),
    ".xz": lambda path: cast(BinaryIO, lzma.LZMAFile(path)),  # noqa: SIM115  (the reader closes it)
    ".bz2": lambda path: cast(BinaryIO, bz2.BZ2File(path)),
}
#: Suffixes of documents that somebody may think are read; in a walk they are named once a folder, others passed over.
_UNREAD = frozenset((".pdf", ".doc", ".docx", ".odt", ".rtf", ".xml", ".epub", ".xlsx", ".xls", ".mhtml", ".zip"))
_FORMATS = "Formats: .txt, .jsonl, .csv, .tsv, .html, also with .gz, .xz or .bz2."


def read_articles(inputs: Sequence[str]) -> Iterator[Item]:
    """Every article of the inputs (files, folders, ``-`` for standard input), in a fixed order.

    What cannot be read comes as a :class:`Problem` in its place. The same article twice comes once; the same id
    with another text is a problem that names both files.
    """
    return _unique(item for name in inputs for item in _read_input(name))


def _read_input(name: str) -> Iterator[Item]:
    if name == "-":
        yield from _read_stdin()
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _read_folder(path)
        elif not path.exists():
            yield Problem(name, "No such file or folder.", hint="Check the path.")
        else:
            yield from _read_file(path)
    except OSError as error:
        yield Problem(name, f"It cannot be read ({error.strerror or error}).", hint="Check its permissions.")


def _read_folder(folder: Path) -> Iterator[Item]:
    unread: Counter[str] = Counter()
    found = False
    for path in _walk(folder):
        if is_metadata(path):
            continue
        if _reader_of(path) is not None:
            found = True
            yield from _read_file(path)
        elif path.suffix.lower() in _UNREAD:
            unread[path.suffix.lower()] += 1
    if unread:
        listing = ", ".join(f"{count} {suffix}" for suffix, count in sorted(unread.items()))
        yield Problem(str(folder), f"Files that cannot be read as articles were left out: {listing}.", hint=_FORMATS)
    if not found:
        yield Problem(str(folder), "The folder has no articles.", hint=_FORMATS)


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it, sorted, without hidden ones."""
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield Path(directory) / name


def _reader_of(path: Path) -> Reader | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return READERS.get(suffixes[-1]) if suffixes else None


def _read_file(path: Path) -> Iterator[Item]:
    reader = _reader_of(path)
    if reader is None:
        kind = f"Files named {path.suffix} are not read." if path.suffix else "The file's name has no suffix."
        yield Problem(str(path), kind, hint=_FORMATS)
        return
    opener = _COMPRESSED.get(path.suffix.lower())
    named = path.with_suffix("") if opener else path
    stem = named.stem
    document = Document(str(path), stem, lambda: opener(path) if opener else path.open("rb"))
    yield from _guarded(reader, document)


def _guarded(reader: Reader, document: Document) -> Iterator[Item]:
    """What ``reader`` reads; an error in one file is a problem, never the end of the others."""
    try:
        yield from reader(document)
    except SourceError as error:
        yield Problem(document.source, error.message, hint=error.hint)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, csv.Error) as error:
        yield Problem(document.source, f"It cannot be read ({error}).", hint="Is the file whole, and yours to read?")


def _read_stdin() -> Iterator[Item]:
    data = sys.stdin.buffer.read()
    document = Document("-", "stdin", lambda: io.BytesIO(data))
    yield from _guarded(_sniffed_reader(data), document)


def _sniffed_reader(data: bytes) -> Reader:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return read_jsonl
    if head[:20].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return read_html
    names = head.split(b"\n", 1)[0].lower()
    if any(sign in names for sign in (b",", b";", b"\t")) and b"text" in names and b"id" in names and len(names) < 200:
        return read_table
    return read_plain


def _unique(items: Iterable[Item]) -> Iterator[Item]:
    """Drop an article that came before word for word; another text under a known id is a problem."""
    known: dict[str, tuple[bytes, str]] = {}
    for item in items:
        if isinstance(item, Sourced):
            digest = hashlib.blake2b(item.article.text.encode("utf-8"), digest_size=16).digest()
            first = known.get(item.article.id)
            if first is not None:
                if first[0] != digest:
                    yield _clash(item, first[1])
                continue
            known[item.article.id] = digest, item.source
        yield item


def _clash(item: Sourced, other: str) -> Problem:
    where = "the same file" if other == item.source else other
    return Problem(
        item.source,
        f"The id {item.article.id!r} is that of another article, in {where}; this one is left out.",
        hint="Give each article an id of its own.",
    )
