"""What the parser gets of an article, and the way back to the article's offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detect import find_spans
from quotes.model import Extent, Parse, Sentence, Word
from quotes.parse.skeleton import Skeleton, build_skeleton

LONG = "Nous avons décidé de reporter le vote à une date que le conseil fixera après avoir entendu tous les groupes"


def skeleton(text: str, may_report: bool = False) -> Skeleton:
    return build_skeleton(text, find_spans(text), lambda quoted: may_report, {"Jeanne", "Tube"}.__contains__)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Elle part.", "Elle part."),
        ("« Oui », fit-elle.", "« Oui », fit -elle."),
        (f"« {LONG} », dit-il.", "« Nous avons décidé de reporter le vote », dit -il."),
        ("Il part.Elle reste.", "Il part. Elle reste."),
        ("Un\nmot.\nUn autre.", "Un mot.\n\nUn autre."),
        ("l’«ultra droite»", "l’ « ultra droite »"),
        ("Il part en FranceJeanne Martin reste.", "Il part en France\n\nJeanne Martin reste."),
        ("Elle regarde YouTube Premium.", "Elle regarde YouTube Premium."),  # three small letters are not enough
        ("Le gouver\u00adnement\u200b part.", "Le gouvernement part."),
        ("Il dit: « Oui. »", "Il dit : « Oui. »"),
        ("Il part. « Oui. » Elle reste.", "Il part. \n\n« Oui. »\n\n Elle reste."),
    ],
)
def test_seen_by_the_parser(text: str, seen: str) -> None:
    assert skeleton(text).text == seen


def test_what_may_report_is_kept() -> None:
    text = f"« {LONG} », dit Anne."
    assert skeleton(text, may_report=True).text == text


def test_offsets_lead_back_to_the_article() -> None:
    text = f"« {LONG} »,a-t-elle dit."
    found = skeleton(text)
    start = found.text.index("dit")
    word = Word(0, "dit", "dire", "VERB", {}, -1, "root", Extent(start, start + 3))
    [sentence] = found.restore(Parse((Sentence((word,)),))).sentences
    assert sentence.words[0].extent.of(text) == "dit"


def test_words_without_end_are_cut() -> None:
    parts = skeleton("mot " * 1000).text.split("\n\n")
    assert [len(part.split()) for part in parts] == [150] * 6 + [100]
    assert [len(p.split()) for p in skeleton("mot " * 100 + "mot, " + "mot " * 100).text.split("\n\n")] == [101, 100]
    assert "\n\n" not in skeleton(("mot " * 140 + "fin. ") * 3).text


@given(st.text(alphabet=" \n\u00a0.,:!Aaé1«»“”\"'’<>‹›-()", max_size=120), st.booleans())
def test_what_is_kept_is_the_article(text: str, may_report: bool) -> None:
    """Whatever the text: each kept character is the article's, in order, and extents stay inside it."""
    found = skeleton(text, may_report)
    for here, there, length in found.pieces:
        assert found.text[here : here + length] == text[there : there + length]
    assert [p[0] for p in found.pieces] == sorted(p[0] for p in found.pieces)
    assert [p[1] for p in found.pieces] == sorted(p[1] for p in found.pieces)
    for start in range(len(found.text)):
        assert 0 <= found.to_article(start) <= found.to_article(start + 1, end=True) <= len(text)
