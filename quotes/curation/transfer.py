"""The speaker tables of a database as CSV files, out and in again, whatever a spreadsheet did to them in between.

A file is checked whole before anything is written: one fault, and nothing of any of the files is used.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from quotes.errors import QuotesError, TableError
from quotes.resolution.tables import ALIASES, DECISIONS, LINE, OFFICES, SPEAKERS, Row, Table, read_table, refuse

_TABLES: tuple[Table, ...] = (SPEAKERS, ALIASES, OFFICES, DECISIONS)
# What tells two rows of a table apart
_KEYS: Mapping[str, tuple[str, ...]] = {
    "speakers": ("id",),
    "aliases": ("alias", "speaker_id"),
    "offices": ("role", "place", "speaker_id", "valid_from"),
    "decisions": ("verdict", "form", "speaker_id", "quotation_id", "article_id", "at"),
}
# Written down by people, so not to be overwritten by the shipped tables
_USER = "user"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to one table."""

    table: str
    added: int
    changed: int
    removed: int


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of an exported file."""
    return (*table.columns[:-1], *table.optional, table.columns[-1]) if table.optional else table.columns


def export_tables(db: Database, folder: Path, *, semicolon: bool = False, bom: bool = False) -> tuple[Path, ...]:
    """Write ``speakers.csv``, ``aliases.csv``, ``offices.csv`` and ``decisions.csv``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in _TABLES:
        columns = columns_of(table)
        names = ", ".join(f'"{column}"' for column in columns)
        order = ", ".join(f'"{column}"' for column in _KEYS[table.name])
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";" if semicolon else ",", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(db.execute(f"SELECT {names} FROM {table.name} ORDER BY {order}"))
        path = folder / f"{table.name}.csv"
        path.write_bytes(buffer.getvalue().encode("utf-8-sig" if bom else "utf-8"))
        written.append(path)
    return tuple(written)


def import_tables(db: Database, paths: Sequence[Path], *, replace: bool = False) -> tuple[Imported, ...]:
    """Add and change rows from CSV files (or the folder of an export), each named after its table.

    With ``replace``, aliases, offices and decisions that a file does not have are removed. Raises
    :class:`TableError` with the lines of every fault; nothing is written then.
    """
    files = _files(paths)
    rows = {table.name: read_table(path, table) for table, path in files}
    speakers = {row["id"] for row in db.query("SELECT id FROM speakers")} | {r["id"] for r in rows.get("speakers", ())}
    faults: list[str] = []
    for table, path in files:
        faults += [f"{path.name}, {fault}" for fault in _faults(table, rows[table.name], speakers)]
    refuse(faults, ", ".join(str(path) for _, path in files))
    with db.atomic():
        return tuple(_write(db, table, rows[table.name], replace) for table, _ in files)


def _files(paths: Sequence[Path]) -> list[tuple[Table, Path]]:
    found: list[tuple[Table, Path]] = []
    for path in paths:
        candidates = [path / f"{table.name}.csv" for table in _TABLES] if path.is_dir() else [path]
        for candidate in candidates:
            table = next((t for t in _TABLES if candidate.stem.lower().startswith(t.name)), None)
            if table is None:
                names = ", ".join(f"{t.name}.csv" for t in _TABLES)
                raise TableError(f"It is not clear which table {candidate} is.", f"Name it one of {names}.")
            if candidate.exists() or not path.is_dir():
                found.append((table, candidate))
    if not found:
        raise QuotesError(f"There is no table in {', '.join(map(str, paths))}.", "Export first, edit, then import.")
    return sorted(found, key=lambda item: _TABLES.index(item[0]))


def _faults(table: Table, rows: Sequence[Row], speakers: set[str]) -> Iterable[str]:
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        line = f"line {row[LINE]}"
        if table is not SPEAKERS and row["speaker_id"] and row["speaker_id"] not in speakers:
            yield f"{line}: there is no speaker {row['speaker_id']!r}"
        key = tuple(row[column] for column in _KEYS[table.name])
        if key in seen:
            yield f"{line}: stands already in {seen[key]}"
        seen.setdefault(key, line)
        if table is DECISIONS and not row["form"] and not row["quotation_id"]:
            yield f"{line}: neither form nor quotation_id"
        if row.get("valid_from") and row.get("valid_to") and row["valid_to"] < row["valid_from"]:
            yield f"{line}: valid_to is before valid_from"


def _write(db: Database, table: Table, rows: Sequence[Row], replace: bool) -> Imported:
    columns = columns_of(table)
    key = _KEYS[table.name]
    stored = {tuple(_text(row[c]) for c in key): row for row in db.query(f"SELECT * FROM {table.name}")}
    added = changed = removed = 0
    for row in rows:
        identity = tuple(row[column] for column in key)
        old = stored.pop(identity, None)
        values = {column: row[column] or None for column in columns}
        if old is not None and all(_text(old[c]) == row[c] for c in columns if c != "source"):
            continue
        if "source" in columns:
            values["source"] = _USER
        if old is None:
            added += 1
            _insert(db, table.name, values)
        else:
            changed += 1
            _update(db, table.name, values, old)
    if replace and table is not SPEAKERS:
        removed = len(stored)
        db.conn.executemany(f"DELETE FROM {table.name} WHERE id = ?", [(row["id"],) for row in stored.values()])
    return Imported(table.name, added, changed, removed)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _insert(db: Database, table: str, values: Mapping[str, Any]) -> None:
    names = ", ".join(f'"{column}"' for column in values)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))


def _update(db: Database, table: str, values: Mapping[str, Any], old: Mapping[str, Any]) -> None:
    changes = ", ".join(f'"{column}" = ?' for column in values)
    db.execute(f"UPDATE {table} SET {changes} WHERE id = ?", [*values.values(), old["id"]])
