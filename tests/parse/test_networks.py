"""The networks in bulk read as Stanza's own pipeline does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from quotes.loading import load_pipeline
from quotes.model import Parse
from quotes.parse.networks import reader
from quotes.parse.stanza_parser import StanzaParser
from quotes.resources import data_folder

pytest.importorskip("torch")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def parser() -> StanzaParser:
    found = load_pipeline().parser
    assert isinstance(found, StanzaParser)
    return found


def words(parse: Parse) -> Iterator[tuple[Any, ...]]:
    for number, sentence in enumerate(parse.sentences):
        for word in sentence.words:
            yield number, word.text, word.extent, word.lemma, word.upos, dict(word.feats), word.head, word.deprel


def trees(parser: StanzaParser, texts: list[str]) -> list[Parse]:
    """All sentences read, then given trees in one go, as the pipeline does it."""
    read = parser.read(texts)
    joined = iter(parser.add_trees([sentence for parse in read for sentence in parse.sentences]))
    return [Parse(tuple(next(joined) for _ in parse.sentences)) for parse in read]


def test_the_sample_articles(parser: StanzaParser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last digits of scores differ, so that one word in a thousand may: none does on the machine of this test.

    Sentences are left as the network cuts them: joining some is no part of Stanza.
    """
    monkeypatch.setattr(reader, "rejoined", lambda sentences, text: sentences)
    lines = (data_folder() / "sample" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    ours = [word for parse in trees(parser, texts) for word in words(parse)]
    plain = [word for parse in parser.parse_plainly(texts) for word in words(parse)]
    assert len(ours) == len(plain)
    different = [(a, b) for a, b in zip(ours, plain, strict=True) if a != b]
    assert len(different) <= len(plain) / 1000, different[:5]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n \n ",
        "Oui.",
        "  Deux espaces  devant,   trois dedans.\n\n\n Une autre ligne \u00a0; fin",
        "Écrivez à claire.aubray@exemple.fr ou voyez https://www.exemple.org/ports?page=2. Merci.",
        "Du port aux quais : auquel des deux ? DU PORT ! Au revoir ?!! Vraiment !!!?",
        "x" * 250 + " est un mot trop long. Il finit.",
        "\u0097Un caractère de contrôle\u0097 puis 1 000 000 d’euros.",
        "𝔘𝔫 texte en lettres étranges, 漢字 et 😀 compris.",
        "« Oui", "...", "-", "M. X",
    ],
)  # fmt: skip
def test_odd_texts(parser: StanzaParser, text: str) -> None:
    (ours,), (plain,) = trees(parser, [text]), parser.parse_plainly([text])
    assert list(words(ours)) == list(words(plain))


def test_a_paragraph_longer_than_a_window(parser: StanzaParser) -> None:
    text = "Le maire du port a parlé aux pêcheurs, et la ministre répondra demain. " * 60
    (ours,), (plain,) = trees(parser, [text]), parser.parse_plainly([text])
    assert [w[:3] for w in words(ours)] == [w[:3] for w in words(plain)]


def test_a_text_is_read_alike_alone_and_among_others(parser: StanzaParser) -> None:
    texts = ["La ministre des Ports, Claire Aubray, signe demain.", "Non.", "Il pleut sur les quais, dit-on."]
    together = trees(parser, texts)
    assert [list(words(p)) for p in together] == [list(words(trees(parser, [text])[0])) for text in texts]


def test_sentences_are_read_without_trees(parser: StanzaParser) -> None:
    (read,) = parser.read(["Claire Aubray signe demain. Il pleut."])
    assert [sentence.has_tree for sentence in read.sentences] == [False, False]
    second = parser.add_trees(read.sentences[1:])[0]
    assert second.has_tree
    assert second.extent == read.sentences[1].extent
    assert parser.add_trees([]) == []


def test_models_of_another_make_are_left_to_stanza(parser: StanzaParser, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes.parse.networks.trees import TreeParser

    other = StanzaParser(parser.folder)
    monkeypatch.setattr(TreeParser, "supports", lambda processor: False)
    text = "Claire Aubray signe demain."
    assert list(words(trees(other, [text])[0])) == list(words(trees(parser, [text])[0]))


def test_a_long_article_is_read_in_runs(parser: StanzaParser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "La ministre des Ports, Claire Aubray, signe demain. Il pleut sur les quais. Non. " * 3
    (whole,) = trees(parser, [text])
    monkeypatch.setattr("quotes.parse.networks.reader._WORDS", 7)
    (in_runs,) = trees(parser, [text])
    assert list(words(in_runs)) == list(words(whole))
