"""Search finds what it should, counts it right, and hands it over whole."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.site import SITE
from quotes.site.pages.words import fold, highlighted, match_expression, read_terms
from tests.site.conftest import getter
from tests.site.html import Page
from tests.site.sample import make_database

SOURCE = "Nous avons déclaré la source protégée"


def found(get: Callable[[str], Any], query: str) -> list[str]:
    return [row["text"] for row in get(f"/recherche.json?{query}").json()]


@pytest.mark.parametrize(
    ("query", "expected", "why"),
    [
        ("q=source", 2, "a word"),
        ("q=SOURCE", 2, "in capitals"),
        ("q=declare", 2, "without its accents"),
        ("q=déclarer", 2, "another form of the word"),
        ("q=protégées", 2, "a form that never occurs"),
        ("q=ete", 1, "été"),
        ("q=été élu", 1, "two words, one in another form"),
        ("q=l'été", 1, "with an apostrophe"),
        ("q=l’été", 1, "with the other apostrophe"),
        ('q="source protégée"', 2, "an exact phrase"),
        ('q="protégée source"', 0, "a phrase in another order"),
        ("q=« source protégée »", 2, "a phrase in French marks"),
        ('q="déclarer"', 0, "an exact word takes no other form"),
        ("q=source OU partout", 3, "either"),
        ("q=nous -source", 0, "without"),
        ("q=-source", 6, "everything without"),
        ("q=par*", 1, "a beginning"),
        ("q=trou", 0, "no speech"),
        ("q=trou&genre=none", 1, "no speech, asked for"),
        ("q=la source", 2, "a word that is everywhere is left out"),
        ("q=AND", 0, "a word of the query language"),
        ('q="', 8, "a mark alone asks nothing"),
        ("personne=odile-marchetal", 3, "a speaker by key"),
        ("personne=Marchetal", 3, "by a part of the name"),
        ("personne=la dame des lacs", 3, "by an alias"),
        ("personne=inconnue", 0, "nobody"),
        ("media=<b>", 3, "an outlet"),
        ("verbe=ajouter", 2, "a verb"),
        ("du=2015-05", 5, "since a month"),
        ("au=2015", 4, "until the end of a year"),
        ("du=2015-03-01&au=2015-03-01", 2, "a day"),
        ("confiance=90", 3, "sure ones"),
        ("genre=mixed&genre=indirect", 2, "two kinds"),
        ("du=hier&confiance=beaucoup&genre=x&tri=y", 8, "what makes no sense is left out"),
    ],
)
def test_search(get: Callable[[str], Any], query: str, expected: int, why: str) -> None:
    texts = found(get, query.replace(" ", "+").replace('"', "%22"))
    assert len(texts) == expected, why


def test_sorting(get: Callable[[str], Any]) -> None:
    dates = [row["date"] for row in get("/recherche.json?tri=anciennes").json()]
    assert dates == sorted(dates, key=lambda date: date or "9")
    sure = [row["confidence"] for row in get("/recherche.json?tri=confiance").json()]
    assert sure == sorted(sure, reverse=True)


def test_hits_are_highlighted_in_any_form(get: Callable[[str], Any]) -> None:
    assert "<mark>déclaré</mark>" in get("/recherche?q=déclarer").text
    assert "<mark>source</mark> <mark>protégée</mark>" in get("/recherche?q=source+proteger").text
    assert "<mark>script</mark>" in get("/recherche?q=script").text


def test_facets_count_what_the_links_give(get: Callable[[str], Any]) -> None:
    page = get("/recherche?q=source").text
    for link, number in re.findall(r'<li><a href="([^"]+)"[^>]*><span>[^<]*</span> <small>(\d+)</small>', page):
        query = link.partition("?")[2].replace("&amp;", "&")
        assert len(found(get, query)) == int(number), link


def test_the_form_keeps_what_was_asked(get: Callable[[str], Any]) -> None:
    page = Page(get("/recherche?q=%22a%22+%3Cb%3E&media=<b>&confiance=90&genre=direct&du=2015&tri=recentes").text)
    values = {field.get("name"): field.get("value") for field in page.all("input") if field.get("type") != "checkbox"}
    assert values["q"] == '"a" <b>' and values["media"] == "<b>" and values["du"] == "2015"
    assert values["tri"] == "recentes"
    assert [field["value"] for field in page.all("input") if "checked" in field] == ["direct"]
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["90"]


def test_csv_has_every_row_of_the_view(get: Callable[[str], Any], rows: Callable[..., Any]) -> None:
    response = get("/recherche.csv")
    table = list(csv.reader(io.StringIO(response.text)))
    expected = rows("SELECT * FROM quotation_details WHERE kind <> 'none'")
    assert sorted(table[1:]) == sorted(["" if value is None else str(value) for value in row] for row in expected)
    assert response.headers["content-disposition"] == 'attachment; filename="citations.csv"'


def test_csv_for_a_spreadsheet(get: Callable[[str], Any]) -> None:
    text = get("/recherche.csv?tableur=1").content.decode()
    assert text.startswith("\ufeffid;date;outlet")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert "'=SOMME(A1)" in cells and "=SOMME(A1)" not in cells


def test_an_empty_csv_has_its_header(get: Callable[[str], Any]) -> None:
    assert get("/recherche.csv?q=introuvable").text.startswith("id,date,")
    assert get("/recherche.json?q=introuvable").json() == []


def test_the_sql_of_a_search_gives_the_same_rows(get: Callable[[str], Any]) -> None:
    page = Page(get("/recherche?q=source&personne=marchetal&du=2015&tri=anciennes").text)
    (link,) = [link for link in page.links if "sql=" in link]
    answer = get(link.replace("/quotes?", "/quotes.json?", 1) + "&_shape=array").json()
    assert [row["text"] for row in answer] == [SOURCE, SOURCE]


def test_names_complete(get: Callable[[str], Any]) -> None:
    assert get("/personnes.json?nom=march").json() == ["Odile Marchetal"]
    assert get("/personnes.json?nom=%25").json() == []
    assert get("/personnes.json?nom=<u>").status_code == 200


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("\"«»-*()^:{}+~'OUR ANDéàœ’"), st.characters()), max_size=30))
def test_nothing_that_is_typed_breaks_the_index(rows: Callable[..., Any], query: str) -> None:
    wanted, excluded = match_expression(read_terms(query), {})
    for expression in (wanted, excluded):
        if expression:
            rows("SELECT count(*) FROM quotations_fts WHERE quotations_fts MATCH ?", expression)


@given(st.text(max_size=200), st.text(max_size=20))
def test_highlighting_changes_no_character(text: str, query: str) -> None:
    shown = Page(str(highlighted(text, read_terms(query), {}, limit=10_000)))
    assert {tag for tag, _ in shown.elements} <= {"mark"}
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    assert shown.text.replace("\r\n", "\n").replace("\r", "\n") == clean


def test_a_long_quotation_is_cut_around_its_hit() -> None:
    text = "mot " * 300 + "aiguille" + " mot" * 300
    shown = highlighted(text, read_terms("aiguille"), {})
    assert "<mark>aiguille</mark>" in shown and len(shown) < 700
    assert shown.startswith("[…] ") and shown.endswith(" […]")


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_remembered_counts_follow_the_database(tmp_path: Path) -> None:
    path = make_database(tmp_path / "quotes.db")
    get = getter(Datasette([str(path)], config_dir=SITE))
    assert '<h2 id="resultats" role="status">2&nbsp;' in get("/recherche?q=source").text.replace("\u00a0", "&nbsp;")
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM quotations WHERE article_id = 'essai-2'")
    connection.execute("DELETE FROM summary_facts WHERE article_id = 'essai-2'")
    connection.commit()
    connection.close()
    assert '<h2 id="resultats" role="status">1&nbsp;' in get("/recherche?q=source").text.replace("\u00a0", "&nbsp;")


def test_a_site_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    response = getter(Datasette([], config_dir=SITE))("/")
    assert response.status_code == 503 and "quotes build" in response.text


def test_missing_summaries_say_what_to_do(tmp_path: Path) -> None:
    path = make_database(tmp_path / "quotes.db")
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE summary_facts")
    connection.commit()
    connection.close()
    response = getter(Datasette([str(path)], config_dir=SITE))("/recherche?q=source")
    assert response.status_code == 503 and "Relancez" in response.text
