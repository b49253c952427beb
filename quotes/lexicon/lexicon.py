"""The lexicon: what the tables of ``data/lexicon`` know, looked up by word.

Lookups take a word or phrase as it stands in the text; case, where it does not matter, and the typographic
apostrophe are taken care of. Small tables are read and checked at once, the big ones (first names, inflected
forms) when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar, get_args

from quotes.lexicon import loader
from quotes.lexicon.conjugation import VerbModel, conjugate
from quotes.lexicon.entries import (
    CollectiveNoun,
    Demonym,
    Gender,
    Lemma,
    Medium,
    Metonym,
    NameGender,
    Pronoun,
    Relay,
    ReportingNoun,
    ReportingPreposition,
    ReportingVerb,
    RoleNoun,
    Title,
    TitleHead,
    WordClass,
)
from quotes.lexicon.remembered import remembered
from quotes.lexicon.words import (
    plurals_of,
    split_words,
    syntactic_words,
    without_prefix,
)
from quotes.resources import data_folder

Entry = TypeVar("Entry")
_BARE = str.maketrans("éèêëàâîïôûç", "eeeeaaiiouc")
_REMEMBERED = 50_000  # forms: the words of a text recur, and the rules ask for each many times
_CLEAR_MAJORITY = 0.9  # below it a first name says nothing about its bearer's gender


@lru_cache(maxsize=_REMEMBERED)
def _plain(form: str) -> str:
    return form.replace("’", "'").lower()


@lru_cache(maxsize=_REMEMBERED)
def _folded(form: str) -> str:
    """For nouns: also *soeur* for *sœur*, and *etat* for *État* as capitals often lose their accent."""
    plain = _plain(form).replace("œ", "oe")
    return plain[:1].translate(_BARE) + plain[1:]


@lru_cache(maxsize=_REMEMBERED)
def _syntactic(token: str) -> tuple[str, ...]:
    """The syntactic words of a token; some tokenizers keep *d'après* in one piece."""
    return tuple(part for word in split_words(_plain(token)) for part in syntactic_words(word))


