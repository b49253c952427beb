"""Whom a pronoun or a role may stand for: the referents before it that agree, the most salient first."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from quotes.attribution.phrases import is_addressed
from quotes.attribution.scene import Scene
from quotes.model import Extent, Sentence, Word
from quotes.resolution.kinds import NameMention
from quotes.resolution.memory import Memory
from quotes.resolution.names import fold, surname_key
from quotes.resolution.referents import Occurrence, Referent
from quotes.resolution.reporters import Reporters
from quotes.resolution.roles import role_of
from quotes.resolution.salience import (
    Agreement,
    Place,
    Salience,
    Weighed,
    agrees,
    evidence,
    governed_after,
    relativised,
)

_DEFINITE = frozenset({"le", "la", "l'"})
NOBODY = "?"
"""The key of a referent that is not known yet."""
_AHEAD = 200  # occurrences after a pronoun among which a cataphoric one finds its name


@dataclass(frozen=True)
class Choice:
    """The candidates among which a pronoun's antecedent was chosen, best first."""

    extent: Extent
    candidates: tuple[Weighed, ...]


def lead(ranked: Sequence[Weighed]) -> float:
    """The probability of the first candidate: its share in the softmax of the scores."""
    return 1 / sum(math.exp(w.score - ranked[0].score) for w in ranked) if ranked else 0.0


@dataclass(frozen=True)
class Antecedents:
    """What the choice looks at: the article, who reports in it, what it has mentioned so far, whom it names most
    (``main``) and which people it names in a sentence."""

    scene: Scene
    reporters: Reporters
    memory: Memory
    salience: Salience
    main: str | None
    named_in: Callable[[int], Iterable[tuple[NameMention, Referent]]]

    def ranked(
        self, number: int, word: Word, pronoun: Agreement, people_only: bool = False, bare: bool = False
    ) -> list[Weighed]:
        """Referents before a pronoun that agree with it, most salient first (the last named first for *ce dernier*);
        before a role the people only, ``bare`` if nothing but its noun tells it."""
        scene = self.scene
        source = self.reporters.is_source(number, word)
        place = Place(
            sentence=number,
            paragraph=scene.paragraph(word.extent.start),
            source=source,
            bare_role=bare,
            last_source=self.memory.last_source,
            last_subject=self.memory.last_subject,
            main=self.main,
            quoted_words=self._quoted_words(number, word) if source else frozenset(),
        )
        incise = (number, word.index) in self.reporters.incises
        others = self._others(number, word)
        weighed: list[Weighed] = []
        for key, occurrence in self.memory.last.items():
            referent = occurrence.referent
            if key in others:
                continue
            if not referent.animate and key not in self.memory.spoken:
                continue
            if not agrees(referent, pronoun.gender, pronoun.plural) or people_only and referent.type != "person":
                continue
            paragraph = scene.paragraph(occurrence.extent.start)
            topic = self._is_topic(occurrence)
            told = incise and number - occurrence.sentence <= 1 and self._is_quoted_subject(occurrence, number)
            if told and ":" not in scene.text[occurrence.extent.end : word.extent.start]:
                continue  # Paul Martin « est prêt », a-t-il dit: somebody else says so
            found = evidence(occurrence, paragraph, self.memory.count[key], topic, place, pronoun.gender)
            weighed.append(Weighed(referent, self.salience.score(found), found))
        if pronoun.nearest:
            return sorted(weighed, key=lambda w: -self.memory.order[w.referent.key])
        return sorted(weighed, key=lambda w: -w.score)

    def _others(self, number: int, word: Word) -> frozenset[str]:
        """Whom a pronoun or role cannot stand for in its sentence. If it is a subject: whoever is named in the clause
        that it governs (il estime que Paul Martin part), what its relative clause is about (le tribunal, qu'il juge
        partial), and who did something to it (interrogé par Le Soir, il estime); if an object: the subject of its verb
        (Jeanne Martin a accusé la ministre). Binding conditions B and C of Chomsky (1981), as far as a tree of
        dependencies shows them."""
        sentence = self.scene.sentences[number]
        verb = sentence.head(word)
        if verb is not None and (word.relation in ("obj", "iobj") or is_addressed(sentence, word)):
            here = self.memory.in_sentence(number)
            return frozenset(o.referent.key for o in here if o.subject and sentence.head(o.head) is verb)
        if verb is None or word.relation != "nsubj":
            return frozenset()
        governed = governed_after(sentence, verb, word)
        relays = self._relays(number)
        others = {r.key for m, r in self.named_in(number) if m.head.index in governed}
        others |= self._described_there(sentence, governed)
        asked = _agents_before(sentence, verb, word) | relays
        if asked:
            others.update(o.referent.key for o in self.memory.in_sentence(number) if o.head.index in asked)
        about = relativised(sentence, verb)
        if about is not None:
            here = self.memory.in_sentence(number)
            others.update(o.referent.key for o in here if o.head.index == about.index)
        return frozenset(others)

    def _described_there(self, sentence: Sentence, indices: Collection[int]) -> set[str]:
        """Who is meant by bare definite roles among words: elle a conseillé à | l'actrice, of whom one is known."""
        found: set[str] = set()
        for index in indices:
            word = sentence.words[index]
            role = role_of(word, self.scene.lexicon) if word.upos == "NOUN" else None
            children = [c for c in sentence.children(word) if c.relation not in ("case", "punct", "acl")]
            if role is None or [c.text.lower().replace("’", "'") in _DEFINITE for c in children] != [True]:
                continue
            referents = [o.referent for o in self.memory.last.values()]
            bearers = [r.key for r in referents if any(d.role == role for d in r.descriptions)]
            found.update(bearers if len(bearers) == 1 else ())
        return found

    def _relays(self, number: int) -> frozenset[int]:
        """The heads of the papers and agencies that a preposition makes the source of a sentence: Selon Le Quotidien,
        il part."""
        reports = self.scene.reports[number]
        lexicon = self.scene.lexicon
        return frozenset(
            r.source.index
            for r in reports
            if r.construction == "preposition" and r.source is not None and lexicon.medium(r.source.text) is not None
        )

    def _quoted_words(self, number: int, word: Word) -> frozenset[str]:
        """The words of the quotations in the sentence of a source, and of the one that ends right before it."""
        scene = self.scene
        sentence = scene.sentences[number].extent
        spans = scene.spans_near(Extent(max(0, sentence.start - 3), sentence.end))
        folded = (fold(span.inner.of(scene.text)).split() for span in spans)
        return frozenset(surname_key(w) for words in folded for w in words)

    def _is_quoted_subject(self, occurrence: Occurrence, number: int) -> bool:
        """Whether somebody is named as the subject of a verb or adjective that stands between quotation marks; of its
        finite verb too, if that is in another sentence than ``number``."""
        sentence = self.scene.sentences[occurrence.sentence]
        predicate = sentence.head(occurrence.head)
        if occurrence.method == "pronoun" or occurrence.head.relation != "nsubj" or predicate is None:
            return False
        finite = [w for w in (predicate, *sentence.children(predicate)) if w.feats.get("VerbForm") == "Fin"]
        if occurrence.sentence != number and not any(self.scene.quoted(w) for w in finite):
            # X a « encouragé » Y; but: selon lui, X est « impulsif »
            return self.scene.quoted(predicate) and self._according_to_another(occurrence)
        return self.scene.quoted(predicate)

    def _according_to_another(self, occurrence: Occurrence) -> bool:
        """Whether a preposition names somebody else as the source of what is said of a person."""
        reports = self.scene.reports[occurrence.sentence]
        return any(
            r.construction == "preposition" and r.source is not None and not occurrence.extent.overlaps(r.source.extent)
            for r in reports
        )

    def _is_topic(self, occurrence: Occurrence) -> bool:
        """*Quant à X, il ...*: X is what the sentence is about."""
        words = self.scene.sentences[occurrence.sentence].words[
            max(0, occurrence.head.index - 5) : occurrence.head.index
        ]
        return any(w.text.lower() == "quant" for w in words)


