"""The frozen values that flow through the pipeline.

``Article`` -> ``QuoteSpan`` (detection) + ``Parse`` (syntax) -> ``Attribution`` (kind, cue, mention)
-> ``Resolution`` (who that is) -> ``Quotation`` -> ``Analysis``.

Every offset is a Python string index (Unicode code points, end exclusive) into ``Article.text``, which is
never rewritten. Values carry no behaviour beyond small properties and do no input or output.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect", "none"]
SpeakerType = Literal["person", "organisation", "unnamed"]
Modality = Literal["asserted", "negated", "conditional", "future", "interrogative", "infinitive"]


class Extent(NamedTuple):
    """A stretch of an article's text: code-point offsets, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Extent) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Extent) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One article exactly as read, with what is known about it."""

    id: str
    text: str
    date: date | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """A span between quotation marks, found on the raw characters.

    ``outer`` includes the marks, ``inner`` does not. ``marks`` is the opening and closing mark as written (the
    closing one empty when the quotation never closes). ``level`` is 0 for an outermost span, 1 for one inside
    it, and so on. ``problem`` names what was odd (``unclosed``, ``mixed-marks``, ...), or is None.
    """

    outer: Extent
    inner: Extent
    marks: tuple[str, str]
    level: int = 0
    problem: str | None = None


INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters that scrapers leave between others and that take no room: soft hyphens, spaces of no width."""


class Word(NamedTuple):
    """One syntactic word (UD v2). ``head`` is the index of the governing word in the sentence, -1 for the root.

    Words inside a contraction (*du* = *de* + *le*) share the extent of their surface token. (A tuple, as an archive
    has millions of them to be made.)
    """

    index: int  # type: ignore[assignment]
    text: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    extent: Extent

    @property
    def relation(self) -> str:
        """The universal part of the relation: ``nsubj`` for ``nsubj:pass``."""
        return _UNIVERSAL[self.deprel]


class _Universal(dict[str, str]):
    """The universal part of each relation met so far; there are some dozens."""

    def __missing__(self, deprel: str) -> str:
        relation = self[deprel] = deprel.partition(":")[0]
        return relation


_UNIVERSAL = _Universal()


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence; ``words[i].index == i``."""

    words: tuple[Word, ...]

    @property
    def extent(self) -> Extent:
        return Extent(self.words[0].extent.start, self.words[-1].extent.end)

    @property
    def has_tree(self) -> bool:
        """Whether its words are joined in a tree; else each has a part of speech, but no head and no relation."""
        return bool(self.words) and bool(self.words[0].deprel)

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        lists: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                lists[word.head].append(word)
        return tuple(tuple(children) for children in lists)

    def children(self, word: Word) -> tuple[Word, ...]:
        """The words governed by ``word``, in text order."""
        return self._children[word.index]

    def head(self, word: Word) -> Word | None:
        """The governor of ``word``; None for the root."""
        return self.words[word.head] if word.head >= 0 else None

    def subtree(self, word: Word) -> Iterator[Word]:
        """``word`` and all that it governs, directly or not, in no fixed order."""
        stack = [word]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(self._children[current.index])


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: PER, ORG, LOC or MISC."""

    extent: Extent
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """The syntax of an article, in text order. What was not parsed is simply not covered by any sentence."""

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report: ``a déclaré``, ``selon``, ``un communiqué``.

    ``lemma`` is the lexicon's entry (``faire valoir``); ``category`` is verb, preposition or noun; ``stance`` the
    lexicon's class of the verb (neutral, assertive, doubting...), None where it has none.
    """

    extent: Extent
    lemma: str
    category: Literal["verb", "preposition", "noun"]
    stance: str | None = None
    modality: Modality = "asserted"


@dataclass(frozen=True, slots=True)
class Mention:
    """The words in the attributing clause that stand for the speaker."""

    extent: Extent
    form: Literal["name", "role", "pronoun", "organisation", "collective", "implied"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the rules decided for one span. ``because`` is a sentence for people; ``relayed_by`` a mention."""

    extent: Extent
    kind: Kind
    rule: str
    because: str
    cue: Cue | None = None
    mention: Mention | None = None
    relayed_by: Mention | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a mention might stand for, with the evidence and its weight (higher is better)."""

    name: str
    score: float
    evidence: str
    speaker_id: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention stands for.

    ``name`` is canonical where the speaker database knows the speaker, else the fullest form in the article.
    ``method`` names the step that decided (``full-name``, ``surname``, ``pronoun``, ``office``, ...).
    """

    name: str
    type: SpeakerType
    method: str
    score: float
    speaker_id: str | None = None
    gender: Literal["f", "m"] | None = None
    forms: tuple[str, ...] = ()
    runners_up: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of an article, attributed and resolved: what is stored, exported and evaluated."""

    article_id: str
    extent: Extent
    inner: Extent
    text: str
    kind: Kind
    rule: str
    because: str
    confidence: float
    cue: Cue | None = None
    mention: Mention | None = None
    speaker: Resolution | None = None
    relayed_by: str | None = None
    marks: tuple[str, str] = ("", "")
    level: int = 0
    problem: str | None = None

    @property
    def id(self) -> int:
        """A stable 53-bit number (exact in JavaScript, a real SQLite rowid) from article id and extent."""
        key = f"{self.article_id}\x00{self.extent.start}\x00{self.extent.end}".encode()
        return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 11


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article."""

    article: Article
    quotations: tuple[Quotation, ...]
    parse: Parse | None = field(default=None, compare=False)
