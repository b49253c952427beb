"""Whom a description of a person stands for: le ministre, l'ancien maire de Trifouilly, l'élue écologiste.

What the article says of its people comes first, then the table of offices, then whoever is spoken of just now. Each
step has a name, which stays with the resolution as its method.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.lexicon import Lexicon, WordClass
from quotes.model import Resolution
from quotes.resolution.names import Gender, compatible, fold, surname_key
from quotes.resolution.referents import Referent
from quotes.resolution.roles import AFFILIATION, Description
from quotes.resolution.salience import Weighed, agrees

OfficeTable = Callable[[str], Resolution | None]
PastTable = Callable[[str, bool], tuple[str, ...]]
"""Phrase, whether it speaks of the past -> who has had the office."""
OfficesOf = Callable[[str], frozenset[str]]
"""Name -> what the offices are called that somebody of that name holds."""
Ranking = Callable[[], Sequence[Weighed]]
Found = tuple[Referent, str, float]
"""Who, by which method, how sure."""

# l'ancien ministre, l'ex-ministre: the words that make a phrase speak of the past
_FORMER = re.compile(r"^(l['’]\s?)?(?:anciens?|anciennes?|ex-?)\s*", re.IGNORECASE)
# What an office is called in full where its bare noun is too common for the table of offices.
_SHORT_FOR = {"président": "le président de la République"}
_HEAD_OF_STATE = ["chef", "d", "etat"]  # as the table of offices words it, folded
# How salient a person must be for a description that nothing else ties to anybody, alone or with complements.
_FAR = 3.0  # in salience, behind whoever is foremost
_LONE_ROLE, _FULL_ROLE = -2.5, 1.0


@dataclass(frozen=True)
class Asked:
    """A description in its place. ``others`` are the keys of people named inside it, who are somebody else than the
    one described (l'avocat de Jean Martin); ``possessive``: it is told by its owner (son avocat); ``demonstrative``: it
    takes up somebody (cet homme); ``predicate``: it is said of somebody (elle était ministre)."""

    description: Description
    phrase: str
    gender: Gender | None
    possessive: bool
    others: frozenset[str]
    demonstrative: bool = False
    predicate: bool = False


@dataclass
class Roles:
    """The people of an article and what is said of them; remembers to whom a role was given without a name.

    ``speaking`` are the keys of those who are the source of a report somewhere in the article, ``officed``
    what the offices are called of those known to hold one: another role is hardly theirs.
    """

    people: Sequence[Referent]
    speaking: frozenset[str]
    officed: Mapping[str, frozenset[str]]
    holder: OfficeTable
    ever_holders: PastTable
    lexicon: Lexicon
    offices_of: OfficesOf = lambda name: frozenset()
    bound: dict[str, tuple[Referent, Description]] = field(default_factory=dict)

    def holder_of(self, asked: Asked, ranking: Ranking) -> Found | None:
        """Whoever is described so, or None. ``ranking`` gives the people before the description, most salient first."""
        agreeing = [p for p in self.people if agrees(p, asked.gender, False) and p.key not in asked.others]
        found = (
            self._in_bare_office(asked, agreeing, ranking)
            or self._so_described(asked, agreeing, ranking)
            or (None if asked.possessive else self._in_office(asked, agreeing, ranking))
            or self._in_like_office(asked.description, agreeing)
            or (None if asked.possessive else self._more_generally(asked.description, agreeing, ranking))
        )
        if found is not None:
            if found[1] == "office" and asked.description.words:
                self.bound.setdefault(asked.description.role, (found[0], asked.description))
            return found
        if self._is(asked.description, "relation") and not asked.demonstrative:
            return self._kin(asked, agreeing)
        again = self._again(asked)
        if again is not None:
            return again, "role-again", 0.6
        kept = asked.possessive and not self._is(asked.description, "maker")  # son avocat, but son initiateur
        return None if kept or asked.predicate else self._by_salience(asked, agreeing, ranking)

    def _is(self, description: Description, class_: WordClass) -> bool:
        return self.lexicon.belongs(description.role, class_)

    def _kin(self, asked: Asked, agreeing: Sequence[Referent]) -> Found | None:
        """The only one who shares the surname of the person that a relation is told by: le père de Marine Le Pen."""
        surnames = {surname_key(p.name) for p in self.people if p.key in asked.others and " " in p.name}
        kin = [p for p in agreeing if surname_key(p.name) in surnames and " " in p.name]
        return (kin[0], "role-alike", 0.6) if len(kin) == 1 else None

    def _again(self, asked: Asked) -> Referent | None:
        """To whom the article gave the role before without saying so."""
        role = asked.description.role
        if role not in self.bound:
            return None
        bound, before = self.bound[role]
        if bound.key in asked.others or not agrees(bound, asked.gender, False):
            return None
        ours, theirs = asked.description.words, before.words
        if ours and theirs and not (ours <= theirs or theirs <= ours):
            return None  # le président du groupe LR, le président du groupe LREM
        if any(d.role == role for d in bound.descriptions) or before.is_elsewhere(asked.description):
            return None
        return bound

    def _so_described(self, whom: Asked, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        """Those of whom the article says the role, with no other complements; of several the most fully described."""
        asked = whom.description
        fitting = [p for p in agreeing if any(d.fits(asked) for d in p.descriptions)]
        if not fitting:
            return None
        taken = self._taken_up(whom, fitting, ranking) if whom.demonstrative else None
        if taken is not None:
            return taken
        if not whom.possessive and _spoken_of_now(ranking(), fitting) is not None:
            earlier = self._before_named(asked, agreeing, ranking)
            if earlier is not None:
                return earlier
        bare = any(d.role == asked.role and not d.words for p in fitting for d in p.descriptions)
        if not (asked.words or asked.former or bare):  # le Premier ministre belge Paul Martin ..., le Premier ministre
            role = fold(asked.role)
            holding = [p for p in agreeing if p not in fitting and role in self.officed.get(p.key, ())]
            if holding:
                return _foremost([*fitting, *holding], ranking), "role", 0.7
        overlap = {p.key: max(d.overlap(asked) for d in p.descriptions if d.role == asked.role) for p in fitting}
        best = [p for p in fitting if overlap[p.key] == max(overlap.values())]
        near = _just_named(ranking())
        chosen = [p for p in best if p.key in self.speaking or p.key in near] or best
        return _foremost(chosen, ranking), "role", 0.9 if len(chosen) == 1 else 0.7

    def _taken_up(self, whom: Asked, fitting: Sequence[Referent], ranking: Ranking) -> Found | None:
        """Who has just been spoken of and has a role of that kind, where those with the very role have not: Pour Jean
        Martin, infectiologue, ... « ... », explique ce chercheur."""
        ranked = ranking()
        if not ranked or any(p.key in _just_named(ranked) for p in fitting):
            return None
        first = ranked[0]
        kind = any(self.lexicon.falls_under(d.role, whom.description.role) for d in first.referent.descriptions)
        return (first.referent, "role-kind", 0.7) if kind and first.evidence.get("sentences back", 0.0) <= 1 else None

    def _before_named(self, asked: Description, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        """Who is spoken of where the article has not named yet whom it describes so: a minister by the table for *le
        ministre*, a *maire* for *l'élu*."""
        foremost = ranking()[0].referent
        role = fold(asked.role)
        told = asked.role in self.bound and self.bound[asked.role][0].key == foremost.key
        told = told or any(office.split()[0] == role for office in self.officed.get(foremost.key, ()))
        if not asked.words and told:
            return foremost, "role", 0.7
        if not asked.words and foremost in agreeing and not foremost.descriptions and foremost.key not in self.officed:
            if ranking()[0].evidence.get("last source"):
                return foremost, "role-by-salience", 0.5  # a déclaré Jeanne Martin. « ... », a ajouté la ministre
        kind = any(self.lexicon.falls_under(d.role, asked.role) for d in foremost.descriptions)
        return (foremost, "role-kind", 0.7) if kind and foremost in agreeing and self._agrees(asked, foremost) else None

    def _agrees(self, asked: Description, person: Referent) -> bool:
        """Whether the article tells nothing of a person that contradicts the words around a role."""
        return not _named_otherwise(asked, person) and not self._abroad(asked, person)

    def _in_bare_office(self, asked: Asked, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        """Who has the office on that day, of several whom the article names: *le président* alone is the head of state,
        not the president of a company, unless the latter is who is spoken of."""
        if asked.description.words or asked.possessive or asked.description.former:
            return None
        held = self.holder(_SHORT_FOR.get(asked.description.role, asked.phrase))
        if held is None:
            return None
        known = self._known(held)
        role = asked.description.role
        described = [p for p in agreeing if any(d.role == role or fold(role) in d.words for d in p.descriptions)]
        others = [p for p in described if p.key != known.key]
        whole = any(d.role == asked.description.role and not d.words for p in others for d in p.descriptions)
        if not others or whole or known not in agreeing:
            return None
        return _foremost([known, *others], ranking), "office", held.score

    def _in_like_office(self, asked: Description, agreeing: Sequence[Referent]) -> Found | None:
        """The only one with the role, though with other complements, unless they say it is another."""
        same = [p for p in agreeing if any(d.role == asked.role and d.former == asked.former for d in p.descriptions)]
        if len(same) == 1 and not self._elsewhere(asked, same[0]) and not self._is(asked, "relation"):
            return same[0], "role-alike", 0.6
        return None

    def _in_office(self, asked: Asked, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        held = self.holder(asked.phrase)
        if held is not None:
            return self._known(held), "office", held.score
        former = asked.description.former
        phrase = _FORMER.sub("le ", asked.phrase, count=1) if former else asked.phrase
        if former and phrase.lower() == f"le {asked.description.role}".lower():
            phrase = _SHORT_FOR.get(asked.description.role, phrase)
        ever = self.ever_holders(phrase, former)
        once = [p for p in agreeing if any(compatible(p.name, name) for name in ever)]
        if len(once) == 1:
            return once[0], "office", 0.8
        foremost = next((w.referent for w in ranking() if w.referent in once), None) if once else None
        return (foremost, "office", 0.6) if foremost is not None else None

    def _more_generally(self, asked: Description, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        """An *élu* who is described as a *maire*; an *Insoumis* who is the *chef de file des Insoumis*; a *député EELV*
        after whose name stands *(EELV)*."""
        role = fold(asked.role)

        def suits(d: Description) -> bool:
            if d.role == AFFILIATION:
                return bool(d.words & asked.words)
            if asked.former and not d.former:
                return False  # l'ancien responsable is not the president
            return self.lexicon.falls_under(d.role, asked.role) or any(w in (role, role + "s") for w in d.words)

        suiting = [p for p in agreeing if any(suits(d) for d in p.descriptions) and not _named_otherwise(asked, p)]
        if any(self.lexicon.place_of(w) for w in asked.words):
            suiting = [p for p in suiting if not self._elsewhere(asked, p)]  # le dirigeant américain
        suiting = [p for p in suiting if any(d.words & asked.words for d in p.descriptions)] or suiting
        if not suiting or _spoken_of_now(ranking(), suiting) is not None:
            return None
        return _foremost(suiting, ranking), "role-kind", 0.7 if len(suiting) == 1 else 0.5

    def _by_salience(self, asked: Asked, agreeing: Sequence[Referent], ranking: Ranking) -> Found | None:
        description = asked.description
        if self._is(description, "unnamed office"):
            return None
        others = set(asked.others)
        if description.role in self.bound and self.bound[description.role][1].is_elsewhere(description):
            others.add(self.bound[description.role][0].key)
        roleless = [p for p in agreeing if not p.descriptions and p.key in self.speaking and p.key not in others]
        role = fold(description.role)
        roleless = [p for p in roleless if p.key not in self.officed or role in self.officed[p.key]]
        ranked = [w for w in ranking() if w.referent.key not in others and self._may_bear(description, w.referent)]
        ranked = [w for w in ranked if not self._abroad(description, w.referent)]
        ranked = [w for w in ranked if not self._holds_another(description, w.referent)]
        roleless = [p for p in roleless if not self._holds_another(description, p)]
        ranked = [w for w in ranked if not _named_otherwise(description, w.referent)]
        if not self._is(description, "tells little") or self._is(description, "anybody") and description.words:
            ranked = [w for w in ranked if not any(self._is(d, "on duty") for d in w.referent.descriptions)]
        if self._is(description, "interviewer") and not description.former:
            ranked = [w for w in ranked if w.referent.key not in self.officed]
        # cet ancien plombier is whoever has just been spoken of
        nearer = asked.demonstrative and ranked and not ranked[0].referent.descriptions
        nearer = nearer or _spoken_of_now(ranked, roleless) is not None or _is_far(ranked, roleless)
        told = not (self._is(description, "unnamed person") or self._is(description, "minor") or asked.demonstrative)
        if len(roleless) == 1 and not nearer and told:
            self.bound[description.role] = roleless[0], description
            return roleless[0], "role-by-elimination", 0.6
        if self._is(description, "minor") and not nearer:
            return None
        if self._is(description, "anybody") and ranked and ranked[0].referent.descriptions:
            # la jeune femme is the one just named without a profession rather than the doctor before her
            plain = [w for w in ranked if not w.referent.descriptions and w.evidence.get("sentences back", 0.0) <= 1]
            ranked = plain or ranked
        if ranked and ranked[0].score > (_LONE_ROLE if not description.words else _FULL_ROLE):
            self.bound[description.role] = ranked[0].referent, description
            return ranked[0].referent, "role-by-salience", 0.5
        return None

    def _may_bear(self, description: Description, person: Referent) -> bool:
        """Whether a person may have a role that the article does not give them: one whom only the table names no other
        than those of the offices (le ministre de l'Intérieur is no rapper)."""
        if any(p.key == person.key for p in self.people) or self._is(description, "tells little"):
            return True
        role = fold(description.role)
        return any(office.split()[0] == role for office in self.offices_of(person.name))

    def _holds_another(self, description: Description, person: Referent) -> bool:
        """Whether a head of state is none by the words around a role: le président du parti is not who is known as the
        président de la République."""
        offices = [office.split() for office in self.officed.get(person.key, ())]
        placed = any(self.lexicon.place_of(word) for word in description.words)
        body = description.names or any(self.lexicon.collective(w) or self.lexicon.role(w) for w in description.words)
        if _HEAD_OF_STATE not in offices or not body or placed:
            return False
        return description.role == "président" and not any(description.words.intersection(o[1:]) for o in offices)

    def _known(self, held: Resolution) -> Referent:
        """The person whom a table gave: the article's own referent where it names that person."""
        for person in self.people:
            if compatible(person.name, held.name):
                return person
        return Referent(f"person:{fold(held.name)}", held.name, held.type, held.gender, False, held.forms)

    def _abroad(self, description: Description, person: Referent) -> bool:
        """Whether two descriptions tell different countries; a person of whom no country is told may be of any."""
        ours = {self.lexicon.place_of(w) for w in description.words} - {None}
        theirs = {self.lexicon.place_of(w) for d in person.descriptions for w in d.words} - {None}
        return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)

    def _elsewhere(self, description: Description, person: Referent) -> bool:
        """Whether two descriptions name different countries or bodies: le ministre russe, le ministre américain."""
        if _named_otherwise(description, person):
            return True
        theirs = {w for d in person.descriptions for w in d.words}
        ours = {w for w in description.words if self.lexicon.place_of(w) or self.lexicon.metonym(w.capitalize())}
        return bool(ours - theirs) or any(
            self.lexicon.place_of(w) is not None for w in theirs - description.words if description.words
        )


def _is_far(ranked: Sequence[Weighed], roleless: Sequence[Referent]) -> bool:
    """Whether the only one without a role has been mentioned, but much less lately than somebody else."""
    scores = [w.score for w in ranked if any(p.key == w.referent.key for p in roleless)]
    return bool(scores) and ranked[0].score - scores[0] > _FAR


def _spoken_of_now(ranked: Sequence[Weighed], others: Sequence[Referent]) -> Referent | None:
    """The subject of the sentence before, where none of the others has been mentioned yet: a role takes up whoever is
    there rather than somebody who comes later."""
    keys = {w.referent.key for w in ranked}
    if not ranked or any(p.key in keys for p in others):
        return None
    near = ranked[0].evidence
    return ranked[0].referent if near.get("subject") and near.get("sentences back", 0.0) <= 1 else None


def _just_named(ranked: Sequence[Weighed]) -> frozenset[str]:
    """The keys of those mentioned in the sentence at hand or the one before."""
    return frozenset(w.referent.key for w in ranked if w.evidence.get("sentences back", 0.0) <= 1)


def _named_otherwise(description: Description, person: Referent) -> bool:
    """Whether a person's roles belong to places or bodies of other names: le député de la Somme, celui du Nord."""
    theirs = frozenset(name for d in person.descriptions for name in d.names)
    return bool(theirs) and Description("", frozenset(), names=theirs).is_elsewhere(description)


def _foremost(chosen: Sequence[Referent], ranking: Ranking) -> Referent:
    """The most salient of several people, the first of them where none has been mentioned yet."""
    if len(chosen) == 1:
        return chosen[0]
    keys = {p.key for p in chosen}
    return next((w.referent for w in ranking() if w.referent.key in keys), chosen[0])
