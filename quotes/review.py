"""Doubtful attributions, one by one, for a person to decide: what is shown, and what an answer records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from quotes.curation import decide
from quotes.curation.changes import speaker_for
from quotes.errors import QuotesError
from quotes.model import Extent
from quotes.resolution.names import fold

CONTEXT = 280
"""How many characters are shown on each side of a quotation."""
MOST_CANDIDATES = 8
# What was found by likeness, or by taking the one who stood out
_WEAK_METHODS = ("fuzzy", "surname", "initials", "role-by-salience", "role-by-elimination", "cataphora", "unresolved")


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may have spoken. ``speaker_id`` is None for a name that nobody has yet."""

    name: str
    speaker_id: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One quotation to decide on. The extents are relative to ``context``, a stretch of the article's text."""

    quotation_id: int
    article_id: str
    outlet: str | None
    date: str | None
    context: str
    quotation: Extent
    mention: Extent | None
    cue: Extent | None
    speaker: Choice | None
    because: str
    confidence: float
    choices: tuple[Choice, ...]


def count_doubts(db: Database, below: float = 0.7) -> int:
    """How many quotations are doubtful and not decided yet."""
    return int(db.execute(f"SELECT count(*) FROM quotations q WHERE {_DOUBTFUL}", _values(below)).fetchone()[0])


def doubts(db: Database, below: float = 0.7, *, speaker_id: str | None = None) -> Iterator[Doubt]:
    """The doubtful quotations, least confident first: with a confidence under ``below``, without a speaker, or
    resolved by a weak step. What somebody has answered, if only with *unsure*, is not asked again."""
    rows = list(
        db.query(
            "SELECT q.*, a.text AS article_text, a.outlet, a.date FROM quotations q"
            " JOIN articles a ON a.id = q.article_id"
            f" WHERE {_DOUBTFUL} AND (:speaker IS NULL OR q.speaker_id = :speaker) ORDER BY q.confidence, q.id",
            {**_values(below), "speaker": speaker_id},
        )
    )
    for row in rows:
        yield _doubt(db, row)


_DOUBTFUL = (
    "q.kind <> 'none'"
    f" AND (q.confidence < :below OR q.speaker IS NULL OR q.method IN ({', '.join(repr(m) for m in _WEAK_METHODS)}))"
    " AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.quotation_id = q.id AND d.undone_at IS NULL)"
)


def _values(below: float) -> dict[str, Any]:
    return {"below": below}


def _doubt(db: Database, row: Mapping[str, Any]) -> Doubt:
    text = row["article_text"]
    first, last = max(0, row["start"] - CONTEXT), min(len(text), row["end"] + CONTEXT)

    def shown(start: int | None, end: int | None) -> Extent | None:
        inside = start is not None and end is not None and first <= start and end <= last
        return Extent(start - first, end - first) if inside and start is not None and end is not None else None

    speaker = Choice(row["speaker"], row["speaker_id"], row["method"] or "") if row["speaker"] else None
    return Doubt(
        row["id"],
        row["article_id"],
        row["outlet"],
        row["date"],
        text[first:last],
        Extent(row["start"] - first, row["end"] - first),
        shown(row["mention_start"], row["mention_end"]),
        shown(row["cue_start"], row["cue_end"]),
        speaker,
        row["because"] or row["rule"],
        row["confidence"],
        _choices(db, row, speaker),
    )


def _choices(db: Database, row: Mapping[str, Any], speaker: Choice | None) -> tuple[Choice, ...]:
    """Who came close, then who else is quoted in the article."""
    choices = [Choice(c["name"], c.get("speaker_id"), c["evidence"]) for c in json.loads(row["runners_up"] or "[]")]
    for name, speaker_id, count in db.execute(
        "SELECT speaker, speaker_id, count(*) FROM quotations WHERE article_id = ? AND id <> ? AND speaker IS NOT NULL"
        " GROUP BY 1, 2 ORDER BY 3 DESC, 1",
        [row["article_id"], row["id"]],
    ):
        choices.append(Choice(name, speaker_id, f"quoted {count} times in the article"))
    seen = {(fold(speaker.name), speaker.speaker_id)} if speaker else set()
    different: list[Choice] = []
    for choice in choices:
        key = (fold(choice.name), choice.speaker_id)
        if key not in seen:
            seen.add(key)
            different.append(choice)
    return tuple(different[:MOST_CANDIDATES])


def accept(db: Database, doubt: Doubt, by: str | None = None) -> int:
    """Record that the speaker found is right. Returns the number of the decision."""
    if doubt.speaker is None:
        raise QuotesError("There is no speaker to accept.", "Choose one, give a name, or reject.")
    speaker_id = doubt.speaker.speaker_id
    return decide(db, "same", quotation_id=doubt.quotation_id, article_id=doubt.article_id, speaker_id=speaker_id,
                  form=doubt.speaker.name, by=by, why="review: accepted")  # fmt: skip


def choose(db: Database, doubt: Doubt, choice: Choice | str, by: str | None = None) -> int:
    """Record that somebody else speaks: one of the choices, or the bearer of a name, id or alias."""
    if isinstance(choice, Choice):
        speaker_id, name = choice.speaker_id, choice.name
    else:
        speaker_id, name = speaker_for(db, choice), choice
    return decide(db, "same", quotation_id=doubt.quotation_id, article_id=doubt.article_id, speaker_id=speaker_id,
                  form=name, by=by, why="review: chosen")  # fmt: skip


def reject(db: Database, doubt: Doubt, by: str | None = None) -> int:
    """Record that the speaker found is wrong, and nobody else is named."""
    return decide(db, "different", quotation_id=doubt.quotation_id, article_id=doubt.article_id,
                  form=doubt.speaker.name if doubt.speaker else None, by=by, why="review: rejected")  # fmt: skip


def leave_open(db: Database, doubt: Doubt, by: str | None = None) -> int:
    """Record that a person could not tell either."""
    return decide(
        db, "unsure", quotation_id=doubt.quotation_id, article_id=doubt.article_id, by=by, why="review: unsure"
    )


def marked(doubt: Doubt) -> Sequence[tuple[str, str | None]]:
    """The context cut where its marking changes: (text, ``quotation``, ``mention``, ``cue`` or None)."""
    kinds: list[str | None] = [None] * len(doubt.context)
    for kind, extent in (("quotation", doubt.quotation), ("mention", doubt.mention), ("cue", doubt.cue)):
        for index in range(*extent) if extent else ():
            kinds[index] = kind
    pieces: list[tuple[str, str | None]] = []
    start = 0
    for index in range(1, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[start]:
            pieces.append((doubt.context[start:index], kinds[start]))
            start = index
    return pieces
