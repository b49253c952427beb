"""Writing, replacing and removing articles with what was found in them, and asking what is still to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from quotes.model import Article
from quotes.store.rows import Record, Row

_ARTICLE_COLUMNS = (
    "id",
    "title",
    "outlet",
    "author",
    "date",
    "url",
    "text",
    "words",
    "source",
    "content_hash",
    "added_at",
)
_MOST_VARIABLES = 500
_IDENTITY = ("speaker", "speaker_id", "method")
"""What identities and decisions have the last word on; what the article said stays in ``resolved_*``."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database has of an article: the hash of what was read and the version of each stage."""

    content_hash: str
    versions: Mapping[str, str]


def write_record(db: Database, record: Record, *, parse_model: str, added_at: str) -> None:
    """Store one article whole, or replace it: rows, parse and stage versions in the transaction that is open.

    ``added_at`` counts for new articles only. Call it inside ``db.atomic()``.
    """
    connection = db.conn
    _upsert_article(connection, {**record.article, "added_at": added_at})
    article_id = record.article["id"]
    _replace_quotations(connection, article_id, record.quotations)
    if record.parse is not None:
        connection.execute(
            "INSERT INTO parses (article_id, model, data) VALUES (?, ?, ?)"
            " ON CONFLICT (article_id) DO UPDATE SET model = excluded.model, data = excluded.data",
            [article_id, parse_model, record.parse],
        )
    connection.executemany(
        "INSERT INTO stages (article_id, stage, version) VALUES (?, ?, ?)"
        " ON CONFLICT (article_id, stage) DO UPDATE SET version = excluded.version WHERE version <> excluded.version",
        [(article_id, stage, version) for stage, version in sorted(record.versions.items())],
    )


def _upsert_article(connection: sqlite3.Connection, row: Row) -> None:
    names = ", ".join(_ARTICLE_COLUMNS)
    marks = ", ".join("?" * len(_ARTICLE_COLUMNS))
    changes = ", ".join(f"{c} = excluded.{c}" for c in _ARTICLE_COLUMNS if c not in ("id", "added_at"))
    connection.execute(
        f"INSERT INTO articles ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changes}"
        " WHERE (content_hash, words, source) IS NOT (excluded.content_hash, excluded.words, excluded.source)",
        [row[c] for c in _ARTICLE_COLUMNS],
    )


def _replace_quotations(connection: sqlite3.Connection, article_id: str, rows: Sequence[Row]) -> None:
    """Make ``rows`` the quotations of an article. Rows that are stored as they are stay, since new rules leave most of
    them alone, and indexing words anew is dear."""
    columns = tuple(rows[0]) if rows else ("id",)
    compared = [c for c in columns if c not in _IDENTITY]
    query = f"SELECT {_names(compared)} FROM quotations WHERE article_id = ?"
    stored = {values[0]: values for values in connection.execute(query, [article_id])}
    changed = [row for row in rows if stored.pop(row["id"], None) != tuple(row[c] for c in compared)]
    gone = [(number,) for number in (*stored, *(row["id"] for row in changed))]
    if gone:
        connection.executemany("DELETE FROM quotations WHERE id = ?", gone)
    if changed:
        _make_speakers(connection, changed)
        connection.executemany(
            f"INSERT INTO quotations ({_names(columns)}) VALUES ({', '.join('?' * len(columns))})",
            [tuple(row[c] for c in columns) for row in changed],
        )


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _make_speakers(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """A row for each speaker that the quotations name and the table lacks: the foreign key must hold."""
    for row in rows:
        if row["speaker_id"] is not None:
            connection.execute(
                "INSERT INTO speakers (id, name, type, gender, source) VALUES (?, ?, ?, ?, 'auto')"
                " ON CONFLICT DO NOTHING",
                [row["speaker_id"], row["speaker"], row["speaker_type"], row["speaker_gender"]],
            )


def known_articles(db: Database, ids: Sequence[str]) -> dict[str, Known]:
    """What the database has of the articles ``ids``; those it lacks are missing from the answer."""
    hashes: dict[str, str] = {}
    versions: dict[str, dict[str, str]] = {}
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        hashes.update(db.execute(f"SELECT id, content_hash FROM articles WHERE id IN ({marks})", part).fetchall())
        for article_id, stage, version in db.execute(
            f"SELECT article_id, stage, version FROM stages WHERE article_id IN ({marks})", part
        ):
            versions.setdefault(article_id, {})[stage] = version
    return {article_id: Known(found, versions.get(article_id, {})) for article_id, found in hashes.items()}


def stored_texts(db: Database, ids: Sequence[str]) -> dict[str, str]:
    """The texts of those of ``ids`` that are stored."""
    texts: dict[str, str] = {}
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        texts.update(db.execute(f"SELECT id, text FROM articles WHERE id IN ({marks})", part).fetchall())
    return texts


def stored_parses(db: Database, ids: Sequence[str]) -> dict[str, bytes]:
    """The encoded parses of those of ``ids`` that have one."""
    parses: dict[str, bytes] = {}
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        parses.update(db.execute(f"SELECT article_id, data FROM parses WHERE article_id IN ({marks})", part).fetchall())
    return parses


def stored_articles(db: Database, *, batch: int = 200) -> Iterator[tuple[Article, str | None]]:
    """Every stored article with its source, by id. Safe while other rows are being replaced."""
    last = ""
    while True:
        rows = db.execute(
            "SELECT id, text, date, outlet, title, author, url, source FROM articles WHERE id > ? ORDER BY id LIMIT ?",
            [last, batch],
        ).fetchall()
        if not rows:
            return
        for article_id, text, day, outlet, title, author, url, source in rows:
            published = date.fromisoformat(day) if day else None
            yield Article(article_id, text, published, outlet, title, author, url), source
        last = rows[-1][0]


def count_stale(db: Database, versions: Mapping[str, str]) -> dict[str, int]:
    """How many articles have another version of each stage than ``versions`` says (or none)."""
    return {
        stage: db.execute(
            "SELECT count(*) FROM articles"
            " WHERE id NOT IN (SELECT article_id FROM stages WHERE stage = ? AND version = ?)",
            [stage, version],
        ).fetchone()[0]
        for stage, version in versions.items()
    }


def count_rows(db: Database) -> dict[str, int]:
    """Articles, quotations, attributed quotations and speakers that are quoted."""
    articles = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    quotations, attributed, speakers = db.execute(
        "SELECT count(*), count(speaker), count(DISTINCT speaker_id) FROM quotations WHERE kind <> 'none'"
    ).fetchone()
    return {"articles": articles, "quotations": quotations, "attributed": attributed, "speakers": speakers}


def prune(db: Database, keep: frozenset[str] | set[str]) -> int:
    """Remove the articles that are not in ``keep``, with all that was found in them. Returns how many."""
    gone = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id") if row[0] not in keep]
    with db.atomic():
        db.conn.executemany("DELETE FROM articles WHERE id = ?", [(article_id,) for article_id in gone])
    return len(gone)


def tidy(db: Database, *, many: bool) -> None:
    """After a build: fresh statistics for the query planner; after ``many`` changes, a search index in one piece."""
    with db.atomic():
        if many:
            db.execute("INSERT INTO quotations_fts (quotations_fts) VALUES ('optimize')")
        db.execute("ANALYZE")


def _parts(ids: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(ids), _MOST_VARIABLES):
        yield list(ids[at : at + _MOST_VARIABLES])
