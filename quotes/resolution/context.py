"""What an article around a mention adds to the speaker database: its day, its countries, the people it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.model import Candidate, Resolution
from quotes.resolution.names import fold, is_full_name

if TYPE_CHECKING:
    from quotes.resolution.database import SpeakerDatabase

_DEFINITE = ("le", "la", "l", "ce", "cet", "cette")
_INDEFINITE = ("un", "une", "des", "plusieurs", "deux", "les", "ancien", "ancienne", "ex", "futur", "future")
_MAIN_PLACE = 0.5  # a country is what an article is about if it is named half as often as the one named most
_NAMED_HOLDER = 0.88
_PLAIN_METHODS = ("alias", "normalised")


@dataclass(frozen=True)
class Context:
    """What a text says that helps to tell who is who."""

    words: tuple[str, ...]
    places: tuple[str, ...]
    named: frozenset[str]


@lru_cache(maxsize=32)
def read_context(speakers: SpeakerDatabase, text: str) -> Context:
    """The countries that a text is mostly about, and the known people whom it names in full."""
    words = tuple(word for token in text.split() for word in fold(token).split())  # each token is folded only once
    counts: Mapping[str, int] = speakers.offices.place_counts(words)
    most = max(counts.values(), default=0)
    places = sorted((place for place in counts if counts[place] >= _MAIN_PLACE * most), key=lambda p: -counts[p])
    return Context(words, tuple(places), speakers.full_names_in(words))


def canonical(speakers: SpeakerDatabase, resolution: Resolution, on: date | None, text: str) -> Resolution:
    """See :meth:`SpeakerDatabase.canonical`. The name that the article uses becomes the first of the forms."""
    forms = tuple(dict.fromkeys((resolution.name, *resolution.forms)))
    resolution = replace(resolution, forms=forms)
    unsure: tuple[Candidate, ...] = ()
    if resolution.type == "unnamed":
        context = read_context(speakers, text)
        phrase = definite_phrase(resolution.name, context.words)
        found = _holder(speakers, phrase, on, context) if phrase else None
    else:
        found, unsure = speakers.weigh(forms, on, resolution.type)
        if found is None and (unsure or not any(is_full_name(form) for form in forms)):
            found, unsure = speakers.weigh(forms, on, resolution.type, None, read_context(speakers, text).places)
    if found is None and resolution.type in ("person", "organisation"):
        found = _retyped(speakers, forms, on)
    if found is None:
        return replace(resolution, runners_up=_merged(resolution.runners_up, unsure))
    return replace(
        resolution,
        name=found.name,
        type=found.type,
        speaker_id=found.speaker_id,
        gender=found.gender or resolution.gender,
        method=resolution.method if found.method in _PLAIN_METHODS else found.method,
        score=round(resolution.score * found.score, 4),
        runners_up=_merged(resolution.runners_up, found.runners_up),
    )


def _retyped(speakers: SpeakerDatabase, forms: tuple[str, ...], on: date | None) -> Resolution | None:
    """Who has exactly this name, whatever the article seemed to say it is: *Marine Le Pen* is a person, *LFI* is not.

    One word must be an acronym, since surnames and common words are names of bodies too.
    """
    name = forms[0]
    if " " not in name and not name.isupper():
        return None
    found = speakers.resolve((name,), on)
    return found if found is not None and found.method in _PLAIN_METHODS else None


def _merged(*lists: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    return tuple(dict.fromkeys(candidate for candidates in lists for candidate in candidates))


def definite_phrase(phrase: str, words: tuple[str, ...]) -> str | None:
    """The phrase with its article, if it is or the text says it with a definite article and with no other."""
    own = tuple(fold(phrase).split())
    if not own or own[0] in _DEFINITE:
        return phrase if own else None
    before = {words[i - 1] for i in _places(words, own[0]) if i and words[i : i + len(own)] == own}
    if before.intersection(_INDEFINITE):
        return None
    article = next((word for word in _DEFINITE if word in before), None)
    return f"{article} {phrase}" if article else None


def _places(words: tuple[str, ...], word: str) -> Iterator[int]:
    """Where a word stands among words."""
    at = -1
    for _ in range(words.count(word)):
        at = words.index(word, at + 1)
        yield at


def _holder(speakers: SpeakerDatabase, phrase: str, on: date | None, context: Context) -> Resolution | None:
    """Who holds the office of the phrase: in the country it says, else the one holder whom the article names, else
    the one in the country that the article is about."""
    offices = speakers.offices
    if not offices.readings(phrase):
        held = {speaker_id for speaker_id, _ in offices.holders(offices.anywhere(phrase), on, context.named)}
        named = [speaker for speaker_id in sorted(held & context.named) if (speaker := speakers.get(speaker_id))]
        if len(named) == 1:
            one = named[0]
            return Resolution(one.name, one.type, "office", _NAMED_HOLDER, one.id, one.gender, (phrase,))
        if named:
            return None
    return speakers.office_holder(phrase, on, context.places, tuple(sorted(context.named)))