def _agents_before(sentence: Sentence, verb: Word, subject: Word) -> frozenset[int]:
    """The indices of the words of whoever *par* introduces in a participle before a subject that it is said of."""
    clauses = [c for c in sentence.children(verb) if c.feats.get("VerbForm") == "Part" and c.index < subject.index]
    agents = [
        w
        for clause in clauses
        for w in sentence.children(clause)
        if w.relation == "obl" and any(k.text.lower() == "par" for k in sentence.children(w))
    ]
    return frozenset(w.index for agent in agents for w in sentence.subtree(agent))


def with_cataphora(done: Sequence[Occurrence]) -> list[Occurrence]:
    """A pronoun with nobody before it stands for the first fitting person who speaks after it."""
    result: list[Occurrence] = []
    for i, occurrence in enumerate(done):
        if occurrence.referent.key == NOBODY:
            pronoun_gender, plural = occurrence.referent.gender, occurrence.referent.plural
            later = [
                o
                for o in done[i + 1 : i + 1 + _AHEAD]
                if o.referent.key != NOBODY and o.referent.animate and agrees(o.referent, pronoun_gender, plural)
            ]
            speaking = [o for o in later if o.reports and o.referent.type == "person"]
            people = [o for o in later if o.referent.type == "person"]
            somebody = [o for o in later if o.referent.human or pronoun_gender is None or plural]
            best = next(iter(speaking or people or somebody), None)
            if best is not None:
                occurrence = replace(occurrence, referent=best.referent, method="cataphora", score=0.6)
        result.append(occurrence)
    return result
