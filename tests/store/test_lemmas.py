"""Lemmas without a parser: what makes a search for one form find the others."""

from __future__ import annotations

import pytest

from quotes.model import Article, Extent, Parse, Sentence, Word
from quotes.resources import data_folder
from quotes.store import lemmatiser
from quotes.store.rows import Lemmas


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("déclaré", "déclarer"),  # in the table
        ("veux", "vouloir"),
        ("déclarerions", "déclarer"),  # by its ending
        ("prolongeait", "prolonger"),
        ("menaçaient", "menacer"),
        ("nationaux", "national"),
        ("européennes", "européen"),
        ("vendu", "vendre"),
        ("L’", "le"),
        ("États", "état"),
        ("Zlatanesque", "zlatanesque"),  # unknown: as it is
    ],
)
def test_lemma_of_a_form(form: str, lemma: str) -> None:
    lemma_of = lemmatiser((data_folder() / "forms.csv").read_text("utf-8"))
    assert lemma_of(form) == lemma


def test_the_parse_is_asked_first() -> None:
    text = "Il a dit « nous portons l'avion » hier"
    article = Article("a", text)
    start = text.index("portons")
    word = Word(0, "portons", "porter", "VERB", {}, -1, "root", Extent(start, start + 7))
    lemmas = Lemmas(article.text, Parse((Sentence((word,)),)), str.upper)
    inner = Extent(text.index("nous"), text.index(" »"))
    assert lemmas.of(inner) == "NOUS porter L' AVION"


def test_words_of_a_contraction_give_one_lemma() -> None:
    text = "du pain"
    words = tuple(Word(i, w, w, "ADP", {}, -1, "root", Extent(0, 2)) for i, w in enumerate(("de", "le")))
    assert Lemmas(text, Parse((Sentence(words),)), str.lower).of(Extent(0, 7)) == "de pain"
