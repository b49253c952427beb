"""The inflected forms of a French verb from its infinitive.

Needed to recognise a form of a known reporting verb when a parser gives it a wrong lemma or tag. It aims at
recall: where usage allows two spellings (*balaie*, *balaye*; *martèle*, *martelle*) both are given. The model
verbs of the third group are in ``irregular_verbs.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Tense = Literal[
    "infinitive", "present", "imperfect", "simple past", "future", "conditional", "subjunctive",
    "present participle", "past participle",
]  # fmt: skip

_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
_PAST_A = ("ai", "as", "a", "âmes", "âtes", "èrent")
_CIRCUMFLEX = {"i": "î", "u": "û", "n": "n"}
_GRAVE_CONSONANTS = "bcdfghjklmnpqrstvxz"


@dataclass(frozen=True, slots=True)
class VerbModel:
    """The principal parts of an irregular verb, each with the ``ending`` of the infinitive that it replaces.

    ``present`` holds six tuples of alternatives, ``subjunctive`` six forms or none (it is then built on the third
    person plural of the present), the participles are whole (an empty ``present_participle`` is built on the
    imperfect); the others are stems.
    """

    ending: str
    present: tuple[tuple[str, ...], ...]
    imperfect: str
    simple_past: str
    future: str
    subjunctive: tuple[str, ...]
    present_participle: str
    past_participle: str


def find_model(infinitive: str, models: Mapping[str, VerbModel]) -> VerbModel | None:
    """The model with the longest matching ending; ``=`` before an ending asks for the whole word."""
    if f"={infinitive}" in models:
        return models[f"={infinitive}"]
    return next(
        (models[infinitive[i:]] for i in range(len(infinitive)) if infinitive[i:] in models),
        None,
    )


def conjugate(infinitive: str, models: Mapping[str, VerbModel]) -> Iterator[tuple[str, Tense]]:
    """Every simple form of ``infinitive`` with its tense; forms may repeat under several tenses.

    An infinitive that is of no known type yields itself alone.
    """
    yield infinitive, "infinitive"
    model = find_model(infinitive, models)
    if model is not None:
        yield from _irregular(infinitive, model)
    elif infinitive.endswith("er"):
        yield from _first_group(infinitive[:-2])
    elif infinitive.endswith(("ir", "ïr")):
        yield from _second_group(infinitive[:-2])
    elif infinitive.endswith("re"):
        yield from _regular_re(infinitive[:-2])


def _irregular(infinitive: str, model: VerbModel) -> Iterator[tuple[str, Tense]]:
    prefix = infinitive.removesuffix(model.ending.removeprefix("="))
    for alternatives in model.present:
        for form in alternatives:
            yield prefix + form, "present"
    yield from _on_stem(prefix + model.imperfect, _IMPERFECT, "imperfect")
    yield (
        prefix + (model.present_participle or model.imperfect + "ant"),
        "present participle",
    )
    if model.simple_past:
        yield from _past(prefix + model.simple_past)
    yield from _future(prefix + model.future)
    if model.subjunctive:
        for form in model.subjunctive:
            yield prefix + form, "subjunctive"
    else:
        yield from _on_stem(
            prefix + model.present[5][0].removesuffix("ent"),
            _SUBJUNCTIVE,
            "subjunctive",
        )
    yield from _participle(prefix + model.past_participle)


def _first_group(stem: str) -> Iterator[tuple[str, Tense]]:
    # Before a mute e the stem may change (appelle, soulève, répète, essaie); before a and o only its spelling.
    soft = {"c": "ç", "g": "ge"}.get(stem[-1:])
    broad = stem[:-1] + soft if soft else stem
    for mute in _mute_stems(stem):
        yield from _on_stem(mute, ("e", "es", "e", "ent"), "present")
        yield from _on_stem(mute, ("e", "es", "e", "ent"), "subjunctive")
        yield from _future(mute + "er")
    if "é" in stem[-3:]:  # répètera, répétera
        yield from _future(stem + "er")
    yield broad + "ons", "present"
    yield stem + "ez", "present"
    yield from _on_stem(stem, ("ions", "iez"), "subjunctive")
    yield from _on_stem(broad, ("ais", "ait", "aient"), "imperfect")
    yield from _on_stem(stem, ("ions", "iez"), "imperfect")
    yield from _on_stem(broad, _PAST_A[:5], "simple past")
    yield stem + "èrent", "simple past"
    yield broad + "ant", "present participle"
    yield from _participle(stem + "é")


def _mute_stems(stem: str) -> tuple[str, ...]:
    """The stem, or stems, of a verb in -er before a mute e."""
    if stem.endswith(("oy", "uy")):
        return (stem[:-1] + "i",)
    if stem.endswith("ay"):
        return (stem, stem[:-1] + "i")
    for size in (1, 2):  # one consonant or a group like gl, qu
        vowel, tail = stem[-size - 1 : -size], stem[-size:]
        if not vowel or not (tail[0] in _GRAVE_CONSONANTS and (size == 1 or tail[1] in "lruhn")):
            continue
        if vowel == "é":
            return (stem[: -size - 1] + "è" + tail,)
        if vowel == "e" and size == 1:
            grave = stem[:-2] + "è" + tail
            return (stem + tail, grave) if tail in "lt" else (grave,)
    return (stem,)


def _second_group(stem: str) -> Iterator[tuple[str, Tense]]:
    yield from _on_stem(stem, ("is", "is", "it", "issons", "issez", "issent"), "present")
    yield from _on_stem(stem + "iss", _IMPERFECT, "imperfect")
    yield from _on_stem(stem + "iss", _SUBJUNCTIVE, "subjunctive")
    yield stem + "issant", "present participle"
    yield from _past(stem + "i")
    yield from _future(stem + "ir")
    yield from _participle(stem + "i")


def _regular_re(stem: str) -> Iterator[tuple[str, Tense]]:
    yield from _on_stem(stem, ("s", "s", "", "ons", "ez", "ent"), "present")
    yield from _on_stem(stem, _IMPERFECT, "imperfect")
    yield from _on_stem(stem, _SUBJUNCTIVE, "subjunctive")
    yield stem + "ant", "present participle"
    yield from _past(stem + "i")
    yield from _future(stem + "r")
    yield from _participle(stem + "u")


def _on_stem(stem: str, endings: tuple[str, ...], tense: Tense) -> Iterator[tuple[str, Tense]]:
    for ending in endings:
        yield stem + ending, tense


def _future(stem: str) -> Iterator[tuple[str, Tense]]:
    yield from _on_stem(stem, _FUTURE, "future")
    yield from _on_stem(stem, _IMPERFECT, "conditional")


def _past(base: str) -> Iterator[tuple[str, Tense]]:
    if base.endswith("a"):
        yield from _on_stem(base[:-1], _PAST_A, "simple past")
        return
    yield from _on_stem(base, ("s", "s", "t", "rent"), "simple past")
    # The circumflex stands on the last vowel: dîmes, voulûmes, vînmes.
    at = len(base) - (2 if base.endswith("n") else 1)
    marked = base[:at] + _CIRCUMFLEX.get(base[at], base[at]) + base[at + 1 :]
    yield from _on_stem(marked, ("mes", "tes"), "simple past")


def _participle(masculine: str) -> Iterator[tuple[str, Tense]]:
    stem = "du" if masculine == "dû" else masculine
    yield masculine, "past participle"
    yield stem + "e", "past participle"
    yield stem if stem.endswith("s") else stem + "s", "past participle"
    yield stem + "es", "past participle"
