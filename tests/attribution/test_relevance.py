"""Which sentences the fast mode gives trees to."""

from __future__ import annotations

import re

import pytest

from quotes.attribution.relevance import needs_tree
from quotes.detect import find_spans
from quotes.lexicon import load_lexicon
from quotes.model import Extent, Sentence, Word

_VERBS = {"déclaré": "déclarer", "met": "mettre", "plaint": "plaindre", "pense": "penser", "marche": "marcher"}


def sentence(text: str, start: int = 0) -> Sentence:
    """Words as a tagger leaves them: parts of speech, no tree."""
    words: list[Word] = []
    for match in re.finditer(r"[^\W_]+'?|[^\w\s]", text):
        form = match.group()
        tag = "NOUN" if form[0].isalnum() else "PUNCT"
        upos = "VERB" if form in _VERBS else "PROPN" if form == "Claire" else tag
        extent = Extent(start + match.start(), start + match.end())
        words.append(Word(len(words), form, _VERBS.get(form, form.lower()), upos, {}, -1, "", extent))
    return Sentence(tuple(words))


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("« Nous signons », a déclaré la ministre.", True),
        ("Il parle d'un « accord » avec les ports.", True),
        ("La ministre a déclaré que le port ouvrira.", True),
        ("Selon la ministre, le port ouvrira.", True),
        ("La ministre met en garde les pêcheurs.", True),
        ("Le maire se plaint que rien ne change.", True),
        ("« Nous signons demain. »", True),
        ("La rue répond :", True),
        ("La ministre Claire est venue.", True),
        ("La ministre est venue.", True),
        ("Claire est venue.", False),
        ("Le port ouvrira demain.", False),
        ("Le vent marche sur les quais.", False),
    ],
)
def test_sentences_in_which_somebody_may_speak(text: str, needed: bool) -> None:
    assert needs_tree(sentence(text), find_spans(text), load_lexicon()) is needed


def test_the_sentence_before_a_quotation_may_say_whose_it_is_the_one_behind_may_not() -> None:
    text = "Le port ouvrira. « Nous signons. » Il pleut sur les quais."
    spans = find_spans(text)
    assert needs_tree(sentence("Le port ouvrira."), spans, load_lexicon())
    assert not needs_tree(sentence("Il pleut sur les quais.", text.index("Il pleut")), spans, load_lexicon())
