"""One identity for each speaker of the corpus, and the last word for what people decided.

Works on the rows alone, from the ``resolved_*`` columns (what each article said by itself). It may be run again at
any time and gives the same result whatever was there before, so that undoing a decision restores what was.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from quotes.curation.speakers import read_decisions
from quotes.lexicon import Lexicon, load_lexicon
from quotes.resolution.decisions import Decisions, Found, targets
from quotes.resolution.names import fold, is_name, name_key, parts, slug, split_title, without_article, without_gloss

# In a small corpus every full name is somebody; in a large one, a name that is quoted in two articles, or twice.
LARGE_CORPUS = 1000
ENOUGH_QUOTATIONS = 2
_MOSTLY = 3
_LONGEST_BODY = 10

_Key = tuple[str, str]  # type, and what the spellings of one name share
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Identified:
    """What a run did: speakers made from the articles, quotations that a decision settled, rows that changed."""

    automatic: int
    decided: int
    changed: int


@dataclass(slots=True)
class _Seen:
    """Where the spellings of one name were met."""

    spellings: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Automatic:
    id: str
    name: str
    type: str
    gender: str | None


def identify(db: Database, lexicon: Lexicon | None = None) -> Identified:
    """Make a speaker of every name that is met often enough, and replay the decisions. One transaction.

    ``lexicon`` tells names of bodies from common words; it is the shipped one unless given.
    """
    lexicon = lexicon or load_lexicon()
    with db.atomic():
        rows = list(
            db.query(
                "SELECT id, article_id, speaker, speaker_id, method, speaker_type, speaker_gender, speaker_forms,"
                " resolved_name, resolved_id, resolved_method FROM quotations"
                " WHERE resolved_name IS NOT NULL OR speaker IS NOT NULL"
                " OR id IN (SELECT quotation_id FROM decisions WHERE undone_at IS NULL) ORDER BY id"
            )
        )
        automatic = _automatic_speakers(db, rows, lexicon)
        _write_speakers(db, automatic.values())
        decisions = read_decisions(db)
        decided, changes = _settle(db, rows, automatic, decisions)
        db.conn.executemany("UPDATE quotations SET speaker = ?, speaker_id = ?, method = ? WHERE id = ?", changes)
        _write_aliases(db)
        _drop_unused(db, decisions)
    return Identified(len(automatic), decided, len(changes))


def _automatic_speakers(db: Database, rows: Iterable[Row], lexicon: Lexicon) -> dict[_Key, _Automatic]:
    seen: defaultdict[_Key, _Seen] = defaultdict(_Seen)
    for row in rows:
        key = _key(row)
        if key:
            seen[key].spellings[_bare(row["resolved_name"])] += 1
            if row["speaker_gender"]:
                seen[key].genders[row["speaker_gender"]] += 1
    articles = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    enough = ENOUGH_QUOTATIONS if articles > LARGE_CORPUS else 1
    known = {row["id"]: row for row in db.query("SELECT id, name, type, source FROM speakers")}
    earlier = _earlier(known.values())
    automatic: dict[_Key, _Automatic] = {}
    taken = {speaker_id for speaker_id, row in known.items() if row["source"] != "auto"}
    absorbed = _absorb(seen)
    for key, one in sorted(seen.items(), key=lambda item: (-item[1].spellings.total(), item[0])):
        name = _commonest(one.spellings)
        if one.spellings.total() < enough or key[0] == "organisation" and not _is_body(name, lexicon):
            continue
        speaker_id = earlier.get(key) or slug(name)
        if speaker_id in taken:
            if speaker_id in known and known[speaker_id]["type"] == key[0] and known[speaker_id]["source"] != "auto":
                continue  # a name that the table has and that was not resolved is ambiguous, and stays so
            speaker_id = f"{slug(name)}-{key[0]}"
        if not speaker_id or speaker_id in taken:
            continue
        taken.add(speaker_id)
        automatic[key] = _Automatic(speaker_id, name, key[0], _commonest(one.genders) if one.genders else None)
    return automatic | {key: automatic[other] for key, other in absorbed.items() if other in automatic}


def _absorb(seen: dict[_Key, _Seen]) -> dict[_Key, _Key]:
    """Where one name was mostly taken for a person and now and then for a body, or the reverse, it is the first."""
    people = {fold(name): key for key, one in seen.items() if key[0] == "person" for name in one.spellings}
    absorbed: dict[_Key, _Key] = {}
    for body in [key for key in seen if key[0] == "organisation" and key[1] in people]:
        pair = (people[body[1]], body)
        less, more = sorted(pair, key=lambda key: (seen[key].spellings.total(), key))
        if seen[more].spellings.total() >= _MOSTLY * seen[less].spellings.total():
            seen[more].spellings.update(seen[less].spellings)
            absorbed[less] = more
    for key in absorbed:
        del seen[key]
    return absorbed


def _is_body(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is that of one body: *ministère de la Justice*, *BFMTV*; not *texte*, *Ukrainienne*, *Haute*."""
    if lexicon.metonym(name) or lexicon.medium(name):
        return True
    words = name.split()
    if len(words) > _LONGEST_BODY or "," in name:
        return False
    if not any(word[:1].isupper() or word.partition("'")[2][:1].isupper() for word in name.replace("’", "'").split()):
        return False
    if len(words) > 1:
        return True
    common = lexicon.is_role(name) or lexicon.is_role(name.lower()) or lexicon.collective(name)  # l'ONG
    if common or lexicon.place_of(name.lower()):
        return False
    return name.isupper() or not any(reading.upos != "PROPN" for reading in lexicon.readings(name.lower()))


