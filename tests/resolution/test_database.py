"""Who a form stands for: exact, normalised, by romanisation, by office, by likeness; or nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quotes.errors import TableError
from quotes.model import Article, Resolution, SpeakerType
from quotes.resolution.database import SpeakerDatabase
from quotes.resolution.tables import SPEAKERS, parse_table
from quotes.resources import data_folder

IN_2016 = date(2016, 9, 9)


@pytest.fixture(scope="module")
def speakers() -> SpeakerDatabase:
    return SpeakerDatabase.from_csv(data_folder())


def row(id: str, name: str, type: str = "person", gender: str = "", source: str = "seed") -> dict[str, str | None]:
    return {
        "id": id, "name": name, "type": type, "gender": gender, "wikidata": "", "description": "", "source": source,
    }  # fmt: skip


def alias(form: str, speaker_id: str, valid_from: str = "", valid_to: str = "") -> dict[str, str | None]:
    return {"alias": form, "speaker_id": speaker_id, "kind": "variant", "valid_from": valid_from, "valid_to": valid_to}


@pytest.mark.parametrize(
    ("form", "name", "method"),
    [
        ("Sergueï Lavrov", "Sergueï Lavrov", "alias"),
        ("SERGUEÏ LAVROV", "Sergueï Lavrov", "normalised"),
        ("Serguei Lavrov", "Sergueï Lavrov", "normalised"),
        ("Sergeï Lavrov", "Sergueï Lavrov", "transliteration"),
        ("Sergej Lavrov", "Sergueï Lavrov", "transliteration"),
        ("M. Sergueï Lavrov", "Sergueï Lavrov", "alias"),
        ("Bashar al Assad", "Bachar al-Assad", "transliteration"),
        ("Assad", "Bachar al-Assad", "alias"),
        ("Volodimir Zelenski", "Volodymyr Zelensky", "transliteration"),
        ("J.-L. Mélenchon", "Jean-Luc Mélenchon", "initials"),
        ("Ash Carter", "Ashton Carter", "alias"),
        ("Wolfgang Schäuble", "Wolfgang Schäuble", "alias"),
        ("Christophe Castanier", "Christophe Castaner", "fuzzy"),
        ("le pape François", "pape François", "alias"),
        ("NKM", "Nathalie Kosciusko-Morizet", "alias"),
    ],
)
def test_people(speakers: SpeakerDatabase, form: str, name: str, method: str) -> None:
    found = speakers.resolve((form,), IN_2016, "person")
    assert found is not None
    assert (found.name, found.method) == (name, method)
    assert 0.7 <= found.score <= 1


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("le Kremlin", "Kremlin"),
        ("Le Kremlin", "Kremlin"),
        ("OTAN", "Otan"),
        ("Organisation mondiale de la Santé", "Organisation mondiale de la santé"),
        ("OMS", "Organisation mondiale de la santé"),
        ("l'AFP", "AFP"),
        ("département d’Etat", "département d'État"),
        ("Les Républicains", "Les Républicains"),
        ("Monde", "Le Monde"),
    ],
)
def test_organisations(speakers: SpeakerDatabase, form: str, name: str) -> None:
    found = speakers.resolve((form,), IN_2016, "organisation")
    assert found is not None
    assert found.name == name
    assert found.type == "organisation"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("Pavel Lavrov", "another given name"),
        ("Jimmy Carter", "another given name"),
        ("Marion Le Pen", "another given name"),
        ("Simone Hollande", "another given name"),
        ("Danielle Cameron", "another given name"),
        ("Clinton", "two people"),
        ("Le Pen", "two people and more"),
        ("Carter", "a surname alone, and nothing speaks for anybody"),
        ("François", "a given name"),
        ("Kremlin", "no person"),
        ("Untel", "nobody"),
        ("", "nothing"),
    ],
)
def test_refused(speakers: SpeakerDatabase, form: str, why: str) -> None:
    assert speakers.resolve((form,), IN_2016, "person") is None, why


def test_a_surname_needs_the_role_or_the_country(speakers: SpeakerDatabase) -> None:
    role = "le secrétaire américain à la Défense"
    for found in (
        speakers.resolve(("M. Carter",), IN_2016, "person", role),
        speakers.resolve(("M. Carter",), None, "person", role),
        speakers.resolve(("M. Carter", role), IN_2016, "person"),
        speakers.resolve(("M. Carter",), IN_2016, "person", None, ("États-Unis",)),
    ):
        assert found is not None
        assert found.name == "Ashton Carter"
    assert speakers.resolve(("M. Carter",), date(2012, 9, 9), "person", None, ("États-Unis",)) is None
    assert speakers.resolve(("Mme Carter",), IN_2016, "person", role) is None


def test_the_fullest_form_decides(speakers: SpeakerDatabase) -> None:
    assert speakers.resolve(("Paul Poutine", "Poutine"), IN_2016, "person") is None


def test_an_alias_has_its_time(speakers: SpeakerDatabase) -> None:
    assert speakers.resolve(("Assad",), date(1999, 1, 1), "person") is None


def test_two_people_with_one_name_stay_apart_and_are_listed() -> None:
    speakers = SpeakerDatabase.from_rows([row("jean-martin", "Jean Martin"), row("jean-martin-2", "Jean Martin")])
    assert speakers.resolve(("Jean Martin",), IN_2016, "person") is None
    candidates = speakers.candidates(("Jean Martin",), IN_2016, "person")
    assert {c.speaker_id for c in candidates} == {"jean-martin", "jean-martin-2"}


def test_two_people_with_one_surname() -> None:
    speakers = SpeakerDatabase.from_rows(
        [row("anne-untel", "Anne Untel", gender="f"), row("paul-untel", "Paul Untel", gender="m")]
    )
    assert speakers.resolve(("Untel",), IN_2016, "person") is None
    found = speakers.resolve(("Anne Untel", "Untel"), IN_2016, "person")
    assert found is not None
    assert found.speaker_id == "anne-untel"


def test_the_office_settles_a_tie() -> None:
    office: dict[str, str | None] = {
        "role": "mayor", "place": "x", "speaker_id": "jean-martin-2", "valid_from": "2014", "valid_to": "2020",
    }  # fmt: skip
    speakers = SpeakerDatabase.from_rows(
        [row("jean-martin", "Jean Martin"), row("jean-martin-2", "Jean Martin")],
        offices=[office],
        roles=[{"role": "mayor", "wording": "maire", "place": "x", "gender": "", "alone": "yes"}],
    )
    found = speakers.resolve(("Jean Martin",), IN_2016, "person", "le maire")
    assert found is not None
    assert found.speaker_id == "jean-martin-2"
    assert [c.speaker_id for c in found.runners_up] == ["jean-martin"]


def test_likeness_needs_a_margin_and_somebody_vouched_for() -> None:
    two = SpeakerDatabase.from_rows([row("a", "Arnaud Delavigne"), row("b", "Arnaud Delavogne")])
    assert two.resolve(("Arnaud Delavagne",), IN_2016, "person") is None
    assert len(two.candidates(("Arnaud Delavagne",), IN_2016, "person")) == 2
    automatic = SpeakerDatabase.from_rows([row("a", "Arnaud Delavigne", source="auto")])
    assert automatic.resolve(("Arnaud Delavagne",), IN_2016, "person") is None
    assert automatic.resolve(("Arnaud Delavigne",), IN_2016, "person") is not None


def test_the_version_changes_with_the_content() -> None:
    one = SpeakerDatabase.from_rows([row("a", "Anne Untel")])
    assert one.version == SpeakerDatabase.from_rows([row("a", "Anne Untel")]).version
    assert one.version != SpeakerDatabase.from_rows([row("a", "Anne Untel")], [alias("AU", "a")]).version


def article(day: date | None) -> Article:
    return Article("x", "", day)


def in_article(name: str, type: SpeakerType) -> Resolution:
    return Resolution(name, type, "phrase", 0.8)


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        # the phrase says the country
        ("« Oui », a dit le chef de la diplomatie russe.", "chef de la diplomatie russe", "Sergueï Lavrov"),
        # any spokesman
        ("« Oui », a dit un porte-parole du Pentagone.", "porte-parole du Pentagone", None),
        # the holder whom the article names
        ("François Hollande a vu Vladimir Poutine. « Oui », a dit le président français.", "président français",
         "François Hollande"),
        ("Manuel Valls était à Berlin. « Oui », a dit le Premier ministre.", "Premier ministre", "Manuel Valls"),
        # two holders are named
        ("François Hollande a vu Vladimir Poutine. « Oui », a dit le chef de l'État.", "chef de l'État", None),
        # the country that the article is about
        ("À Paris, l'armée française… « Oui », a dit le ministre de la Défense.", "ministre de la Défense",
         "Jean-Yves Le Drian"),
        ("« Oui », a dit le ministre de la Défense.", "ministre de la Défense", None),
    ],
)  # fmt: skip
def test_canonical_roles(speakers: SpeakerDatabase, text: str, phrase: str, name: str | None) -> None:
    found = speakers.canonical(in_article(phrase, "unnamed"), article(IN_2016), text)
    assert found.name == (name or phrase)
    assert (found.speaker_id is not None) == (name is not None)


def test_canonical_keeps_how_the_article_was_read(speakers: SpeakerDatabase) -> None:
    pronoun = Resolution("Sergei Lavrov", "person", "pronoun", 0.8, forms=("Sergei Lavrov", "Lavrov"))
    found = speakers.canonical(pronoun, article(IN_2016), "Sergei Lavrov")
    assert (found.name, found.speaker_id, found.gender) == ("Sergueï Lavrov", "serguei-lavrov", "m")
    assert found.forms == ("Sergei Lavrov", "Lavrov")
    assert found.method == "transliteration"


@pytest.mark.parametrize(
    ("name", "seemed", "type", "canonical"),
    [
        ("Marine Le Pen", "organisation", "person", "Marine Le Pen"),
        ("LFI", "person", "organisation", "La France insoumise"),
        ("Orange", "person", "person", "Orange"),
        ("Damien Abad (LR)", "person", "person", "Damien Abad"),
        ("Organisation mondiale de la Santé (OMS", "organisation", "organisation", "Organisation mondiale de la santé"),
    ],
)
def test_canonical_mends_what_the_article_seemed_to_say(
    speakers: SpeakerDatabase, name: str, seemed: SpeakerType, type: SpeakerType, canonical: str
) -> None:
    found = speakers.canonical(in_article(name, seemed), article(date(2020, 1, 1)), f"« Oui », a dit {name}.")
    assert (found.name, found.type) == (canonical, type)


def test_the_shipped_tables_hold_together(speakers: SpeakerDatabase) -> None:
    ids = [speaker.id for speaker in speakers.speakers]
    assert len(ids) == len(set(ids))
    for speaker in speakers.speakers:
        found = speakers.resolve((speaker.name,), None, speaker.type)
        assert found is not None, speaker
        assert found.speaker_id == speaker.id
    for known in speakers.speakers:
        assert known.gender or known.type != "person", known


@pytest.mark.parametrize(
    "data",
    [
        "id;name;type;gender;wikidata;description;source\r\nanne-untel;Anne Untel;person;f;;;moi\r\n;;;;;;\r\n",
        "\ufeffid,name,type,gender,wikidata,description,source\nanne-untel, Anne Untel ,person,f,,,moi\n",
        "name\tid\ttype\tgender\twikidata\tdescription\tsource\r\nAnne Untel\tanne-untel\tperson\tf\t\t\tmoi\r\n",
    ],
)
def test_what_a_spreadsheet_does_to_a_table_is_no_fault(data: str) -> None:
    assert parse_table(data.encode(), SPEAKERS, "x.csv")[0]["name"] == "Anne Untel"


def test_windows_encoding() -> None:
    data = "id;name;type;gender;wikidata;description;source\r\na;Zoé Untel;person;f;;;\r\n".encode("cp1252")
    assert parse_table(data, SPEAKERS, "x.csv")[0]["name"] == "Zoé Untel"


@pytest.mark.parametrize(
    ("data", "line", "fault"),
    [
        ("id,name\na,b\n", 1, "missing"),
        ("id,name,type,gender,wikidata,description,source,colour\n", 1, "unknown"),
        ("id,name,type,gender,wikidata,description,source\na,A,person,f,,,\nb,B,person,f,,\n", 3, "6 cells"),
        ("id,name,type,gender,wikidata,description,source\nA b,A,person,f,,,\n", 2, "identifier"),
        ("id,name,type,gender,wikidata,description,source\na,,person,f,,,\n", 2, "name is empty"),
        ("id,name,type,gender,wikidata,description,source\na,A,planet,f,,,\n", 2, "planet"),
        ("id,name,type,gender,wikidata,description,source\na,A,person,f,q1,,\n", 2, "Wikidata"),
        ('id,name,type,gender,wikidata,description,source\na,"A,person,f,,,\n', 2, ""),
    ],
)
def test_a_broken_table_is_refused_with_its_lines(data: str, line: int, fault: str) -> None:
    with pytest.raises(TableError) as error:
        parse_table(data.encode(), SPEAKERS, "x.csv")
    assert f"line {line}" in str(error.value)
    assert fault in str(error.value)


def test_every_fault_is_listed() -> None:
    data = "id,name,type,gender,wikidata,description,source\na,A,planet,f,,,\nb,,person,x,,,\n"
    with pytest.raises(TableError) as error:
        parse_table(data.encode(), SPEAKERS, "x.csv")
    assert str(error.value).count("line ") == 3


def test_an_alias_of_nobody_is_refused(tmp_path: Path) -> None:
    for name in ("speakers", "offices", "roles", "countries"):
        (tmp_path / f"{name}.csv").write_text((data_folder() / f"{name}.csv").read_text("utf-8"), "utf-8")
    (tmp_path / "aliases.csv").write_text(
        "alias,speaker_id,kind,valid_from,valid_to,source\nX,nobody,variant,,,\n", "utf-8"
    )
    with pytest.raises(TableError, match="nobody"):
        SpeakerDatabase.from_csv(tmp_path)
