"""Somebody whom a form may stand for: how sure that is, and when it is sure enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from quotes.model import Candidate, Resolution
from quotes.resolution.records import Speaker

Method = Literal["alias", "normalised", "transliteration", "initials", "surname", "office", "fuzzy"]

CUT_OFF = 0.7
MARGIN = 0.04


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate on the way: who, by what, how sure."""

    speaker: Speaker
    method: Method
    score: float
    evidence: str


def is_slip(key: str, other: str, *, person: bool) -> bool:
    """Whether two keys differ by slips alone: as many words, each with at most one letter in five wrong.

    In a person's name one word alone may differ, and a given name keeps its first and last letters, since
    *Simon* and *Simone*, *Daniel* and *Danielle* are two people.
    """
    words, others = key.split(), other.split()
    if len(words) != len(others):
        return False
    differing = [i for i, (a, b) in enumerate(zip(words, others, strict=True)) if a != b]
    if person and len(differing) != 1:
        return False
    for index in differing:
        a, b = words[index], others[index]
        if Levenshtein.distance(a, b) > min(len(a), len(b)) // 5:
            return False
        if person and index < len(words) - 1 and (a[0], a[-1]) != (b[0], b[-1]):
            return False
    return True


def ranked(found: Iterable[Found]) -> list[Found]:
    """The best of each speaker, best first; equal scores in order of id, so that the order never varies."""
    best: dict[str, Found] = {}
    for one in found:
        if one.speaker.id not in best or one.score > best[one.speaker.id].score:
            best[one.speaker.id] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.speaker.id))


def as_candidates(found: Sequence[Found]) -> tuple[Candidate, ...]:
    return tuple(Candidate(f.speaker.name, round(min(f.score, 1.0), 4), f.evidence, f.speaker.id) for f in found)


def decided(found: Sequence[Found], forms: Sequence[str]) -> Resolution | None:
    if not found or found[0].score < CUT_OFF:
        return None
    if len(found) > 1 and found[0].score - found[1].score < MARGIN:
        return None
    best = found[0]
    return Resolution(
        name=best.speaker.name,
        type=best.speaker.type,
        method=best.method,
        score=round(min(best.score, 1.0), 4),
        speaker_id=best.speaker.id,
        gender=best.speaker.gender,
        forms=tuple(forms),
        runners_up=as_candidates(found[1:]),
    )
