"""Roles that name nobody, read as role x place and looked up by date."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.resolution.database import SpeakerDatabase
from quotes.resolution.offices import Office
from quotes.resources import data_folder

SEPTEMBER_2016 = date(2016, 9, 28)


@pytest.fixture(scope="module")
def speakers() -> SpeakerDatabase:
    return SpeakerDatabase.from_csv(data_folder())


def holder(
    speakers: SpeakerDatabase, phrase: str, on: date | None = SEPTEMBER_2016, countries: tuple[str, ...] = ()
) -> str | None:
    found = speakers.office_holder(phrase, on, countries)
    return found.name if found else None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        # one role and one place, worded in every way
        ("le chef de la diplomatie russe", "Sergueï Lavrov"),
        ("le ministre russe des Affaires étrangères", "Sergueï Lavrov"),
        ("le ministre des Affaires étrangères russe", "Sergueï Lavrov"),
        ("le ministre des Affaires étrangères de la Russie", "Sergueï Lavrov"),
        ("Le patron de la diplomatie de Moscou", "Sergueï Lavrov"),
        # with and without accents and capitals
        ("le secrétaire d'État américain", "John Kerry"),
        ("le secrétaire d’Etat américain", "John Kerry"),
        ("le secrétaire américain à la défense", "Ashton Carter"),
        ("le chef du Pentagone", "Ashton Carter"),
        # bodies
        ("le porte-parole du Pentagone", "Peter Cook"),
        ("le porte-parole adjoint du département d'État", "Mark Toner"),
        ("le porte-parole du Kremlin", "Dmitri Peskov"),
        ("la porte-parole du ministère russe des Affaires étrangères", "Maria Zakharova"),
        ("le secrétaire général des Nations unies", "Ban Ki-moon"),
        ("le chef de l'ONU", "Ban Ki-moon"),
        ("le secrétaire général de l'Otan", "Jens Stoltenberg"),
        ("le président de la Commission européenne", "Jean-Claude Juncker"),
        ("la cheffe de la diplomatie européenne", "Federica Mogherini"),
        ("la haute représentante de l'UE pour les Affaires étrangères", "Federica Mogherini"),
        # a masculine noun for a woman
        ("le chef de la diplomatie de l'Union européenne", "Federica Mogherini"),
        ("le Premier ministre britannique", "Theresa May"),
        ("la chancelière allemande", "Angela Merkel"),
        # the wording says the country
        ("le locataire de l'Élysée", "François Hollande"),
        ("le garde des Sceaux", "Jean-Jacques Urvoas"),
        ("l'actuel président français", "François Hollande"),
        ("M. le secrétaire d'État américain", "John Kerry"),
        ("le ministère russe de la Défense", "ministère russe de la Défense"),
    ],
)
def test_wordings(speakers: SpeakerDatabase, phrase: str, name: str) -> None:
    assert holder(speakers, phrase) == name


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("l'ancien président français", "somebody before"),
        ("l'ex-ministre russe de la Défense", "somebody before"),
        ("le futur président américain", "somebody after"),
        ("le nouveau président américain", "perhaps only elected"),
        ("le ministre russe adjoint des Affaires étrangères", "a deputy"),
        ("le vice-ministre russe des Affaires étrangères", "a deputy"),
        ("les ministres russes des Affaires étrangères", "more than one"),
        ("les porte-parole du Kremlin", "more than one"),
        ("un porte-parole du Kremlin", "anybody"),
        ("son homologue russe", "no role"),
        ("porte-parole du Kremlin", "no determiner"),
        ("la porte-parole du Kremlin", "a woman, where a man holds the office"),
        ("le président", "whose?"),
        ("le ministre", "whose?"),
        ("le chef de la diplomatie atlante", "no such place"),
        ("", "nothing"),
    ],
)
def test_refused(speakers: SpeakerDatabase, phrase: str, why: str) -> None:
    assert holder(speakers, phrase) is None, why
    assert holder(speakers, phrase, countries=("russie",)) is None, why


@pytest.mark.parametrize(
    ("phrase", "day", "name"),
    [
        ("le secrétaire d'État américain", date(2017, 1, 19), "John Kerry"),
        ("le secrétaire d'État américain", date(2017, 1, 25), None),
        ("le secrétaire d'État américain", date(2017, 2, 1), "Rex Tillerson"),
        ("le président français", date(2017, 5, 13), "François Hollande"),
        ("le président français", date(2017, 5, 14), "Emmanuel Macron"),
        ("le président français", date(2017, 5, 15), "Emmanuel Macron"),
        ("le Premier ministre russe", date(2012, 5, 6), "Vladimir Poutine"),
        ("le Premier ministre russe", date(2012, 5, 8), "Dmitri Medvedev"),
        ("le président russe", date(2012, 5, 6), "Dmitri Medvedev"),
        ("le président russe", date(2012, 5, 7), "Vladimir Poutine"),
        ("le ministre russe de la Défense", date(2015, 9, 18), "Sergueï Choïgou"),
        ("le ministre russe de la Défense", date(2024, 5, 14), "Andreï Belooussov"),
        ("le président américain", date(2021, 1, 19), "Donald Trump"),
        ("le président américain", date(2021, 1, 20), "Joe Biden"),
        ("le président américain", date(2025, 1, 20), "Donald Trump"),
    ],
)
def test_before_on_and_after_a_change(speakers: SpeakerDatabase, phrase: str, day: date, name: str | None) -> None:
    assert holder(speakers, phrase, day) == name


def test_a_role_without_country_needs_the_context(speakers: SpeakerDatabase) -> None:
    assert holder(speakers, "le chef de l'État") is None
    assert holder(speakers, "le chef de l'État", countries=("France",)) == "François Hollande"
    assert holder(speakers, "le chef de l'État", countries=("russie",)) == "Vladimir Poutine"
    assert holder(speakers, "le ministre de la Défense", countries=("france", "russie")) is None
    assert holder(speakers, "le chef de l'État", countries=("nulle part",)) is None


def test_nobody_is_known_after_the_table_ends(speakers: SpeakerDatabase) -> None:
    assert holder(speakers, "le chef de la diplomatie russe", date(2040, 1, 1)) is None


def test_without_a_date(speakers: SpeakerDatabase) -> None:
    assert holder(speakers, "le chef de la diplomatie russe", None) == "Sergueï Lavrov"
    assert holder(speakers, "le secrétaire d'État américain", None) is None
    found = speakers.office_holder("le secrétaire d'État américain", None, (), ("john-kerry", "serguei-lavrov"))
    assert found is not None
    assert found.name == "John Kerry"


def test_counterpart(speakers: SpeakerDatabase) -> None:
    found = speakers.counterpart("serguei-lavrov", "américain", SEPTEMBER_2016)
    assert found is not None
    assert found.name == "John Kerry"
    assert speakers.counterpart("serguei-lavrov", "américain", None) is None


@pytest.mark.parametrize(
    ("day", "held"), [(date(2012, 12, 30), False), (date(2012, 12, 31), True), (date(2014, 1, 1), False)]
)
def test_a_year_alone_counts_only_where_it_is_certain(day: date, held: bool) -> None:
    row = {"role": "president", "place": "france", "speaker_id": "x", "valid_from": "2012", "valid_to": "2014"}
    assert Office.from_row(row).held_on(day) is held


def test_places(speakers: SpeakerDatabase) -> None:
    assert speakers.offices.places_in("À Moscou, le président russe a reçu l'Américain.")[0] == "russie"
    assert speakers.offices.place_id("Russie") == "russie"
    assert speakers.offices.place_id("Bruxelles") is None  # Belgium or the European Union


def test_no_two_hold_an_office_of_one_at_a_time(speakers: SpeakerDatabase) -> None:
    dated = [o for o in speakers.offices.offices if o.valid_from]
    for office in dated:
        same = [
            o
            for o in dated
            if (o.role, o.place) == (office.role, office.place) and o.held_on(office.valid_from or SEPTEMBER_2016)
        ]
        assert len(same) == 1, same


def test_every_office_ends_or_says_until_when_it_is_known(speakers: SpeakerDatabase) -> None:
    assert all(o.valid_to or o.known_until for o in speakers.offices.offices if o.valid_from)


def test_who_held_an_office_and_gave_it_up(speakers: SpeakerDatabase) -> None:
    assert "François Hollande" in speakers.former_holders("le président de la République", date(2018, 1, 1))
    assert "François Hollande" not in speakers.former_holders("le président de la République", SEPTEMBER_2016)
    assert speakers.former_holders("le boulanger", None) == ()
