"""``.txt``: one article a file; its id is the file's name without suffix.

What is known beside the text (date, outlet, title, author, url) comes from a JSON file of the same name, from the
row of that id in the folder's ``metadata.csv`` (as TXM has it), or, the date alone, from the article's first lines.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from quotes.errors import SourceError
from quotes.model import Article
from quotes.sources.dates import date_of_dateline
from quotes.sources.encodings import decode
from quotes.sources.fields import NAMES, with_metadata
from quotes.sources.items import Document, Item, Problem, Sourced
from quotes.sources.table import has_text, open_table


def read_plain(document: Document) -> Iterator[Item]:
    text = decode(document.read())
    if not text.strip():
        raise SourceError("The file is empty.", "It is left out.")
    article = Article(document.stem, text, date_of_dateline(text))
    path = Path(document.source)
    table = path.with_name("metadata.csv")
    if table.is_file():
        article = with_metadata(article, _rows_by_id(table, table.stat().st_mtime_ns).get(document.stem, {}))
    sidecar = path.with_name(f"{document.stem}.json")
    if sidecar.is_file():
        try:
            article = with_metadata(article, json.loads(decode(sidecar.read_bytes())))
        except (SourceError, ValueError, AttributeError, OSError) as error:
            yield Problem(str(sidecar), f"Not a JSON object with metadata ({error}).", hint="It is left out.")
    yield Sourced(article, document.source)


def is_metadata(path: Path) -> bool:
    """Whether ``path`` is a table about the texts beside it, and not one of articles."""
    if path.name != "metadata.csv":
        return False
    try:
        return not has_text(open_table(path.read_bytes()))
    except (SourceError, csv.Error, OSError):
        return False


@lru_cache(maxsize=4)
def _rows_by_id(table: Path, changed: int) -> Mapping[str, Mapping[str, object]]:
    """The rows of a table by id (else by its first column); ``changed`` keeps the cache true to the file."""
    try:
        rows = open_table(table.read_bytes())
        columns = rows.fieldnames or [""]
        column = next((name for name in columns if name.strip().lower() in NAMES["id"]), columns[0])
        return {(row.get(column) or "").strip().removesuffix(".txt"): row for row in rows}
    except (SourceError, csv.Error):
        return {}
