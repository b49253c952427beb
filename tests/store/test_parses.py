"""The stored form of a parse: nothing is lost, and it is small."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import DatabaseError
from quotes.model import Entity, Extent, Parse, Sentence, Word
from quotes.store import decode_parse, encode_parse

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="|="), min_size=1, max_size=8)


@st.composite
def extents(draw: st.DrawFn, text: str) -> Extent:
    start = draw(st.integers(0, len(text)))
    return Extent(start, draw(st.integers(start, len(text))))


@st.composite
def parses(draw: st.DrawFn) -> tuple[str, Parse]:
    text = draw(TEXTS)
    sentences = []
    for _ in range(draw(st.integers(0, 3))):
        length = draw(st.integers(1, 6))
        words = []
        for index in range(length):
            extent = draw(extents(text))
            surface = extent.of(text)
            form = draw(st.sampled_from([surface, "de"]) | TEXTS)
            lemma = draw(st.sampled_from([form, form.lower(), "être"]) | TEXTS)
            head = draw(st.sampled_from([i for i in range(-1, length) if i != index]))
            feats = draw(st.dictionaries(NAMES, NAMES, max_size=3))
            upos = draw(st.sampled_from(["NOUN", "VERB", "SYM", "INTJ"]))
            deprel = draw(st.sampled_from(["nsubj", "root", "obl:lmod"]))
            words.append(Word(index, form, lemma, upos, feats, head, deprel, extent))
        sentences.append(Sentence(tuple(words)))
    entities = draw(st.lists(st.builds(Entity, extents(text), st.sampled_from(["PER", "LOC", "EVENT"])), max_size=3))
    return text, Parse(tuple(sentences), tuple(entities))


@given(parses())
def test_round_trip(case: tuple[str, Parse]) -> None:
    text, parse = case
    assert decode_parse(encode_parse(parse, text), text) == parse


def test_a_word_takes_a_few_bytes() -> None:
    text = "Le ministre a déclaré que la réunion était reportée. " * 40
    words: list[Word] = []
    at = 0
    for index, form in enumerate(text.replace(".", " .").split()):
        at = text.index(form, at)
        feats = {"Gender": "Masc", "Number": "Sing"} if index % 3 else {}
        words.append(Word(index, form, form.lower(), "NOUN", feats, index - 1, "nsubj", Extent(at, at + len(form))))
        at += len(form)
    parse = Parse((Sentence(tuple(words)),))
    assert len(encode_parse(parse, text)) < 2 * len(words)


@pytest.mark.parametrize("data", [b"", b"\x09abc", b"\x01abc"])
def test_damaged_data_is_refused(data: bytes) -> None:
    with pytest.raises(DatabaseError, match="stored parse"):
        decode_parse(data, "Bonjour.")
