"""Reported speech without quotation marks."""

from __future__ import annotations

from quotes.attribution.indirect import indirect
from tests import trees


def test_a_clause_with_que_is_reported() -> None:
    text = trees.INDIRECT
    (found,) = indirect(text.scene())
    assert found.kind == "indirect"
    assert "la route resterait fermée" in found.extent.of(text.text)
    assert found.cue is not None and found.cue.extent.of(text.text) == "a annoncé"
    assert found.mention is not None and found.mention.extent.of(text.text) == "Le préfet"


def test_a_sentence_with_quoted_words_is_left_to_them() -> None:
    for text in (trees.INCISE, trees.COLON, trees.PREPOSITION, trees.ROLES):
        assert indirect(text.scene()) == ()
