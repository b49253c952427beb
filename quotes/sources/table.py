"""``.csv`` and ``.tsv``: one article a row, under a header with ``text`` and where known id, date, outlet, ..."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from quotes.errors import SourceError
from quotes.sources.encodings import decode
from quotes.sources.fields import NAMES, article_of
from quotes.sources.items import Document, Item, Problem

_DELIMITERS = ",;\t|"


def read_table(document: Document) -> Iterator[Item]:
    """Each row with a text becomes an article; a row without one, or a broken end, is a problem of its own."""
    rows = open_table(document.read())
    if not has_text(rows):
        raise SourceError("The header has no column `text`.", f"Its columns are: {', '.join(rows.fieldnames or ())}.")
    number = 1
    try:
        for number, row in enumerate(rows, start=2):  # the header is row 1
            if any(row.values()):
                yield from article_of(row, document.source, f"row {number:,}", f"{document.stem}-{number - 1:06d}")
    except csv.Error as error:
        message = f"The table is broken ({error})."
        yield Problem(document.source, message, f"after row {number:,}", "The rest is left out.")
    if number == 1:
        raise SourceError("The table has no rows.", "It is left out.")


def open_table(data: bytes) -> csv.DictReader[str]:
    """The rows of a table with a header, as dictionaries.

    The delimiter (comma, semicolon, tab or bar) is the one that parts the header into the most fields that are known.
    Raises :class:`SourceError` for what is empty or no text.
    """
    text = decode(data)
    if not text.strip():
        raise SourceError("The file is empty.", "It is left out.")
    csv.field_size_limit(sys.maxsize)  # an article may be longer than the 128 kB of the default
    header = text.lstrip().splitlines()[0]
    delimiter = max(_DELIMITERS, key=lambda sign: _known_fields(header, sign))
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)


def has_text(rows: csv.DictReader[str]) -> bool:
    return any(name.strip().lower() in NAMES["text"] for name in rows.fieldnames or ())


def _known_fields(header: str, delimiter: str) -> int:
    known = {name for names in NAMES.values() for name in names}
    row = next(csv.reader([header], delimiter=delimiter), [])
    return sum(name.strip().lower() in known for name in row)
