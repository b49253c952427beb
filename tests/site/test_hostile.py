"""From a hostile file through a real build, with the shipped model, to every page and both published forms."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from datasette.utils import tilde_encode

from quotes.cli import main
from quotes.parse.models import shipped_model
from quotes.publish import publish
from quotes.resources import data_folder
from quotes.site import SITE
from tests.site.conftest import getter
from tests.site.crawl import FIRST, assert_harmless, crawl, is_html
from tests.site.html import Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shipped_model(data_folder()).usable, reason="needs the shipped model"),
]

SCRIPT = '<script>alert("x")</script>'
PRIVATE = "zorglubine"
IDENTIFIER = 'dossier/2016/"a&b" <i>\'.txt'
ARTICLES: tuple[dict[str, str], ...] = (
    {
        "id": IDENTIFIER,
        "title": f"Titre {SCRIPT} <!-- {{{{ 7 * 7 }}}}",
        "outlet": "<b>",
        "author": f"{PRIVATE} <u>",
        "date": "2016-01-02",
        "url": "javascript:alert(1)",
        "text": f"Ce premier alinéa ({PRIVATE}) ne cite personne.\n\n"
        f"« Nous avons signé {SCRIPT} avec </textarea> et <img src=x onerror=alert(1)> dedans », a déclaré lundi"
        " Inès Carpentier, la maire de Valbourg.\n\n"
        "« =SOMME(A1;B2) reste notre règle », a-t-elle ajouté. Selon Igor Brantsev, le barrage « fuit <b>de partout »."
        f"\n\nL'Institut des Brumes a annoncé que les lacs gèleraient </script><script>alert(2).\n\n{PRIVATE} <u>fin.",
    },
    {
        "id": "../../etc/passwd%00?x=1#y",
        "title": '" onmouseover="alert(1)',
        "outlet": "' OR 1=1 --",
        "date": "2016-02-03",
        "url": "https://example.org/?a=1&b=<i>",
        "text": "« Nous avons signé sans rien lire », a reconnu Inès Carpentier."
        f" « Tout est <svg onload=alert(3)> vert », a répondu Igor Brantsev.\n\n"
        f"Cet alinéa ({PRIVATE}) ne cite personne.",
    },
)
MORE = (
    "/recherche?q=script",
    "/recherche?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/recherche?media=%3Cb%3E",
    "/recherche?personne=%22%3E%3Cimg+src=x%3E",
    "/recherche?media=%27+OR+1=1+--",
    "/verbes?sens=%3Cu%3E",
    "/personnes?nom=%3Cu%3E",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / f"{PRIVATE}.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    result = CliRunner().invoke(main, ["build", str(source), "-o", str(folder / "quotes.db")])
    assert result.exit_code == 0, result.output
    return folder / "quotes.db"


@pytest.fixture(scope="module", params=["built", "research", "public"])
def site(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """How to fetch a page of the site: beside the database, and published in both forms."""
    if request.param == "built":
        yield getter(Datasette([str(built)], config_dir=SITE))
        return
    folder = tmp_path_factory.mktemp(request.param) / "site"
    publish(built, folder, request.param)
    yield getter(Datasette([], config_dir=folder))


def test_the_build_keeps_the_text_and_finds_who_speaks(built: Path) -> None:
    with closing(sqlite3.connect(built)) as connection:
        texts = dict(connection.execute("SELECT id, text FROM articles"))
        speakers = {row[0] for row in connection.execute("SELECT DISTINCT speaker FROM quotations")}
    assert texts == {article["id"]: article["text"] for article in ARTICLES}
    assert {"Inès Carpentier", "Igor Brantsev"} <= speakers


def test_every_page_shows_it_as_text(site: Any) -> None:
    found = crawl(site, (*FIRST, *MORE))
    assert {path: r.status_code for path, r in found.items() if r.status_code != 200} == {}
    kinds = {path.split("?")[0].split("/")[1] for path in found}
    assert {"citation", "article", "personne", "media", "verbe"} <= kinds
    pages = {path: assert_harmless(path, response) for path, response in found.items() if is_html(response)}
    assert SCRIPT in pages[f"/article/{tilde_encode(IDENTIFIER)}"].text
    assert "<b>" in pages["/medias"].text
    assert "49" not in pages[f"/article/{tilde_encode(IDENTIFIER)}"].text, "a template ran"


def test_datasette_s_own_pages_show_it_as_text(site: Any, built: Path) -> None:
    with closing(sqlite3.connect(built)) as connection:
        numbers = [row[0] for row in connection.execute("SELECT id FROM quotations WHERE kind <> 'none'")]
    paths = ["/quotes", "/quotes/articles", "/quotes/quotations", "/quotes/quotation_details", "/quotes/outlet_details"]
    paths += ["/quotes/speaker_details", "/quotes/quotation_details?_facet=outlet&outlet=%3Cb%3E"]
    paths += [f"/quotes/articles/{tilde_encode(article['id'])}" for article in ARTICLES]
    paths += [f"/quotes/quotations/{number}" for number in numbers]
    paths += ["/quotes?sql=select+title,+outlet+from+articles", "/quotes?sql=select+%27%3Cu%3E%27"]
    for path in paths:
        response = site(path)
        assert response.status_code == 200, path
        page = Page(response.text)
        for tag in ("b", "u", "img", "iframe"):
            assert not page.all(tag), (path, tag)
        assert SCRIPT not in response.text and "<script>alert" not in response.text, path
        assert not [a for _, a in page.elements if "onmouseover" in a or "onload" in a or "onerror" in a], path
        assert not [link for link in page.links if link.lower().startswith("javascript:")], path


def test_files_hold_it_exactly(site: Any, built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(site("/recherche.csv").text, newline="")))
    assert {row["outlet"] for row in rows} == {article["outlet"] for article in ARTICLES}
    assert any(SCRIPT in row["text"] for row in rows)
    cells = [
        cell
        for row in csv.reader(io.StringIO(site("/recherche.csv?tableur=1").text, newline=""), delimiter=";")
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert site("/recherche.json").json()[0].keys() == rows[0].keys()


def test_the_public_form_keeps_what_is_private(built: Path, tmp_path: Path) -> None:
    assert PRIVATE.encode() in built.read_bytes()
    publish(built, tmp_path / "site", "public")
    with closing(sqlite3.connect(built)) as connection:
        stored = list(connection.execute("SELECT because, resolved_name FROM quotations WHERE because IS NOT NULL"))
    assert stored
    private = [PRIVATE, "premier alinéa", "ne cite personne", *(article["text"] for article in ARTICLES)]
    private += [because for because, _ in stored]
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [words for words in private if words.encode() in data] == [], path
