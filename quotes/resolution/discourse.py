"""The people and bodies of an article in the order in which it mentions them, pronouns included.

A walk through the article from its first word to its last. Names and descriptions of people are settled first
(``spotting``, ``roles``); a pronoun then takes the most salient referent before it that agrees in gender and number,
where salience comes from recency, grammatical function and having been the last to speak (cf. Lappin & Leass 1994,
the "source is the subject of the previous reporting clause" preference of Citron). Nothing inside quotation marks
is ever a candidate.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from quotes.attribution.scene import Scene
from quotes.model import Extent
from quotes.resolution.antecedents import Choice
from quotes.resolution.holders import OfficesOf, OfficeTable, PastTable
from quotes.resolution.names import Gender, fold
from quotes.resolution.people import Person, cluster_people
from quotes.resolution.referents import Occurrence, Referent
from quotes.resolution.reporters import others_words, reporters_of
from quotes.resolution.roles import descriptions, role_of, role_words
from quotes.resolution.salience import PRIOR, Salience
from quotes.resolution.spotting import spot_names
from quotes.resolution.walk import Walk

_NEAR = 60  # occurrences around a mention among which it is looked for


@dataclass(frozen=True)
class Discourse:
    """All occurrences of an article in text order."""

    occurrences: tuple[Occurrence, ...]
    people: tuple[Referent, ...]
    choices: tuple[Choice, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        highest, starts = 0, []
        for occurrence in self.occurrences:  # nearly in order: a title and its name may swap places
            highest = max(highest, occurrence.extent.start)
            starts.append(highest)
        return starts

    def at(self, extent: Extent) -> Occurrence | None:
        """The occurrence that a mention stands for: the one with the highest standing inside its extent."""
        end = bisect_left(self._starts, extent.end)
        near = self.occurrences[max(0, end - _NEAR) : end + _NEAR]
        inside = [o for o in near if o.extent.overlaps(extent)]
        if not inside:
            return None
        joint = [o for o in inside if o.method == "joint" and extent.contains(o.extent)]
        if joint:
            return joint[0]
        apposed = [o for o in inside if o.method == "apposition" and o.extent.start == extent.start]
        if apposed:  # le secrétaire d'État auprès de Jeanne Martin, Paul Durand
            return apposed[0]
        named = [o for o in inside if o.method == "name" and o.referent.type == "person"]
        own = [o for o in inside if o.extent.start == extent.start and o not in named]
        if own and all(o.complement for o in named):
            named = []  # les avocats de Jeanne Martin
        named = [o for o in named if not o.complement] or named  # l'avocate de M. Durand, Me Jeanne Martin
        return min(named or inside, key=lambda o: (abs(o.extent.start - extent.start), abs(o.extent.end - extent.end)))


def build_discourse(
    scene: Scene,
    holder: OfficeTable = lambda phrase: None,
    ever_holders: PastTable = lambda phrase, former: (),
    offices_of: OfficesOf = lambda name: frozenset(),
    salience: Salience = PRIOR,
) -> Discourse:
    """Resolve every mention of an article to a referent, left to right.

    ``holder`` tells who has the office that a definite noun phrase names, where a table knows; ``ever_holders`` who
    has had it at any time, to be looked for among the people whom the article names; ``offices_of`` what the
    offices of somebody are called, by name.
    """
    reporters = reporters_of(scene)
    names = spot_names(
        scene.sentences,
        scene.text,
        scene.lexicon,
        others_words(scene),
        lambda number, word: (number, word.index) in reporters.incises,
    )
    people = cluster_people(names)
    referents = tuple(
        Referent(
            key=f"person:{fold(person.name)}",
            name=person.name,
            type="person",
            gender=person.gender or _gender_from_roles(person, scene),
            plural=False,
            forms=person.forms,
            descriptions=descriptions(person, scene.sentences, scene.lexicon),
        )
        for person in people
    )
    by_mention = {m.extent: r for p, r in zip(people, referents, strict=True) for m in p.mentions}
    walk = Walk(scene, reporters, names, by_mention, referents, holder, ever_holders, offices_of, salience)
    return Discourse(walk.occurrences(), referents, tuple(walk.choices))


def _gender_from_roles(person: Person, scene: Scene) -> Gender | None:
    """The gender that the nouns beside a name tell: la ministre X, X, directrice de Y."""
    for mention in person.mentions:
        sentence = scene.sentences[mention.sentence]
        at = next(w.index for w in sentence.words if w.extent.start >= mention.extent.start)
        near = [*sentence.words[max(0, at - 6) : at][::-1], *sentence.words[at + 1 : at + 5]]
        beside = [w for w in near if role_of(w, scene.lexicon)]
        for word in (*role_words(mention, sentence, scene.lexicon), *beside):
            gender = scene.lexicon.role_gender(word.text.lower())
            if gender is not None:
                return gender
    return None
