"""Exports of press databases: one HTML file of many articles, from Europresse or Factiva.

Neither documents its layout. What is relied on is what the exports of 2017 to 2024 have in common: class names in
Europresse (``DocPublicationName``, ``docOcurrContainer``...), and in Factiva either class names or a table of
two-letter codes (HD headline, BY byline, PD date, SN source, LP and TD text, AN number).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quotes.sources.dates import parse_date
from quotes.sources.fields import article_of
from quotes.sources.items import Document, Item, Problem

Fields = Mapping[str, str | None]

_EUROPRESSE = re.compile(rb"\bclass=[\"'][^\"']*\bDocPublicationName\b")
_FACTIVA = re.compile(rb"\bclass=[\"']article [a-z]{2}Article\b")
_BLANKS = re.compile(r"[ \t\r\n\f]+")  # HTML's own: a no-break space stays
_ISSUE = re.compile(r"\s*(?:,\s*(?:no\.?|n°|nº)\s*\S.*|\s[-–]\s.*|;.*)$", re.IGNORECASE | re.DOTALL)
_FIRST_PUBLISHED = "Cet article est paru dans"
_FACTIVA_NUMBER = re.compile(r"\bDocument\s+([A-Za-z0-9]{8,})\s*$")
_CLOCK = re.compile(r"\d{1,2}[:h]\d\d$")


def reader_of_export(data: bytes) -> Callable[[Document, str], Iterator[Item]] | None:
    """What reads ``data``, if it is an export; None for any other page."""
    if _EUROPRESSE.search(data):
        return read_europresse
    if _FACTIVA.search(data):
        return read_factiva
    return None


def read_europresse(document: Document, page: str) -> Iterator[Item]:
    articles = [node for node in _tree(page).iter("article") if _with_class(node, "DocPublicationName")]
    yield from _items(document, (_europresse_fields(node) for node in articles))


def read_factiva(document: Document, page: str) -> Iterator[Item]:
    nodes = _tree(page).xpath("//div[starts-with(@class, 'article ') and contains(@class, 'Article')]")
    yield from _items(document, (_factiva_codes(node) or _factiva_fields(node) for node in nodes))


def _items(document: Document, records: Iterator[Fields]) -> Iterator[Item]:
    number = 0
    for number, fields in enumerate(records, start=1):
        yield from article_of(fields, document.source, f"article {number:,}", f"{document.stem}-{number:06d}")
    if number == 0:
        yield Problem(document.source, "The export holds no article.", hint="Export the full texts, as HTML.")


def _europresse_fields(article: Any) -> Fields:
    def first(*names: str) -> str | None:
        return next((text for name in names for node in _with_class(article, name) if (text := _text(node))), None)

    bodies = _with_class(article, "docOcurrContainer") or _with_class(article, "DocText")
    paragraphs = [text for body in bodies[:1] for text in _paragraphs(body)]
    links = article.xpath(f".//a[contains(.., '{_FIRST_PUBLISHED}')]/@href")
    number = (first("publiC-lblNodoc") or "").rpartition(" ")[2].replace("·", "-")
    outlet = first("DocPublicationName")
    day = parse_date(number) or parse_date(first("DocHeader") or "")
    return {
        "id": number or None,
        "text": "\n\n".join(text for text in paragraphs if not text.startswith(_FIRST_PUBLISHED)),
        "date": day.isoformat() if day else None,
        "outlet": _ISSUE.sub("", outlet) if outlet else None,
        "title": first("titreArticleVisu", "titreArticle"),
        "author": first("docAuthors", "sm-margin-bottomNews"),
        "url": next(iter(links), None),
    }


def _factiva_codes(article: Any) -> Fields | None:
    """The layout with a table of codes; None for the other one."""
    cells = {}
    for row in article.iter("tr"):
        columns = row.xpath("./td")
        if len(columns) == 2 and re.fullmatch("[A-Z]{2,3}", code := _text(columns[0])):
            cells[code] = columns[1]
    if not {"LP", "TD"} & cells.keys():
        return None
    text = [paragraph for code in ("LP", "TD") if code in cells for paragraph in _paragraphs(cells[code])]
    known = {code: _text(cell) for code, cell in cells.items()}
    return {
        "id": known.get("AN", "").removeprefix("Document ") or None,
        "text": "\n\n".join(text),
        "date": known.get("PD"),
        "outlet": known.get("SN"),
        "title": known.get("HD"),
        "author": known.get("BY"),
    }


def _factiva_fields(article: Any) -> Fields:
    lines = [_text(node) for node in article.xpath("./div[not(@class)]")]
    dated = next((index for index, line in enumerate(lines) if line[:1].isdigit() and parse_date(line)), None)
    after = [line for line in lines[dated + 1 :] if not _CLOCK.match(line)] if dated is not None else []
    headlines = article.xpath(".//div[@id='hd'] | .//span[contains(@class, 'Headline')]")
    texts = [_text(node) for node in article.iter("p")]
    number = next((match[1] for text in reversed(texts) if (match := _FACTIVA_NUMBER.search(text))), None)
    paragraphs = (_text(node) for node in _with_class(article, "articleParagraph"))
    return {
        "id": number,
        "text": "\n\n".join(text for text in paragraphs if text and not _FACTIVA_NUMBER.fullmatch(text)),
        "date": lines[dated] if dated is not None else None,
        "outlet": next(iter(after), None),
        "title": next((_text(node) for node in headlines), None),
        "author": next((_text(node) for node in _with_class(article, "author")), None),
    }


def _tree(page: str) -> Any:
    from lxml import html

    return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))


def _with_class(node: Any, name: str) -> list[Any]:
    return list(node.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def _text(node: Any) -> str:
    return _BLANKS.sub(" ", node.text_content()).strip(" ")


def _paragraphs(node: Any) -> list[str]:
    """The texts of the paragraphs in ``node``; line breaks part them where there are none."""
    found = [text for paragraph in node.iter("p") if (text := _text(paragraph))]
    if found:
        return found
    for mark in node.iter("br"):
        mark.tail = "\u2029" + (mark.tail or "")
    return [text for part in node.text_content().split("\u2029") if (text := _BLANKS.sub(" ", part).strip(" "))]
