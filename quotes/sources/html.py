"""``.html``: one saved page, or the export of a press database, into articles."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import SourceError
from quotes.model import Article
from quotes.sources.encodings import decode
from quotes.sources.exports import reader_of_export
from quotes.sources.fields import with_metadata
from quotes.sources.items import Document, Item, Sourced

_NOT_INSTALLED = "Install what reads web pages: pip install 'quotes[html]'"


def read_html(document: Document) -> Iterator[Item]:
    """The article of a saved page: its running text, extracted once, is the article's text from then on."""
    data = document.read()
    if not data.strip():
        raise SourceError("The file is empty.", "It is left out.")
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("This is binary data, not text.", "It is left out.")
    read_export = reader_of_export(data)
    try:
        if read_export is not None:
            yield from read_export(document, decode(data))
        else:
            yield Sourced(_page(document, data), document.source)
    except ImportError as error:
        raise SourceError(f"Web pages cannot be read yet ({error.name} is missing).", _NOT_INSTALLED) from error


def _page(document: Document, data: bytes) -> Article:
    import trafilatura

    page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False, include_tables=False)
    found = page if isinstance(page, dict) or page is None else page.as_dict()
    if found is None or not (found.get("text") or "").strip():
        raise SourceError("No article was found in the page.", "Save its text as .txt.")
    return with_metadata(Article(document.stem, found["text"]), {**found, "outlet": found.get("sitename")})
