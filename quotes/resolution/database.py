"""The speaker database: who a name, a role or a body stands for, with the evidence, or nobody.

Every step that finds somebody yields a candidate with a score and its evidence; the best candidate is the answer if
it passes the cut-off and leads the next person by a margin. What is ambiguous stays unresolved, its candidates
being there to be listed. Pure: nothing here reads or writes but ``from_csv``.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from quotes.model import Article, Candidate, Resolution, SpeakerType
from quotes.resolution.candidates import Found, Method, as_candidates, decided, is_slip, ranked
from quotes.resolution.context import canonical
from quotes.resolution.names import (
    Gender,
    compatible,
    fold,
    is_name,
    name_key,
    parts,
    split_title,
    surname_key,
    without_article,
    without_gloss,
)
from quotes.resolution.offices import Office, Offices, Place, Wording
from quotes.resolution.records import Alias, Speaker
from quotes.resolution.tables import ALIASES, OFFICES, PLACES, ROLES, SPEAKERS, Row, read_table, refuse

_SCORES: Mapping[Method, float] = {
    "alias": 1.0,
    "normalised": 0.98,
    "transliteration": 0.96,
    "office": 0.92,
    "initials": 0.9,
    "surname": 0.86,
}
_BY_CONTEXT = 0.1  # an office whose country the phrase does not say
_SUPPORT = 0.05  # the role or the country of the article agrees with the candidate
_ALIKE = 90.0  # rapidfuzz ratio of two name keys, out of 100
_FUZZY = 0.85


@dataclass(frozen=True, eq=False)
class SpeakerDatabase:
    """A frozen speaker database."""

    speakers: tuple[Speaker, ...] = ()
    aliases: tuple[Alias, ...] = ()
    offices: Offices = field(default_factory=Offices)

    @classmethod
    def from_csv(cls, folder: Path) -> SpeakerDatabase:
        """The tables of a folder (``data/``). Raises :class:`quotes.errors.TableError`, with the lines."""
        tables = {table.name: read_table(folder / f"{table.name}.csv", table) for table in (SPEAKERS, ALIASES, OFFICES)}
        known = {row["id"] for row in tables["speakers"]}
        for name in ("aliases", "offices"):
            strangers = dict.fromkeys(r["speaker_id"] for r in tables[name] if r["speaker_id"] not in known)
            refuse(
                [f"speaker_id {stranger!r} is not in speakers.csv" for stranger in strangers], f"{folder / name}.csv"
            )
        return cls.from_rows(tables["speakers"], tables["aliases"], tables["offices"], *read_wordings(folder))

    @classmethod
    def from_rows(
        cls,
        speakers: Iterable[Mapping[str, str | None]],
        aliases: Iterable[Mapping[str, str | None]] = (),
        offices: Iterable[Mapping[str, str | None]] = (),
        roles: Iterable[Row] = (),
        places: Iterable[Row] = (),
    ) -> SpeakerDatabase:
        """The same from rows, of CSV files or of a database; see ``tables`` for the columns."""
        return cls(
            tuple(map(Speaker.from_row, speakers)),
            tuple(map(Alias.from_row, aliases)),
            Offices(
                tuple(map(Place.from_row, places)),
                tuple(map(Wording.from_row, roles)),
                tuple(map(Office.from_row, offices)),
            ),
        )

    @cached_property
    def version(self) -> str:
        """Sixteen hex digits that change with anything that may change an answer."""
        content = repr((self.speakers, self.aliases, self.offices))
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()

    def get(self, speaker_id: str) -> Speaker | None:
        """The speaker of that id, if there is one."""
        return self._by_id.get(speaker_id)

    def resolve(
        self,
        forms: Sequence[str],
        on: date | None = None,
        type: SpeakerType | None = None,
        role: str | None = None,
        context_countries: Sequence[str] = (),
    ) -> Resolution | None:
        """Who bears these forms, all of one speaker in an article of the day ``on``; None if that is not certain.

        ``role`` is a noun phrase that the article says of the speaker (« le secrétaire américain à la Défense »),
        ``context_countries`` the countries that it is about (keys or names of ``countries.csv``).
        """
        return self.weigh(forms, on, type, role, context_countries)[0]

    def candidates(
        self,
        forms: Sequence[str],
        on: date | None = None,
        type: SpeakerType | None = None,
        role: str | None = None,
        context_countries: Sequence[str] = (),
    ) -> tuple[Candidate, ...]:
        """Everybody whom ``resolve`` weighed, best first: for lists of what is ambiguous."""
        return self.weigh(forms, on, type, role, context_countries)[1]

    def weigh(
        self,
        forms: Sequence[str],
        on: date | None = None,
        type: SpeakerType | None = None,
        role: str | None = None,
        context_countries: Sequence[str] = (),
    ) -> tuple[Resolution | None, tuple[Candidate, ...]]:
        """What ``resolve`` and ``candidates`` give, for the price of one."""
        found = self._found(forms, on, type, role, context_countries)
        return decided(found, forms), as_candidates(found)

    def office_holder(
        self, role_phrase: str, on: date | None, countries: Sequence[str] = (), among: Sequence[str] = ()
    ) -> Resolution | None:
        """Who held the office named by a definite noun phrase on that day; None if nobody or more than one did.

        ``among`` are ids of people whom the article names: one of them is taken where there is no date.
        """
        return decided(ranked(self._holders(role_phrase, on, countries, among)), (role_phrase,))

    def ever_holders(self, role_phrase: str) -> tuple[str, ...]:
        """The names of everybody known to have held the office that a phrase names, whenever that was."""
        return self._names(self.offices.ever(self.offices.readings(role_phrase)))

    def former_holders(self, role_phrase: str, on: date | None) -> tuple[str, ...]:
        """The names of everybody who held the office that a phrase names, of any place, and holds it no more on a day
        (ever, without a day)."""
        return self._names(self.offices.past(self.offices.anywhere(role_phrase), on))

    def offices_of(self, name: str, on: date | None) -> frozenset[str]:
        """What the offices are called (*président*, *chef d'État*) that the only speaker of that very name is known to
        hold on a day, or to have held at any time without a day."""
        ids = {alias.speaker_id for alias in self._by_folded_form.get(fold(name), ())}
        held = self.offices.of_speaker(ids.pop(), on) if len(ids) == 1 else ()
        return frozenset(text for office in held for text in self.offices.wordings_of(office.role))

    def _names(self, ids: Iterable[str]) -> tuple[str, ...]:
        found = (self.get(speaker_id) for speaker_id in ids)
        return tuple(speaker.name for speaker in found if speaker is not None)

    def canonical(self, resolution: Resolution, article: Article, context: str) -> Resolution:
        """The resolution of an article with the canonical name and the id, where the speaker is known.

        ``context`` is the text of the article outside its quotations, or all of it.
        """
        return canonical(self, resolution, article.date, context)

    def counterpart(self, speaker_id: str, place: str, on: date | None) -> Resolution | None:
        """Who has, elsewhere, the office of ``speaker_id`` on that day: « son homologue russe »."""
        key = self.offices.place_id(place)
        if key is None or on is None:
            return None
        held = {office.role for office in self.offices.of_speaker(speaker_id, on)}
        found = [
            Found(speaker, "office", _SCORES["office"], f"{office.role} ({key}) on {on}")
            for office in self.offices.offices
            if office.place == key and office.role in held and office.held_on(on)
            if (speaker := self.get(office.speaker_id)) and speaker.id != speaker_id
        ]
        return decided(ranked(found), ())

    def full_names_in(self, words: Sequence[str]) -> frozenset[str]:
        """The ids of the people whose full name stands in a text given as folded words."""
        found = set()
        for start, word in enumerate(words):
            for length in self._name_lengths.get(word, ()):
                for alias in self._by_folded_form.get(" ".join(words[start : start + length]), ()):
                    if parts(alias.form).given and (speaker := self.get(alias.speaker_id)):
                        found.add(speaker.id)
        return frozenset(found)

    # -- the steps

    def _found(
        self,
        forms: Sequence[str],
        on: date | None,
        type: SpeakerType | None,
        role: str | None,
        countries: Sequence[str],
    ) -> list[Found]:
        bare = [without_article(without_gloss(form)) for form in forms if form.strip()]
        titled = [split_title(form) for form in bare]
        gender = next((t.gender for t in titled if t.gender), None)
        names = list(dict.fromkeys(t.name for t in titled if t.name))
        full = [name for name in names if is_name(name) and parts(name).given] if type in ("person", None) else []
        found: list[Found] = []
        if type != "unnamed":
            for form in bare if not full else ():
                found += self._by_form(form, on, exactly=True)  # le pape François, whose title is part of the name
            for name in full or names:
                found += self._by_form(name, on)
            if not found:
                for name in full or names:
                    found += self._alike(name)
        roles = [*([role] if role else []), *(form for form in forms if not is_name(split_title(form).name))]
        if not full and type != "organisation":
            found += [f for name in names if is_name(name) for f in self._surnames(name, on, roles, countries)]
        if not full and not any(is_name(name) for name in names):
            found += [f for form in dict.fromkeys(roles) for f in self._holders(form, on, countries)]
        fitting = [f for f in found if _fits(f.speaker, type, gender)]
        return ranked(self._supported(f, on, roles, countries) for f in fitting)

    def _by_form(self, name: str, on: date | None, *, exactly: bool = False) -> Iterator[Found]:
        """Exact, then folded, then (unless ``exactly``) by romanisation and initials: the first step that finds."""
        steps: tuple[tuple[Method, Iterable[Alias]], ...] = (
            ("alias", self._by_exact_form.get(name, ())),
            ("normalised", self._by_folded_form.get(fold(name), ())),
            ("normalised", self._by_folded_form.get(fold(without_article(name, capital=True)), ())),
            ("normalised", self._with_article(name)),
            ("transliteration", self._by_name_key.get(name_key(name), ()) if " " in name_key(name) else ()),
            ("initials", self._with_initials(name)),
        )
        for method, aliases in steps[:4] if exactly else steps:
            found = [
                Found(speaker, method, _SCORES[method], f"{alias.form!r}, {alias.kind}")
                for alias in aliases
                if alias.used_on(on) and (speaker := self.get(alias.speaker_id))
            ]
            if found:
                yield from found
                return

    def _with_article(self, name: str) -> Iterator[Alias]:
        """*Le Monde* for *Monde*, with its capital: in a text the article may have been taken for a common one."""
        for article in ("Le", "La", "Les") if name[:1].isupper() else ():
            yield from self._by_exact_form.get(f"{article} {name}", ())

    def _with_initials(self, name: str) -> Iterator[Alias]:
        """Full names of which ``name`` leaves out a middle name or writes a given name as an initial."""
        if not parts(name).given:
            return
        for alias in self._by_surname.get(surname_key(name), ()):
            if parts(split_title(alias.form).name).given and compatible(alias.form, name):
                yield alias  # not le prince Charles for Denzel Charles

    def _alike(self, name: str) -> Sequence[Found]:
        """Names that differ by a slip of spelling. Only speakers whom people vouch for are compared."""
        key = name_key(name)
        if key not in self._likenesses:
            self._likenesses[key] = tuple(self._compared(key))
        return self._likenesses[key]

    def _compared(self, key: str) -> Iterator[Found]:
        for other, ratio, index in process.extract(key, self._vouched_keys, scorer=fuzz.ratio, score_cutoff=_ALIKE):
            alias = self._vouched[index]
            speaker = self.get(alias.speaker_id)
            if speaker and is_slip(key, other, person=speaker.type == "person"):
                yield Found(speaker, "fuzzy", _FUZZY * ratio / 100, f"{alias.form!r}, alike by {ratio:.0f} %")

    def _surnames(self, name: str, on: date | None, roles: Sequence[str], countries: Sequence[str]) -> Iterator[Found]:
        """A surname alone is somebody only with a role, or an office in a country, that the article speaks of."""
        key = surname_key(name)
        if parts(name).given:
            return
        for speaker in dict.fromkeys(
            s for alias in self._by_surname.get(key, ()) if (s := self.get(alias.speaker_id)) and s.type == "person"
        ):
            if self._has_role(speaker, on, roles) or on and self._has_country(speaker, on, countries):
                yield Found(speaker, "surname", _SCORES["surname"], f"surname of {speaker.name}, who held an office")

    def _holders(
        self, phrase: str, on: date | None, countries: Sequence[str], among: Sequence[str] = ()
    ) -> Iterator[Found]:
        readings = self.offices.readings(phrase, countries)
        for speaker_id, reading in self.offices.holders(readings, on, among):
            speaker = self.get(speaker_id)
            if speaker is None or reading.gender and speaker.gender and reading.gender != speaker.gender:
                continue
            score = _SCORES["office"] - (0 if reading.explicit else _BY_CONTEXT)
            yield Found(speaker, "office", score, f"{reading.role} ({reading.place}){f' on {on}' if on else ''}")

    def _supported(self, found: Found, on: date | None, roles: Sequence[str], countries: Sequence[str]) -> Found:
        if found.method == "office" or not (
            self._has_role(found.speaker, on, roles) or self._has_country(found.speaker, on, countries)
        ):
            return found
        return replace(found, score=found.score + _SUPPORT, evidence=f"{found.evidence}; the office agrees")

    def _has_role(self, speaker: Speaker, on: date | None, roles: Sequence[str]) -> bool:
        readings = [reading for role in roles for reading in self.offices.readings(role, determiner=False)]
        if on is None:
            return speaker.id in self.offices.ever(readings)
        return any(speaker.id == speaker_id for speaker_id, _ in self.offices.holders(readings, on))

    def _has_country(self, speaker: Speaker, on: date | None, countries: Sequence[str]) -> bool:
        if not countries:
            return False
        places = {place for country in countries if (place := self.offices.place_id(country))}
        return any(office.place in places for office in self.offices.of_speaker(speaker.id, on))

    # -- indexes

    @cached_property
    def _likenesses(self) -> dict[str, tuple[Found, ...]]:
        """What ``_alike`` found before: the dearest step, and names come back."""
        return {}

    @cached_property
    def _by_id(self) -> Mapping[str, Speaker]:
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def _all_forms(self) -> tuple[Alias, ...]:
        names = (Alias(speaker.name, speaker.id, "name") for speaker in self.speakers)
        return tuple(dict.fromkeys((*names, *self.aliases)))

    @cached_property
    def _by_exact_form(self) -> Mapping[str, tuple[Alias, ...]]:
        return _grouped((alias.form, alias) for alias in self._all_forms)

    @cached_property
    def _by_folded_form(self) -> Mapping[str, tuple[Alias, ...]]:
        return _grouped((fold(alias.form), alias) for alias in self._all_forms)

    @cached_property
    def _full_names(self) -> tuple[Alias, ...]:
        people = {speaker.id for speaker in self.speakers if speaker.type == "person"}
        return tuple(a for a in self._all_forms if a.speaker_id in people and parts(a.form).given)

    @cached_property
    def _name_lengths(self) -> Mapping[str, tuple[int, ...]]:
        """The first folded word of a full name -> how many words such names have."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for alias in self._full_names:
            words = fold(alias.form).split()
            lengths[words[0]].add(len(words))
        return {word: tuple(sorted(found)) for word, found in lengths.items()}

    @cached_property
    def _by_name_key(self) -> Mapping[str, tuple[Alias, ...]]:
        return _grouped((name_key(alias.form), alias) for alias in self._full_names)

    @cached_property
    def _by_surname(self) -> Mapping[str, tuple[Alias, ...]]:
        return _grouped((surname_key(alias.form), alias) for alias in self._full_names)

    @cached_property
    def _vouched(self) -> tuple[Alias, ...]:
        """Forms long enough to be compared by their letters, of speakers that were not made automatically."""
        vouched = {speaker.id for speaker in self.speakers if speaker.source != "auto"}
        return tuple(a for a in self._all_forms if a.speaker_id in vouched and a.kind != "acronym" and " " in a.form)

    @cached_property
    def _vouched_keys(self) -> tuple[str, ...]:
        return tuple(name_key(alias.form) for alias in self._vouched)


def read_wordings(folder: Path) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of ``roles.csv`` and of ``countries.csv``, which every database shares."""
    return read_table(folder / "roles.csv", ROLES), read_table(folder / "countries.csv", PLACES)


def _grouped(pairs: Iterable[tuple[str, Alias]]) -> Mapping[str, tuple[Alias, ...]]:
    groups: dict[str, list[Alias]] = defaultdict(list)
    for key, alias in pairs:
        groups[key].append(alias)
    return {key: tuple(aliases) for key, aliases in groups.items()}


def _fits(speaker: Speaker, type: SpeakerType | None, gender: Gender | None) -> bool:
    if type in ("person", "organisation") and speaker.type != type:
        return False
    return not (gender and speaker.gender and gender != speaker.gender)
