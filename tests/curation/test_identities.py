"""One identity a name, decisions last, and everything undone by undoing."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from quotes.curation import decide, identify, link_wikidata, merge, refresh, rename, split_form, split_merged, undo
from quotes.errors import QuotesError
from tests.curation.conftest import Say, speakers_of, state


def test_a_name_met_often_enough_is_somebody(db: Database, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    once = say("a1", "Zoé Martin")
    often = [say("a1", "Édouard Martin"), say("a2", "Edouard Martin"), say("a3", "Edouard Martin")]
    identify(db)
    assert speakers_of(db)[once] == "zoe-martin"
    monkeypatch.setattr("quotes.curation.identities.LARGE_CORPUS", 2)
    identify(db)
    found = speakers_of(db)
    assert found[once] is None
    assert {found[i] for i in often} == {"edouard-martin"}
    speakers = db.execute("SELECT id, name FROM speakers WHERE source = 'auto'").fetchall()
    assert speakers == [("edouard-martin", "Edouard Martin")]


def test_romanisations_are_one_name(db: Database, say: Say) -> None:
    ids = [say("a1", "Mohamed Delatour"), say("a2", "Mohammed Delatour"), say("a3", "Mohammed Delatour")]
    identify(db)
    assert {speakers_of(db)[i] for i in ids} == {"mohammed-delatour"}
    assert db.execute("SELECT alias FROM aliases WHERE speaker_id = 'mohammed-delatour'").fetchall() == [
        ("Mohamed Delatour",)
    ]


@pytest.mark.parametrize("name", ["Martin", "M. Martin", "le maire"])
def test_less_than_a_full_name_is_nobody(db: Database, say: Say, name: str) -> None:
    ids = [say("a1", name), say("a2", name)]
    identify(db)
    assert {speakers_of(db)[i] for i in ids} == {None}


def test_two_people_with_one_surname_stay_two(db: Database, say: Say) -> None:
    ids = [say("a1", "Luc Martin"), say("a1", "Zoé Martin"), say("a2", "Luc Martin"), say("a2", "Zoé Martin")]
    identify(db)
    assert [speakers_of(db)[i] for i in ids] == ["luc-martin", "zoe-martin", "luc-martin", "zoe-martin"]


def test_a_person_and_a_body_of_one_name(db: Database, say: Say) -> None:
    ids = [say("a1", "Marie Claire"), say("a2", "Marie Claire")]
    ids += [say("a1", "Marie Claire", type="organisation"), say("a2", "Marie Claire", type="organisation")]
    identify(db)
    found = speakers_of(db)
    assert found[ids[0]] != found[ids[2]]
    assert None not in (found[ids[0]], found[ids[2]])


def test_a_name_mostly_of_a_person_is_one(db: Database, say: Say) -> None:
    ids = [say(f"a{n}", "Hugo Martin") for n in range(3)] + [say("a4", "Hugo Martin", type="organisation")]
    identify(db)
    assert {speakers_of(db)[i] for i in ids} == {"hugo-martin"}
    assert db.execute("SELECT type FROM speakers WHERE id = 'hugo-martin'").fetchone() == ("person",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ministère de la Justice", "ministere-de-la-justice"),
        ("BFMTV", "bfmtv"),
        ("l'Association des maires ruraux", "association-des-maires-ruraux"),
        ("texte", None),
        ("gouvernement", None),
        ("Haute", None),
        ("Ukrainienne", None),
    ],
)
def test_what_is_a_body(db: Database, say: Say, name: str, expected: str | None) -> None:
    ids = [say("a1", name, type="organisation"), say("a2", name, type="organisation")]
    identify(db)
    assert {speakers_of(db)[i] for i in ids} == {expected}


def test_running_again_changes_nothing(db: Database, say: Say) -> None:
    say("a1", "Luc Martin")
    say("a2", "Luc Martin")
    identify(db)
    before = state(db)
    assert identify(db).changed == 0
    assert state(db) == before


def test_merge_rebuild_split_gives_the_first_state(db: Database, say: Say) -> None:
    for name in ("Luc Martin", "Lucas Martin"):
        say("a1", name)
        say("a2", name)
    refresh(db)
    first = state(db)
    merge(db, "luc-martin", "lucas-martin", by="test")
    refresh(db)
    assert set(speakers_of(db).values()) == {"lucas-martin"}
    refresh(db)  # the rebuild
    assert set(speakers_of(db).values()) == {"lucas-martin"}
    split_merged(db, "lucas-martin", "luc-martin")
    refresh(db)
    assert state(db) == first


def test_merge_of_a_known_speaker(db: Database, say: Say) -> None:
    known = say("a1", "Anne Untel", speaker_id="anne-untel")
    merge(db, "anne-untel", "sergei-ivanov")
    refresh(db)
    assert speakers_of(db)[known] == "sergei-ivanov"
    assert db.execute("SELECT speaker FROM quotations").fetchone() == ("Sergueï Ivanov",)


def test_merges_are_followed(db: Database, say: Say) -> None:
    known = say("a1", "Anne Untel", speaker_id="anne-untel")
    merge(db, "anne-untel", "paul-untel")
    merge(db, "paul-untel", "sergei-ivanov")
    identify(db)
    assert speakers_of(db)[known] == "sergei-ivanov"


def test_merges_that_make_no_sense(db: Database) -> None:
    with pytest.raises(QuotesError, match="same speaker"):
        merge(db, "anne-untel", "anne-untel")
    merge(db, "anne-untel", "paul-untel")
    with pytest.raises(QuotesError, match="same speaker"):
        merge(db, "paul-untel", "anne-untel")
    with pytest.raises(QuotesError, match="already"):
        merge(db, "anne-untel", "sergei-ivanov")
    with pytest.raises(QuotesError, match="no speaker"):
        merge(db, "nobody", "anne-untel")
    with pytest.raises(QuotesError, match="not merged"):
        split_merged(db, "sergei-ivanov", "anne-untel")


def test_a_decision_for_a_quotation_beats_one_for_the_article_beats_one_for_the_corpus(db: Database, say: Say) -> None:
    ids = [say("a1", "Untel"), say("a1", "Untel"), say("a2", "Untel")]
    decide(db, "same", form="Untel", speaker_id="anne-untel", article_id="a1")
    decide(db, "same", quotation_id=ids[0], speaker_id="sergei-ivanov")
    decide(db, "same", form="untel", speaker_id="paul-untel")
    identify(db)
    assert [speakers_of(db)[i] for i in ids] == ["sergei-ivanov", "anne-untel", "paul-untel"]
    assert {row[0] for row in db.execute("SELECT method FROM quotations")} == {"decision"}


def test_the_newest_decision_wins_and_undoing_it_brings_back_the_one_before(db: Database, say: Say) -> None:
    quotation = say("a1", "Untel")
    first = state(db)
    older = decide(db, "same", quotation_id=quotation, speaker_id="anne-untel")
    newer = decide(db, "same", quotation_id=quotation, speaker_id="paul-untel")
    identify(db)
    assert speakers_of(db)[quotation] == "paul-untel"
    undo(db, newer)
    identify(db)
    assert speakers_of(db)[quotation] == "anne-untel"
    undo(db, older)
    identify(db)
    assert state(db) == first
    with pytest.raises(QuotesError, match="no decision"):
        undo(db, older)


def test_a_rejected_speaker_is_not_shown(db: Database, say: Say) -> None:
    quotation = say("a1", "Anne Untel", speaker_id="anne-untel")
    decide(db, "different", quotation_id=quotation, speaker_id="anne-untel")
    identify(db)
    assert db.execute("SELECT speaker, speaker_id FROM quotations").fetchone() == (None, None)


def test_a_decision_on_words_that_had_no_speaker(db: Database, say: Say) -> None:
    quotation = say("a1", None)
    decide(db, "same", quotation_id=quotation, speaker_id="anne-untel")
    identify(db)
    assert speakers_of(db)[quotation] == "anne-untel"


def test_unsure_changes_nothing(db: Database, say: Say) -> None:
    quotation = say("a1", "Anne Untel", speaker_id="anne-untel")
    decide(db, "unsure", quotation_id=quotation, speaker_id="paul-untel")
    identify(db)
    assert speakers_of(db)[quotation] == "anne-untel"


def test_a_decision_needs_something_that_it_is_about(db: Database) -> None:
    with pytest.raises(QuotesError):
        decide(db, "same", speaker_id="anne-untel")


def test_a_decision_outlives_extraction(db: Database, say: Say) -> None:
    """A build with --force writes the rows anew; the number of a quotation is the same as long as its place is."""
    quotation = say("a1", "Anne Untel", speaker_id="anne-untel")
    decide(db, "same", quotation_id=quotation, speaker_id="paul-untel")
    db.execute("DELETE FROM quotations")
    assert say("a1", "Anne Untel", speaker_id="anne-untel") == quotation
    identify(db)
    assert speakers_of(db)[quotation] == "paul-untel"


def test_split_a_form_off(db: Database, say: Say) -> None:
    ids = [
        say("a1", "Anne Untel", speaker_id="anne-untel", forms=("A. Untel",)),
        say("a2", "Anne Untel", speaker_id="anne-untel", forms=("Anne Untel",)),
    ]
    refresh(db)
    assert {speakers_of(db)[i] for i in ids} == {"anne-untel"}
    assert split_form(db, "anne-untel", "A. Untel", name="Alice Untel") == "alice-untel"
    refresh(db)
    assert [speakers_of(db)[i] for i in ids] == ["alice-untel", "anne-untel"]


def test_split_in_one_article_makes_a_second_speaker_of_the_name(db: Database, say: Say) -> None:
    ids = [say("a1", "Luc Martin"), say("a2", "Luc Martin")]
    refresh(db)
    assert split_form(db, "luc-martin", "Luc Martin", article_id="a2") == "luc-martin-2"
    identify(db)
    assert [speakers_of(db)[i] for i in ids] == ["luc-martin", "luc-martin-2"]


def test_rename_keeps_the_old_name_and_lasts(db: Database, say: Say) -> None:
    ids = [say("a1", "Luc Martin"), say("a2", "Luc Martin")]
    refresh(db)
    rename(db, "luc-martin", "Lucas Martin-Durand")
    refresh(db)
    refresh(db)
    assert {speakers_of(db)[i] for i in ids} == {"luc-martin"}
    assert db.execute("SELECT DISTINCT speaker FROM quotations").fetchall() == [("Lucas Martin-Durand",)]
    rename(db, "luc-martin", "Luc Martin")
    refresh(db)
    assert db.execute("SELECT DISTINCT speaker FROM quotations").fetchall() == [("Luc Martin",)]
    with pytest.raises(QuotesError, match="empty"):
        rename(db, "luc-martin", "  ")


def test_wikidata(db: Database) -> None:
    link_wikidata(db, "anne-untel", "Q42")
    assert db.execute("SELECT wikidata, source FROM speakers WHERE id = 'anne-untel'").fetchone() == ("Q42", "user")
    with pytest.raises(QuotesError, match="Wikidata"):
        link_wikidata(db, "anne-untel", "42")


def test_offices_are_resolved_by_the_date_of_the_article(db: Database, say: Say) -> None:
    text = "« Oui », a dit le chef de l'État français."
    ids = [
        say(f"a{day}", "chef de l'État français", type="unnamed", method="phrase", day=day, text=text)
        for day in ("2015-05-31", "2015-06-01", "2015-06-02", "2021-01-01")
    ]
    refresh(db)
    assert [speakers_of(db)[i] for i in ids] == ["anne-untel", "paul-untel", "paul-untel", None]
    db.execute("DELETE FROM offices")
    refresh(db)
    assert [speakers_of(db)[i] for i in ids] == [None] * 4
    assert {row[0] for row in db.execute("SELECT speaker_type FROM quotations")} == {"unnamed"}
    assert {row[0] for row in db.execute("SELECT speaker FROM quotations")} == {"chef de l'État français"}


def test_a_new_alias_needs_no_parse(db: Database, say: Say) -> None:
    quotation = say("a1", "Nounou")
    refresh(db)
    assert speakers_of(db)[quotation] is None
    db.execute(
        "INSERT INTO aliases (alias, speaker_id, kind, source) VALUES ('Nounou', 'anne-untel', 'nickname', 'user')"
    )
    refresh(db)
    assert speakers_of(db)[quotation] == "anne-untel"
    db.execute("DELETE FROM aliases WHERE alias = 'Nounou'")
    refresh(db)
    assert speakers_of(db)[quotation] is None
    assert db.execute("SELECT speaker FROM quotations").fetchone() == ("Nounou",)
