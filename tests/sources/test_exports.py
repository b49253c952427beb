"""Exports of Europresse and Factiva. The articles are invented; the layouts are those of the real exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.sources import Problem, Sourced, read_articles

pytest.importorskip("lxml")

EUROPRESSE = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>
<article><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName"><img alt="">La Gazette, no. 22543</span></div>
<div class="rdp__DocHeader"><span class="DocHeader">Économie, vendredi 30 septembre 2016 412 mots, p. 12</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">La maire s’en va</p></div>
<p class="sm-margin-bottomNews">Jeanne Morel</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer">
<p>« Nous <mark>partons</mark>\xa0», a déclaré
la maire.</p><p>Elle n’a pas dit où.</p>
<p>Cet article est paru dans <a href="https://gazette.example/1">La Gazette (site web)</a></p></div></div></section>
<footer><small>© 2016 La Gazette</small><div class="publiC-lblNodoc">news·20160930·GA·0012</div></footer></article>
<article><header><span class="DocPublicationName">Le Courrier (site web) - Actualités</span>
<span class="DocHeader">3 mai 2017</span><div class="titreArticle"><p class="titreArticleVisu">Bref</p></div></header>
<section><div class="DocText clearfix">Premier paragraphe.<br>Second paragraphe.</div></section></article>
<article><header><span class="DocPublicationName">Vide</span></header><section></section></article>
</body></html>"""

FACTIVA = """<html><body>
<div class="article frArticle"><div>Économie</div><div id="hd"><span class="frHeadline">La maire s’en va</span></div>
<div class="author">Jeanne Morel</div><div>412 mots</div><div>30 septembre 2016</div><div>12:05</div>
<div>La Gazette</div><div>GAZET</div><div>Français</div><div>© 2016 La Gazette</div>
<p class="articleParagraph frarticleParagraph">« Nous partons », a déclaré
la maire.</p><p class="articleParagraph frarticleParagraph">Elle n’a pas dit où.</p>
<p>Document GAZET00020160930ec9u0001x</p></div>
<div class="article frArticle"><table>
<tr><td class="index"><b>HD</b></td><td>Bref</td></tr><tr><td class="index"><b>PD</b></td><td>3 mai 2017</td></tr>
<tr><td class="index"><b>SN</b></td><td>Le Courrier</td></tr>
<tr><td class="index"><b>LP</b></td><td><p>Premier paragraphe.</p></td></tr>
<tr><td class="index"><b>TD</b></td><td><p>Second paragraphe.</p></td></tr>
<tr><td class="index"><b>AN</b></td><td>Document COURR00020170503abcd00001</td></tr></table></div>
</body></html>"""

TEXT = "« Nous partons », a déclaré la maire.\n\nElle n’a pas dit où."
BRIEF = "Premier paragraphe.\n\nSecond paragraphe."


def read(tmp_path: Path, page: str, encoding: str = "utf-8") -> list[Article | Problem]:
    path = tmp_path / "export.HTML"
    path.write_bytes(page.encode(encoding))
    return [item.article if isinstance(item, Sourced) else item for item in read_articles([str(path)])]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_europresse(tmp_path: Path, encoding: str) -> None:
    first, second, empty = read(tmp_path, EUROPRESSE, encoding)
    day, address = date(2016, 9, 30), "https://gazette.example/1"
    text = TEXT.replace("partons »", "partons\xa0»")
    title = "La maire s’en va"
    assert first == Article("news-20160930-GA-0012", text, day, "La Gazette", title, "Jeanne Morel", address)
    assert second == Article("export-000002", BRIEF, date(2017, 5, 3), "Le Courrier (site web)", "Bref")
    assert isinstance(empty, Problem) and "article 3" in str(empty)


def test_factiva(tmp_path: Path) -> None:
    first, second = read(tmp_path, FACTIVA)
    identifier, day = "GAZET00020160930ec9u0001x", date(2016, 9, 30)
    assert first == Article(identifier, TEXT, day, "La Gazette", "La maire s’en va", "Jeanne Morel")
    assert second == Article("COURR00020170503abcd00001", BRIEF, date(2017, 5, 3), "Le Courrier", "Bref")


def test_an_export_without_articles_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, '<html><body><span class="DocPublicationName">x</span></body></html>')
    assert isinstance(problem, Problem) and "no article" in str(problem)
