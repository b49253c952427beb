"""``.jsonl``: one JSON object a line with ``id`` and ``text``, and where known date, outlet, title, author, url."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from quotes.errors import SourceError
from quotes.sources.encodings import NotTextError, decode, encoding_of
from quotes.sources.fields import article_of
from quotes.sources.items import Document, Item, Problem


def read_jsonl(document: Document) -> Iterator[Item]:
    """Line by line, so that an archive of any size can be read; each bad line is a problem of its own."""
    found = False
    with document.open() as stream:
        head = stream.read(4)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide:
        with document.open() as stream:
            _refuse_binary(stream.read(4096))
    with document.open() as stream:
        lines: Iterable[bytes] = _utf8_lines(stream.read()) if wide else stream
        for number, line in enumerate(lines, start=1):
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            found = True
            yield from _read_line(document, number, line)
    if not found:
        raise SourceError("The file is empty.", "It is left out.")


def _refuse_binary(head: bytes) -> None:
    """Binary data would give a problem a line. Other doubts about the encoding are left to the lines themselves."""
    try:
        encoding_of(head)
    except NotTextError:
        raise
    except SourceError:
        return


def _utf8_lines(data: bytes) -> list[bytes]:
    return decode(data).encode("utf-8").split(b"\n")


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line)


def _read_line(document: Document, number: int, line: bytes) -> Iterator[Item]:
    where = f"line {number:,}"
    try:
        record = json.loads(_decode_line(line))
    except SourceError as error:
        yield Problem(document.source, error.message, where, error.hint)
        return
    except (ValueError, RecursionError) as error:
        yield Problem(document.source, f"Not JSON ({error}).", where, "Each line must hold one JSON object.")
        return
    if not isinstance(record, dict):
        yield Problem(document.source, "Not a JSON object.", where, "Each line must hold one JSON object.")
        return
    yield from article_of(record, document.source, where, f"{document.stem}-{number:06d}")
