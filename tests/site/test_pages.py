"""Every page of the site answers, is sound HTML, links only to pages that exist, and shows hostile text as text."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from datasette.utils import tilde_encode

from tests.site.crawl import assert_harmless, crawl, is_html
from tests.site.html import Page
from tests.site.sample import ARTICLES, SCRIPT


@pytest.fixture(scope="module")
def site(get: Callable[[str], Any]) -> dict[str, Any]:
    """Every page of ours that can be reached by links from the first ones, by address."""
    return crawl(get)


def test_every_page_that_is_linked_answers(site: dict[str, Any]) -> None:
    assert {path: response.status_code for path, response in site.items() if response.status_code != 200} == {}
    kinds = {path.split("?")[0].split("/")[1] for path in site}
    assert {"citation", "article", "personne", "media", "verbe", "recherche.csv", "recherche.json"} <= kinds


def test_pages_are_sound_html_with_one_heading_of_first_rank(site: dict[str, Any]) -> None:
    for path, response in site.items():
        if is_html(response):
            page = Page(response.text)
            assert page.unbalanced == [], path
            assert len(page.all("h1")) == 1, path
            assert len(page.ids) == len(set(page.ids)), path
            assert page.all("html") == [{"lang": "fr"}], path
            assert len(page.all("main")) == 1, path
            labelled = {attributes["for"] for attributes in page.all("label") if "for" in attributes}
            for field in page.all("input") + page.all("select"):
                if field.get("type") not in ("hidden", "checkbox"):
                    assert field["id"] in labelled, (path, field)


def test_headings_never_skip_a_rank(site: dict[str, Any]) -> None:
    for path, response in site.items():
        if is_html(response):
            ranks = [int(tag[1]) for tag, _ in Page(response.text).elements if tag in ("h1", "h2", "h3", "h4")]
            assert all(b - a <= 1 for a, b in zip([0, *ranks], ranks, strict=False)), path


def test_hostile_text_is_shown_as_text(site: dict[str, Any]) -> None:
    pages = [assert_harmless(path, response) for path, response in site.items() if is_html(response)]
    assert sum(SCRIPT in page.text for page in pages) >= 4


def test_nothing_is_loaded_from_elsewhere(site: dict[str, Any]) -> None:
    for path, response in site.items():
        if is_html(response):
            page = Page(response.text)
            loaded = [a.get("src", "") for a in page.all("script") if "src" in a]
            loaded += [a.get("href", "") for a in page.all("link")]
            assert all(address.startswith("/static/") for address in loaded), path
            assert "default-src 'none'" in response.headers["content-security-policy"], path


def test_static_files_are_there(get: Callable[[str], Any]) -> None:
    for name in ("site.css", "site.js", "charts.js", "d3.min.js", "plot.min.js", "icon.svg", "datasette.css", "NOTICE"):
        response = get(f"/static/{name}?v=0")
        assert response.status_code == 200 and "max-age=31536000" in response.headers["cache-control"], name
    assert get("/static/site.css").headers["content-type"] == "text/css; charset=utf-8"
    for name in ("rien.css", ".hidden", "..%2Fmetadata.yaml"):
        assert get(f"/static/{name}").status_code in (302, 404), name


def test_home_counts(get: Callable[[str], Any], rows: Callable[..., Any]) -> None:
    text = " ".join(Page(get("/").text).text.split())
    reported = rows("SELECT count(*) FROM quotations WHERE kind <> 'none'")[0][0]
    assert f"{reported} citations dans {len(ARTICLES)} articles" in text.replace("\u00a0", " ")
    assert "1ᵉʳ mars 2015" in text and "2 janvier 2016" in text
    assert "Odile Marchetal" in text and "Institut des Brumes" in text and "<b>" in text


def test_quotation_page_marks_three_things(get: Callable[[str], Any], rows: Callable[..., Any]) -> None:
    (identifier,) = rows("SELECT id FROM quotations WHERE cue = 'Selon'")[0]
    response = get(f"/citation/{identifier}")
    text = Page(response.text).text
    assert '<mark class="cue">Selon</mark>' in response.text
    assert '<mark class="speaker">Igor Brantsev</mark>' in response.text
    assert f'<mark class="content" id="c{identifier}">« fuit de partout »</mark>' in response.text
    assert "incise" in text and "81\u202f%" in text and "<b>Autre</b>" in text
    line = "« fuit de partout » (Igor Brantsev), « Le barrage de Valombre », Le Journal d'Essai, 1ᵉʳ mars 2015"
    assert line in unescape(text).replace("\u00a0", " ")


def test_the_same_words_elsewhere(get: Callable[[str], Any], rows: Callable[..., Any]) -> None:
    first, second = (
        row[0] for row in rows("SELECT id FROM quotations WHERE text LIKE 'Nous avons%' ORDER BY article_id")
    )
    page = Page(get(f"/citation/{first}").text)
    assert "Les mêmes mots ailleurs" in page.text
    assert f"/citation/{second}" in page.links


def test_article_page_marks_every_quotation(get: Callable[[str], Any]) -> None:
    for article in ARTICLES:
        response = get(f"/article/{tilde_encode(article['id'])}")
        assert response.status_code == 200
        shown = " ".join(Page(response.text).text.split())
        for paragraph in article["text"].split("\n\n"):
            assert paragraph.split(",")[0][:30] in shown


def test_speaker_page(get: Callable[[str], Any]) -> None:
    text = " ".join(Page(get("/personne/odile-marchetal").text).text.replace("\u00a0", " ").split())
    for expected in ("O. Marchetal · la dame des lacs", "ministre des Lacs, Valombre", "2 avril 2014", "3 citations"):
        assert expected in text
    assert "affirmer" in text and "affirmatif" in text
    assert "Igor Brantsev" in text, "quoted in the same article"
    assert "dans 2 articles" in text, "repeated word for word"


def test_speaker_without_record_has_a_page(get: Callable[[str], Any]) -> None:
    response = get(f"/personne/{tilde_encode(chr(34).join(['O' + chr(39) + 'Neil <u> ', 'Le Fou', '']))}")
    assert response.status_code == 200
    assert "sans fiche" in response.text


@pytest.mark.parametrize(
    "path",
    ["/citation/1", "/citation/9999999999999999999", "/article/rien", "/personne/rien", "/media/rien", "/verbe/rien",
     "/media/", "/personne/", "/article/~00", "/rien"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(get: Callable[[str], Any], path: str) -> None:
    response = get(path)
    assert response.status_code in (302, 404)
    assert response.status_code == 302 or "Page introuvable" in response.text


def test_review_lists_the_doubtful(get: Callable[[str], Any]) -> None:
    text = Page(get("/a-verifier").text).text
    assert "=SOMME(A1)" in text and "fuit de partout" not in text
    assert "Une phrase sans date" in Page(get("/a-verifier?motif=sans-nom").text).text


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "²", "99999999999999"])
@pytest.mark.parametrize("page", ["/recherche", "/personnes", "/a-verifier"])
def test_odd_page_numbers_do_no_harm(get: Callable[[str], Any], page: str, number: str) -> None:
    assert get(f"{page}?page={number}").status_code == 200