def _earlier(speakers: Iterable[Row]) -> dict[_Key, str]:
    """The ids that automatic speakers had before: an identity keeps its address as its spellings shift."""
    found: defaultdict[_Key, list[str]] = defaultdict(list)
    for row in speakers:
        if row["source"] == "auto" and (key := _name_key(row["name"], row["type"])):
            found[key].append(row["id"])
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _key(row: Row) -> _Key | None:
    if row["resolved_id"] is not None or not row["resolved_name"]:
        return None
    return _name_key(row["resolved_name"], row["speaker_type"])


def _name_key(name: str, type: str | None) -> _Key | None:
    """What two spellings of one speaker share. A person needs two names: a surname alone is nobody in particular."""
    bare = _bare(name)
    if type == "person":
        return ("person", name_key(bare)) if is_name(bare) and parts(bare).given else None
    return ("organisation", fold(bare)) if type == "organisation" and fold(bare) else None


def _bare(name: str) -> str:
    return split_title(without_article(without_gloss(name))).name


def _commonest(counts: Counter[str]) -> str:
    """The most frequent, and among equals the first of the alphabet: the same on every machine."""
    return min(counts, key=lambda item: (-counts[item], item))


def _write_speakers(db: Database, speakers: Iterable[_Automatic]) -> None:
    db.conn.executemany(
        "INSERT INTO speakers (id, name, type, gender, source) VALUES (?, ?, ?, ?, 'auto') ON CONFLICT (id) DO UPDATE"
        " SET name = excluded.name, type = excluded.type, gender = excluded.gender WHERE source = 'auto'",
        [(s.id, s.name, s.type, s.gender) for s in speakers],
    )


def _settle(
    db: Database, rows: Sequence[Row], automatic: Mapping[_Key, _Automatic], decisions: Decisions
) -> tuple[int, list[tuple[str | None, str | None, str | None, int]]]:
    """What each row is to say in the end; returns how many were decided, and those that change."""
    names = {row["id"]: row["name"] for row in db.query("SELECT id, name FROM speakers")}
    decided = 0
    changes: list[tuple[str | None, str | None, str | None, int]] = []
    for row in rows:
        name, speaker_id, method = row["resolved_name"], row["resolved_id"], row["resolved_method"]
        key = _key(row)
        if key and key in automatic:
            name, speaker_id = automatic[key].name, automatic[key].id
        forms = tuple(json.loads(row["speaker_forms"] or "[]"))
        outcome = decisions.outcome(Found(row["id"], row["article_id"], speaker_id, row["resolved_name"], forms))
        if outcome and (outcome.speaker_id is None or outcome.speaker_id in names):
            decided += 1
            method, speaker_id = "decision", outcome.speaker_id
            if outcome.nobody:
                name = None
            elif speaker_id is not None:
                name = names[speaker_id]
            else:
                name = outcome.name or next(iter(forms), row["resolved_name"])
        if (name, speaker_id, method) != (row["speaker"], row["speaker_id"], row["method"]):
            changes.append((name, speaker_id, method, row["id"]))
    return decided, changes


def _write_aliases(db: Database) -> None:
    """The spellings under which the articles have each speaker, where no alias has them yet."""
    db.execute("DELETE FROM aliases WHERE source = 'auto'")
    known = {(row["speaker_id"], fold(row["alias"])) for row in db.query("SELECT speaker_id, alias FROM aliases")}
    known |= {(row["id"], fold(row["name"])) for row in db.query("SELECT id, name FROM speakers")}
    spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for speaker_id, resolved, forms, count in db.execute(
        "SELECT speaker_id, resolved_name, speaker_forms, count(*) FROM quotations"
        " WHERE speaker_id IS NOT NULL AND resolved_name IS NOT NULL GROUP BY 1, 2, 3"
    ):
        for form in {resolved, *json.loads(forms or "[]")[:1]}:
            bare = _bare(form)
            if is_name(bare) and (speaker_id, fold(bare)) not in known:
                spellings[speaker_id, fold(bare)][bare] += count
    db.conn.executemany(
        "INSERT INTO aliases (alias, speaker_id, kind, source) VALUES (?, ?, 'variant', 'auto')",
        [(_commonest(counts), speaker_id) for (speaker_id, _), counts in sorted(spellings.items())],
    )


def _drop_unused(db: Database, decisions: Decisions) -> None:
    """Remove automatic speakers whom nothing speaks of any more."""
    used = set(targets(decisions.decisions))
    for column in ("speaker_id", "resolved_id"):
        used |= {row[0] for row in db.execute(f"SELECT DISTINCT {column} FROM quotations")}
    automatic = [row["id"] for row in db.query("SELECT id FROM speakers WHERE source = 'auto'")]
    db.conn.executemany("DELETE FROM speakers WHERE id = ?", [(one,) for one in automatic if one not in used])
