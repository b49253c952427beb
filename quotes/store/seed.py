"""The shipped tables of the speaker database, copied into a database when it is made and when they change."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
_SPEAKERS = ("id", "name", "type", "gender", "wikidata", "description", "source")
_ALIASES = ("alias", "speaker_id", "kind", "valid_from", "valid_to", "source")
_OFFICES = ("role", "place", "speaker_id", "valid_from", "valid_to", "known_until", "source")
_DECISIONS = ("verdict", "form", "speaker_id", "quotation_id", "scope", "article_id", "by", "at", "why", "undone_at")
_KEY = "seed"


def seed(db: Database, tables: Tables) -> bool:
    """Copy ``tables`` (the rows of speakers, aliases, offices and decisions) unless these very rows are there.

    What people have changed stays (rows of source ``user``), and so do the speakers made from the articles. Returns
    whether anything was done. The whole is one transaction.
    """
    digest = _digest(tables)
    if get_meta(db, _KEY) == digest:
        return False
    with db.atomic():
        connection = db.conn
        _upsert_speakers(connection, tables.get("speakers", ()))
        for table, columns in (("aliases", _ALIASES), ("offices", _OFFICES)):
            connection.execute(f"DELETE FROM {table} WHERE source IS NULL OR source NOT IN ('user', 'auto')")
            _insert(connection, table, columns, tables.get(table, ()), source="seed")
        if get_meta(db, _KEY) is None:
            _insert(connection, "decisions", _DECISIONS, tables.get("decisions", ()))
        set_meta(db, _KEY, digest)
    return True


def read_speakers(db: Database) -> dict[str, list[dict[str, Any]]]:
    """The rows of speakers, aliases and offices that people vouch for, in a fixed order: none made from articles."""
    return {
        "speakers": list(db.query("SELECT * FROM speakers WHERE source <> 'auto' ORDER BY id")),
        "aliases": list(db.query("SELECT * FROM aliases WHERE source IS NOT 'auto' ORDER BY alias, speaker_id, id")),
        "offices": list(db.query("SELECT * FROM offices WHERE source IS NOT 'auto' ORDER BY id")),
    }


def _digest(tables: Tables) -> str:
    key = json.dumps({name: [dict(row) for row in rows] for name, rows in sorted(tables.items())}, default=str)
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _upsert_speakers(connection: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    changes = ", ".join(f"{c} = excluded.{c}" for c in _SPEAKERS if c != "id")
    connection.executemany(
        f"INSERT INTO speakers ({', '.join(_SPEAKERS)}) VALUES (?, ?, ?, ?, ?, ?, 'seed')"
        f" ON CONFLICT (id) DO UPDATE SET {changes} WHERE source <> 'user'",
        [[_value(row, c) for c in _SPEAKERS[:-1]] for row in rows],
    )


def _insert(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    source: str | None = None,
) -> None:
    names = ", ".join(f'"{c}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        [[_value(row, c) or (source if c == "source" else None) for c in columns] for row in rows],
    )


def _value(row: Mapping[str, Any], column: str) -> Any:
    """A cell as SQLite takes it: dates as ISO text, an empty cell as NULL."""
    value = row.get(column)
    if value is None or value == "":
        return None
    return value if isinstance(value, int | float | str) else str(value)


def get_meta(db: Database, key: str) -> str | None:
    """A remark about the database itself; None where there is none."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return row[0] if row else None


def set_meta(db: Database, key: str, value: str) -> None:
    """Keep a remark about the database itself."""
    db.conn.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )


def set_finished(db: Database, finished: bool) -> None:
    """Note whether everything that is made once, at the end of a build (links, summaries), fits the rows."""
    with db.atomic():
        set_meta(db, "finished", "yes" if finished else "no")


def is_finished(db: Database) -> bool:
    """Whether the last build came to its end."""
    return get_meta(db, "finished") == "yes"
