"""Pronouns: what a pronoun agrees with, and what makes a referent salient as its antecedent.

Points for recency, grammatical function and having spoken, in the manner of Lappin & Leass (1994).
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes.attribution.syntax import clitic
from quotes.lexicon import Lexicon
from quotes.model import Sentence, Word
from quotes.resolution.names import Gender
from quotes.resolution.referents import Referent


@dataclass(frozen=True)
class Salience:
    """What speaks for a referent as the antecedent of a pronoun: points, found by trying on annotated articles.

    ``recency`` is lost with each sentence, ``paragraph`` with each paragraph, ``beside`` where the referent is
    mentioned in the pronoun's own sentence but not as a subject; ``topic`` is for quant à X, il ...
    """

    recency: float = 1.0
    paragraph: float = 0.5
    subject: float = 1.5
    reports: float = 0.5
    person: float = 1.5
    unnamed: float = 0.75
    count: float = 0.15
    gender: float = 0.5
    beside: float = 1.0
    topic: float = 3.0


SALIENCE = Salience()


@dataclass(frozen=True)
class Agreement:
    gender: Gender | None
    plural: bool
    nearest: bool


def agrees(referent: Referent, gender: Gender | None, plural: bool) -> bool:
    if referent.plural != plural:
        return False
    return not (referent.gender and gender and referent.gender != gender)


def agreement_of(sentence: Sentence, word: Word) -> Agreement | None:
    """Gender and number of a third-person pronoun; None for any other word."""
    subject = clitic(word)
    lower = word.text.lower()
    if subject in ("il", "elle", "ils", "elles"):
        return Agreement("f" if subject.startswith("elle") else "m", subject.endswith("s"), False)
    if (
        lower in ("lui", "eux")
        and word.relation in ("obl", "nmod", "obj", "root", "appos", "conj")
        and word.upos == "PRON"
    ):
        if any(c.relation == "case" for c in sentence.children(word)):
            return Agreement("m", lower == "eux", False)
        return None
    if word.upos == "DET" and lower in ("son", "sa", "ses", "leur", "leurs"):
        return Agreement(None, lower.startswith("leur"), False)
    if lower in ("celui-ci", "celle-ci", "ceux-ci", "celles-ci"):
        return Agreement("f" if lower.startswith("celle") else "m", lower[4] in "x" or lower.startswith("celles"), True)
    if lower in ("celui", "celle") and word.upos == "PRON":  # celle qui dirige le club
        return Agreement("f" if lower == "celle" else "m", False, False)
    if lower in ("dernier", "dernière", "derniers", "dernières") and word.index:
        if sentence.words[word.index - 1].text.lower() in ("ce", "cette", "ces"):
            return Agreement("f" if "ière" in lower else "m", lower.endswith("s"), True)
    if lower in ("intéressé", "intéressée") and word.index and word.upos in ("NOUN", "ADJ", "VERB"):
        if sentence.words[word.index - 1].text.lower().replace("’", "'") == "l'":
            return Agreement("f" if lower.endswith("ée") else "m", False, False)
    return None


def gender_of(word: Word, sentence: Sentence, lexicon: Lexicon) -> Gender | None:
    determiner = determiner_of(sentence, word)
    if determiner in ("la", "une", "sa", "cette", "ma", "ta"):
        return "f"
    if determiner in ("le", "un", "ce", "cet", "du", "au"):
        return "m"
    known = lexicon.role_gender(word.text.lower())
    if known is not None:
        return known
    for child in sentence.children(word):
        if child.relation in ("amod", "det") and child.feats.get("Gender"):
            return {"Fem": "f", "Masc": "m"}.get(child.feats["Gender"])  # type: ignore[return-value]
    return {"Fem": "f", "Masc": "m"}.get(word.feats.get("Gender", ""))  # type: ignore[return-value]


def determiner_of(sentence: Sentence, word: Word) -> str | None:
    for child in sentence.children(word):
        if child.relation == "det" and child.index < word.index:
            return child.text.lower()
    return None
