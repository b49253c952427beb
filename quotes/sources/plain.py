"""``.txt``: one article a file; its id is the file's name without suffix.

What is known beside the text comes from a file of the same name with ``.json`` (date, outlet, title, author, url),
or from a dateline in the article's first lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from quotes.errors import SourceError
from quotes.model import Article
from quotes.sources.dates import date_of_dateline
from quotes.sources.encodings import decode
from quotes.sources.fields import with_metadata
from quotes.sources.items import Document, Item, Problem, Sourced


def read_plain(document: Document) -> Iterator[Item]:
    text = decode(document.read())
    if not text.strip():
        raise SourceError("The file is empty.", "It is left out.")
    article = Article(document.stem, text, date_of_dateline(text))
    sidecar = Path(document.source).with_suffix(".json")
    if sidecar.is_file():
        try:
            record = json.loads(decode(sidecar.read_bytes()))
            article = with_metadata(article, record)
        except (SourceError, ValueError, AttributeError, OSError) as error:
            yield Problem(str(sidecar), f"Not a JSON object with metadata ({error}).", hint="The article has none.")
    yield Sourced(article, document.source)
