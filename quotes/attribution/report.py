"""A report: a place of an article where somebody is said to say something, quoted or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.attribution.syntax import group_start
from quotes.model import Cue, Mention, Sentence, Word

Construction = Literal["incise", "clause", "participle", "passive", "preposition", "noun"]


@dataclass(frozen=True)
class Report:
    """One cue with its source. ``anchor`` is the word that the cue hangs on, ``last`` the last word of the cue."""

    sentence: Sentence
    anchor: Word
    last: Word
    cue: Cue
    construction: Construction
    strength: str
    frames: frozenset[str]
    source: Word | None
    mention: Mention | None
    relayed_by: Mention | None = None

    @property
    def start(self) -> int:
        """Where the reporting words start: the cue, its auxiliary or a pronoun before it."""
        return min(self.cue.extent.start, group_start(self.sentence, self.anchor).extent.start)
