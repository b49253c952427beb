"""Looking at the speakers of a corpus: the most quoted, and one of them from all sides."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from quotes.curation.changes import require_speaker, speakers_named
from quotes.curation.speakers import read_decisions
from quotes.errors import QuotesError
from quotes.resolution.names import fold


@dataclass(frozen=True, slots=True)
class Ranked:
    """A speaker with how often and in how many articles they are quoted (``indirect`` speech included)."""

    id: str
    name: str
    type: str
    source: str
    quotations: int
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the tables and the articles say of a speaker."""

    speaker: dict[str, object]
    aliases: tuple[dict[str, object], ...]
    offices: tuple[dict[str, object], ...]
    merged: tuple[str, ...]
    decisions: tuple[dict[str, object], ...]
    forms: tuple[tuple[str, int], ...]
    methods: tuple[tuple[str, int], ...]
    quotations: int
    articles: int


def top(db: Database, limit: int = 50, type: str | None = None) -> tuple[Ranked, ...]:
    """The most quoted speakers, first by quotations, then by id. Titles, slogans and the like do not count."""
    rows = db.execute(
        "SELECT s.id, s.name, s.type, s.source, count(*), count(DISTINCT q.article_id) FROM quotations q"
        " JOIN speakers s ON s.id = q.speaker_id WHERE q.kind <> 'none' AND (? IS NULL OR s.type = ?)"
        " GROUP BY s.id ORDER BY 5 DESC, 1 LIMIT ?",
        [type, type, limit],
    )
    return tuple(Ranked(*row) for row in rows)


def find_speaker(db: Database, text: str) -> str:
    """The id of the speaker meant by an id, a name or an alias.

    Raises :class:`QuotesError` where there is none, or more than one: then the message lists them.
    """
    found = speakers_named(db, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise QuotesError(f"{text!r} may be {', '.join(found)}.", "Give one of these ids.")
    wanted = fold(text)
    near = [
        row["id"]
        for row in db.query("SELECT id, name FROM speakers ORDER BY id")
        if wanted and wanted in fold(row["name"])
    ][:8]
    hint = f"Perhaps {', '.join(near)}?" if near else "See `quotes speakers top`."
    raise QuotesError(f"There is no speaker {text!r}.", hint)


def profile(db: Database, speaker_id: str) -> Profile:
    """The profile of a speaker. Raises :class:`QuotesError` where there is none."""
    speaker = require_speaker(db, speaker_id)
    forms: Counter[str] = Counter()
    methods: Counter[str] = Counter()
    for name, stored, method in db.execute(
        "SELECT resolved_name, speaker_forms, method FROM quotations WHERE speaker_id = ?", [speaker_id]
    ):
        forms[next(iter(json.loads(stored or "[]")), name)] += 1
        methods[method or "unknown"] += 1
    quotations, articles = db.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM quotations WHERE speaker_id = ? AND kind <> 'none'",
        [speaker_id],
    ).fetchone()
    return Profile(
        speaker,
        tuple(db.query("SELECT * FROM aliases WHERE speaker_id = ? ORDER BY alias", [speaker_id])),
        tuple(db.query("SELECT * FROM offices WHERE speaker_id = ? ORDER BY valid_from", [speaker_id])),
        read_decisions(db).merged_into(speaker_id),
        tuple(
            db.query(
                "SELECT * FROM decisions WHERE undone_at IS NULL AND (speaker_id = ? OR form = ?) ORDER BY at, id",
                [speaker_id, f"@{speaker_id}"],
            )
        ),
        tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        tuple(sorted(methods.items(), key=lambda item: (-item[1], item[0]))),
        quotations,
        articles,
    )
