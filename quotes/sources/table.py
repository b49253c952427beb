"""``.csv`` and ``.tsv``: one article a row, under a header with ``text`` and where known id, date, outlet, ..."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from quotes.errors import SourceError
from quotes.sources.encodings import encoding_of
from quotes.sources.fields import NAMES, article_of
from quotes.sources.items import Document, Item, Problem

_DELIMITERS = ",;\t|"


def read_table(document: Document) -> Iterator[Item]:
    """The delimiter (comma, semicolon, tab or bar) is the one that parts the header into fields that are known."""
    data = document.read()
    if not data.strip():
        raise SourceError("The file is empty.", "It is left out.")
    encoding = encoding_of(data)
    csv.field_size_limit(sys.maxsize)  # an article may be longer than the 128 kB of the default
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    header = stream.readline()
    delimiter = max(_DELIMITERS, key=lambda sign: _known_fields(header, sign))
    if not _has_text(header, delimiter):
        raise SourceError("The header has no column `text`.", f"It is: {header.strip()[:200]!r}.")
    stream.seek(0)
    rows = csv.DictReader(stream, delimiter=delimiter, restkey=None)
    number = 1
    try:
        for number, row in enumerate(rows, start=2):  # the header is row 1
            if any(row.values()):
                yield from article_of(row, document.source, f"row {number:,}", f"{document.stem}-{number - 1:06d}")
    except (csv.Error, UnicodeDecodeError) as error:
        message = f"The table is broken ({error})."
        yield Problem(document.source, message, f"after row {number:,}", "The rest is left out.")
    if number == 1:
        raise SourceError("The table has no rows.", "It is left out.")


def _names(header: str, delimiter: str) -> list[str]:
    row = next(csv.reader([header], delimiter=delimiter), [])
    return [name.strip().lower() for name in row]


def _known_fields(header: str, delimiter: str) -> int:
    known = {name for names in NAMES.values() for name in names}
    return sum(name in known for name in _names(header, delimiter))


def _has_text(header: str, delimiter: str) -> bool:
    return any(name in NAMES["text"] for name in _names(header, delimiter))
