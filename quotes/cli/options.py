"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

database_argument = click.argument("database", type=click.Path(path_type=Path), default=Path("quotes.db"))
model_option = click.option(
    "--model", envvar="QUOTES_MODEL", metavar="NAME", help="Which French model parses (see `quotes models`)."
)
indirect_option = click.option(
    "--indirect/--no-indirect",
    default=True,
    show_default=True,
    help="Find reported speech without quotation marks too.",
)
mode_option = click.option(
    "--mode",
    type=click.Choice(["fast", "full"]),
    default="fast",
    show_default=True,
    help="Trees for the sentences in which somebody speaks, or for all.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Show warnings and errors only.")


def input_argument(*, required: bool) -> Callable[[Function], Function]:
    """INPUT...: files, folders, or - for standard input."""
    return click.argument("inputs", nargs=-1, required=required, metavar="INPUT...")
