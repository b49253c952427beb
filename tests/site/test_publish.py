"""A published folder serves by itself, and its file holds what was chosen and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from quotes.cli.publish import publish as command
from quotes.errors import DatabaseError, QuotesError
from quotes.publish import COLUMNS, LONGEST, SIDE, public_row, publish, sentence_around
from tests.site.conftest import getter
from tests.site.html import Page
from tests.site.sample import ARTICLES, SECRET


@pytest.fixture(scope="module")
def public(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public") / "site"
    publish(sample_database, folder, "public")
    return folder


def test_nothing_private_is_in_the_bytes(public: Path, sample_database: Path) -> None:
    assert SECRET.encode() in sample_database.read_bytes()
    for path in public.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
    data = (public / "quotes.db").read_bytes()
    for article in ARTICLES[:3]:
        assert article["text"].encode() not in data
    assert b"grand trou" not in data, "what reports no speech"
    assert b"Les habitants" not in data, "a sentence without a quotation"
    assert b"Nous avons d" in data


def test_the_public_form_has_the_chosen_columns(public: Path) -> None:
    connection = sqlite3.connect(public / "quotes.db")
    for table, columns in COLUMNS["public"].items():
        assert tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})")) == columns
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert not tables & {"parses", "stages", "decisions", "meta", "_sqlite_migrations"}
    assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_the_public_form_is_a_whole_site(public: Path) -> None:
    get = getter(Datasette([], config_dir=public))
    paths = ["/", "/recherche?q=déclarer", "/personnes", "/medias", "/verbes", "/parole", "/a-verifier", "/schema"]
    paths += [
        "/requetes",
        "/personne/odile-marchetal",
        "/article/essai-1",
        "/recherche.csv",
        "/quotes/quotation_details",
    ]
    for path in paths:
        assert get(path).status_code == 200, path
    link = next(link for link in Page(get("/recherche?personne=igor-brantsev").text).links if "/citation/" in link)
    text = " ".join(Page(get(link).text).text.split())
    assert "Selon Igor Brantsev, le barrage « fuit de partout »." in text and "Le chantier" not in text
    assert '<mark class="cue">Selon</mark>' in get(link).text
    assert "n’est pas reproduit" in get("/article/essai-1").text


@pytest.mark.parametrize("form", ["research", "public"])
def test_plain_datasette_serves_it(sample_database: Path, tmp_path: Path, form: str) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "site"), "-d", str(sample_database), "--form", form])
    assert result.exit_code == 0, result.output
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    served = subprocess.run(
        [sys.executable, "-m", "datasette", "serve", str(tmp_path / "site"), "--get", "/article/essai-1"],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=False,
    )  # fmt: skip
    assert served.returncode == 0, served.stderr
    assert "Le barrage de Valombre" in served.stdout
    assert ("Les habitants parlent" in served.stdout) == (form == "research")
    assert (
        json.loads((tmp_path / "site" / "inspect-data.json").read_text())["quotes"]["tables"]["articles"]["count"] == 4
    )


def test_publishing_again_replaces(sample_database: Path, tmp_path: Path) -> None:
    publish(sample_database, tmp_path / "site", "research")
    publish(sample_database, tmp_path / "site", "public")
    assert SECRET.encode() not in (tmp_path / "site" / "quotes.db").read_bytes()


def test_a_folder_with_other_files_is_refused(sample_database: Path, tmp_path: Path) -> None:
    (tmp_path / "lettre.txt").write_text("à garder")
    with pytest.raises(QuotesError, match="holds other files"):
        publish(sample_database, tmp_path, "public")
    assert [path.name for path in tmp_path.iterdir()] == ["lettre.txt"]
    with pytest.raises(QuotesError, match="is a file"):
        publish(sample_database, tmp_path / "lettre.txt", "public")


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no database"):
        publish(tmp_path / "rien.db", tmp_path / "site", "public")
    (tmp_path / "texte.db").write_text("ceci n'est pas une base de données" * 100)
    with pytest.raises(DatabaseError, match="cannot be read"):
        publish(tmp_path / "texte.db", tmp_path / "site", "public")
    sqlite3.connect(tmp_path / "autre.db").execute("CREATE TABLE t (x)")
    with pytest.raises(DatabaseError, match="not a database of quotations"):
        publish(tmp_path / "autre.db", tmp_path / "site", "public")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Avant. X a dit « oui », lundi. Après.", "X a dit « oui », lundi."),
        ("Avant ! « oui », a dit X… Après.", "« oui », a dit X…"),
        ("Titre\nX a dit « oui »\nAprès.", "X a dit « oui »"),
        ("Avant. X a dit : « oui. » Après.", "X a dit : « oui. »"),
        ("« oui »", "« oui »"),
        ("Avant.X a dit « oui ».Après", "X a dit « oui »."),
    ],
)
def test_the_sentence_around(text: str, sentence: str) -> None:
    start = text.index("«")
    left, right = sentence_around(text, start, text.index("»") + 1)
    assert text[left:right].strip() == sentence


def test_a_sentence_without_end_is_cut() -> None:
    text = "mot " * 200 + "« oui »" + " mot" * 200
    left, right = sentence_around(text, 800, 807)
    assert 0 < 800 - left <= SIDE and 0 < right - 807 <= SIDE


def test_a_long_quotation_is_cut() -> None:
    text = "« " + "mot " * 600 + "» a dit X."
    words = "mot " * 600
    row = {"article_text": text, "start": 0, "end": len(words) + 3, "text": words, "lemmas": words, "cue": "a dit"}
    row |= {"cue_start": text.index("a dit"), "cue_end": text.index("a dit") + 5}
    row |= {"mention": None, "mention_start": None, "mention_end": None}
    shown = public_row(row)
    assert len(shown["text"]) <= LONGEST + 5 and shown["text"].endswith("mot […]")
    assert len(shown["context"]) <= LONGEST and len(shown["lemmas"]) <= LONGEST
    assert shown["cue"] is None
