"""The CSV tables of the speaker database, read strictly: a table that breaks its format is refused whole.

What a spreadsheet does to a file is no fault: a byte-order mark, semicolons or tabs for commas, CRLF, the encoding
of Windows, spaces around a cell, empty rows. Anything else is, and every fault is reported with its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from quotes.errors import TableError

Row = Mapping[str, str]
LINE = "#line"  # the key under which a row says where it stood in its file

SPEAKER_TYPES = ("person", "organisation", "unnamed")
ALIAS_KINDS = ("name", "variant", "acronym", "nickname")
VERDICTS = ("same", "different", "unsure")
SCOPES = ("article", "corpus")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_WIKIDATA = re.compile(r"Q[1-9]\d*\Z")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_MOST_FAULTS = 20


@dataclass(frozen=True)
class Table:
    """The format of one table: its columns, which may not be empty, and what a cell may hold."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    checks: Mapping[str, Callable[[str], str | None]]
    optional: tuple[str, ...] = ()


def _one_of(values: Sequence[str]) -> Callable[[str], str | None]:
    return lambda cell: None if cell in values else f"{cell!r} is not one of {', '.join(values)}"


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str | None]:
    return lambda cell: None if pattern.match(cell) else f"{cell!r} is not {what}"


def _is_date(cell: str) -> str | None:
    try:
        if _DATE.match(cell):
            date.fromisoformat((cell + "-01-01")[:10])
            return None
    except ValueError:
        pass
    return f"{cell!r} is not a date (YYYY-MM-DD, YYYY-MM or YYYY)"


_slug = _matching(_SLUG, "an identifier (small letters, digits and hyphens)")
_yes_or_no = _one_of(("yes", "no"))
_gender = _one_of(("f", "m"))

SPEAKERS = Table(
    "speakers",
    ("id", "name", "type", "gender", "wikidata", "description", "source"),
    ("id", "name", "type"),
    {
        "id": _slug,
        "type": _one_of(SPEAKER_TYPES),
        "gender": _gender,
        "wikidata": _matching(_WIKIDATA, "a Wikidata id (Q and digits)"),
    },
)
ALIASES = Table(
    "aliases",
    ("alias", "speaker_id", "kind", "valid_from", "valid_to", "source"),
    ("alias", "speaker_id", "kind"),
    {"speaker_id": _slug, "kind": _one_of(ALIAS_KINDS), "valid_from": _is_date, "valid_to": _is_date},
)
OFFICES = Table(
    "offices",
    ("role", "place", "speaker_id", "valid_from", "valid_to", "source"),
    ("role", "speaker_id"),
    {
        "role": _slug,
        "place": _slug,
        "speaker_id": _slug,
        "valid_from": _is_date,
        "valid_to": _is_date,
        "known_until": _is_date,
    },
    ("known_until",),
)
DECISIONS = Table(
    "decisions",
    ("verdict", "form", "speaker_id", "quotation_id", "scope", "article_id", "by", "at", "why", "undone_at"),
    ("verdict", "scope", "at"),
    {
        "verdict": _one_of(VERDICTS),
        "speaker_id": _slug,
        "scope": _one_of(SCOPES),
        "quotation_id": _matching(re.compile(r"\d+\Z"), "a number"),
    },
)
ROLES = Table(
    "roles",
    ("role", "wording", "place", "gender", "alone"),
    ("role", "wording", "alone"),
    {"role": _slug, "place": _slug, "gender": _gender, "alone": _yes_or_no},
)
PLACES = Table(
    "countries",
    ("place", "name", "adjective_m", "adjective_f", "adjective_mp", "adjective_fp", "capital", "metonyms", "source"),
    ("place", "name"),
    {"place": _slug},
)


def read_table(path: Path, table: Table) -> tuple[Row, ...]:
    """The rows of the file, cells stripped, every column present. Raises :class:`TableError` with the lines."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    return parse_table(data, table, str(path))


def parse_table(data: bytes, table: Table, where: str) -> tuple[Row, ...]:
    """Like :func:`read_table` for the bytes of a file; ``where`` names it in the message."""
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    faults: list[str] = []
    rows: list[Row] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if fault := _header_fault(header, table):
            raise TableError(f"{where}, line 1: {fault}.", f"The columns are {', '.join(table.columns)}.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            found = list(_row_faults(cells, header, table))
            faults += [f"line {reader.line_num}: {fault}" for fault in found]
            blank = dict.fromkeys((*table.columns, *table.optional), "")
            rows.append(blank | _named(cells, header) | {LINE: str(reader.line_num)})
    except csv.Error as error:
        faults.append(f"line {reader.line_num}: {error}")
    refuse(faults, where)
    return tuple(rows)


def refuse(faults: Sequence[str], where: str) -> None:
    """Raise a :class:`TableError` that lists ``faults``, if there are any."""
    if not faults:
        return
    shown = "\n  ".join(faults[:_MOST_FAULTS])
    more = f"\n  and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
    raise TableError(
        f"{where} was refused, nothing of it is used:\n  {shown}{more}\n", "Mend these lines and try again."
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _header_fault(header: Sequence[str], table: Table) -> str | None:
    missing = [column for column in table.columns if column not in header]
    unknown = [column for column in header if column not in (*table.columns, *table.optional)]
    if missing:
        return f"the column {missing[0]!r} is missing"
    if unknown:
        return f"the column {unknown[0]!r} is unknown"
    return "a column stands twice" if len(set(header)) < len(header) else None


def _named(cells: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    return {column: cell.strip() for column, cell in zip(header, cells, strict=False)}


def _row_faults(cells: Sequence[str], header: Sequence[str], table: Table) -> Iterable[str]:
    if len(cells) != len(header):
        yield f"{len(cells)} cells where there should be {len(header)}"
        return
    row = _named(cells, header)
    for column in table.required:
        if not row[column]:
            yield f"{column} is empty"
    for column, check in table.checks.items():
        if row.get(column) and (fault := check(row[column])):
            yield f"{column}: {fault}"


Edge = Literal["from", "to"]


def day(text: str | None, edge: Edge) -> date | None:
    """An ISO date, or the day that is certain for a month or a year alone; None for nothing.

    Something valid *from* 2012 surely is from the last day of 2012 on, something valid *to* 2012 surely until its
    first. The end itself is not included (see ``offices.Office``).
    """
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7] or 0)
    if edge == "to":
        return date(year, month or 1, 1)
    next_month = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return next_month - timedelta(days=1)
