"""The command line. Each family of commands is a file, loaded when one of its commands is called.

``quotes --help`` lists them all without loading any, so that it answers at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from quotes import __version__
from quotes.errors import QuotesError

#: command -> (module, its name there, what it does)
COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "build": ("build", "build", "Read articles, find and attribute quotations, store them."),
    "serve": ("serve", "serve", "Show a database as a web site on this machine."),
    "extract": ("extract", "extract", "Print the quotations of articles as JSON Lines."),
    "export": ("export", "export", "Write every quotation as CSV, JSON Lines or Parquet."),
    "explain": ("explain", "explain", "Show for each quotation which rule decided, and why."),
    "evaluate": ("evaluate", "evaluate", "Score against annotated articles."),
    "speakers": ("speakers", "speakers", "Look at the speakers and correct them."),
    "review": ("review", "review", "Decide doubtful attributions one by one."),
    "audit": ("audit", "audit", "Draw a sample to check by hand, estimate precision from it."),
    "publish": ("publish", "publish", "Make a folder to be served elsewhere."),
    "models": ("models", "models", "List the models for French, fetch more."),
    "train": ("train", "train", "Train the embedded model."),
}


class _Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            raise click.ClickException("\n".join(part for part in (error.message, error.hint) if part)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes")
def main() -> None:
    """Who said what in French news: find quotations, attribute them, search them.

    Start with `quotes build FOLDER`, then `quotes serve`. INPUT is a file (.txt, .jsonl, .csv, .html), a folder, or -
    for standard input.
    """
