"""Bytes into text, or a sentence that says why not.

UTF-8 and UTF-16 are certain when they decode; Windows-1252 (of which Latin-1 text is a part) decodes nearly any
bytes, so it is believed only where the result looks like French.
"""

from __future__ import annotations

import codecs
import re

from quotes.errors import SourceError


class NotTextError(SourceError):
    """Binary data, or a document of another kind than text."""


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document (.docx, .odt, .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (.doc, .xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
_FRENCH = frozenset("éèêëàâäùûüîïôöçœæÉÈÊËÀÂÄÙÛÜÎÏÔÖÇŒÆ«»‘’“”–—…€°§\xa0\xad•·ñÑáíóúãõ²³½ª©®™")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf©¨ª«§´®¢¹»¼‰\xa0]|â€[™œ\x9d¦“”˜]|Â[\xa0«»°]")
_SAVE_AS_UTF8 = "Save it as UTF-8 and try again."


def decode(data: bytes) -> str:
    """The text of ``data`` without its byte-order mark; line ends are left as they are.

    Raises :class:`SourceError` for binary data and for encodings other than UTF-8, UTF-16, UTF-32, Latin-1 and
    Windows-1252.
    """
    return data.decode(_checked(encoding_of(data), data))


def encoding_of(data: bytes) -> str:
    """The name of the codec that decodes ``data``; raises like :func:`decode`."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise NotTextError(f"This is {kind}, not text.", "Save its text as a .txt file in UTF-8.")
    if b"\x00" in data[:100_000]:
        return _utf16_without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _single_byte(data, error.start)
    _refuse_controls(text)
    return "utf-8"


def _checked(name: str, data: bytes) -> str:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        raise SourceError(f"The text is broken at byte {error.start:,} (as {name}).", _SAVE_AS_UTF8) from error
    return name


def _utf16_without_mark(data: bytes) -> str:
    """Western text in UTF-16 has a zero in every other byte."""
    head = data[:4000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.8 * len(zeros):
            return name
    raise NotTextError("This is binary data, not text.", "Only text can be read: .txt, .jsonl, .csv, .html.")


def _single_byte(data: bytes, first_bad: int) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        if _share_of_french(text) < 0.9:
            raise _unknown(data, first_bad) from None
        _refuse_controls(text)
        return "latin-1"
    _refuse_controls(text)
    if _MOJIBAKE.search(text):
        raise SourceError(f"The text is UTF-8, but broken at byte {first_bad:,}.", _SAVE_AS_UTF8)
    if _share_of_french(text) < 0.9:
        raise _unknown(data, first_bad)
    return "cp1252"


def _share_of_french(text: str) -> float:
    """The share of letters and signs that French uses among the characters beyond ASCII."""
    high = [character for character in text[:200_000] if character > "\x7f"]
    return sum(character in _FRENCH for character in high) / len(high) if high else 1.0


def _unknown(data: bytes, first_bad: int) -> SourceError:
    return SourceError(
        f"The encoding is not known: neither UTF-8 nor Windows-1252 (byte {first_bad:,} is 0x{data[first_bad]:02x}).",
        _SAVE_AS_UTF8,
    )


def _refuse_controls(text: str) -> None:
    """A control character in a hundred is not text."""
    head = text[:100_000]
    if len(_CONTROLS.findall(head)) > 0.01 * len(head):
        raise NotTextError("This is binary data, not text.", "Only text can be read: .txt, .jsonl, .csv, .html.")
