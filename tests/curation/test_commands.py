"""The commands on a database: speakers, review, audit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from quotes.cli import main
from tests.curation.conftest import Say, speakers_of, state

Run = Callable[..., Result]


@pytest.fixture
def quotes(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quotes.loading.stage_versions", lambda *args, **kwargs: {"resolve": "v"})

    def run(*arguments: str, stdin: str | None = None, fails: bool = False) -> Result:
        result = CliRunner().invoke(main, list(arguments), input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert (result.exit_code != 0) is fails, result.output
        return result

    return run


@pytest.fixture
def corpus(say: Say) -> dict[str, int]:
    return {
        "anne": say("a1", "Anne Untel", speaker_id="anne-untel"),
        "luc": say("a1", "Luc Martin"),
        "luc again": say("a2", "Luc Martin"),
        "lucas": say("a2", "Lucas Martin"),
        "doubtful": say("a3", "Paul Untel", speaker_id="paul-untel", confidence=0.3),
        "nobody": say("a3", None, confidence=0.2),
    }


def test_merge_split_undo(db: Database, quotes: Run, corpus: dict[str, int]) -> None:
    quotes("speakers", "rename", "anne-untel", "Anne Untel")
    first = state(db)
    quotes("speakers", "merge", "Luc Martin", "lucas-martin", "--why", "même personne")
    assert speakers_of(db)[corpus["luc"]] == "lucas-martin"
    assert "luc-martin" in quotes("speakers", "show", "lucas-martin").stdout
    assert "même personne" in quotes("speakers", "decisions").stdout
    quotes("speakers", "split", "lucas-martin", "luc-martin")
    assert state(db) == first
    assert quotes("speakers", "decisions").stdout == ""
    assert "undone" in quotes("speakers", "decisions", "--undone").stdout
    quotes("speakers", "undo", "99", fails=True)


def test_name_and_split_a_form(db: Database, quotes: Run, corpus: dict[str, int]) -> None:
    quotes("speakers", "name", "Luc Martin", "Zoé Petit")
    assert speakers_of(db)[corpus["luc"]] == "zoe-petit"
    quotes("speakers", "undo", "1")
    assert speakers_of(db)[corpus["luc"]] == "luc-martin"
    quotes("speakers", "split", "luc-martin", "--form", "Luc Martin", "--article", "a2", "--as", "Luc Martin (acteur)")
    assert speakers_of(db)[corpus["luc"]] == "luc-martin"
    assert speakers_of(db)[corpus["luc again"]] == "luc-martin-acteur"
    quotes("speakers", "split", "luc-martin", fails=True)


def test_top_suggest_show(quotes: Run, corpus: dict[str, int]) -> None:
    quotes("speakers", "link", "anne-untel", "Q42")
    ranked = json.loads(quotes("speakers", "top", "--json").stdout)
    assert ranked[0] == {
        "quotations": 2, "articles": 2, "id": "luc-martin", "name": "Luc Martin", "type": "person", "source": "auto",
    }  # fmt: skip
    assert "Luc Martin" in quotes("speakers", "top").stdout
    assert "Q42" in quotes("speakers", "show", "Anne Untel").stdout
    assert json.loads(quotes("speakers", "show", "anne-untel", "--json").stdout)["speaker"]["wikidata"] == "Q42"
    assert "kind" in quotes("speakers", "suggest").stdout
    result = quotes("speakers", "show", "personne", fails=True)
    assert "There is no speaker 'personne'" in result.stderr


def test_export_edit_import(db: Database, quotes: Run, corpus: dict[str, int]) -> None:
    quotes("speakers", "export", "out", "--semicolon", "--bom")
    path = Path("out/aliases.csv")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"Luc Martin;anne-untel;nickname;;;\r\n")
    assert "1 added, 0 changed, 0 removed" in quotes("speakers", "import", "out").stderr
    assert speakers_of(db)[corpus["luc"]] == "anne-untel"
    path.write_bytes(path.read_bytes() + b"X;nobody;nickname;;;\r\n")
    result = quotes("speakers", "import", "out/aliases.csv", fails=True)
    assert "line " in result.stderr
    assert "Traceback" not in result.output


def test_review(db: Database, quotes: Run, corpus: dict[str, int]) -> None:
    assert quotes("review", "quotes.db", "--count").stdout == "2\n"
    shown = quotes("review", "quotes.db", stdin="?\nn\nZoé Petit\nz\n1\n\nq\n").stdout
    assert "[1/2]" in shown
    assert "« Oui »" in shown
    # nobody: named, undone, then the first choice; the doubtful one accepted
    assert speakers_of(db)[corpus["nobody"]] == "paul-untel"
    assert speakers_of(db)[corpus["doubtful"]] == "paul-untel"
    assert quotes("review", "quotes.db", "--count").stdout == "0\n"
    assert "Nothing is doubtful" in quotes("review", "quotes.db").stdout


def test_review_rejects_and_leaves_open(db: Database, quotes: Run, corpus: dict[str, int]) -> None:
    quotes("review", "quotes.db", stdin="u\nr\n")
    assert speakers_of(db)[corpus["doubtful"]] is None
    assert quotes("review", "quotes.db", "--count").stdout == "0\n"
    verdicts = db.execute("SELECT verdict FROM decisions WHERE undone_at IS NULL ORDER BY id").fetchall()
    assert verdicts == [("unsure",), ("different",)]


def test_review_stops_at_the_end_of_input(quotes: Run, corpus: dict[str, int]) -> None:
    assert "0 answered" in quotes("review", "quotes.db", "--speaker", "Paul Untel", stdin="s\n").stderr


def test_audit(quotes: Run, corpus: dict[str, int]) -> None:
    quotes("audit", "quotes.db", "--sample", "4", "-o", "sample.csv")
    text = Path("sample.csv").read_text("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert Path("sample.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    quotes("audit", "quotes.db", "--sample", "4", "-o", "again.csv")
    assert Path("again.csv").read_text("utf-8-sig") == text
    quotes("audit", "--checked", "sample.csv", fails=True)
    Path("sample.csv").write_text(text.replace(",,,\n", ",y,y,\n"), "utf-8")
    result = quotes("audit", "--checked", "sample.csv")
    assert "It is by this speaker: 100.0%" in result.stdout
    assert json.loads(quotes("audit", "--checked", "sample.csv", "--json").stdout)[0]["interval"]["value"] == 1
    quotes("audit", "quotes.db", fails=True)
