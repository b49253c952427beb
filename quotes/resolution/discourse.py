"""The people and bodies of an article in the order in which it mentions them, pronouns included.

A walk through the article from its first word to its last. Names and descriptions of people are settled first
(``spotting``, ``roles``); a pronoun then takes the most salient referent before it that agrees in gender and number,
where salience comes from recency, grammatical function and having been the last to speak (cf. Lappin & Leass 1994,
the "source is the subject of the previous reporting clause" preference of Citron). Nothing inside quotation marks
is ever a candidate.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from quotes.attribution.mentions import form_of
from quotes.attribution.phrases import is_addressed, noun_phrase
from quotes.attribution.reports import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import is_time
from quotes.lexicon import Lexicon
from quotes.model import Candidate, Extent, Sentence, SpeakerType, Word
from quotes.resolution.bodies import Bodies
from quotes.resolution.holders import Asked, OfficesOf, OfficeTable, PastTable, Roles
from quotes.resolution.names import Gender, fold, surname_key, without_gloss
from quotes.resolution.referents import Occurrence, Referent
from quotes.resolution.roles import (
    describe,
    descriptions,
    is_former,
    renamed_source,
    role_of,
    role_words,
    two_word_role,
)
from quotes.resolution.salience import (
    PRIOR,
    Agreement,
    Place,
    Salience,
    Weighed,
    agreement_of,
    agrees,
    determiner_of,
    evidence,
    gender_of,
    governed_after,
    relativised,
)
from quotes.resolution.spotting import NameMention, Person, cluster_people, joined, spot_names

_DEFINITE = frozenset("le la l' l’ les ce cet cette ces son sa ses leur leurs notre votre".split())
_INDEFINITE = frozenset("un une des plusieurs certains certaines quelques d' d’ de deux trois quatre cinq".split())
# where the name in a noun phrase ends: before an apposition, or what the parser took for one
_PHRASE_END = re.compile(
    r"(?<=\w)(?:,\s|\s*[:;«»“”\"]|\s(?:auprès|sur|lors|devant|via|depuis|pendant)\s|(?<=\w{4})[.!?](?=\s))"
)
_NEVER_REFERRING = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "SYM", "INTJ"})
_TAGGED_OTHERWISE = frozenset("lui eux celui celle intéressé intéressée".split())
_AS_NOUN = frozenset(
    "source victime personne personnalité recrue sentinelle".split()
)  # taken up as elle, whoever it is
_SOMEBODY = frozenset({"celui", "celle"})  # celui qui dirige le club: no paper, no body
_DETERMINERS = _DEFINITE | _INDEFINITE | frozenset("du au aux".split())


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


@dataclass(frozen=True)
class Choice:
    """The candidates among which a pronoun's antecedent was chosen, best first."""

    extent: Extent
    candidates: tuple[Weighed, ...]


def lead(ranked: Sequence[Weighed]) -> float:
    """The probability of the first candidate: its share in the softmax of the scores."""
    return 1 / sum(math.exp(w.score - ranked[0].score) for w in ranked) if ranked else 0.0


