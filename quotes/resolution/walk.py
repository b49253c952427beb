"""The left-to-right pass over an article that gives every mention its referent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quotes.attribution.mentions import form_of
from quotes.attribution.phrases import noun_phrase
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import is_time
from quotes.lexicon import Lexicon
from quotes.model import Candidate, Extent, Sentence, SpeakerType, Word
from quotes.resolution.antecedents import NOBODY, Antecedents, Choice, lead, with_cataphora
from quotes.resolution.complements import is_complement, is_whose_body
from quotes.resolution.holders import Asked, OfficesOf, OfficeTable, PastTable, Roles
from quotes.resolution.kinds import NameMention
from quotes.resolution.memory import Memory
from quotes.resolution.names import Gender, flat, fold
from quotes.resolution.naming import animate, bare_name, other_conjuncts, part_names, whole_name
from quotes.resolution.people import joined
from quotes.resolution.referents import Occurrence, Referent
from quotes.resolution.reporters import Reporters, speaks, titled_words
from quotes.resolution.roles import describe, is_former, two_word_role
from quotes.resolution.salience import Agreement, Salience, agreement_of, agrees, determiner_of, gender_of

_NEVER_REFERRING = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "SYM", "INTJ"})
_TAGGED_OTHERWISE = frozenset("lui eux celui celle intéressé intéressée".split())
_SOMEBODY = frozenset({"celui", "celle"})  # celui qui dirige le club: no paper, no body
_ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod"})
_GUESSED = frozenset({"role-again", "role-by-elimination", "role-by-salience"})
_CONTRACTED = re.compile(r"^(?:du|au)\s", re.IGNORECASE)
_TAKING_UP = frozenset("le la l' l’ ce cette".split())
_LATELY = 2  # sentences
_A_COMMA = 2  # characters, with its space
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4}


class Walk:
    """An article as it is read; holds what has been mentioned so far. ``by_mention`` are the people of the names that
    are theirs; the tables and the weights are those of ``build_discourse``."""

    def __init__(
        self,
        scene: Scene,
        reporters: Reporters,
        names: Sequence[NameMention],
        by_mention: Mapping[Extent, Referent],
        people: tuple[Referent, ...],
        holder: OfficeTable,
        ever_holders: PastTable,
        offices_of: OfficesOf,
        salience: Salience,
    ) -> None:
        self.scene = scene
        self.reporters = reporters
        self.salience = salience
        self.by_mention = by_mention
        self.names_in: dict[int, list[NameMention]] = {}
        for mention in names:
            self.names_in.setdefault(mention.sentence, []).append(mention)
        self.role_words = titled_words(scene, names, by_mention, reporters)
        speaking = {by_mention[m.extent].key for m in names if m.extent in by_mention and speaks(scene, m, reporters)}
        speaking |= {r.key for place, r in self.role_words.items() if place in reporters.reporting}
        officed = {p.key: offices for p in people if (offices := offices_of(p.name))}
        self.roles = Roles(people, frozenset(speaking), officed, holder, ever_holders, scene.lexicon, offices_of)
        named = Counter(r.key for r in by_mention.values())
        main = named.most_common(1)[0][0] if named else None
        self.memory = Memory()
        self.antecedents = Antecedents(scene, reporters, self.memory, salience, main, self._named_in)
        self.choices: list[Choice] = []
        self.groups: list[Extent] = []  # where the sentence at hand names several people together

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
                if (
                    scene.quoted(word)
                    and (number, word.index) not in self.reporters.incises
                    and word.index not in starts
                ):
                    continue
                if word.index in starts:
                    mention = starts[word.index]
                    self._name(number, sentence, mention)
                    if mention.extent in joint:
                        self._joint(number, joint[mention.extent])
                elif word.index not in covered:
                    self._word(number, sentence, word, people)
        return tuple(with_cataphora(self.memory.done))

    def _add(
        self, number: int, head: Word, extent: Extent, referent: Referent, method: str, score: float = 1.0,
        runners_up: tuple[Candidate, ...] = (),
    ) -> None:  # fmt: skip
        sentence, lexicon = self.scene.sentences[number], self.scene.lexicon
        names = [m.extent for m in self.names_in.get(number, ())]
        complement = is_complement(sentence, head, extent, names, lexicon) or (
            referent.type == "person" and is_whose_body(sentence, head, extent, lexicon)
        )
        acts = head.relation == "nsubj" and not complement and not self.reporters.is_object(number, head)
        if not sentence.has_tree:
            acts = _opens_clause(sentence, extent)
        subject = acts or (number, head.index) in self.reporters.acting
        reports = (number, head.index) in self.reporters.reporting
        occurrence = Occurrence(extent, head, number, referent, method, score, subject, reports, runners_up, complement)
        self.memory.add(occurrence)

    def _name(self, number: int, sentence: Sentence, mention: NameMention) -> None:
        referent = self.by_mention.get(mention.extent)
        if referent is None:
            people = {m.extent.start for m in self.names_in[number] if m.type == "person"}
            whole = whole_name(self.scene.text, sentence, mention, people, self.scene.lexicon)
            marked = self.scene.span_at(mention.extent.start)
            if marked is not None:
                whole = self.scene.names_in_marks.get(marked.outer, whole)
            referent = self._body(sentence, mention.head, whole, mention.type)
        head = mention.head
        parent = sentence.head(head)
        # le porte-parole du Pentagone Peter Cook: the source is the noun, the name stands beside it
        stands = parent is not None and (self.reporters.is_source(number, parent) or parent.relation == "nsubj")
        if parent is not None and stands and head.relation in ("appos", "flat", "nmod"):
            cases = [c for c in sentence.children(head) if c.relation == "case"]
            if mention.type == "person" and all(mention.extent.contains(c.extent) for c in cases):  # M. | de Martin
                head = parent
        self._add(number, head, mention.extent, referent, "name")

    def _joint(self, number: int, group: Sequence[NameMention]) -> None:
        """People or bodies named together, who may speak together and be taken up as *ils*."""
        here = self.memory.in_sentence(number)
        found = {o.extent: o.referent for o in here if o.method == "name"}
        people = [self.by_mention.get(m.extent) or found[m.extent] for m in group]
        genders = {p.gender for p in people}
        name = "; ".join(p.name for p in people)
        gender = people[0].gender if len(genders) == 1 else "m" if "m" in genders else None
        referent = Referent(f"joint:{fold(name)}", name, "unnamed", gender, True, (name,))
        extent = Extent(group[0].extent.start, group[-1].extent.end)
        self._add(number, group[0].head, extent, referent, "joint", 0.8)

    def _word(self, number: int, sentence: Sentence, word: Word, people: set[int]) -> None:
        pronoun = agreement_of(sentence, word)
        if pronoun is not None and (word.upos != "DET" or self.reporters.is_source(number, word)):
            self._pronoun(number, word, pronoun)
            return
        if pronoun is not None:
            return
        if word.upos not in ("NOUN", "PROPN", "ADJ", "PRON", "DET", "NUM"):
            return
        source = self.reporters.is_source(number, word)
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
        if named_child and word.upos == "PRON":
            return  # une des passagères, Jeanne Martin
        apposed = (number, word.index) in self.role_words
        if form == "role" and named_child and not source and not apposed:
            return
        if word.relation in ("flat", "compound", "fixed") and not source or self._is_title_of_name(word, people):
            return
        if not source and form == "role" and _is_apposed(sentence, word):
            return
        if apposed and not source and word.relation != "nsubj":
            return
        if not source and form == "role" and _is_become(sentence, word, self.scene.lexicon):
            return
        others = frozenset() if source else other_conjuncts(sentence, word)
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
        if plural and word.relation == "appos" and any(0 <= phrase.start - g.end <= _A_COMMA for g in self.groups):
            return  # Jeanne Martin et Paul Durand, parents d'un élève
        apposed = self.role_words.get((number, word.index))
        if apposed is not None and not plural:
            self._add(number, word, phrase, apposed, "apposition", 0.95)
            return
        several = self._coordinated(number, sentence, word) if form == "role" and not plural else None
        if several is not None:
            self._add(number, word, phrase, several, "joint", 0.7)
            return
        anybody = self.scene.lexicon.belongs(word.lemma, "anybody") and determiner in (
            "le",
            "la",
            "l'",
            "l’",
        )  # la jeune femme
        if form == "role" and (determiner in ("ce", "cet", "cette") or anybody) and not plural:
            unnamed = self._unnamed_source(number, sentence, word, phrase, anybody)
            if unnamed is not None:
                self._add(number, word, phrase, unnamed, "role-again", 0.6)
                return
        if form == "role" and not plural and determiner not in ("un", "une", "tout", "chaque"):
            found = self._described(number, sentence, word, phrase)
            predicate = determiner is None and not self.reporters.is_source(number, word)
            early = (
                found is not None and predicate and found[0].key not in self.memory.last
            )  # a été élu Premier ministre
            again = determiner in ("ce", "cet", "cette")  # un proche ...; ce proche
            taken = found is not None and self._is_introduced(word, found[0], again)
            if found is not None and not early and not (found[1] in _GUESSED and taken):
                self._add(number, word, phrase, *found)
                return
        same = self._same_source(sentence, word)
        if same is not None:
            self._add(number, word, phrase, same, "phrase", 0.7)
            return
        owner = self._owner(number, word, determiner)
        if owner is not None:
            self._add(number, word, phrase, owner, "phrase", 0.7)
            return
        together = (
            self._together(sentence, word)
            if plural and form == "role" or self.scene.lexicon.belongs(word.lemma, "pair")
            else None
        )
        if together is not None:
            self._add(number, word, phrase, together, "joint", 0.7)
            return
        if form == "role" and not plural and determiner in ("un", "une") and word.relation in _ARGUMENTS:
            self.memory.introduced[word.lemma] = len(self.memory.done)
        named = self._named_body(number, word, phrase, determiner) if form == "organisation" and not plural else None
        if named is not None:
            self._add(number, word, phrase, named, "phrase", 0.6)
            return
        whole = self.scene.text[phrase.start : phrase.end]
        article, _, paper = whole.partition(" ")
        known = self.scene.lexicon.medium(f"{article.capitalize()} {paper}")
        if known is None and word.text[:1].isupper() and word.index:
            known = self.scene.lexicon.medium(whole)  # dans L'Équipe
        name = known.name if known is not None else bare_name(whole, sentence, word, phrase)
        type_: SpeakerType = "organisation" if form == "organisation" else "unnamed"
        referent = self._body(
            sentence, word, name, "organisation" if type_ == "organisation" else "unknown", plural, type_,
            human=form == "role",
        )  # fmt: skip
        self._add(number, word, phrase, referent, "phrase", 0.8)

    def _same_source(self, sentence: Sentence, word: Word) -> Referent | None:
        """Who spoke last, for *la même source*, *de même source*."""
        around = sentence.words[max(0, word.index - 1) : word.index]
        if word.lemma != "source" or not around or around[0].lemma != "même":
            return None
        last = self.memory.last.get(self.memory.last_source or "")
        return last.referent if last is not None else None

    def _owner(self, number: int, word: Word, determiner: str | None) -> Referent | None:
        """Whose document *son communiqué* is: the body or person that was the last subject, in this sentence or the
        one before."""
        noun = self.scene.lexicon.noun(word.lemma)
        if noun is None or not noun.document or determiner not in ("son", "sa", "ses", "leur", "leurs"):
            return None
        last = self.memory.last.get(self.memory.last_subject or "")
        if last is None or not last.referent.animate or last.method in _GUESSED or number - last.sentence > 1:
            return None
        return last.referent if self.reporters.is_source(number, word) else None

    def _named_body(self, number: int, word: Word, phrase: Extent, determiner: str | None) -> Referent | None:
        """The body with a name that *la société*, *le parti* alone takes up: the last one that has spoken or acted, a
        few sentences before at most."""
        bare = phrase.of(self.scene.text).lower().replace("’", "'").removeprefix("l'").split()[-1:] == [
            word.text.lower()
        ]
        if not self.scene.lexicon.belongs(word.lemma, "any body") or not bare or determiner not in _TAKING_UP:
            return None
        bodies = [
            o
            for o in self.memory.last.values()
            if o.referent.type == "organisation" and o.referent.name[:1].isupper() and o.referent.animate and o.subject
        ]
        last = max(bodies, key=lambda o: o.extent.start, default=None)
        if (
            last is None
            or number - last.sentence > _LATELY
            or self.scene.lexicon.metonym(last.referent.name) is not None
        ):
            return None
        return last.referent

    def _is_introduced(self, role: Word, person: Referent, again: bool) -> bool:
        """Whether somebody without a name has been called by a role, and that person has not spoken since, or the role
        is taken up ``again`` (ce proche)."""
        last = self.memory.last.get(person.key)
        since = self.memory.introduced.get(role.lemma)
        spoke = (
            last is not None and person.key == self.memory.last_source and self.memory.order[person.key] > (since or 0)
        )
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
        if not others or not self.reporters.is_source(number, word) or form_of(sentence, others[-1], lexicon) != "role":
            return None
        names = part_names(self.scene.text, sentence, (word, *others))
        name = "; ".join(names)
        return Referent(f"joint:{fold(name)}", name, "unnamed", "m", True, (name,))

    def _unnamed_source(
        self, number: int, sentence: Sentence, word: Word, phrase: Extent, anybody: bool
    ) -> Referent | None:
        """Somebody without a name who spoke last, a sentence or two before: un participant ...; ce convive; ``anybody``
        (la jeune femme) takes up nobody of the same sentence, nor another where the article has called one so."""
        last = self.memory.last.get(self.memory.last_source or "")
        if anybody:
            called = fold(bare_name(phrase.of(self.scene.text), sentence, word, phrase))
            before = any(key in self.memory.last for key in self.memory.bodies.alike(called))
            if before or last is None or last.sentence == number or self._named_since(last, sentence, word):
                return None
        if last is None or not last.referent.human or last.referent.plural or number - last.sentence > 2:
            return None
        return last.referent if agrees(last.referent, self._told_gender(sentence, word), False) else None

    def _named_since(self, last: Occurrence, sentence: Sentence, word: Word) -> bool:
        """Whether a person of the gender that a noun shows has been mentioned after somebody without a name."""
        gender, order = self._told_gender(sentence, word), self.memory.order
        return any(
            o.referent.type == "person" and agrees(o.referent, gender, False) and order[key] > order[last.referent.key]
            for key, o in self.memory.last.items()
        )

    def _together(self, sentence: Sentence, word: Word) -> Referent | None:
        """The people named together last whom *les deux ministres*, *le couple* takes up: as many, and of a gender that
        agrees."""
        pair = self.scene.lexicon.belongs(word.lemma, "pair")
        counted = [_COUNTS[c.text.lower()] for c in sentence.children(word) if c.text.lower() in _COUNTS]
        counted = [_COUNTS["deux"]] if pair else counted
        if not counted or determiner_of(sentence, word) not in (("le", "ce") if pair else ("les", "ces")):
            return None
        gender = None if pair else gender_of(word, sentence, self.scene.lexicon)
        groups = [
            key
            for key, occurrence in self.memory.last.items()
            if key.startswith("joint:")
            and len(occurrence.referent.name.split("; ")) == counted[0]
            and (gender is None or occurrence.referent.gender in (None, gender))
        ]
        latest = max(groups, key=lambda k: self.memory.order[k], default=None)
        return self.memory.last[latest].referent if latest is not None else None

    def _body(
        self, sentence: Sentence, word: Word, name: str, kind: str, plural: bool | None = None,
        type_: SpeakerType | None = None, human: bool = False,
    ) -> Referent:  # fmt: skip
        """A body or group: the earlier one of the same name, acronym or head noun, else a new one."""
        key = fold(name)
        alike = [other for other in self.memory.bodies.alike(key) if other in self.memory.last]
        alike = [other for other in alike if not _is_bare_noun_of(self.memory.last[other].referent.name, name)]
        if alike:
            return self.memory.last[max(alike, key=self.memory.order.__getitem__)].referent
        gender = (
            gender_of(word, sentence, self.scene.lexicon)
            if self.scene.lexicon.belongs(word.lemma, "taken up as elle")
            else None
        )
        gender = gender or self._told_gender(sentence, word)
        if plural is None:
            plural = word.feats.get("Number") == "Plur"
        type_ = type_ or ("person" if kind == "person" else "organisation")
        return Referent(
            f"{type_}:{key}", name, type_, gender, plural, (name,),
            animate=kind != "place" and self.scene.lexicon.medium(name) is None and animate(word, self.scene.lexicon),
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
            phrase=_CONTRACTED.sub("le ", flat(phrase.of(self.scene.text).partition(", en ")[0])),
            gender=gender,
            possessive=determiner_of(sentence, word) in ("son", "sa", "leur"),
            others=frozenset(r.key for m, r in self._named_in(number) if m.head.index in own),
            demonstrative=determiner_of(sentence, word) in ("ce", "cet", "cette"),
            predicate=determiner_of(sentence, word) is None and not self.reporters.is_source(number, word),
        )
        bare = not description.words and not asked.demonstrative
        return self.roles.holder_of(
            asked,
            lambda: self.antecedents.ranked(number, word, Agreement(gender, False, False), people_only=True, bare=bare),
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
        ranked = self.antecedents.ranked(number, word, pronoun)
        if word.text.lower() in _SOMEBODY:
            ranked = [w for w in ranked if w.referent.type == "person" or w.referent.human]
        if self.reporters.is_source(number, word):
            self.choices.append(Choice(word.extent, tuple(ranked)))
        if not ranked:
            if self.reporters.is_source(number, word):
                self._add(number, word, word.extent, _nobody(word, pronoun), "unresolved", 0.0)
            return
        runners = tuple(
            Candidate(w.referent.name, round(w.score, 2), self.salience.because(w.evidence)) for w in ranked[1:4]
        )
        self._add(number, word, word.extent, ranked[0].referent, "pronoun", lead(ranked), runners)


def _is_apposed(sentence: Sentence, noun: Word) -> bool:
    """Whether a noun says what somebody is, beside their name: Jeanne Martin, maire de Lyon et conseillère."""
    head = sentence.head(noun)
    return noun.relation == "appos" or noun.relation == "conj" and head is not None and head.relation == "appos"


def _is_become(sentence: Sentence, noun: Word, lexicon: Lexicon) -> bool:
    """Whether a noun says what somebody else becomes or stays: la chanteuse, devenue une star."""
    verb = sentence.head(noun)
    return verb is not None and lexicon.belongs(verb.lemma, "becoming") and noun.relation in ("xcomp", "obj")


def _is_bare_noun_of(earlier: str, name: str) -> bool:
    """Whether one body was told by its noun alone, and another is by that noun and a proper name: l'université ...
    l'université Paris-Descartes."""
    first, _, rest = name.partition(" ")
    named = any(w[:1].isupper() for w in rest.split())
    return earlier.islower() and " " not in earlier and earlier == first.lower() and named


def _opens_clause(sentence: Sentence, extent: Extent) -> bool:
    """Whether a mention is likely the subject of a sentence without a tree: it opens the sentence, a title or
    determiner aside, and a finite verb stands right behind it, or a comma."""
    before = [w for w in sentence.words if w.extent.end <= extent.start]
    behind = next((w for w in sentence.words if w.extent.start >= extent.end), None)
    opens = len(before) <= 2 and all(w.upos in ("DET", "NOUN") for w in before)
    return opens and behind is not None and (behind.feats.get("VerbForm") == "Fin" or behind.text == ",")


def _nobody(word: Word, pronoun: Agreement) -> Referent:
    return Referent(NOBODY, word.text.lstrip("-t").lstrip("-"), "unnamed", pronoun.gender, pronoun.plural, ())
