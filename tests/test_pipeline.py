"""What holds for every article, whatever it says: nothing is lost, nothing is rewritten, every offset is right."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.detect import find_spans
from quotes.lexicon import load_lexicon
from quotes.model import Analysis, Article, Extent, Parse, Sentence, Word
from quotes.pipeline import Pipeline
from quotes.resources import data_folder


class OneWord:
    """A parser that makes each text one sentence with one word: its first."""

    version = "0"

    def read(self, texts: Sequence[str]) -> list[Parse]:
        return [Parse(tuple(map(_sentence, text.split()[:1]))) for text in texts]

    def add_trees(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        return list(sentences)


def _sentence(text: str) -> Sentence:
    return Sentence((Word(0, text, text, "VERB", {}, -1, "root", Extent(0, len(text))),))


def check(analysis: Analysis) -> None:
    text = analysis.article.text
    marked = [q for q in analysis.quotations if q.kind != "indirect"]
    assert [(q.extent, q.inner) for q in marked] == sorted((s.outer, s.inner) for s in find_spans(text))
    assert len({q.id for q in marked}) == len(marked)
    for q in analysis.quotations:
        assert q.text == q.inner.of(text)
        assert q.extent.contains(q.inner)
        assert q.rule and q.because
        assert 0 <= q.confidence <= 1
        for extent in (part.extent for part in (q.cue, q.mention) if part is not None):
            assert 0 <= extent.start < extent.end <= len(text)
        if q.kind == "none":
            assert (q.speaker, q.cue, q.mention) == (None, None, None)
        if q.speaker is not None:
            assert q.speaker.name.strip()


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    lines = (data_folder() / "sample" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Article(row["id"], row["text"], date.fromisoformat(row["date"])) for row in rows]


@pytest.mark.slow
def test_every_sample(pipeline: Pipeline, samples: list[Article]) -> None:
    together = list(pipeline.analyse_many(samples))
    for analysis in together:
        check(analysis)
    [alone] = pipeline.analyse_many(samples[:1])
    assert alone.quotations == together[0].quotations


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\u00a0\n",
        "«",
        "»»»",
        "« »",
        '"',
        "« Oui »",
        "« Oui » « Non »",
        "a-t-il dit",
        "Selon",
        ": « Oui »",
        "« a dit « a dit « a dit X » »",
        "M. M. M. « M. »",
        "\U0001d54f \U0001f600 « \U0001f600 », a dit 🇫🇷.",
        "e\u0301 « re\u0301form\u00e9 », a dit Rene\u0301.",
        "x" * 3000 + " « y »",
        "« " + "mot " * 3000 + "», a dit Anne.",
        "(" * 300 + "« oui », dit-il" + ")" * 300,
    ],
)
def test_odd_texts(pipeline: Pipeline, text: str) -> None:
    for analysis in pipeline.analyse_many([Article("odd", text)]):
        check(analysis)


LEXICON = load_lexicon()
PIECES = ["« ", " »", "“", "”", '"', "’", "a dit", "Anne Martin", "selon", "il", ", ", ". ", "\n", "\n\n", ": ", "mot "]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=100)
def test_any_text_even_with_a_bad_parser(text: str) -> None:
    for analysis in Pipeline(OneWord(), LEXICON).analyse_many([Article("any", text)]):
        check(analysis)


class TagsOnly:
    """A parser that gives trees only when asked, and counts the sentences."""

    version = "0"

    def __init__(self) -> None:
        self.joined = 0

    def read(self, texts: Sequence[str]) -> list[Parse]:
        return [Parse(tuple(replace_tree(s, -1, "") for s in _lines(text))) for text in texts]

    def add_trees(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        self.joined += len(sentences)
        return [replace_tree(sentence, 0, "dep") for sentence in sentences]


def _lines(text: str) -> list[Sentence]:
    """A sentence of one word for each line: its first."""
    starts = [m.start() for m in re.finditer(r"^\S", text, re.MULTILINE)]
    return [
        Sentence((Word(0, word, word, "NOUN", {}, -1, "root", Extent(start, start + len(word))),))
        for start in starts
        for word in text[start:].split()[:1]
    ]


def replace_tree(sentence: Sentence, head: int, deprel: str) -> Sentence:
    return Sentence(tuple(word._replace(head=head, deprel=deprel) for word in sentence.words))


def test_the_fast_mode_gives_trees_where_they_are_needed() -> None:
    article = Article("a", "Selon elle\n\nIl pleut")
    parser = TagsOnly()
    pipeline = Pipeline(parser, load_lexicon())
    (fast,) = pipeline.parse_many([article])
    assert [s.has_tree for s in fast.sentences] == [True, False]
    assert pipeline.complete([article], [fast]) == [fast]
    assert parser.joined == 1


def test_the_full_mode_adds_to_a_fast_parse_what_it_lacks() -> None:
    article = Article("a", "Selon elle\n\nIl pleut")
    parser = TagsOnly()
    (fast,) = Pipeline(parser, load_lexicon()).parse_many([article])
    (full,) = Pipeline(parser, load_lexicon(), mode="full").complete([article], [fast])
    assert [s.has_tree for s in full.sentences] == [True, True]
    assert parser.joined == 2