@dataclass(frozen=True)
class Lexicon:
    """The tables of one folder. Made by :func:`load_lexicon`."""

    folder: Path
    verbs: Mapping[str, ReportingVerb]
    verb_models: Mapping[str, VerbModel]
    prepositions: tuple[ReportingPreposition, ...]
    nouns: Mapping[str, ReportingNoun]
    title_heads: Mapping[str, TitleHead]
    titles: Mapping[str, Title]
    roles: Mapping[str, RoleNoun]
    role_kinds: Mapping[str, frozenset[str]]
    collectives: Mapping[str, CollectiveNoun]
    metonyms: Mapping[str, Metonym]
    media: Mapping[str, Medium]
    pronouns: Mapping[str, Pronoun]
    relays: Mapping[str, Relay]
    demonyms: tuple[Demonym, ...]
    quoted_terms: Mapping[str, int]
    classes: Mapping[WordClass, frozenset[str]]

    # verbs

    @remembered
    def verb(self, lemma: str) -> ReportingVerb | None:
        """The entry of that lemma: *dire*, *se féliciter*, *faire valoir*."""
        return self.verbs.get(_plain(lemma))

    def multiword(self, head: str, clitics: Iterable[str] = ()) -> tuple[ReportingVerb, ...]:
        """The multi-word entries that start with the infinitive ``head``, longest first.

        Entries with pronouns before the verb (*s'en prendre à*) only where ``clitics`` (*se*, *en*) has them all.
        """
        present = set(clitics)
        return tuple(v for v in self._multiwords.get(head, ()) if present.issuperset(v.clitics))

    @remembered
    def verb_form(self, form: str) -> tuple[str, ...]:
        """The infinitives of reporting verbs (heads of entries) of which ``form`` is a form."""
        return self._verb_forms.get(_plain(form), ())

    @remembered
    def finite_form(self, form: str) -> bool:
        """Whether ``form`` can be a personal form of a reporting verb, not only an infinitive or participle."""
        return _plain(form) in self._finite_forms

    # prepositions

    def preposition(self, form: str) -> ReportingPreposition | None:
        """The entry written ``form``."""
        return next((p for p in self.prepositions if p.form == _plain(form)), None)

    @remembered
    def opens_preposition(self, token: str) -> bool:
        """Whether a locution may begin with this token."""
        return next(iter(_syntactic(token)), None) in self._prepositions_by_word

    def preposition_at(self, words: Sequence[str]) -> tuple[ReportingPreposition, int] | None:
        """The longest locution that ``words`` begin with and how many of them it takes; None after an exception.

        ``words`` may be tokens (*aux*) or syntactic words (*à*, *les*).
        """
        if not words or not self.opens_preposition(words[0]) or not self._may_go_on(words):
            return None
        parts: tuple[str, ...] = ()
        taken: list[int] = []
        for i, token in enumerate(words, 1):
            parts += _syntactic(token)
            taken += [i] * (len(parts) - len(taken))
        for entry in self._prepositions_by_word[parts[0]]:
            size = len(entry.words)
            if parts[:size] == entry.words:
                rest = parts[size:]
                if any(rest[: len(stop)] == stop for stop in entry.exceptions):
                    return None
                return entry, taken[size - 1]
        return None

    def _may_go_on(self, words: Sequence[str]) -> bool:
        """Whether the second word is one that some locution with this first word has, which is seldom so."""
        first, *rest = _syntactic(words[0])
        seconds = self._seconds_by_word[first]
        second = rest[0] if rest else next(iter(_syntactic(words[1])), "") if len(words) > 1 else ""
        return seconds is None or second in seconds

    def belongs(self, word: str, class_: WordClass) -> bool:
        """Whether a lemma or form is one of a class of words."""
        return word in self.classes[class_]

    # nouns and names

    @remembered
    def noun(self, lemma: str) -> ReportingNoun | None:
        """A noun for words or for a text."""
        return self.nouns.get(_plain(lemma))

    def title_head(self, lemma: str) -> TitleHead | None:
        """A noun that a title of a work, a name or a term may follow."""
        plain = _plain(lemma)
        return (
            self.title_heads.get(lemma) or self.title_heads.get(plain) or self.title_heads.get(plain.removesuffix("s"))
        )

    @remembered
    def title(self, form: str) -> Title | None:
        """A word before a name; *M.* and its like only as written, the others in any case."""
        return self.titles.get(form) or (self.titles.get(_plain(form)) if len(form) > 2 else None)

    @remembered
    def role(self, form: str) -> RoleNoun | None:
        """A noun for a person in any gender and number, *ex-* or *vice-* before it or not; of two such nouns in one
        word (*médecin-psychiatre*) the first."""
        known = self._role_form(form)
        return self._role_forms[known] if known is not None else None

    def _role_form(self, form: str) -> str | None:
        """The folded form by which the table knows a noun for a person."""
        whole = _folded(form)
        bare = _folded(without_prefix(whole))
        first, _, second = bare.partition("-")
        both = _folded(second) in self._role_forms
        return next((f for f in (whole, bare, first if both else "") if f in self._role_forms), None)

    @remembered
    def is_role(self, form: str) -> bool:
        """Whether ``form`` is a noun for a person."""
        return self.role(form) is not None

    def falls_under(self, role: str, general: str) -> bool:
        """Whether who has the role ``role`` may be called by the more general one: a *maire* is an *élu*."""
        return role in self.role_kinds.get(general, ())

    @remembered
    def role_gender(self, form: str) -> Gender | None:
        """The gender that a noun for a person shows; None for one that serves for both or is unknown."""
        role = self.role(form)
        if role is None or role.fixed is not None or role.epicene:
            return None
        feminine = set(map(_folded, (role.feminine, *plurals_of(role.feminine))))
        return "f" if self._role_form(form) in feminine else "m"

    @remembered
    def collective(self, lemma: str) -> CollectiveNoun | None:
        """A noun for a body or a group, singular or plural."""
        return self._collective_forms.get(_folded(lemma))

    @remembered
    def metonym(self, name: str) -> Metonym | None:
        """A place or building that speaks for a body; with or without article."""
        return _named(self.metonyms, name)

    @remembered
    def medium(self, name: str) -> Medium | None:
        """A news agency, paper, channel or platform; with or without article. Of a name of several words the small
        words may be capital (Valeurs Actuelles)."""
        bare = _without_article(name)
        return _named(self._media_names, name) or (
            self._media_in_words.get(bare.casefold()) if bare.istitle() else None
        )

    def relay(self, lemma: str) -> Relay | None:
        """A verb or preposition that names who passed words on."""
        return self.relays.get(_plain(lemma))

    def pronoun(self, form: str) -> Pronoun | None:
        """A pronoun or a phrase used as one (*ce dernier*)."""
        return self.pronouns.get(_plain(form))

    @remembered
    def first_name_gender(self, name: str) -> NameGender | None:
        """The likelier gender of a first name with its share; None for what is none. *Jean-Xyz* is taken as *Jean*."""
        plain = _plain(name)
        first = plain.partition("-")[0]
        # al-Kindi is no Al
        return self._first_names.get(plain) or (self._first_names.get(first) if first not in ("al", "el") else None)

    @remembered
    def clear_gender(self, name: str) -> Gender | None:
        """The gender of a first name that at least nine of ten bearers have."""
        found = self.first_name_gender(name)
        return found.gender if found is not None and found.ratio >= _CLEAR_MAJORITY else None

    @remembered
    def place_of(self, demonym: str) -> Demonym | None:
        """The country or region of an adjective or noun like *russe*, *Françaises*, or *americain* without accents."""
        return self._demonym_forms.get(_plain(demonym))

    # inflection

    @remembered
    def readings(self, form: str) -> tuple[Lemma, ...]:
        """The readings of an inflected form."""
        return self._forms.get(_plain(form), ())

    def lemmas(self, form: str) -> tuple[str, ...]:
        """The lemmas that ``form`` may belong to, itself where nothing is known; for search."""
        plain = _plain(form)
        found = dict.fromkeys(reading.lemma for reading in self.readings(plain))
        found.update(dict.fromkeys(self.verb_form(plain)))
        return tuple(found) or (plain,)

    # indexes

    @cached_property
    def _multiwords(self) -> dict[str, list[ReportingVerb]]:
        multiwords = sorted((v for v in self.verbs.values() if v.multiword), key=lambda v: -len(v.tail))
        return _grouped(multiwords, lambda verb: verb.head)

    @cached_property
    def _verb_forms(self) -> dict[str, tuple[str, ...]]:
        forms: dict[str, dict[str, None]] = {}
        for head in dict.fromkeys(verb.head for verb in self.verbs.values()):
            for form, _ in conjugate(head, self.verb_models):
                forms.setdefault(form, {})[head] = None
        return {form: tuple(heads) for form, heads in forms.items()}

    @cached_property
    def _finite_forms(self) -> frozenset[str]:
        heads = dict.fromkeys(verb.head for verb in self.verbs.values())
        return frozenset(
            form
            for head in heads
            for form, tense in conjugate(head, self.verb_models)
            if tense not in ("infinitive", "present participle", "past participle", "subjunctive")
        )

    @cached_property
    def _prepositions_by_word(self) -> dict[str, list[ReportingPreposition]]:
        return _grouped(sorted(self.prepositions, key=lambda p: -len(p.words)), lambda p: p.words[0])

    @cached_property
    def _seconds_by_word(self) -> dict[str, frozenset[str] | None]:
        """The second words of the locutions that begin with a word; None where it is one itself."""
        seconds: dict[str, frozenset[str] | None] = {}
        for first, entries in self._prepositions_by_word.items():
            alone = any(len(entry.words) == 1 for entry in entries)
            seconds[first] = None if alone else frozenset(entry.words[1] for entry in entries)
        return seconds

    @cached_property
    def _role_forms(self) -> dict[str, RoleNoun]:
        forms: dict[str, RoleNoun] = {}
        peoples = (RoleNoun(d.masculine, d.masculine, d.feminine, None) for d in self.demonyms)
        for role in (*self.roles.values(), *peoples):
            for form in (role.masculine, role.feminine):
                for variant in (form, *plurals_of(form)):
                    forms.setdefault(_folded(variant), role)
        return forms

    @cached_property
    def _collective_forms(self) -> dict[str, CollectiveNoun]:
        forms: dict[str, CollectiveNoun] = {}
        for noun in self.collectives.values():
            for variant in (noun.lemma, *plurals_of(noun.lemma)):
                forms.setdefault(_folded(variant), noun)
        return forms

    @cached_property
    def _media_names(self) -> dict[str, Medium]:
        names = dict(self.media)
        for name, medium in self.media.items():
            names.setdefault(_without_article(name), medium)
        return names

    @cached_property
    def _media_in_words(self) -> dict[str, Medium]:
        """The names of several words, in lower case, without article."""
        names = ((_without_article(name).casefold(), medium) for name, medium in self.media.items())
        return {name: medium for name, medium in names if " " in name}

    @cached_property
    def _demonym_forms(self) -> dict[str, Demonym]:
        forms: dict[str, Demonym] = {}
        for demonym in self.demonyms:
            for form in (demonym.masculine, demonym.feminine):
                for variant in (form, *plurals_of(form)):
                    forms.setdefault(variant, demonym)
                    forms.setdefault(variant.translate(_BARE), demonym)
        return forms

    @cached_property
    def _first_names(self) -> dict[str, NameGender]:
        names: dict[str, NameGender] = {}
        for name, women, men in loader.read_first_names(self.folder):
            total = women + men
            names[name] = NameGender("f" if women >= men else "m", max(women, men) / total, total)
        return names

    @cached_property
    def _forms(self) -> dict[str, tuple[Lemma, ...]]:
        forms: dict[str, tuple[Lemma, ...]] = {}
        for form, lemma in loader.read_forms(self.folder):
            forms[form] = (*forms.get(form, ()), lemma)
        return forms


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The lexicon of ``folder``, or the one that ships. Raises TableError for a missing or broken table."""
    folder = data_folder() / "lexicon" if folder is None else folder
    return Lexicon(
        folder=folder,
        verbs=_by(loader.read_verbs(folder), lambda e: e.lemma),
        verb_models=_by(loader.read_verb_models(folder), lambda e: e.ending),
        prepositions=tuple(loader.read_prepositions(folder)),
        nouns=_by(loader.read_nouns(folder), lambda e: e.lemma),
        title_heads=_by(loader.read_title_heads(folder), lambda e: e.lemma),
        titles=_by(loader.read_titles(folder), lambda e: e.form),
        roles=_by(loader.read_roles(folder), lambda e: e.lemma),
        role_kinds=dict(loader.read_role_kinds(folder)),
        collectives=_by(loader.read_collectives(folder), lambda e: e.lemma),
        metonyms=_by(loader.read_metonyms(folder), lambda e: e.name),
        media=_by(loader.read_media(folder), lambda e: e.name),
        pronouns=_by(loader.read_pronouns(folder), lambda e: e.form),
        relays=_by(loader.read_relays(folder), lambda e: e.lemma),
        demonyms=tuple(loader.read_demonyms(folder)),
        quoted_terms=dict(loader.read_quoted_terms(folder)),
        classes=_classes(folder),
    )


def _classes(folder: Path) -> dict[WordClass, frozenset[str]]:
    """The members of every class, of one that the table lacks none."""
    members: dict[WordClass, set[str]] = {class_: set() for class_ in get_args(WordClass)}
    for class_, word in loader.read_word_classes(folder):
        members[class_].add(word)
    return {class_: frozenset(words) for class_, words in members.items()}


def _by(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, Entry]:
    return {key(entry): entry for entry in entries}


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def _without_article(name: str) -> str:
    name = name.replace("’", "'")
    for article in ("l'", "le ", "la ", "les ", "the "):
        if name.lower().startswith(article):
            return name[len(article) :]
    return name


def _named(table: Mapping[str, Entry], name: str) -> Entry | None:
    name = name.replace("’", "'")
    return table.get(name) or table.get(_without_article(name))