_AHEAD = 200  # occurrences after a pronoun among which a cataphoric one finds its name
_NEAR = 60  # occurrences around a mention among which it is looked for
_ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod"})
_GUESSED = frozenset({"role-again", "role-by-elimination", "role-by-salience"})
_CONTRACTED = re.compile(r"^(?:du|au)\s", re.IGNORECASE)
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4}
_MEMORY = 60  # sentences after which a body that nobody mentions again is forgotten


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
    speaking = {
        (number, r.source.index)
        for number, reports in enumerate(scene.reports)
        for r in reports
        if r.source is not None and r.construction == "incise"
    }
    names = spot_names(
        scene.sentences, scene.text, scene.lexicon, _others_words(scene), lambda n, word: (n, word.index) in speaking
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
    walk = _Walk(scene, names, by_mention, referents, holder, ever_holders, offices_of, salience)
    return Discourse(walk.occurrences(), referents, tuple(walk.choices))


def _others_words(scene: Scene) -> Callable[[Word], bool]:
    """Which words are quoted, but for the source of a reporting clause inside the marks: « Oui, a dit X, demain »."""
    inside = [
        r.mention.extent
        for reports in scene.reports
        for r in reports
        if r.construction == "incise" and r.mention is not None and scene.quoted(r.anchor)
    ]
    return lambda word: scene.quoted(word) and not any(extent.contains(word.extent) for extent in inside)


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


class _Walk:
    """The left-to-right pass; holds what has been mentioned so far."""

    def __init__(
        self,
        scene: Scene,
        names: Sequence[NameMention],
        by_mention: dict[Extent, Referent],
        people: tuple[Referent, ...],
        holder: OfficeTable,
        ever_holders: PastTable,
        offices_of: OfficesOf,
        salience: Salience,
    ) -> None:
        self.salience = salience
        self.scene = scene
        self.names_in: dict[int, list[NameMention]] = {}
        for mention in names:
            self.names_in.setdefault(mention.sentence, []).append(mention)
        self.by_mention = by_mention
        self.sources = {
            (i, r.source.index) for i, reports in enumerate(scene.reports) for r in reports if r.source is not None
        }
        self.source_of = {
            (i, r.anchor.index): r.source.index
            for i, reports in enumerate(scene.reports)
            for r in reports
            if r.source is not None and r.cue.category == "verb"
        }
        self.speakers = {  # whose words a noun names (les propos de X) acts no more than any complement
            (i, r.source.index)
            for i, reports in enumerate(scene.reports)
            for r in reports
            if r.source is not None and r.cue.category != "noun" and not self._passes_on(r)
        }
        # X of « Oui, a dit X, demain » is said by the writer though it stands between the marks
        self.incises = {
            (i, r.source.index)
            for i, reports in enumerate(scene.reports)
            for r in reports
            if r.source is not None and r.construction == "incise"
        }
        self.reporting = {
            (i, r.source.index)
            for i, reports in enumerate(scene.reports)
            for r in reports
            if r.source is not None
            and r.cue.category != "noun"
            and (r.strength != "weak" or r.construction == "incise")
            and not self._passes_on(r)
        }
        self.role_words = {
            (m.sentence, w.index): by_mention[m.extent]
            for m in names
            if m.extent in by_mention
            for w in role_words(m, scene.sentences[m.sentence], scene.lexicon)
        }
        for mention in (m for m in names if m.extent in by_mention):
            sources = {i for number, i in self.sources if number == mention.sentence}
            renamed = renamed_source(mention, scene.sentences[mention.sentence], sources, scene.lexicon)
            if renamed is not None:
                self.role_words.setdefault((mention.sentence, renamed.index), by_mention[mention.extent])
        self.speaking = {by_mention[m.extent].key for m in names if m.extent in by_mention and self._speaks(m)}
        self.speaking |= {r.key for place, r in self.role_words.items() if place in self.reporting}
        officed = {p.key: offices for p in people if (offices := offices_of(p.name))}
        self.roles = Roles(people, frozenset(self.speaking), officed, holder, ever_holders, scene.lexicon, offices_of)
        named = Counter(r.key for r in by_mention.values())
        self.main = named.most_common(1)[0][0] if named else None
        self.done: list[Occurrence] = []
        self.last: dict[str, Occurrence] = {}
        self.count: dict[str, int] = {}
        self.order: dict[str, int] = {}
        self.bodies = Bodies()
        self.spoken: set[str] = set()
        self.last_source: str | None = None
        self.last_subject: str | None = None
        self.choices: list[Choice] = []
        self.groups: list[Extent] = []  # where the sentence at hand names several people together
        self.introduced: dict[
            str, int
        ] = {}  # roles of people without a name (un mineur), how many mentions came before

    def occurrences(self) -> tuple[Occurrence, ...]:
        scene = self.scene
        for number, sentence in enumerate(scene.sentences):
            named = self.names_in.get(number, [])
            covered: set[int] = set()
            people: set[int] = set()
            starts = {}
            for mention in named:
                inside = [w.index for w in sentence.words if mention.extent.contains(w.extent)]
                covered.update(inside)
                people.update(inside if mention.type == "person" else ())
                starts[inside[0]] = mention
            joint = {group[-1].extent: group for group in joined(named, sentence, scene.text)}
            self.groups = [Extent(g[0].extent.start, g[-1].extent.end) for g in joint.values()]
            for word in sentence.words:
                if (
                    word.upos in _NEVER_REFERRING
                    and word.index not in starts
                    and word.text.lower() not in _TAGGED_OTHERWISE
                ):
                    continue
                if scene.quoted(word) and (number, word.index) not in self.incises and word.index not in starts:
                    continue
                if word.index in starts:
                    mention = starts[word.index]
                    self._name(number, sentence, mention)
                    if mention.extent in joint:
                        self._joint(number, joint[mention.extent])
                elif word.index not in covered:
                    self._word(number, sentence, word, people)
        return tuple(self._with_cataphora())

    def _speaks(self, mention: NameMention) -> bool:
        """Whether a name is, or stands beside, the source of a report."""
        sentence = self.scene.sentences[mention.sentence]
        parent = sentence.head(mention.head)
        beside = parent is not None and mention.head.relation in ("appos", "flat", "nmod")
        return (mention.sentence, mention.head.index) in self.reporting or (
            beside and parent is not None and (mention.sentence, parent.index) in self.reporting
        )

    def _passes_on(self, report: Report) -> bool:
        """*cité par X*, *rapporté par X*: X only relays."""
        return report.construction == "passive" and self.scene.lexicon.relay(report.cue.lemma) is not None

    def _is_source(self, number: int, word: Word) -> bool:
        return (number, word.index) in self.sources

    def _add(
        self, number: int, head: Word, extent: Extent, referent: Referent, method: str, score: float = 1.0,
        runners_up: tuple[Candidate, ...] = (),
    ) -> None:  # fmt: skip
        complement = self._is_complement(number, head, extent) or (
            referent.type == "person" and self._is_whose_body(number, head, extent)
        )
        acts = head.relation == "nsubj" and not complement and not self._is_object(number, head)
        subject = acts or (number, head.index) in self.speakers
        reports = (number, head.index) in self.reporting
        occurrence = Occurrence(extent, head, number, referent, method, score, subject, reports, runners_up, complement)
        self.done.append(occurrence)
        self._remember(occurrence)

    def _is_object(self, number: int, head: Word) -> bool:
        """Whether a mention that the tree takes for a subject stands behind a verb that reports what another said."""
        source = self.source_of.get((number, head.head))
        return source is not None and source != head.index and head.index > head.head

    def _is_complement(self, number: int, head: Word, extent: Extent) -> bool:
        """Whether a preposition introduces a mention, before its title too: l'avocate de M. | Morandini; not before
        another name that the tree hangs it on: le directeur de Paris Match | Jeanne Martin."""
        sentence = self.scene.sentences[number]
        names = [m.extent for m in self.names_in.get(number, ()) if not m.extent.overlaps(extent)]
        top: Word | None = head
        parts = ("flat",) if head.text.isupper() else ("flat", "appos")  # initials gloss a whole phrase
        while top is not None:
            if any(c.relation == "case" and not extent.contains(c.extent) for c in sentence.children(top)):
                return True
            above = sentence.head(top) if top.relation in parts or self._tells_of_a_matter(sentence, top) else None
            if above is not None and any(name.contains(above.extent) for name in names) and top.relation == "flat":
                return False
            top = above
        return False

    def _tells_of_a_matter(self, sentence: Sentence, name: Word) -> bool:
        """Whether a name tells which affair, trial or age is meant: (sur) l'affaire | Jeanne Martin."""
        above = sentence.head(name)
        if name.relation != "nmod" or above is None or above.upos != "NOUN" or above.index > name.index:
            return False
        lexicon = self.scene.lexicon
        return lexicon.role(above.text.lower()) is None and lexicon.collective(above.lemma) is None

    def _is_whose_body(self, number: int, head: Word, extent: Extent) -> bool:
        """Whether a surname alone right behind a body's noun tells whose body it is: l'administration | Trump."""
        before = self.scene.sentences[number].words[head.index - 1] if head.index and head.extent == extent else None
        return before is not None and before.upos == "NOUN" and self.scene.lexicon.collective(before.lemma) is not None

    def _remember(self, occurrence: Occurrence) -> None:
        """Keep what the choice of an antecedent needs; a subject is kept before another mention in its sentence."""
        key = occurrence.referent.key
        self.count[key] = self.count.get(key, 0) + 1
        self.order.pop(key, None)  # the one mentioned last comes last
        self.order[key] = len(self.done)
        if occurrence.referent.type != "person" and occurrence.method != "joint":
            self.bodies.add(key, occurrence.referent.folded)
        previous = self.last.get(key)
        if previous is None or previous.sentence < occurrence.sentence or not previous.subject:
            self.last[key] = occurrence
        if occurrence.reports:
            self.spoken.add(key)
            self.last_source = key
        if occurrence.subject:
            self.last_subject = key
        if len(self.done) % (4 * _MEMORY) == 0:
            old = [
                k
                for k, o in self.last.items()
                if o.referent.type != "person" and occurrence.sentence - o.sentence > _MEMORY
            ]
            for k in old:
                del self.last[k]

    def _name(self, number: int, sentence: Sentence, mention: NameMention) -> None:
        referent = self.by_mention.get(mention.extent)
        if referent is None:
            referent = self._body(sentence, mention.head, self._whole_name(number, sentence, mention), mention.type)
        head = mention.head
        parent = sentence.head(head)
        # le porte-parole du Pentagone Peter Cook: the source is the noun, the name stands beside it
        stands = parent is not None and (self._is_source(number, parent) or parent.relation == "nsubj")
        if parent is not None and stands and head.relation in ("appos", "flat", "nmod"):
            cases = [c for c in sentence.children(head) if c.relation == "case"]
            if mention.type == "person" and all(mention.extent.contains(c.extent) for c in cases):  # M. | de Martin
                head = parent
        self._add(number, head, mention.extent, referent, "name")

    def _joint(self, number: int, group: Sequence[NameMention]) -> None:
        """People or bodies named together, who may speak together and be taken up as *ils*."""
        here = takewhile(lambda o: o.sentence == number, reversed(self.done))
        found = {o.extent: o.referent for o in here if o.method == "name"}
        people = [self.by_mention.get(m.extent) or found[m.extent] for m in group]
        genders = {p.gender for p in people}
        name = "; ".join(p.name for p in people)
        gender = people[0].gender if len(genders) == 1 else "m" if "m" in genders else None
        referent = Referent(f"joint:{fold(name)}", name, "unnamed", gender, True, (name,))
        extent = Extent(group[0].extent.start, group[-1].extent.end)
        self._add(number, group[0].head, extent, referent, "joint", 0.8)

    def _whole_name(self, number: int, sentence: Sentence, mention: NameMention) -> str:
        """The name of a body with what follows it in small letters: l'Automobile club de Monaco."""
        start, end = mention.extent
        article = self.scene.text[:start].rstrip().rpartition(" ")[2] if start else ""
        paper = self.scene.lexicon.medium(f"{article.capitalize()} {mention.name}")
        if paper is not None and paper.name.startswith(("Le ", "La ", "Les ")):
            return paper.name
        if determiner_of(sentence, mention.head) is None:
            return mention.name
        own = {w.index for w in sentence.subtree(mention.head)}
        others = {m.extent.start for m in self.names_in[number] if m.type == "person"}
        last = max(w.index for w in sentence.words if w.extent.end <= end)
        for word in sentence.words[last + 1 :]:
            if word.index not in own or word.upos not in ("NOUN", "ADJ", "ADP", "DET", "PROPN") or is_time(word):
                break
            if word.extent.start in others:
                break  # le président de la CNMI | Carlo Capasa
            if word.upos == "ADP" and word.text.lower() not in ("de", "d'", "d’", "pour", "contre", "sans"):
                break
            if word.upos in ("NOUN", "ADJ", "PROPN"):
                end = word.extent.end
        return " ".join(self.scene.text[start:end].split())

    def _word(self, number: int, sentence: Sentence, word: Word, people: set[int]) -> None:
        pronoun = agreement_of(sentence, word)
        if pronoun is not None and (word.upos != "DET" or self._is_source(number, word)):
            self._pronoun(number, word, pronoun)
            return
        if pronoun is not None:
            return
        if word.upos not in ("NOUN", "PROPN", "ADJ", "PRON", "DET", "NUM"):
            return
        source = self._is_source(number, word)
        if word.upos not in ("NOUN", "PROPN") and not source or is_time(word):
            return
        form = form_of(sentence, word, self.scene.lexicon)
        if form is None and not source or form == "pronoun":
            return
        if word.lemma == "cadre" and [w.text.lower() for w in sentence.words[word.index - 2 : word.index]] == [
            "dans",
            "le",
        ]:
            return  # dans le cadre de: no executive
        named_child = any(
            c.index in people
            and c.relation in ("appos", "flat", "nmod", "compound")
            and not any(k.relation == "case" for k in sentence.children(c))
            for c in sentence.children(word)
        )
        apposed = (number, word.index) in self.role_words
        if form == "role" and named_child and not source and not apposed:
            return
        if word.relation in ("flat", "compound", "fixed") and not source or self._is_title_of_name(word, people):
            return
        if not source and form == "role" and word.relation in ("appos",):
            return
        if apposed and not source and word.relation != "nsubj":
            return
        others = frozenset() if source else _other_conjuncts(sentence, word)
        phrase = noun_phrase(sentence, word, lambda w: w.index in others or self.scene.quoted(w) and not source)
        self._noun(number, sentence, word, phrase, form or "collective")

    def _is_title_of_name(self, word: Word, people: set[int]) -> bool:
        return self.scene.lexicon.title(word.text) is not None and word.index + 1 in people

    def _noun(self, number: int, sentence: Sentence, word: Word, phrase: Extent, form: str) -> None:
        determiner = determiner_of(sentence, word)
        plural = word.feats.get("Number") == "Plur" or determiner in ("les", "des", "ces", "ses", "leurs")
        if (
            plural
            and form in ("role", "name")
            and any(phrase.start <= group.start <= phrase.end + 1 for group in self.groups)
        ):
            return  # leurs avocats Jeanne Martin et Paul Durand
        apposed = self.role_words.get((number, word.index))
        if apposed is not None and not plural:
            self._add(number, word, phrase, apposed, "apposition", 0.95)
            return
        several = self._coordinated(number, sentence, word) if form == "role" and not plural else None
        if several is not None:
            self._add(number, word, phrase, several, "joint", 0.7)
            return
        if form == "role" and determiner in ("ce", "cet", "cette") and not plural:
            unnamed = self._unnamed_source(number, sentence, word)
            if unnamed is not None:
                self._add(number, word, phrase, unnamed, "role-again", 0.6)
                return
        if form == "role" and not plural and determiner not in ("un", "une", "tout", "chaque"):
            found = self._described(number, sentence, word, phrase)
            predicate = determiner is None and not self._is_source(number, word)
            early = found is not None and predicate and found[0].key not in self.last  # a été élu Premier ministre
            if found is not None and not early and not (found[1] in _GUESSED and self._is_introduced(word, found[0])):
                self._add(number, word, phrase, *found)
                return
        together = self._together(sentence, word) if plural and form == "role" else None
        if together is not None:
            self._add(number, word, phrase, together, "joint", 0.7)
            return
        if form == "role" and not plural and determiner in ("un", "une") and word.relation in _ARGUMENTS:
            self.introduced[word.lemma] = len(self.done)
        whole = self.scene.text[phrase.start : phrase.end]
        article, _, paper = whole.partition(" ")
        known = self.scene.lexicon.medium(f"{article.capitalize()} {paper}")
        name = known.name if known is not None else _bare(whole, sentence, word, phrase)
        type_: SpeakerType = "organisation" if form == "organisation" else "unnamed"
        referent = self._body(
            sentence, word, name, "organisation" if type_ == "organisation" else "unknown", plural, type_,
            human=form == "role",
        )  # fmt: skip
        self._add(number, word, phrase, referent, "phrase", 0.8)

    def _is_introduced(self, role: Word, person: Referent) -> bool:
        """Whether somebody without a name has been called by a role, and that person has not spoken since."""
        last = self.last.get(person.key)
        since = self.introduced.get(role.lemma)
        spoke = last is not None and person.key == self.last_source and self.order[person.key] > (since or 0)
        return since is not None and not spoke

    def _coordinated(self, number: int, sentence: Sentence, word: Word) -> Referent | None:
        """People told by their roles who speak together: la préfète et le président du conseil."""
        others = [
            c
            for c in sentence.children(word)
            if c.relation == "conj" and c.upos == "NOUN" and any(k.text.lower() == "et" for k in sentence.children(c))
        ]
        determined = [c for c in others if determiner_of(sentence, c) is not None]
        others = determined if determiner_of(sentence, word) is not None else others  # l'actrice et productrice is one
        lexicon = self.scene.lexicon
        if not others or not self._is_source(number, word) or form_of(sentence, others[-1], lexicon) != "role":
            return None
        names = []
        for head in (word, *others):
            own = {w.index for w in sentence.subtree(head)} - {
                i for other in others if other is not head for i in (w.index for w in sentence.subtree(other))
            }
            part = noun_phrase(sentence, head, lambda w, own=own: w.index not in own)  # type: ignore[misc]
            names.append(_bare(part.of(self.scene.text), sentence, head, part))
        name = "; ".join(names)
        return Referent(f"joint:{fold(name)}", name, "unnamed", "m", True, (name,))

    def _unnamed_source(self, number: int, sentence: Sentence, word: Word) -> Referent | None:
        """Somebody without a name who spoke last, a sentence or two before: un participant ...; ce convive."""
        last = self.last.get(self.last_source or "")
        if last is None or not last.referent.human or last.referent.plural or number - last.sentence > 2:
            return None
        return last.referent if agrees(last.referent, self._told_gender(sentence, word), False) else None

    def _together(self, sentence: Sentence, word: Word) -> Referent | None:
        """The people named together last whom *les deux ministres* takes up: as many, and of a gender that agrees."""
        counted = [_COUNTS[c.text.lower()] for c in sentence.children(word) if c.text.lower() in _COUNTS]
        if not counted or determiner_of(sentence, word) not in ("les", "ces"):
            return None
        gender = gender_of(word, sentence, self.scene.lexicon)
        groups = [
            key
            for key, occurrence in self.last.items()
            if key.startswith("joint:")
            and len(occurrence.referent.name.split("; ")) == counted[0]
            and (gender is None or occurrence.referent.gender in (None, gender))
        ]
        latest = max(groups, key=lambda k: self.order[k], default=None)
        return self.last[latest].referent if latest is not None else None

    def _body(
        self, sentence: Sentence, word: Word, name: str, kind: str, plural: bool | None = None,
        type_: SpeakerType | None = None, human: bool = False,
    ) -> Referent:  # fmt: skip
        """A body or group: the earlier one of the same name, acronym or head noun, else a new one."""
        key = fold(name)
        alike = [other for other in self.bodies.alike(key) if other in self.last]
        if alike:
            return self.last[max(alike, key=self.order.__getitem__)].referent
        gender = gender_of(word, sentence, self.scene.lexicon) if word.lemma in _AS_NOUN else None
        gender = gender or self._told_gender(sentence, word)
        if plural is None:
            plural = word.feats.get("Number") == "Plur"
        type_ = type_ or ("person" if kind == "person" else "organisation")
        return Referent(
            f"{type_}:{key}", name, type_, gender, plural, (name,),
            animate=kind != "place" and self.scene.lexicon.medium(name) is None and _animate(word, self.scene.lexicon),
            human=human,
        )  # fmt: skip

    def _described(
        self, number: int, sentence: Sentence, word: Word, phrase: Extent
    ) -> tuple[Referent, str, float] | None:
        """The person whom a description stands for, if the article or the table of offices tells."""
        run = sorted((w for w in sentence.subtree(word) if w.index >= word.index), key=lambda w: w.index)
        stop = next(
            (i for i, w in enumerate(run) if i and (w.upos in ("PUNCT", "VERB", "AUX") or self.scene.quoted(w))),
            len(run),
        )
        stop = min(stop, next((i for i, w in enumerate(run) if i and self._opens_medium(sentence, w)), stop))
        phrase = Extent(phrase.start, min(phrase.end, run[stop - 1].extent.end))
        description = describe(run[:stop], self.scene.lexicon)
        if description is None:
            return None
        gender = self._told_gender(sentence, word)
        own = {w.index for w in run[:stop]}
        whole = two_word_role(sentence.words[word.index - 1], word, self.scene.lexicon) if word.index else None
        asked = Asked(
            description=replace(
                description,
                role=whole or description.role,
                former=is_former(word, sentence.words[: word.index][-1 if whole is None else -2 :]),
            ),
            phrase=_CONTRACTED.sub("le ", " ".join(phrase.of(self.scene.text).partition(", en ")[0].split())),
            gender=gender,
            possessive=determiner_of(sentence, word) in ("son", "sa", "leur"),
            others=frozenset(r.key for m, r in self._named_in(number) if m.head.index in own),
            demonstrative=determiner_of(sentence, word) in ("ce", "cet", "cette"),
            predicate=determiner_of(sentence, word) is None and not self._is_source(number, word),
        )
        bare = not description.words and not asked.demonstrative
        return self.roles.holder_of(
            asked, lambda: self._ranked(number, word, Agreement(gender, False, False), people_only=True, bare=bare)
        )

    def _opens_medium(self, sentence: Sentence, word: Word) -> bool:
        """Whether a preposition says where somebody speaks: le ministre de la Justice | sur Europe 1."""
        behind = [w.text for w in sentence.words[word.index + 1 : word.index + 3]]
        return word.text.lower() in ("sur", "dans", "à") and any(
            self.scene.lexicon.medium(" ".join(behind[:length])) is not None for length in (1, 2)
        )

    def _told_gender(self, sentence: Sentence, word: Word) -> Gender | None:
        """The gender of whom a noun describes; none for *la victime*, *cette source*, *le mannequin*."""
        noun = self.scene.lexicon.role(word.text.lower())
        either = noun is not None and noun.fixed is not None
        return None if either else gender_of(word, sentence, self.scene.lexicon)

    def _named_in(self, number: int) -> Iterator[tuple[NameMention, Referent]]:
        """The people named in a sentence."""
        for mention in self.names_in.get(number, ()):
            if mention.extent in self.by_mention:
                yield mention, self.by_mention[mention.extent]

    def _pronoun(self, number: int, word: Word, pronoun: Agreement) -> None:
        ranked = self._ranked(number, word, pronoun)
        if word.text.lower() in _SOMEBODY:
            ranked = [w for w in ranked if w.referent.type == "person" or w.referent.human]
        if self._is_source(number, word):
            self.choices.append(Choice(word.extent, tuple(ranked)))
        if not ranked:
            if self._is_source(number, word):
                self._add(number, word, word.extent, _nobody(word, pronoun), "unresolved", 0.0)
            return
        runners = tuple(
            Candidate(w.referent.name, round(w.score, 2), self.salience.because(w.evidence)) for w in ranked[1:4]
        )
        self._add(number, word, word.extent, ranked[0].referent, "pronoun", lead(ranked), runners)

    def _ranked(
        self, number: int, word: Word, pronoun: Agreement, people_only: bool = False, bare: bool = False
    ) -> list[Weighed]:
        """Referents before a pronoun that agree with it, most salient first (the last named first for *ce dernier*);
        before a role the people only, ``bare`` if nothing but its noun tells it."""
        scene = self.scene
        source = self._is_source(number, word)
        place = Place(
            sentence=number,
            paragraph=scene.paragraph(word.extent.start),
            source=source,
            bare_role=bare,
            last_source=self.last_source,
            last_subject=self.last_subject,
            main=self.main,
            quoted_words=self._quoted_words(number, word) if source else frozenset(),
        )
        incise = (number, word.index) in self.incises
        others = self._others(number, word)
        weighed: list[Weighed] = []
        for key, occurrence in self.last.items():
            referent = occurrence.referent
            if key in others:
                continue
            if not referent.animate and key not in self.spoken:
                continue
            if not agrees(referent, pronoun.gender, pronoun.plural) or people_only and referent.type != "person":
                continue
            paragraph = scene.paragraph(occurrence.extent.start)
            topic = self._is_topic(occurrence)
            if incise and number - occurrence.sentence <= 1 and self._is_quoted_subject(occurrence, number):
                continue  # Paul Martin « est prêt », a-t-il dit: somebody else says so
            found = evidence(occurrence, paragraph, self.count[key], topic, place, pronoun.gender)
            weighed.append(Weighed(referent, self.salience.score(found), found))
        if pronoun.nearest:
            return sorted(weighed, key=lambda w: -self.order[w.referent.key])
        return sorted(weighed, key=lambda w: -w.score)

    def _others(self, number: int, word: Word) -> frozenset[str]:
        """Whom a pronoun or role cannot stand for in its sentence. If it is a subject: whoever is named in the clause
        that it governs (il estime que Paul Martin part), and what its relative clause is about (le tribunal, qu'il
        juge partial); if an object: the subject of its verb (Jeanne Martin a accusé la ministre). Binding conditions B
        and C of Chomsky (1981), as far as a tree of dependencies shows them."""
        sentence = self.scene.sentences[number]
        verb = sentence.head(word)
        if verb is not None and (word.relation in ("obj", "iobj") or is_addressed(sentence, word)):
            here = takewhile(lambda o: o.sentence == number, reversed(self.done))
            return frozenset(o.referent.key for o in here if o.subject and sentence.head(o.head) is verb)
        if verb is None or word.relation != "nsubj":
            return frozenset()
        governed = governed_after(sentence, verb, word)
        others = {r.key for m, r in self._named_in(number) if m.head.index in governed}
        about = relativised(sentence, verb)
        if about is not None:
            here = takewhile(lambda o: o.sentence == number, reversed(self.done))
            others.update(o.referent.key for o in here if o.head.index == about.index)
        return frozenset(others)

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
        if occurrence.method != "name" or occurrence.head.relation != "nsubj" or predicate is None:
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

    def _with_cataphora(self) -> list[Occurrence]:
        """A pronoun with nobody before it stands for the first fitting person who speaks after it."""
        result: list[Occurrence] = []
        for i, occurrence in enumerate(self.done):
            if occurrence.method == "unresolved":
                pronoun_gender, plural = occurrence.referent.gender, occurrence.referent.plural
                later = [
                    o
                    for o in self.done[i + 1 : i + 1 + _AHEAD]
                    if o.method != "unresolved" and o.referent.animate and agrees(o.referent, pronoun_gender, plural)
                ]
                speaking = [o for o in later if o.reports and o.referent.type == "person"]
                best = next(iter(speaking or [o for o in later if o.referent.type == "person"] or later), None)
                if best is not None:
                    occurrence = replace(occurrence, referent=best.referent, method="cataphora", score=0.6)
            result.append(occurrence)
        return result


def _nobody(word: Word, pronoun: Agreement) -> Referent:
    return Referent("?", word.text.lstrip("-t").lstrip("-"), "unnamed", pronoun.gender, pronoun.plural, ())


def _other_conjuncts(sentence: Sentence, noun: Word) -> frozenset[int]:
    """The indices of the words of whoever is named beside a noun with a determiner of their own: l'agence | et le
    préfet. What is said of them together names neither."""
    conjuncts = [c for c in sentence.children(noun) if c.relation == "conj"]
    determined = [c for c in conjuncts if determiner_of(sentence, c) is not None]
    return frozenset(w.index for c in determined for w in sentence.subtree(c))


def _animate(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names somebody or a body of people rather than a text or a thing."""
    if word.upos == "PROPN" or lexicon.collective(word.lemma) or lexicon.role(word.text.lower()):
        return True
    return lexicon.noun(word.lemma) is None


def _bare(phrase: str, sentence: Sentence, word: Word, extent: Extent) -> str:
    """A noun phrase without its determiner, on one line: « le ministère russe » -> « ministère russe »."""
    flat = " ".join(_PHRASE_END.split(phrase, maxsplit=1)[0].split()) or " ".join(phrase.split())
    flat = without_gloss(flat)
    for form in ("l'", "l’", "d'", "d’"):
        if flat.lower().startswith(form):
            return flat[len(form) :]
    first, _, rest = flat.partition(" ")
    return (
        rest
        if first.lower() in _DETERMINERS - {"plusieurs", "certains", "certaines", "deux", "trois"} and rest
        else flat
    )
