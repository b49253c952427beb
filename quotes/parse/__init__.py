"""Syntax of an article: what a parser is, and the text that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quotes.model import Parse, Sentence


class Parser(Protocol):
    """Turns texts into sentences and dependency trees; offsets point into the text that was given."""

    @property
    def version(self) -> str:
        """Changes whenever the same text could get another tree."""
        ...

    def read(self, texts: Sequence[str]) -> list[Parse]:
        """Sentences, words, parts of speech and lemmas of several texts in one go, one result each, in order.

        A parser may give the trees as well; else its sentences have none (``Sentence.has_tree``).
        """
        ...

    def add_trees(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences with their trees, in order."""
        ...
