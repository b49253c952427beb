"""How a long run shows that it is alive, on standard error: a line redrawn on a terminal, else one now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from quotes.batch import Tally

_REDRAW_SECONDS = 0.2
_PRINT_SECONDS = 30.0
_BAR = 24


class ProgressLine:
    """Counts articles and words against a known total (0: unknown) and says the rate and the time left."""

    def __init__(self, articles: int, words: int, *, quiet: bool = False) -> None:
        self._articles, self._words, self._quiet = articles, words, quiet
        self._terminal = sys.stderr.isatty()
        self._begun = self._shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal and not self._quiet:
            click.echo("", err=True)

    def update(self, tally: Tally) -> None:
        """Show how much is done, unless it was shown a moment ago."""
        articles, words = tally.articles_done, tally.words_done
        now = time.monotonic()
        if self._quiet or now - self._shown < (_REDRAW_SECONDS if self._terminal else _PRINT_SECONDS):
            return
        self._shown = now
        line = self._line(articles, words, now - self._begun)
        click.echo(f"\r\x1b[K{line}" if self._terminal else line, nl=not self._terminal, err=True)

    def _line(self, articles: int, words: int, seconds: float) -> str:
        rate = words / seconds if seconds else 0.0
        if not self._words:
            return f"{articles:,} articles  {rate:,.0f} words/s"
        share = min(1.0, words / self._words)
        bar = "#" * round(share * _BAR)
        left = duration((self._words - words) / rate) if rate else "?"
        return (
            f"[{bar:-<{_BAR}}] {share:4.0%}  {articles:,}/{self._articles:,} articles  {rate:,.0f} words/s  {left} left"
        )


def counted(number: int, noun: str) -> str:
    """``1 article``, ``1,200 articles``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """``95`` -> ``1 min 35 s``."""
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes:02} min"
    return f"{minutes} min {whole % 60:02} s" if minutes else f"{whole} s"
