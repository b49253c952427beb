"""Pronouns: what a pronoun agrees with, and what makes a referent salient as its antecedent.

Evidence from recency, grammatical function and having spoken, in the manner of Lappin & Leass (1994), with weights
learnt on annotated pronouns: the probability that a candidate is the antecedent is the softmax of its weighted
evidence (a conditional logit over candidates, cf. Denis & Baldridge 2008 on ranking). The weights stand in
``data/salience.csv``.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotes.attribution.syntax import clitic
from quotes.errors import TableError
from quotes.lexicon import Lexicon
from quotes.model import Sentence, Word
from quotes.resolution.names import Gender, surname_key
from quotes.resolution.referents import Occurrence, Referent

_SHORTLY = 2  # sentences
FIELDS = ("feature", "weight")


@dataclass(frozen=True)
class Place:
    """Where a pronoun or role stands: in which sentence and paragraph, who spoke, and who was the subject, last before;
    ``bare_role``: a role without complements.

    ``main`` is whom the article names most; ``quoted_words`` are the surname keys of the words in the quotation whose
    source the pronoun is: hardly anybody speaks of himself by his name.
    """

    sentence: int
    paragraph: int
    source: bool
    bare_role: bool
    last_source: str | None
    last_subject: str | None
    main: str | None
    quoted_words: frozenset[str]


def evidence(
    last: Occurrence, paragraph: int, mentions: int, topic: bool, place: Place, gender: Gender | None
) -> dict[str, float]:
    """What speaks for and against a referent as the antecedent, by name; ``last`` is where it was mentioned last."""
    referent = last.referent
    distance = place.sentence - last.sentence
    found = {
        "sentences back": float(min(distance, 6)),
        "paragraphs back": float(min(place.paragraph - paragraph, 4)),
        "told lately": float(distance <= 1 and referent.type == "person" and last.method != "pronoun"),
        "same sentence": float(distance == 0),
        "same sentence, not its subject": float(distance == 0 and not last.subject and not topic),
        "topic": float(distance == 0 and topic),
        "subject": float(last.subject),
        "source": float(last.reports),
        "last source": float(referent.key == place.last_source),
        "last source, no person": float(
            referent.key == place.last_source and referent.type != "person" and distance <= _SHORTLY
        ),
        "last source of a source": float(place.source and referent.key == place.last_source),
        "last source of a role": float(
            place.source and place.bare_role and referent.key == place.last_source and distance <= _SHORTLY
        ),
        "last subject": float(referent.key == place.last_subject),
        "pronoun": float(last.method == "pronoun"),
        "complement": float(last.complement and not last.reports),
        "main person": float(referent.key == place.main),
        "named in the quotation": float(
            referent.type == "person" and place.quoted_words.issuperset(surname_key(referent.name).split())
        ),
        "person": float(referent.type == "person"),
        "unnamed": float(referent.type == "unnamed"),
        "unnamed person": float(referent.human),
        "mentions": math.log1p(mentions),
        "gender": float(referent.gender is not None and referent.gender == gender),
    }
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Salience:
    """Weights of the evidence: log odds, learnt on annotated pronouns (``python -m benchmarks.salience``)."""

    weights: Mapping[str, float]

    def score(self, found: Mapping[str, float]) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in found.items())

    def because(self, found: Mapping[str, float]) -> str:
        """The evidence for people, what counts most first."""
        parts = sorted(((self.weights.get(n, 0.0) * v, n) for n, v in found.items()), key=lambda p: -abs(p[0]))
        return ", ".join(f"{name} {value:+.1f}" for value, name in parts if abs(value) >= 0.05)


@dataclass(frozen=True)
class Weighed:
    """A candidate antecedent with what speaks for and against it."""

    referent: Referent
    score: float
    evidence: Mapping[str, float]


PRIOR = Salience(
    {
        "sentences back": -1.0, "paragraphs back": -0.5, "subject": 1.5, "source": 0.5, "person": 1.5, "unnamed": -0.75,
        "unnamed person": 1.0, "last source of a role": 2.0,
        "mentions": 0.4, "gender": 0.5, "same sentence, not its subject": -1.0, "topic": 3.0, "complement": -0.5,
        "named in the quotation": -3.0, "told lately": 1.0, "last source, no person": 1.0,
    }
)  # fmt: skip
"""What the literature says of salience, in round numbers: stands in where nothing has been learnt, and is what learning
starts from."""


def read_salience(lines: Iterable[str]) -> Salience:
    """The weights of a table with the columns ``feature`` and ``weight``; TableError if it has others."""
    weights = {}
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            weights[row["feature"]] = float(row["weight"])
        except (KeyError, TypeError, ValueError) as error:
            raise TableError(
                f"The table of salience, line {number}: {type(error).__name__} {error}.",
                "Make it again: python -m benchmarks.salience",
            ) from error
    return Salience(weights)


@dataclass(frozen=True)
class Agreement:
    gender: Gender | None
    plural: bool
    nearest: bool


def agrees(referent: Referent, gender: Gender | None, plural: bool) -> bool:
    if referent.plural != plural:
        return False
    return not (referent.gender and gender and referent.gender != gender)


_ANAPHORIC = frozenset(
    """lui eux son sa ses leur leurs celui-ci celle-ci ceux-ci celles-ci celui celle dernier dernière derniers dernières
    intéressé intéressée""".split()
)


_STRESSED = frozenset("lui-même elle-même eux-mêmes elles-mêmes".split())


def agreement_of(sentence: Sentence, word: Word) -> Agreement | None:
    """Gender and number of a third-person pronoun; None for any other word."""
    lower = word.text.lower()
    subject = clitic(word)
    if word.text == "Elle" and word.index and sentence.words[word.index - 1].upos in ("ADP", "CCONJ", "DET", "NOUN"):
        return None  # relayé par Gala et | Elle
    if word.upos == "PRON" and lower in _STRESSED and word.relation in ("nsubj", "root", "dislocated"):
        return Agreement("f" if lower.startswith("elle") else "m", lower.endswith("s"), False)
    if subject is None and lower not in _ANAPHORIC:
        return None
    if subject in ("il", "elle", "ils", "elles"):
        return Agreement("f" if subject.startswith("elle") else "m", subject.endswith("s"), False)
    behind = sentence.words[word.index + 1].text.lower() if word.index + 1 < len(sentence.words) else ""
    if lower in ("lui", "eux") and behind == "qui" and word.relation == "nsubj":
        return Agreement("m", lower == "eux", False)  # Lui qui n'y croyait pas admet
    if (
        lower in ("lui", "eux")
        and word.relation in ("obl", "nmod", "obj", "iobj", "root", "appos", "conj")
        and word.upos == "PRON"
    ):
        if any(c.relation == "case" for c in sentence.children(word)):
            return Agreement("m", lower == "eux", False)
        return None
    if word.upos == "DET" and lower in ("son", "sa", "ses", "leur", "leurs"):
        return Agreement(None, lower.startswith("leur"), False)
    if lower in ("celui-ci", "celle-ci", "ceux-ci", "celles-ci"):
        return Agreement("f" if lower.startswith("celle") else "m", lower[4] in "x" or lower.startswith("celles"), True)
    following = sentence.words[word.index + 1].text.lower() if word.index + 1 < len(sentence.words) else ""
    if lower in ("celui", "celle") and following in ("de", "d'", "d’", "du", "des"):
        return None
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
    role = lexicon.role(word.text.lower())
    if determiner in ("la", "une", "sa", "cette", "ma", "ta"):
        return "f"
    if determiner in ("le", "un", "ce", "cet", "du", "au"):
        return "m"
    known = lexicon.role_gender(word.text.lower())
    if known is not None:
        return known
    if role is not None and role.epicene and determiner in ("l'", "l’"):
        told = [c.feats.get("Gender") for c in sentence.children(word) if c.relation == "amod" and c.index < word.index]
        # l'ancien ministre is a man; l'édile: the tagger can only guess
        return {"Fem": "f", "Masc": "m"}.get(told[0] or "") if told else None  # type: ignore[return-value]
    for child in sentence.children(word):
        if child.relation in ("amod", "det") and child.feats.get("Gender"):
            return {"Fem": "f", "Masc": "m"}.get(child.feats["Gender"])  # type: ignore[return-value]
    return {"Fem": "f", "Masc": "m"}.get(word.feats.get("Gender", ""))  # type: ignore[return-value]


def determiner_of(sentence: Sentence, word: Word) -> str | None:
    for child in sentence.children(word):
        if child.relation == "det" and child.index < word.index:
            return child.text.lower()
    return None


def governed_after(sentence: Sentence, verb: Word, subject: Word) -> frozenset[int]:
    """The indices of the words that a verb governs, behind its subject, in its own clause and those under it."""
    found: set[int] = set()
    stack = [verb]
    while stack:
        for child in sentence.children(stack.pop()):
            if child.relation not in ("parataxis", "conj"):
                stack.append(child)
                if child.index > subject.index:
                    found.add(child.index)
    return frozenset(found)


_RELATIVE = frozenset("que qu' qu’ dont auquel duquel auxquels desquels lequel laquelle lesquels lesquelles".split())


def relativised(sentence: Sentence, verb: Word) -> Word | None:
    """The noun that a verb's relative clause is about, where it isn't the clause's subject: le tribunal, qu'il juge."""
    noun = sentence.head(verb)
    if verb.relation != "acl" or noun is None or noun.index > verb.index:
        return None
    pronouns = sentence.words[noun.index + 1 : verb.index]
    return noun if any(w.upos == "PRON" and w.text.lower() in _RELATIVE for w in pronouns) else None
