"""A database with quotations as a build leaves them, written straight into the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.store import open_database, seed

Say = Callable[..., int]

SPEAKERS = [
    {"id": "anne-untel", "name": "Anne Untel", "type": "person", "gender": "f"},
    {"id": "paul-untel", "name": "Paul Untel", "type": "person", "gender": "m"},
    {"id": "sergei-ivanov", "name": "Sergueï Ivanov", "type": "person", "gender": "m"},
]
ALIASES = [{"alias": "SI", "speaker_id": "sergei-ivanov", "kind": "acronym"}]
OFFICES = [
    {"role": "president", "place": "france", "speaker_id": who, "valid_from": since, "valid_to": until}
    for who, since, until in (("anne-untel", "2010-01-01", "2015-06-01"), ("paul-untel", "2015-06-01", "2020-06-01"))
]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "quotes.db", create=True)
    seed(database, {"speakers": SPEAKERS, "aliases": ALIASES, "offices": OFFICES})
    yield database
    database.close()


@pytest.fixture
def say(db: Database) -> Say:
    """``say("a1", "Anne Untel")`` stores a quotation by that name, not yet identified, and returns its id."""

    def store(
        article: str,
        name: str | None,
        *,
        type: str = "person",
        speaker_id: str | None = None,
        forms: tuple[str, ...] = (),
        method: str = "name",
        day: str = "2014-01-01",
        **columns: Any,
    ) -> int:
        db.execute(
            "INSERT INTO articles (id, text, words, content_hash, added_at, date) VALUES (?, ?, 3, 'x', 'x', ?)"
            " ON CONFLICT DO NOTHING",
            [article, columns.pop("text", f"« Oui », a dit {name}."), day],
        )
        number = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM quotations").fetchone()[0])
        row: dict[str, Any] = {
            "id": number, "article_id": article, "start": number, "end": number + 5, "inner_start": number + 1,
            "inner_end": number + 4, "text": "Oui", "kind": "direct", "level": 0, "speaker": name,
            "speaker_id": speaker_id, "speaker_type": type if name else None, "method": method, "rule": "incise",
            "speaker_forms": json.dumps(forms or (name,), ensure_ascii=False) if name else None, "confidence": 0.9,
            "lemmas": "oui", "resolved_name": name, "resolved_id": speaker_id, "resolved_method": method, "score": 1.0,
            **columns,
        }  # fmt: skip
        names = ", ".join(f'"{column}"' for column in row)
        db.execute(f"INSERT INTO quotations ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
        db.conn.commit()
        return number

    return store


def speakers_of(db: Database) -> dict[int, str | None]:
    return {row["id"]: row["speaker_id"] for row in db.query("SELECT id, speaker_id FROM quotations")}


def state(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything about who speaks, in an order of its own: numbers of rows do not count."""
    return {
        "quotations": db.execute(
            "SELECT id, speaker, speaker_id, method, speaker_type, resolved_name, resolved_id FROM quotations"
            " ORDER BY id"
        ).fetchall(),
        "speakers": db.execute("SELECT id, name, type, gender, source FROM speakers ORDER BY id").fetchall(),
        "aliases": db.execute("SELECT alias, speaker_id, kind, source FROM aliases ORDER BY 1, 2").fetchall(),
    }
