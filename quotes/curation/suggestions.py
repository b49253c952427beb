"""What a curator should look at first: likely one person, likely two, and names that nobody bears yet.

The machine suggests and a person decides: nothing here changes anything.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz import fuzz
from sqlite_utils import Database

from quotes.curation.listing import top
from quotes.curation.speakers import read_decisions, speaker_database
from quotes.resolution.candidates import is_slip
from quotes.resolution.database import SpeakerDatabase
from quotes.resolution.names import compatible, fold, is_name, name_key, parts, surname_key

Kind = Literal["same", "split", "unresolved"]
_LARGEST_BLOCK = 200
_LEAST_LIKE = 85.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``same``: two speakers may be one. ``split``: a form may be somebody else than the speaker it was given.
    ``unresolved``: a name without a speaker. ``count`` is the number of quotations that are at stake."""

    kind: Kind
    speaker_id: str | None
    other: str
    count: int
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _One:
    id: str
    name: str
    type: str
    count: int


def suggest(db: Database, limit: int = 50) -> tuple[Suggestion, ...]:
    """At most ``limit`` suggestions of each kind, those that concern most quotations first."""
    settled = {
        frozenset((d.form[1:], d.speaker_id)) for d in read_decisions(db).decisions if d.form and d.form.startswith("@")
    }
    same = [s for s in _same(db) if frozenset((s.speaker_id, s.other)) not in settled]
    kinds = (same, list(_split(db)), list(_unresolved(db)))
    return tuple(s for found in kinds for s in sorted(found, key=lambda s: (-s.count * s.score, s.other))[:limit])


def _same(db: Database) -> Iterator[Suggestion]:
    """Speakers whose names differ by an initial, a middle name or a slip, or as an acronym and its words."""
    ones = [_One(r.id, r.name, r.type, r.quotations) for r in top(db, limit=10**9)]
    found: dict[frozenset[str], Suggestion] = {}
    for block in _blocks(ones):
        for a, b in combinations(block, 2):
            pair = frozenset((a.id, b.id))
            likeness = _likeness(a, b) if pair not in found and a.type == b.type else None
            if likeness:
                less, more = sorted((a, b), key=lambda one: (one.count, one.id))
                found[pair] = Suggestion("same", less.id, more.id, less.count, likeness[0], likeness[1])
    yield from found.values()


def _blocks(ones: Iterable[_One]) -> Iterator[list[_One]]:
    """Speakers that are worth comparing: with one surname, one given name and initial, or one acronym."""
    blocks: defaultdict[tuple[str, str], list[_One]] = defaultdict(list)
    for one in ones:
        if one.type == "person":
            key = name_key(one.name).split()
            blocks["surname", surname_key(one.name)].append(one)
            blocks["given", f"{key[0]} {key[-1][:2]}"].append(one)
            blocks["reordered", " ".join(sorted(key))].append(one)
        else:
            blocks["acronym", _acronym(one.name)].append(one)
            blocks["words", " ".join(sorted(word for word in fold(one.name).split() if len(word) > 3))].append(one)
    yield from (block for (_, key), block in blocks.items() if key and 1 < len(block) <= _LARGEST_BLOCK)


def _acronym(name: str) -> str:
    """The initials of the words that count, or the name itself if it is one word."""
    words = fold(name).split()
    return "".join(word[0] for word in words if len(word) > 2) if len(words) > 1 else "".join(words)


def _likeness(a: _One, b: _One) -> tuple[float, str] | None:
    if a.type != "person":
        words_a, words_b = fold(a.name).split(), fold(b.name).split()
        if (len(words_a) == 1) != (len(words_b) == 1):
            initials = {_acronym(a.name), _acronym(b.name)}
            return (0.7, "one may be the acronym of the other") if len(initials) == 1 else None
        ratio = fuzz.token_sort_ratio(" ".join(words_a), " ".join(words_b))
        return (ratio / 100, "almost the same words") if ratio >= _LEAST_LIKE else None
    if compatible(a.name, b.name):
        return 0.9, "the same surname, given names that agree"
    key_a, key_b = name_key(a.name), name_key(b.name)
    if sorted(key_a.split()) == sorted(key_b.split()):
        return 0.9, "the same names in another order"
    if is_slip(key_a, key_b, person=True) and (ratio := fuzz.ratio(key_a, key_b)) >= _LEAST_LIKE:
        return ratio / 100, "a slip of spelling apart"
    return None


def _split(db: Database) -> Iterator[Suggestion]:
    """Names of a person that cannot be theirs: other given names, the same surname or not."""
    names = {row["id"]: row["name"] for row in db.query("SELECT id, name FROM speakers WHERE type = 'person'")}
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for row in db.query("SELECT speaker_id, alias FROM aliases WHERE source IS NOT 'auto'"):
        aliases[row["speaker_id"]].append(row["alias"])
    counts: Counter[tuple[str, str]] = Counter()
    for speaker_id, stored, count in db.execute(
        "SELECT speaker_id, speaker_forms, count(*) FROM quotations"
        " WHERE speaker_id IS NOT NULL AND method <> 'decision' GROUP BY 1, 2"
    ):
        for form in json.loads(stored or "[]"):
            counts[speaker_id, form] += count
    for (speaker_id, form), count in counts.items():
        name = names.get(speaker_id)
        if name is None or not is_name(form) or not parts(form).given:
            continue
        known = (name, *aliases[speaker_id])
        if not any(compatible(form, n) or is_slip(name_key(form), name_key(n), person=True) for n in known):
            yield Suggestion("split", speaker_id, form, count, 1.0, f"{form} hardly is {name}")


def _unresolved(db: Database) -> Iterator[Suggestion]:
    """Names without a speaker, most frequent first, with whom the table would think of."""
    speakers = speaker_database(db)
    for name, type_, forms, count in db.execute(
        "SELECT speaker, speaker_type, min(speaker_forms), count(*) FROM quotations WHERE speaker_id IS NULL"
        " AND speaker IS NOT NULL AND speaker_type IN ('person', 'organisation') GROUP BY 1, 2 HAVING count(*) > 1"
    ):
        yield Suggestion("unresolved", None, name, count, 1.0, _thought_of(speakers, name, type_, forms))


def _thought_of(speakers: SpeakerDatabase, name: str, type_: str, forms: str | None) -> str:
    candidates = speakers.candidates(
        (name, *json.loads(forms or "[]")), None, "person" if type_ == "person" else "organisation"
    )
    listed = ", ".join(f"{c.speaker_id} ({c.score:.2f})" for c in candidates[:3])
    return f"perhaps {listed}" if listed else "nobody like it in the table"
