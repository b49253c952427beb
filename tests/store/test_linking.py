"""One identity for each speaker of the corpus, and decisions that have the last word."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from sqlite_utils import Database

from quotes import store
from quotes.model import Analysis, Article, Extent, Parse, Quotation, Resolution
from quotes.resolution.names import slug

VERSIONS = {"parse": "p", "attribute": "a", "resolve": "r"}


def add(db: Database, article_id: str, *speakers: Resolution) -> None:
    """An article with one quotation by each of the speakers."""
    article = Article(article_id, "x" * 100)
    quotations = tuple(
        Quotation(article_id, Extent(i, i + 1), Extent(i, i + 1), "x", "direct", "r", "b", 0.9, speaker=speaker)
        for i, speaker in enumerate(speakers)
    )
    record = store.record_of(Analysis(article, quotations, Parse(())), VERSIONS, source="s", lemma_of=str.lower)
    with db.atomic():
        store.write_record(db, record, parse_model="p", added_at="now")


def person(name: str, speaker_id: str | None = None, gender: str | None = None) -> Resolution:
    return Resolution(name, "person", "full-name", 1.0, speaker_id, gender, (name,))  # type: ignore[arg-type]


def body(name: str) -> Resolution:
    return Resolution(name, "organisation", "name", 1.0, forms=(name,))


def linked(db: Database) -> dict[str, tuple[str, str | None]]:
    rows = db.execute("SELECT article_id, start, speaker, speaker_id FROM quotations ORDER BY 1, 2").fetchall()
    return {f"{article}{start}": (speaker, speaker_id) for article, start, speaker, speaker_id in rows}


def speakers(db: Database) -> list[tuple[str, str, str, str | None, str]]:
    return db.execute("SELECT id, name, type, gender, source FROM speakers ORDER BY id").fetchall()


def test_the_same_name_is_the_same_speaker(db: Database) -> None:
    add(db, "a", person("Inès Petit-Jean", gender="f"))
    add(db, "b", person("Ines Petit Jean"), person("Inès Petit-Jean", gender="f"))
    store.link(db, slug)
    assert {i for _, i in linked(db).values()} == {"ines-petit-jean"}
    assert speakers(db) == [("ines-petit-jean", "Inès Petit-Jean", "person", "f", "auto")]


def test_a_surname_alone_is_nobody_in_particular(db: Database) -> None:
    add(db, "a", person("Petit"), body("Amnesty"), Resolution("un témoin", "unnamed", "role", 0.5))
    store.link(db, slug)
    assert linked(db) == {"a0": ("Petit", None), "a1": ("Amnesty", "amnesty"), "a2": ("un témoin", None)}


def test_a_name_in_the_table_is_that_speaker(db: Database) -> None:
    store.seed(db, {"speakers": [{"id": "anne-martin", "name": "Anne Martin", "type": "person"}]})
    add(db, "a", person("ANNE MARTIN"))
    store.link(db, slug)
    assert linked(db) == {"a0": ("ANNE MARTIN", "anne-martin")}
    assert speakers(db) == [("anne-martin", "Anne Martin", "person", None, "seed")]


def test_a_person_and_a_body_of_one_name_are_two(db: Database) -> None:
    add(db, "a", person("Louis Vuitton"), body("Louis Vuitton"))
    store.link(db, slug)
    assert [i for _, i in linked(db).values()] == ["louis-vuitton", "louis-vuitton-organisation"]
    before = speakers(db)
    store.link(db, slug)
    assert speakers(db) == before


def test_a_resolution_makes_its_speaker(db: Database) -> None:
    add(db, "a", person("Anne Martin", "anne-martin"))
    assert speakers(db) == [("anne-martin", "Anne Martin", "person", None, "auto")]
    store.link(db, slug)
    assert linked(db) == {"a0": ("Anne Martin", "anne-martin")}
    assert len(speakers(db)) == 1


def test_speakers_that_nobody_quotes_any_more_go(db: Database) -> None:
    add(db, "a", person("Anne Martin"))
    store.link(db, slug)
    add(db, "a", person("Paul Durand"))
    store.link(db, slug)
    assert [row[0] for row in speakers(db)] == ["paul-durand"]


def decide(db: Database, **decision: object) -> None:
    row: Mapping[str, object] = {"verdict": "same", "scope": "corpus", "at": "2026-01-01", **decision}
    with db.atomic():
        db["decisions"].insert(row)


@pytest.fixture
def two(db: Database) -> Database:
    store.seed(db, {"speakers": [{"id": "x", "name": "Xavier Petit", "type": "person"}]})
    add(db, "a", person("Petit"), person("Anne Martin"))
    add(db, "b", person("Petit"))
    return db


@pytest.mark.parametrize(
    ("decision", "reached"),
    [
        ({"form": "Petit", "speaker_id": "x"}, {"a0", "b0"}),
        ({"form": "Petit", "speaker_id": "x", "scope": "article", "article_id": "b"}, {"b0"}),
        ({"form": "Petit", "speaker_id": "nobody"}, set()),
        ({"form": "Petit", "speaker_id": "x", "verdict": "unsure"}, set()),
        ({"form": "Pet", "speaker_id": "x"}, set()),
    ],
)
def test_a_decision_beats_the_article(two: Database, decision: dict[str, str], reached: set[str]) -> None:
    decide(two, **decision)
    store.link(two, slug)
    assert {key for key, (name, i) in linked(two).items() if (name, i) == ("Xavier Petit", "x")} == reached


def test_a_decision_on_one_quotation(two: Database) -> None:
    quotation = two.execute("SELECT id FROM quotations WHERE article_id = 'b'").fetchone()[0]
    decide(two, quotation_id=quotation, speaker_id="x")
    store.link(two, slug)
    assert linked(two)["b0"] == ("Xavier Petit", "x")
    assert linked(two)["a0"] == ("Petit", None)


def test_a_decision_that_it_is_somebody_else(two: Database) -> None:
    decide(two, verdict="different", form="Anne Martin", speaker_id="anne-martin", scope="article", article_id="a")
    store.link(two, slug)
    assert linked(two)["a1"] == ("Anne Martin", None)


def test_the_newest_decision_has_the_last_word(two: Database) -> None:
    store.seed(two, {"speakers": [{"id": i, "name": i.upper(), "type": "person"} for i in ("x", "y")]})
    decide(two, form="Petit", speaker_id="y", at="2026-02-01")
    decide(two, form="Petit", speaker_id="x", at="2026-01-01")
    store.link(two, slug)
    assert linked(two)["a0"] == ("Y", "y")


def test_an_undone_decision_leaves_no_trace(two: Database) -> None:
    store.link(two, slug)
    before = linked(two), speakers(two)
    decide(two, form="Petit", speaker_id="x")
    store.link(two, slug)
    assert (linked(two), speakers(two)) != before
    with two.atomic():
        two.execute("UPDATE decisions SET undone_at = '2026-03-01'")
    store.link(two, slug)
    assert (linked(two), speakers(two)) == before


def test_seeding_again_keeps_what_people_changed(db: Database) -> None:
    tables = {
        "speakers": [{"id": "x", "name": "Xavier Petit", "type": "person", "gender": ""}],
        "aliases": [{"alias": "X. Petit", "speaker_id": "x", "kind": "variant", "source": "usage"}],
        "offices": [{"role": "maire", "place": "Lyon", "speaker_id": "x", "valid_from": "2012", "known_until": "2026"}],
    }
    assert store.seed(db, tables)
    assert not store.seed(db, tables)
    with db.atomic():
        db["aliases"].insert({"alias": "Petit", "speaker_id": "x", "kind": "name", "source": "user"})
        db["speakers"].insert({"id": "y", "name": "Yves", "type": "person", "source": "user"})
    renamed = {**tables, "speakers": [{**tables["speakers"][0], "name": "Xavier Le Petit"}], "offices": []}
    assert store.seed(db, renamed)
    assert [(s[0], s[1], s[4]) for s in speakers(db)] == [("x", "Xavier Le Petit", "seed"), ("y", "Yves", "user")]
    aliases = db.execute("SELECT alias, source FROM aliases ORDER BY 1").fetchall()
    assert aliases == [("Petit", "user"), ("X. Petit", "usage")]
    assert db.execute("SELECT count(*) FROM offices").fetchone() == (0,)


def test_forms_are_json(two: Database) -> None:
    forms = two.execute("SELECT speaker_forms FROM quotations WHERE article_id = 'b'").fetchone()[0]
    assert json.loads(forms) == ["Petit"]
