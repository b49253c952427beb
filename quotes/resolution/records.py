"""The rows of ``speakers`` and ``aliases`` as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from quotes.model import SpeakerType
from quotes.resolution.names import Gender
from quotes.resolution.tables import day


@dataclass(frozen=True, slots=True)
class Speaker:
    """One row of ``speakers``."""

    id: str
    name: str
    type: SpeakerType
    gender: Gender | None = None
    wikidata: str | None = None
    description: str | None = None
    source: str | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> Speaker:
        gender = row["gender"]
        return cls(
            row["id"] or "",
            row["name"] or "",
            cast(SpeakerType, row["type"]),
            cast(Gender, gender) if gender in ("f", "m") else None,
            row["wikidata"] or None,
            row["description"] or None,
            row["source"] or None,
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """A form under which a speaker is known, from one day to another where it is not always theirs."""

    form: str
    speaker_id: str
    kind: str = "variant"
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> Alias:
        return cls(
            row["alias"] or "",
            row["speaker_id"] or "",
            row["kind"] or "variant",
            day(row["valid_from"], "from"),
            day(row["valid_to"], "to"),
        )

    def used_on(self, on: date | None) -> bool:
        if on is None:
            return True
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)
