"""Referents: the people and bodies of an article, and the places where it mentions them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quotes.model import Candidate, Extent, SpeakerType, Word
from quotes.resolution.names import Gender, fold
from quotes.resolution.roles import Description


@dataclass(frozen=True)
class Referent:
    """Somebody or something that can speak. ``key`` tells referents of one article apart; ``human``: told by a noun for
    a person (un riverain), where no name tells that it is one."""

    key: str
    name: str
    type: SpeakerType
    gender: Gender | None
    plural: bool
    forms: tuple[str, ...]
    descriptions: tuple[Description, ...] = ()
    animate: bool = True
    human: bool = False

    @cached_property
    def folded(self) -> str:
        """The name as names are compared."""
        return fold(self.name)


@dataclass(frozen=True)
class Occurrence:
    """One mention of a referent. ``method`` names how it was resolved; ``complement``: a preposition introduces it."""

    extent: Extent
    head: Word
    sentence: int
    referent: Referent
    method: str
    score: float
    subject: bool
    reports: bool
    runners_up: tuple[Candidate, ...] = ()
    complement: bool = False
