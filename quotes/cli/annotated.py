"""Annotated articles and other systems' quotations, read from JSON Lines with every entry checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import SourceError

_SHAPE = "Every quotation needs whole numbers `start` and `end` and a `kind`, as `quotes extract` prints them."
_KINDS = ("direct", "mixed", "indirect", "none")


def read_annotated(path: Path, *, with_text: bool) -> Iterator[dict[str, Any]]:
    """One object a line with ``id`` and ``quotations``, and with ``text`` (annotations) or without (predictions).

    Raises SourceError, with the number of the line, for what has another shape or an id that came before.
    """
    fields = {"id": str, "text": str, "quotations": list} if with_text else {"id": str, "quotations": list}
    lines: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                where = f"{path}, line {number}"
                row = _object(line, fields, where)
                if row["id"] in lines:
                    raise SourceError(f"{where}: the id {row['id']!r} is that of line {lines[row['id']]}.")
                lines[row["id"]] = number
                length = len(row["text"]) if with_text else None
                for place, entry in enumerate(row["quotations"], 1):
                    _check(entry, length, f"{where}, quotation {place}")
                yield row
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not in UTF-8 ({error.reason}).", "Save it as UTF-8.") from error


def _object(line: str, fields: Mapping[str, type], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise SourceError(f"{where}: no JSON ({error}).", "The file must have one JSON object a line.") from error
    if not isinstance(row, dict):
        raise SourceError(f"{where}: no JSON object.", "The file must have one JSON object a line.")
    if missing := [name for name in fields if name not in row]:
        raise SourceError(f"{where}: {', '.join(missing)} is missing.")
    for name, wanted in fields.items():
        if not isinstance(row[name], wanted):
            raise SourceError(f"{where}: `{name}` is no {'list' if wanted is list else 'string'}.")
    return row


def _check(entry: object, length: int | None, where: str) -> None:
    if not isinstance(entry, dict):
        raise SourceError(f"{where}: no JSON object.", _SHAPE)
    for name in ("start", "end", "mention", "cue"):
        value = entry.get(name)
        if name in ("start", "end"):
            right = type(value) is int
        else:
            right = value is None or (isinstance(value, list) and [type(v) for v in value] == [int, int])
        if not right:
            raise SourceError(f"{where}: `{name}` is {json.dumps(value, ensure_ascii=False)}.", _SHAPE)
    if entry.get("kind") not in _KINDS:
        raise SourceError(f"{where}: `kind` is none of {', '.join(_KINDS)}.", _SHAPE)
    if not 0 <= entry["start"] < entry["end"] <= (entry["end"] if length is None else length):
        raise SourceError(f"{where}: {entry['start']} to {entry['end']} is no stretch of the text.")
