"""The tables out as CSV and in again, as a spreadsheet leaves them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes.curation import decide, export_tables, find_speaker, import_tables, profile, suggest, top
from quotes.curation.refresh import refresh
from quotes.errors import QuotesError, TableError
from tests.curation.conftest import Say


@pytest.mark.parametrize("spreadsheet", [False, True])
def test_round_trip(db: Database, tmp_path: Path, spreadsheet: bool) -> None:
    decide(db, "same", form="Nounou", speaker_id="anne-untel", why="dit « l'article » ; vu")
    folder = tmp_path / "out"
    export_tables(db, folder, semicolon=spreadsheet, bom=spreadsheet)
    if spreadsheet:
        for path in folder.glob("*.csv"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = import_tables(db, [folder], replace=True)
    assert [(d.added, d.changed, d.removed) for d in done] == [(0, 0, 0)] * 4


def test_an_edited_file(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_bytes(
        "\ufeffalias;speaker_id;kind;valid_from;valid_to;source\r\n"
        "Nounou;anne-untel;nickname;;;\r\n;;;;;\r\nSI;sergei-ivanov;acronym;2012;;\r\n".encode()
    )
    (done,) = import_tables(db, [path])
    assert (done.added, done.changed, done.removed) == (1, 1, 0)
    assert db.execute("SELECT source FROM aliases WHERE alias = 'Nounou'").fetchone() == ("user",)
    assert db.execute("SELECT valid_from FROM aliases WHERE alias = 'SI'").fetchone() == ("2012",)


def test_replace_removes_what_the_file_lacks(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("alias,speaker_id,kind,valid_from,valid_to,source\n", "utf-8")
    assert import_tables(db, [path])[0].removed == 0
    assert import_tables(db, [path], replace=True)[0].removed == 1


def test_a_new_speaker_with_its_aliases(db: Database, tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text(
        "alias,speaker_id,kind,valid_from,valid_to,source\nLéo,leo-petit,nickname,,,\n", "utf-8"
    )
    (tmp_path / "speakers.csv").write_text(
        "id,name,type,gender,wikidata,description,source\nleo-petit,Léo Petit,person,m,,,\n", "utf-8"
    )
    assert [d.added for d in import_tables(db, [tmp_path / "aliases.csv", tmp_path / "speakers.csv"])] == [1, 1]


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("aliases", ["X,nobody,variant,,,"], ["line 2", "nobody"]),
        ("aliases", ["X,anne-untel,planet,,,", "Y,anne-untel,variant,hier,,"], ["line 2", "planet", "line 3", "hier"]),
        ("aliases", ["X,anne-untel,variant,,,", "X,anne-untel,variant,,,"], ["line 3", "line 2"]),
        ("aliases", ["X,anne-untel,variant,2015,2014,"], ["line 2", "before"]),
        ("aliases", ["X,anne-untel,variant"], ["line 2", "3 cells"]),
    ],
)
def test_a_broken_file_is_refused_whole(
    db: Database, tmp_path: Path, name: str, rows: list[str], expected: list[str]
) -> None:
    path = tmp_path / f"{name}.csv"
    good = "Bon,anne-untel,nickname,,,"
    header = "alias,speaker_id,kind,valid_from,valid_to,source"
    path.write_text("\n".join([header, *rows, good, ""]), "utf-8")
    before = db.execute("SELECT count(*) FROM aliases").fetchone()
    with pytest.raises(TableError) as error:
        import_tables(db, [path])
    for text in expected:
        assert text in str(error.value)
    assert db.execute("SELECT count(*) FROM aliases").fetchone() == before


def test_a_file_of_no_known_table(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("a,b\n", "utf-8")
    with pytest.raises(TableError, match="people"):
        import_tables(db, [path])
    with pytest.raises(QuotesError):
        import_tables(db, [tmp_path / "nowhere"])


def test_top_and_profile(db: Database, say: Say) -> None:
    for article in ("a1", "a2", "a3"):
        say(article, "Anne Untel", speaker_id="anne-untel", forms=("Anne Untel", "Untel"))
    say("a1", "Paul Untel", speaker_id="paul-untel")
    say("a1", "Paul Untel", speaker_id="paul-untel", kind="none")
    assert [(r.id, r.quotations, r.articles) for r in top(db)] == [("anne-untel", 3, 3), ("paul-untel", 1, 1)]
    found = profile(db, "anne-untel")
    assert found.forms == (("Anne Untel", 3),)
    assert (found.quotations, found.articles) == (3, 3)
    assert found.offices[0]["role"] == "president"


def test_find_speaker(db: Database) -> None:
    assert find_speaker(db, "anne-untel") == "anne-untel"
    assert find_speaker(db, "ANNE UNTEL") == "anne-untel"
    assert find_speaker(db, "SI") == "sergei-ivanov"
    with pytest.raises(QuotesError, match="anne-untel"):
        find_speaker(db, "untel")


def test_suggestions(db: Database, say: Say) -> None:
    for article in ("a1", "a2"):
        say(article, "Arnaud Delavigne")
        say(article, "A. Delavigne")
        say(article, "Arnaud Delavogne")
        say(article, "Dupré")
    say("a3", "Anne Untel", speaker_id="anne-untel", forms=("Jeanne Untel",))
    refresh(db, tables_changed=False)
    found = suggest(db)
    same = {frozenset((s.speaker_id, s.other)) for s in found if s.kind == "same"}
    assert frozenset(("arnaud-delavigne", "a-delavigne")) in same
    assert frozenset(("arnaud-delavigne", "arnaud-delavogne")) in same
    assert [(s.speaker_id, s.other) for s in found if s.kind == "split"] == [("anne-untel", "Jeanne Untel")]
    assert [(s.other, s.count) for s in found if s.kind == "unresolved"] == [("Dupré", 2)]
