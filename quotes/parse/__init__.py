"""Syntax of an article: what a parser is, and the text that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quotes.model import Parse


class Parser(Protocol):
    """Turns texts into dependency trees; offsets in the result point into the text that was given."""

    @property
    def version(self) -> str:
        """Changes whenever the same text could get another tree."""
        ...

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parse several texts in one go (batched across texts), one result each, in order."""
        ...
