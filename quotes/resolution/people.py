"""The people that names stand for: names of one person, and those who are named together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.model import Sentence
from quotes.resolution.kinds import NameMention
from quotes.resolution.names import Gender, compatible, fold, is_given_name_of, split_title, surname_key

_BETWEEN_NAMES = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|et|,\s*et|ou|ainsi que)\s*(?:M\.|Mme)?\s*")
_BETWEEN_BODIES = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|et|,\s*et|ou|ainsi que)\s+(?:l[ea]s?\s|l['’])?")


@dataclass(frozen=True)
class Person:
    """All the mentions by name of one person in an article. ``name`` is the fullest form."""

    name: str
    mentions: tuple[NameMention, ...]
    gender: Gender | None

    @property
    def forms(self) -> tuple[str, ...]:
        """The different forms of the name, fullest first."""
        seen = dict.fromkeys([self.name, *sorted((m.name for m in self.mentions), key=len, reverse=True)])
        return tuple(seen)


def retype(found: Sequence[NameMention]) -> Iterator[NameMention]:
    """A name that a person bears somewhere in the article is a person's elsewhere too, and so are its surname and, as a
    subject, its given name; what is clearly a place (à Orlando) is one in *la police d'Orlando*."""
    people = [m.name for m in found if m.type == "person" and " " in m.name]
    titled = {surname_key(m.name) for m in found if m.type == "person"}
    places = {m.name for m in found if m.type == "place"}
    for mention in found:
        alone = mention.type == "person" and " " not in mention.name and mention.title is None
        if alone and mention.name in places and mention.head.relation in ("nmod", "obl", "flat"):
            if not any(surname_key(mention.name) == surname_key(p) for p in people):
                yield replace(mention, type="place")  # la police d'Orlando
                continue
        if mention.type in ("unknown", "organisation", "place") and " " not in mention.name:
            given = mention.head.relation == "nsubj" and any(is_given_name_of(mention.name, p) for p in people)
            if given or any(surname_key(mention.name) == surname_key(p) for p in people):
                yield replace(mention, type="person")
                continue
            if mention.type == "unknown" and surname_key(mention.name) in titled:
                yield replace(mention, type="person")
                continue
        yield mention


def joined(named: Sequence[NameMention], sentence: Sentence, text: str) -> Iterator[tuple[NameMention, ...]]:
    """The names of people that a sentence joins with *et* or *ou*, and those of bodies: Jeanne Martin (PS), Paul Durand
    et Luc Vidal; la CGT et la CFDT."""
    yield from _joined([m for m in named if m.type == "person"], _BETWEEN_NAMES, sentence, text)
    yield from _joined([m for m in named if m.type != "person"], _BETWEEN_BODIES, sentence, text)


def _joined(
    named: Sequence[NameMention], between: re.Pattern[str], sentence: Sentence, text: str
) -> Iterator[tuple[NameMention, ...]]:
    group: list[NameMention] = []
    for mention in named:
        gap = text[group[-1].extent.end : mention.extent.start] if group else ""
        if group and between.fullmatch(gap) and group[-1].name != mention.name:
            group.append(mention)
            if re.search(r"\bet\b|\bou\b|ainsi que", gap):
                yield tuple(group)
                group = []
        else:
            group = [mention]


def cluster_people(mentions: Sequence[NameMention]) -> tuple[Person, ...]:
    """The people of an article: mentions by name joined where one person could bear both forms.

    Fuller names come first; a bare surname, or a surname with M. or Mme, joins the fitting person named last before
    it (else first after it); a given name joins the person who bears it.
    """
    people = [m for m in mentions if m.type == "person"]
    groups: list[list[NameMention]] = []
    for mention in sorted(people, key=lambda m: (-len(fold(m.name).split()), m.extent.start)):
        fitting = [g for g in groups if _fits(mention, g)]
        if fitting:
            _nearest(mention, fitting).append(mention)
        else:
            groups.append([mention])
    return tuple(sorted((_person(g) for g in groups), key=lambda p: p.mentions[0].extent.start))


def _fits(mention: NameMention, group: Sequence[NameMention]) -> bool:
    fullest = group[0]
    genders = {m.gender for m in group if m.gender}
    if mention.gender and genders and mention.gender not in genders and mention.title is not None:
        return False
    given = mention.title is None and " " not in mention.name and " " in fullest.name  # le pape François is nobody else
    return compatible(fullest.name, mention.name) or given and is_given_name_of(mention.name, fullest.name)


def _nearest(mention: NameMention, groups: Sequence[list[NameMention]]) -> list[NameMention]:
    def distance(group: Sequence[NameMention]) -> tuple[bool, int]:
        gaps = [mention.extent.start - m.extent.start for m in group]
        before = [g for g in gaps if g >= 0]
        return (not before, min(before) if before else min(-g for g in gaps))

    return min(groups, key=distance)


def _person(group: Sequence[NameMention]) -> Person:
    ordered = tuple(sorted(group, key=lambda m: m.extent.start))
    name = split_title(group[0].name).name or group[0].name
    votes: list[Gender] = [m.gender for m in ordered if m.gender]
    gender: Gender | None = None
    if votes:
        gender = "f" if 2 * votes.count("f") > len(votes) else "m"
    return Person(name, ordered, gender)
