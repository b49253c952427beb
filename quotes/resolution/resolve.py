"""From attributions to quotations: who each mention stands for, in the article and in the speaker database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Protocol

from quotes.attribution.governed import nearer_clause
from quotes.attribution.scene import Scene
from quotes.calibration import Calibration
from quotes.model import Article, Attribution, Mention, Quotation, QuoteSpan, Resolution
from quotes.resolution.discourse import Discourse, build_discourse
from quotes.resolution.holders import PastTable
from quotes.resolution.names import flat
from quotes.resolution.referents import Occurrence
from quotes.resolution.salience import PRIOR, Salience

_UNCALIBRATED = Calibration()


class SpeakerTable(Protocol):
    """What the resolution asks of a speaker database."""

    def canonical(self, resolution: Resolution, article: Article, context: str) -> Resolution:
        """The same resolution with the canonical name and id where the database knows the speaker."""
        ...

    def ever_holders(self, role_phrase: str) -> tuple[str, ...]:
        """The names of everybody known to have held an office."""
        ...

    def former_holders(self, role_phrase: str, on: date | None) -> tuple[str, ...]:
        """The names of everybody who held an office, and no more on a day."""
        ...

    def offices_of(self, name: str, on: date | None) -> frozenset[str]:
        """What the offices are called that somebody is known to hold on a day."""
        ...


def resolve(
    article: Article, scene: Scene, attributions: Sequence[Attribution], speakers: SpeakerTable | None,
    calibration: Calibration = _UNCALIBRATED, salience: Salience = PRIOR,
) -> tuple[Quotation, ...]:  # fmt: skip
    """One quotation for each attribution (and so for each span), with its speaker where it has one, and how likely
    that is right."""
    discourse = build_discourse(
        scene,
        cache(lambda phrase: _holder(phrase, article, speakers)),
        _ever_holders(article, speakers),
        lambda name: frozenset() if speakers is None else speakers.offices_of(name, article.date),
        salience,
    )
    spans = {s.outer: s for s in scene.spans}
    done: list[Quotation] = []
    for attribution in attributions:
        span = spans.get(attribution.extent) or QuoteSpan(attribution.extent, attribution.extent, ("", ""))
        attribution = _in_nearest_clause(scene, discourse, span, attribution)
        speaker = _speaker(scene, discourse, attribution)
        if speaker is not None and speakers is not None:
            speaker = speakers.canonical(speaker, article, scene.text)
        relay = _name_of(scene, discourse, attribution.relayed_by)
        done.append(calibration.rated(_quotation(article, span, attribution, speaker, relay)))
    return tuple(done)


def _ever_holders(article: Article, speakers: SpeakerTable | None) -> PastTable:
    """Who has had an office, at any time or, if ``former``, before the article's day and no more."""

    def ever(phrase: str, former: bool) -> tuple[str, ...]:
        if speakers is None:
            return ()
        return speakers.former_holders(phrase, article.date) if former else speakers.ever_holders(phrase)

    return ever


def _holder(phrase: str, article: Article, speakers: SpeakerTable | None) -> Resolution | None:
    """Who has the office that a phrase names on the article's day, where the table is sure."""
    if speakers is None:
        return None
    found = speakers.canonical(Resolution(phrase, "unnamed", "phrase", 1.0), article, article.text)
    return found if found.speaker_id is not None and found.type == "person" else None


def _in_nearest_clause(scene: Scene, discourse: Discourse, span: QuoteSpan, attribution: Attribution) -> Attribution:
    """The attribution with the cue and the mention of the nearest clause that reports the words, where its source is
    the same."""
    nearer = nearer_clause(scene, span, attribution)
    if nearer is None or nearer.mention is None or attribution.mention is None:
        return attribution
    ours, theirs = discourse.at(attribution.mention.extent), discourse.at(nearer.mention.extent)
    if ours is None or theirs is None or ours.referent.key != theirs.referent.key:
        return attribution
    because = f"{attribution.because}; nearer: {nearer.because}"
    return replace(attribution, cue=nearer.cue, mention=nearer.mention, because=because)


def _speaker(scene: Scene, discourse: Discourse, attribution: Attribution) -> Resolution | None:
    if attribution.kind == "none":
        return None
    if attribution.mention is None:
        return None  # somebody's words, and the article does not say whose
    occurrence = discourse.at(attribution.mention.extent)
    if occurrence is None:
        words = flat(attribution.mention.extent.of(scene.text))
        return Resolution(words, "unnamed", "phrase", 0.3)
    return _resolution(occurrence)


def _resolution(occurrence: Occurrence) -> Resolution:
    referent = occurrence.referent
    return Resolution(
        name=referent.name,
        type=referent.type,
        method=occurrence.method,
        score=occurrence.score,
        gender=referent.gender,
        forms=referent.forms,
        runners_up=occurrence.runners_up,
    )


def _name_of(scene: Scene, discourse: Discourse, mention: Mention | None) -> str | None:
    if mention is None:
        return None
    occurrence = discourse.at(mention.extent)
    return occurrence.referent.name if occurrence is not None else mention.extent.of(scene.text)


def _quotation(
    article: Article, span: QuoteSpan, attribution: Attribution, speaker: Resolution | None, relay: str | None
) -> Quotation:
    return Quotation(
        article_id=article.id,
        extent=span.outer,
        inner=span.inner,
        text=span.inner.of(article.text),
        kind=attribution.kind,
        rule=attribution.rule,
        because=attribution.because,
        confidence=0.5,  # until it is rated
        cue=attribution.cue,
        mention=attribution.mention,
        speaker=speaker,
        relayed_by=relay,
        marks=span.marks,
        level=span.level,
        problem=span.problem,
    )
