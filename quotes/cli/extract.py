"""``quotes extract``."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import click

from quotes.cli.options import indirect_option, input_argument, mode_option, model_option
from quotes.cli.reading import analyses_of

if TYPE_CHECKING:
    from quotes.attribution.relevance import Mode


@click.command()
@input_argument(required=True)
@model_option
@mode_option
@indirect_option
def extract(inputs: tuple[str, ...], model: str | None, mode: Mode, indirect: bool) -> None:
    """Print the quotations of each article as one JSON object a line; nothing is stored.

    Every span between quotation marks is there, with kind "none" where it quotes nobody.
    """
    from quotes.loading import load_pipeline
    from quotes.store import extract_object

    for analysis in analyses_of(inputs, partial(load_pipeline, model, indirect=indirect, mode=mode)):
        click.echo(json.dumps(extract_object(analysis), ensure_ascii=False))
