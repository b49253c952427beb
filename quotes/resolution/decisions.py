"""What people decided about who speaks: it beats every score, and can be undone.

A decision says that a form, a speaker or one quotation is (``same``) or is not (``different``) a given speaker, in
one article or in the whole corpus; ``unsure`` is a decision too, in that nobody is asked again. Decisions are
events: they are never changed, only marked as undone, so that what was found before them can always be had back.

``form`` is a name as articles have it (compared without accents, case and hyphens), or ``@id`` for everything found
for the speaker of that id: that is how two speakers are merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

from quotes.resolution.names import fold

Verdict = Literal["same", "different", "unsure"]
Scope = Literal["article", "corpus"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of ``decisions``. ``at`` is an ISO time in UTC; a decision without ``undone_at`` stands."""

    verdict: Verdict
    form: str | None = None
    speaker_id: str | None = None
    quotation_id: int | None = None
    scope: Scope = "corpus"
    article_id: str | None = None
    by: str | None = None
    at: str = ""
    why: str | None = None
    undone_at: str | None = None
    id: int | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Decision:
        quotation = row["quotation_id"]
        return cls(
            cast(Verdict, row["verdict"]),
            row["form"] or None,
            row["speaker_id"] or None,
            int(quotation) if quotation not in (None, "") else None,
            cast(Scope, row["scope"] or "corpus"),
            row["article_id"] or None,
            row["by"] or None,
            row["at"] or "",
            row["why"] or None,
            row["undone_at"] or None,
            row.get("id"),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one quotation before any decision: ``forms`` has the article's own name first."""

    quotation_id: int
    article_id: str
    speaker_id: str | None
    name: str | None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions make of a quotation. Without ``speaker_id`` it is a name at most, nobody in particular:
    ``name`` if that was decided, else the article's own. ``nobody`` says that even the name is wrong."""

    decision: Decision
    speaker_id: str | None = None
    name: str | None = None
    nobody: bool = False


@dataclass(frozen=True)
class Decisions:
    """The decisions that stand, ready to be asked for each quotation."""

    decisions: tuple[Decision, ...]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decisions:
        """Those that stand, oldest first, so that the newest has the last word."""
        standing = (decision for decision in decisions if decision.undone_at is None)
        return cls(tuple(sorted(standing, key=lambda decision: (decision.at, decision.id or 0))))

    @cached_property
    def _by_quotation(self) -> Mapping[int, Decision]:
        return {d.quotation_id: d for d in self.decisions if d.quotation_id is not None}

    @cached_property
    def _by_form(self) -> Mapping[tuple[str, str | None], tuple[Decision, ...]]:
        """(folded form or @id, article or None for the corpus) -> decisions, newest first."""
        found: dict[tuple[str, str | None], list[Decision]] = defaultdict(list)
        for decision in reversed(self.decisions):
            if decision.form and decision.quotation_id is None:
                article = decision.article_id if decision.scope == "article" else None
                found[_key(decision.form), article].append(decision)
        return {key: tuple(decisions) for key, decisions in found.items()}

    def is_decided(self, quotation_id: int) -> bool:
        """Whether somebody was asked about this very quotation, unsure answers included."""
        return quotation_id in self._by_quotation

    def outcome(self, found: Found) -> Outcome | None:
        """What is decided for a quotation: about itself, else about its form in its article, else in the corpus.

        None if nothing is. The answer is followed where its speaker was merged into another.
        """
        decision = self._by_quotation.get(found.quotation_id)
        if decision and decision.verdict == "same":
            as_found = decision.speaker_id is None and fold(decision.form or "") == fold(found.name or "")
            speaker_id = found.speaker_id if as_found else decision.speaker_id
            return Outcome(decision, self.followed(speaker_id), decision.form)
        if decision and decision.verdict == "different" and decision.speaker_id in (None, found.speaker_id):
            return Outcome(decision, nobody=True)
        current = found.speaker_id
        outcome: Outcome | None = None
        for decision in self._about(found):
            if decision.verdict == "same" and decision.speaker_id:
                return Outcome(decision, self.followed(decision.speaker_id))
            if decision.verdict == "different" and decision.speaker_id == current and outcome is None:
                outcome = Outcome(decision)
        return outcome

    def _about(self, found: Found) -> Iterator[Decision]:
        """Decisions about the name or the speaker that was found, nearest scope first, newest first."""
        keys = [_key(form) for form in dict.fromkeys((*found.forms[:1], found.name)) if form]
        keys += [f"@{found.speaker_id}"] if found.speaker_id else []
        for article in (found.article_id, None):
            about = (d for key in dict.fromkeys(keys) for d in self._by_form.get((key, article), ()))
            yield from sorted(about, key=lambda d: (d.at, d.id or 0), reverse=True)

    def followed(self, speaker_id: str | None) -> str | None:
        """The speaker that ``speaker_id`` was merged into, however many merges that takes."""
        seen: set[str] = set()
        while speaker_id and speaker_id not in seen:
            seen.add(speaker_id)
            merges = (d for d in self._by_form.get((f"@{speaker_id}", None), ()) if d.verdict == "same")
            following = next(merges, None)
            if following is None or following.speaker_id is None:
                break
            speaker_id = following.speaker_id
        return speaker_id

    def merge_of(self, speaker_id: str) -> Decision | None:
        """The decision that merged a speaker into another, if one stands."""
        return next((d for d in self._by_form.get((f"@{speaker_id}", None), ()) if d.verdict == "same"), None)

    def merged_into(self, speaker_id: str) -> tuple[str, ...]:
        """The speakers that were merged into this one, directly or not."""
        sources = (d.form[1:] for d in self.decisions if d.form and d.form.startswith("@") and d.verdict == "same")
        return tuple(s for s in dict.fromkeys(sources) if s != speaker_id and self.followed(s) == speaker_id)


def _key(form: str) -> str:
    return form if form.startswith("@") else fold(form)


def targets(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The speakers that decisions speak of; they must not vanish."""
    return tuple(dict.fromkeys(d.speaker_id for d in decisions if d.speaker_id))
