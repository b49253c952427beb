"""What reading gives: articles with their source, and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from quotes.model import Article


@dataclass(frozen=True, slots=True)
class Sourced:
    """An article and the file that it was read from (``-`` for standard input)."""

    article: Article
    source: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: which input, what is wrong, where in it, and what to do about it."""

    source: str
    message: str
    where: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.source}, {self.where}" if self.where else self.source
        return f"{place}: {self.message} {self.hint}".rstrip()


Item = Sourced | Problem


@dataclass(frozen=True, slots=True)
class Document:
    """A file that a reader reads. ``stem`` is its name without folders and suffixes; ``open`` gives its bytes."""

    source: str
    stem: str
    open: Callable[[], BinaryIO]

    def read(self) -> bytes:
        with self.open() as stream:
            return stream.read()


Reader = Callable[[Document], Iterator[Item]]
