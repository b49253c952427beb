"""The typed entries of the lexicon, one class a table. ``data/lexicon/README.md`` describes the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Gender = Literal["f", "m"]
Number = Literal["s", "p"]
Strength = Literal["strong", "medium", "weak"]
Frame = Literal["quote", "que", "de_inf", "np", "np_de", "attr"]
WordClass = Literal[
    "any body",
    "anybody",
    "bare country",
    "bears a name",
    "becoming",
    "cry",
    "group",
    "information",
    "interviewer",
    "maker",
    "measure",
    "minor",
    "naming",
    "offence",
    "on duty",
    "pair",
    "poll",
    "relation",
    "release",
    "said of people",
    "taken up as elle",
    "tells little",
    "unnamed office",
    "unnamed person",
    "uttering",
]
"""Classes of words that a rule asks for: the table ``word_classes.csv`` has their members, the README of the lexicon
what each is for."""
Stance = Literal[
    "neutral", "assertive", "doubting", "critic", "praise", "emotion", "promise", "request", "question", "answer",
    "concession", "manner", "thought", "written", "naming",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb or verbal locution that reports speech or thought.

    ``lemma`` is the entry as listed (*dire*, *se féliciter*, *faire valoir*, *s'en prendre à*); ``head`` the
    infinitive that is conjugated (*prendre*), ``clitics`` what stands before it (``("se", "en")``), ``tail`` the
    words after it as listed (``("à",)``). ``frames`` is what it takes: ``quote`` (direct speech), ``que``, ``de_inf``,
    ``np`` (*dénoncer X*), ``np_de`` (*qualifier X de Y*), ``attr`` (*se dire « prêt »*).
    """

    lemma: str
    head: str
    clitics: tuple[str, ...]
    tail: tuple[str, ...]
    stance: Stance
    frames: frozenset[Frame]
    strength: Strength

    @property
    def pronominal(self) -> bool:
        return "se" in self.clitics

    @property
    def words(self) -> tuple[str, ...]:
        """The head and what follows it."""
        return (self.head, *self.tail)

    @property
    def multiword(self) -> bool:
        """True where more than the verb and its reflexive pronoun must be there."""
        return bool(self.tail) or any(clitic != "se" for clitic in self.clitics)


@dataclass(frozen=True, slots=True)
class ReportingPreposition:
    """A preposition or locution that introduces a source: *selon*, *aux yeux de*, *dixit*.

    ``words`` are its syntactic words, contractions taken apart (*à les yeux de*). ``complement``: ``any``;
    ``person`` (somebody who can speak must follow); ``clause`` (*à ce que dit*: a subject follows); ``none`` (the
    source is in it: *selon ses dires*, or there is none: *de bonne source*). ``initial_only``: reports only at the
    head of a clause. ``exceptions``: words after which it does not report (*que*, *les cas*).
    """

    form: str
    words: tuple[str, ...]
    complement: Literal["any", "person", "clause", "none"]
    initial_only: bool
    strength: Strength
    exceptions: tuple[tuple[str, ...], ...]

    @property
    def needs_person(self) -> bool:
        return self.complement == "person"


@dataclass(frozen=True, slots=True)
class ReportingNoun:
    """A noun that names words or a text: *déclaration*, *communiqué*. ``document``: can itself be the source."""

    lemma: str
    gender: Gender
    kind: Literal["statement", "document", "exchange", "words", "thought"]
    document: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class TitleHead:
    """A noun before the title of a work, a name or nickname, a term or a slogan; an ``address`` is a place that is
    named with *de* too (la rue de Lorraine)."""

    lemma: str
    kind: Literal["work", "name", "term", "slogan", "place", "address", "law"]


@dataclass(frozen=True, slots=True)
class Title:
    """A word before a name: *M.*, *Mme*, *général*. ``gender`` None where it says nothing; ``role`` is the noun for
    whoever bears the title, where that is another word (*Me*: avocat)."""

    form: str
    gender: Gender | None
    number: Number
    category: Literal["civility", "military", "religious", "nobility", "profession", "academic"]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for a person. ``fixed`` is the grammatical gender of one that serves for both (*victime*: f)."""

    lemma: str
    masculine: str
    feminine: str
    fixed: Gender | None

    @property
    def epicene(self) -> bool:
        return self.masculine == self.feminine and self.fixed is None


@dataclass(frozen=True, slots=True)
class CollectiveNoun:
    """A noun for a body or a group. ``type`` is the speaker type when it stands for a source without a name."""

    lemma: str
    gender: Gender
    type: Literal["organisation", "unnamed"]
    kind: str


@dataclass(frozen=True, slots=True)
class Metonym:
    """A place or building that speaks for a body: *Matignon*, *le Kremlin*, *Washington*."""

    name: str
    stands_for: str
    kind: Literal["institution", "capital", "country", "region"]


@dataclass(frozen=True, slots=True)
class Medium:
    """An agency, paper, channel or platform: a relay or an addressee before a speaker."""

    name: str
    kind: Literal["agency", "paper", "radio", "television", "online", "platform"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun, or a phrase used as one (*ce dernier*). ``gender`` None where it says nothing."""

    form: str
    gender: Gender | None
    number: Number
    person: Literal[1, 2, 3]
    kind: Literal[
        "personal",
        "disjoint",
        "demonstrative",
        "anaphoric",
        "indefinite",
        "relative",
        "clitic",
    ]


@dataclass(frozen=True, slots=True)
class Relay:
    """A verb or preposition that names who passed words on: *citer*, *au micro de*."""

    lemma: str
    kind: Literal["verb", "preposition"]


@dataclass(frozen=True, slots=True)
class Demonym:
    """A country or region and its people: France, Français, Française."""

    place: str
    masculine: str
    feminine: str


@dataclass(frozen=True, slots=True)
class Lemma:
    """One reading of a form: ``gender`` and ``number`` None where it has none."""

    lemma: str
    upos: str
    gender: Gender | None
    number: Number | None


class NameGender(NamedTuple):
    """The likelier gender of a first name and the share of its bearers, from 0.5 to 1."""

    gender: Gender
    ratio: float
    bearers: int
