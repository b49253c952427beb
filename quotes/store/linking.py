"""One identity for each speaker of the whole corpus: named speakers get a row, decisions get the last word.

Works on the rows alone, from the ``resolved_*`` columns (what each article said), so that it can be run again at
any time, gives the same result whatever was there before, and needs no parser.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

#: The identifier that a name is given: ``Sergueï Lavrov`` -> ``serguei-lavrov``.
Slug = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run did: speakers made from the articles, and quotations that a decision changed."""

    automatic: int
    decided: int


def link(db: Database, slug: Slug) -> Linked:
    """Give every named speaker an identity and replay the decisions, in one transaction.

    A person needs two names at least (a surname alone is nobody in particular), an organisation one. The same name
    in several articles, but for accents, case and hyphens, is the same speaker.
    """
    with db.atomic():
        db.execute(
            "UPDATE quotations SET speaker = resolved_name, speaker_id = resolved_id, method = resolved_method"
            " WHERE method = 'decision'"
        )
        automatic = _link_names(db, slug)
        decided = sum(_replay(db, decision) for decision in _decisions(db))
        db.execute(
            "DELETE FROM speakers WHERE source = 'auto'"
            " AND NOT EXISTS (SELECT 1 FROM quotations WHERE speaker_id = speakers.id)"
            " AND NOT EXISTS (SELECT 1 FROM quotations WHERE resolved_id = speakers.id)"
            " AND NOT EXISTS (SELECT 1 FROM decisions WHERE speaker_id = speakers.id)"
            " AND NOT EXISTS (SELECT 1 FROM aliases WHERE speaker_id = speakers.id)"
        )
    return Linked(automatic, decided)


def _link_names(db: Database, slug: Slug) -> int:
    spellings: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    genders: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name, speaker_type, gender, count in db.execute(
        "SELECT resolved_name, speaker_type, speaker_gender, count(*) FROM quotations"
        " WHERE resolved_name IS NOT NULL AND resolved_id IS NULL AND speaker_type IN ('person', 'organisation')"
        " GROUP BY 1, 2, 3"
    ):
        identifier = slug(name)
        if identifier and (speaker_type == "organisation" or "-" in identifier):
            spellings[identifier, speaker_type][name] += count
            if gender:
                genders[identifier, speaker_type][gender] += count
    sources = {row[0]: (row[1], row[2]) for row in db.execute("SELECT id, type, source FROM speakers")}
    automatic = 0
    for (identifier, speaker_type), names in sorted(spellings.items()):
        key = identifier
        known_type, source = sources.get(key, (speaker_type, "auto"))
        if known_type != speaker_type and source != "auto" or (identifier, _other(speaker_type)) in spellings:
            key = identifier if speaker_type == "person" and source == "auto" else f"{identifier}-{speaker_type}"
            source = sources.get(key, (speaker_type, "auto"))[1]
        if source == "auto":
            automatic += 1
            gender_counts = genders[identifier, speaker_type]
            _write_automatic(db, key, _first(names), speaker_type, _first(gender_counts) if gender_counts else None)
        db.conn.executemany(
            "UPDATE quotations SET speaker_id = ? WHERE resolved_name = ? AND resolved_id IS NULL AND speaker_type = ?"
            " AND speaker_id IS NOT ?",
            [(key, name, speaker_type, key) for name in names],
        )
    return automatic


def _other(speaker_type: str) -> str:
    return "organisation" if speaker_type == "person" else "person"


def _first(counts: Counter[str]) -> str:
    """The most frequent, and among equals the first of the alphabet: the same on every machine."""
    return min(counts, key=lambda item: (-counts[item], item))


def _write_automatic(db: Database, identifier: str, name: str, speaker_type: str, gender: str | None) -> None:
    db.conn.execute(
        "INSERT INTO speakers (id, name, type, gender, source) VALUES (?, ?, ?, ?, 'auto')"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, gender = excluded.gender",
        [identifier, name, speaker_type, gender],
    )


def _decisions(db: Database) -> Iterator[Mapping[str, Any]]:
    """The decisions that stand, oldest first, so that the newest has the last word."""
    yield from list(db.query("SELECT * FROM decisions WHERE undone_at IS NULL AND verdict <> 'unsure' ORDER BY at, id"))


def _replay(db: Database, decision: Mapping[str, Any]) -> int:
    """Apply one decision. Returns how many quotations it reaches."""
    ids = _reached(db, decision)
    if decision["verdict"] == "same":
        speaker = db.execute(
            "SELECT id, name, type, gender FROM speakers WHERE id = ?", [decision["speaker_id"]]
        ).fetchone()
        if speaker is None:
            return 0
        changed = [(speaker[1], speaker[0], i) for i in ids]
        db.conn.executemany(
            "UPDATE quotations SET speaker = ?, speaker_id = ?, method = 'decision' WHERE id = ?", changed
        )
        return len(changed)
    ids = [
        row[0]
        for i in ids
        for row in db.execute("SELECT id FROM quotations WHERE id = ? AND speaker_id IS ?", [i, decision["speaker_id"]])
    ]
    db.conn.executemany(
        "UPDATE quotations SET speaker_id = NULL, method = 'decision' WHERE id = ?", [(i,) for i in ids]
    )
    return len(ids)


def _reached(db: Database, decision: Mapping[str, Any]) -> list[int]:
    """The quotations that a decision is about: one, or those whose speaker has the form."""
    if decision["quotation_id"] is not None:
        return [row[0] for row in db.execute("SELECT id FROM quotations WHERE id = ?", [decision["quotation_id"]])]
    form = decision["form"]
    if not form:
        return []
    where, values = "", [form, f"%{json.dumps(form, ensure_ascii=False)[1:-1]}%"]
    if decision["scope"] == "article":
        where = " AND article_id = ?"
        values.append(decision["article_id"])
    rows = db.execute(
        "SELECT id, resolved_name, speaker_forms FROM quotations"
        f" WHERE (resolved_name = ? OR speaker_forms LIKE ?){where} ORDER BY id",
        values,
    ).fetchall()
    return [i for i, name, forms in rows if name == form or form in json.loads(forms or "[]")]
