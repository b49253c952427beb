"""After a change of names, offices or decisions: who speaks is settled again, without parsing anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from quotes.curation.identities import Identified, identify
from quotes.curation.speakers import speaker_database
from quotes.model import Article, Resolution, SpeakerType
from quotes.resolution.database import SpeakerDatabase

Row = Mapping[str, Any]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: quotations resolved to somebody else than before, then the identities."""

    resolved: int
    identified: Identified


def refresh(db: Database, *, tables_changed: bool = True) -> Refreshed:
    """Bring the speakers of all quotations up to date with the tables and decisions of ``db``.

    ``tables_changed`` may be False where only decisions changed, which saves looking every name up again.
    """
    resolved = resolve_again(db, speaker_database(db)) if tables_changed else 0
    return Refreshed(resolved, identify(db))


def resolve_again(db: Database, speakers: SpeakerDatabase) -> int:
    """Look up every speaker of every quotation anew. Returns how many quotations changed. One transaction."""
    changes: list[tuple[Any, ...]] = []
    with db.atomic():
        for article_id, rows in groupby(_rows(db), key=lambda row: row["article_id"]):
            changes += _changes_of(speakers, _article(db, article_id), rows)
        db.conn.executemany(
            "UPDATE quotations SET speaker = ?, speaker_id = ?, method = ?, speaker_type = ?, speaker_gender = ?,"
            " resolved_name = ?, resolved_id = ?, resolved_method = ?, score = ?, runners_up = ? WHERE id = ?",
            changes,
        )
    return len(changes)


def _rows(db: Database) -> Iterator[Row]:
    columns = (
        "id",
        "article_id",
        "speaker_forms",
        "speaker_type",
        "speaker_gender",
        "resolved_name",
        "resolved_id",
        "resolved_method",
        "score",
    )
    cursor = db.conn.execute(
        f"SELECT {', '.join(columns)} FROM quotations WHERE resolved_name IS NOT NULL ORDER BY article_id, start"
    )
    while rows := cursor.fetchmany(_BATCH):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _article(db: Database, article_id: str) -> Article:
    text, day = db.execute("SELECT text, date FROM articles WHERE id = ?", [article_id]).fetchone()
    return Article(article_id, text, date.fromisoformat(day) if day else None)


def _changes_of(speakers: SpeakerDatabase, article: Article, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    known: dict[tuple[Any, ...], Resolution] = {}
    for row in rows:
        before = _in_article(row)
        key = (before.forms, before.type, before.method)
        if key not in known:
            known[key] = speakers.canonical(before, article, article.text)
        now = known[key]
        if (now.name, now.speaker_id) == (row["resolved_name"], row["resolved_id"]):
            continue
        runners_up = [
            {"name": c.name, "score": round(c.score, 4), "evidence": c.evidence, "speaker_id": c.speaker_id}
            for c in now.runners_up
        ]
        yield (
            now.name, now.speaker_id, now.method, now.type, now.gender, now.name, now.speaker_id, now.method,
            now.score, json.dumps(runners_up, ensure_ascii=False) if runners_up else None, row["id"],
        )  # fmt: skip


def _in_article(row: Row) -> Resolution:
    """What the article alone had said: its own name is the first of the forms, a role had no name yet."""
    forms = tuple(json.loads(row["speaker_forms"] or "[]")) or (row["resolved_name"],)
    by_office = row["resolved_method"] == "office" and row["speaker_type"] == "person"
    type_: SpeakerType = "unnamed" if by_office else row["speaker_type"]
    method = "phrase" if by_office else row["resolved_method"] or "name"
    gender = row["speaker_gender"] if row["speaker_gender"] in ("f", "m") else None
    return Resolution(forms[0], type_, method, row["score"] or 1.0, None, gender, forms)
