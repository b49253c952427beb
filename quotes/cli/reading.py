"""Analyses of the articles of an input, for the commands that store nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quotes.batch import Analyser
    from quotes.model import Analysis


def analyses_of(inputs: Sequence[str], make: Callable[[], Analyser]) -> Iterator[Analysis]:
    """In the order of the input; warnings go to standard error, and make the command fail at its end."""
    from quotes.batch import analyse_all
    from quotes.sources import read_articles

    failed = False
    for analyses, problems in analyse_all(read_articles(inputs), make):
        yield from analyses
        for problem in problems:
            failed = True
            click.echo(f"Warning: {problem}", err=True)
    if failed:
        sys.exit(1)
