"""All networks one after the other: texts -> sentences, in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

import torch

from quotes.model import Extent, Sentence, Word
from quotes.parse.networks.boundaries import rejoined
from quotes.parse.networks.forms import plain_form
from quotes.parse.networks.lemmatizer import Lemmatizer
from quotes.parse.networks.tagger import Tagger
from quotes.parse.networks.tokenizer import Token, Tokenizer
from quotes.parse.networks.trees import TreeParser

Item = TypeVar("Item")
_WORDS = 40_000


@dataclass(frozen=True)
class Reader:
    """The networks of a model. ``expand`` gives the words of a contraction, separated by spaces, or None."""

    tokenizer: Tokenizer
    expand: Callable[[str], str | None]
    tagger: Tagger
    lemmatizer: Lemmatizer
    parser: TreeParser

    def read(self, texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
        """The sentences of each text, without trees; offsets point into the text."""
        with torch.inference_mode():
            cut = self.tokenizer.tokenize(texts)
        tokenized = [list(rejoined(sentences, text)) for sentences, text in zip(cut, texts, strict=True)]
        spelt = [self._words(sentence) for of_text in tokenized for sentence in of_text]
        tagged = iter([sentence for run in _runs(spelt) for sentence in self._tagged(run)])
        return [tuple(next(tagged) for _ in of_text) for of_text in tokenized]

    def add_trees(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences with their trees."""
        runs = _runs([sentence.words for sentence in sentences])
        return [joined for run in runs for joined in self._parsed(run)]

    def _tagged(self, spelt: Sequence[Sequence[tuple[str, Extent]]]) -> list[Sentence]:
        with torch.inference_mode():
            forms = [form for sentence in spelt for form, _ in sentence]
            tags = self.tagger.tag([plain_form(form) for form in forms], [len(sentence) for sentence in spelt])
            lemmas = self.lemmatizer.lemmatize(forms, tags.upos)
        columns = zip(lemmas, tags.upos, tags.feats, strict=True)
        return [_sentence(sentence, columns) for sentence in spelt]

    def _parsed(self, sentences: Sequence[Sequence[Word]]) -> list[Sentence]:
        words = [word for sentence in sentences for word in sentence]
        with torch.inference_mode():
            trees = self.parser.parse(
                [plain_form(word.text) for word in words],
                [word.lemma for word in words],
                [word.upos for word in words],
                [len(sentence) for sentence in sentences],
            )
        found = iter(zip(trees.heads, trees.relations, strict=True))
        return [Sentence(tuple(_joined(word, *next(found)) for word in sentence)) for sentence in sentences]

    def _words(self, sentence: Sequence[Token]) -> list[tuple[str, Extent]]:
        words: list[tuple[str, Extent]] = []
        for token in sentence:
            extent = Extent(token.start, token.end)
            parts = [token.text]
            if token.contraction:
                parts = (self.expand(token.text) or token.text).split(" ")
                parts = [part for part in parts if part]
                if len(parts) == 1:
                    parts = [token.text]
            words.extend((part, extent) for part in parts)
        return words


def _runs(sentences: Sequence[Sequence[Item]]) -> Iterator[list[Sequence[Item]]]:
    """Sentences in runs that are read together: one endless article must not take all memory."""
    run: list[Sequence[Item]] = []
    words = 0
    for sentence in sentences:
        if run and words + len(sentence) > _WORDS:
            yield run
            run, words = [], 0
        run.append(sentence)
        words += len(sentence)
    if run:
        yield run


def _sentence(words: Sequence[tuple[str, Extent]], columns: Iterator[tuple[str, str, str]]) -> Sentence:
    found = []
    for index, (text, extent) in enumerate(words):
        lemma, upos, feats = next(columns)
        found.append(word_of(index, text, lemma, upos, feats, -1, "", extent))
    return Sentence(tuple(found))


def _joined(word: Word, head: int, relation: str) -> Word:
    return Word(word.index, word.text, word.lemma, word.upos, word.feats, head, relation, word.extent)


def word_of(
    index: int, text: str, lemma: str | None, upos: str, feats: str | None, head: int, relation: str, extent: Extent
) -> Word:
    """A word as Stanza describes it; lemmas are in lower case, but for names."""
    lemma = lemma or text
    return Word(index, text, lemma if upos == "PROPN" else lemma.lower(), upos, features(feats), head, relation, extent)


@lru_cache(maxsize=4096)
def features(feats: str | None) -> Mapping[str, str]:
    """``Gender=Masc|Number=Sing`` as a read-only mapping; there are few different ones, so they are shared."""
    pairs = (pair.partition("=") for pair in (feats or "").split("|") if "=" in pair)
    return MappingProxyType({key: value for key, _, value in pairs})
