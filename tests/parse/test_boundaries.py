"""Sentences that are cut without a mark: where one ends, and where the tokenizer was wrong."""

from __future__ import annotations

import re

import pytest

from quotes.parse.networks.boundaries import rejoined
from quotes.parse.networks.tokenizer import Token


def joined(marked: str) -> str:
    """The sentences of a text whose cuts are marked with ``|``, marked again after joining."""
    text = marked.replace("|", "")
    sentences, at = [], 0
    for piece in marked.split("|"):
        words = re.finditer(r"\w+['’]?|[^\w\s]", piece)
        sentences.append([Token(w.group(), at + w.start(), at + w.end(), False) for w in words])
        at += len(piece)
    return "|".join(text[s[0].start : s[-1].end] for s in rejoined(sentences, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Oui », raconte à l'AFP |Ali al-Ward, un habitant.", "« Oui », raconte à l'AFP Ali al-Ward, un habitant."),
        ("Le docteur François |Morel est venu.", "Le docteur François Morel est venu."),
        ("Le bilan |- le plus lourd de l'année - a été revu.", "Le bilan - le plus lourd de l'année - a été revu."),
        ("Elle a dit sur France Un/France Deux/|Le Soir que c'était faux.",
         "Elle a dit sur France Un/France Deux/Le Soir que c'était faux."),
        ("Il est invité ce soir sur le plateau de la chaîne de télévision publique |Le Canal.",
         "Il est invité ce soir sur le plateau de la chaîne de télévision publique Le Canal."),
        ("Le parti de |La liberté.", "Le parti de La liberté."),
    ],
)  # fmt: skip
def test_no_sentence_ends_here(text: str, expected: str) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il part. |Elle reste.",
        "Une simple allergie |La compagnie a indiqué que tout allait bien.",
        "UNE DOUZAINE DE CAS |Samedi, la province a fermé.",
        "- Antécédents judiciaires |-La police a retrouvé un couteau.",
        "Une pléiade d'artistes |Aujourd'hui, il chante.",
        "Titre sans point\n|Morel est venu.",
        "en colère.♦|Hausse des prix.",
        "Il part|Elle reste",
    ],
)
def test_a_sentence_ends_here(text: str) -> None:
    assert joined(text).count("|") == 1


def test_nothing() -> None:
    assert list(rejoined([], "")) == []
