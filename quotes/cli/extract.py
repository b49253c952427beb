"""``quotes extract`` and ``quotes explain``: look at articles without storing anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from quotes.cli.options import indirect_option, input_argument, model_option

if TYPE_CHECKING:
    from quotes.model import Analysis, Article, Candidate, Quotation

_CONTEXT = 90


@click.command()
@input_argument(required=True)
@model_option
@indirect_option
def extract(inputs: tuple[str, ...], model: str | None, indirect: bool) -> None:
    """Print the quotations of each article as one JSON object a line; nothing is stored.

    Every span between quotation marks is there, with kind "none" where it quotes nobody.
    """
    from quotes.store import extract_object

    for analysis in _analyses(inputs, model, indirect):
        click.echo(json.dumps(extract_object(analysis), ensure_ascii=False))


@click.command()
@input_argument(required=True)
@model_option
@indirect_option
@click.option("--only", type=click.IntRange(1), metavar="N", help="Only the N-th quotation of each article.")
def explain(inputs: tuple[str, ...], model: str | None, indirect: bool, only: int | None) -> None:
    """Show for each quotation which rule decided and why, who was weighed as speaker, and who won."""
    for analysis in _analyses(inputs, model, indirect):
        click.secho(f"{analysis.article.id}", bold=True)
        for number, quotation in enumerate(analysis.quotations, 1):
            if only in (None, number):
                click.echo("\n".join(_explained(number, quotation, analysis.article)) + "\n")


def _analyses(inputs: Sequence[str], model: str | None, indirect: bool) -> Iterator[Analysis]:
    """Analyses in the order of the input; warnings go to standard error, and make the command fail at its end."""
    from quotes.batch import analyse_all
    from quotes.loading import load_pipeline
    from quotes.sources import read_articles

    failed = False
    for analyses, problems in analyse_all(read_articles(inputs), partial(load_pipeline, model, indirect=indirect)):
        yield from analyses
        for problem in problems:
            failed = True
            click.echo(f"Warning: {problem}", err=True)
    if failed:
        sys.exit(1)


def _explained(number: int, quotation: Quotation, article: Article) -> Iterator[str]:
    text = article.text
    yield f"\n{number}. {_in_context(quotation, text)}"
    yield f"   kind        {quotation.kind}, confidence {quotation.confidence:.2f}"
    yield f"   rule        {quotation.rule}: {quotation.because}"
    if quotation.problem:
        yield f"   problem     {quotation.problem}"
    if quotation.cue:
        cue = quotation.cue
        stance = f", {cue.stance}" if cue.stance else ""
        yield f"   cue         {cue.extent.of(text)!r} ({cue.lemma}, {cue.category}{stance}, {cue.modality})"
    if quotation.mention:
        yield f"   mention     {quotation.mention.extent.of(text)!r} ({quotation.mention.form})"
    if quotation.speaker:
        speaker = quotation.speaker
        known = f" [{speaker.speaker_id}]" if speaker.speaker_id else ""
        yield f"   speaker     {speaker.name}{known}, {speaker.type}, by {speaker.method}, score {speaker.score:.2f}"
        if speaker.forms:
            yield f"   forms       {', '.join(speaker.forms)}"
        for candidate in speaker.runners_up:
            yield f"   rather than {_candidate(candidate)}"
    else:
        yield "   speaker     none"
    if quotation.relayed_by:
        yield f"   relayed by  {quotation.relayed_by}"


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.name} (score {candidate.score:.2f}: {candidate.evidence})"


def _in_context(quotation: Quotation, text: str) -> str:
    start, end = quotation.extent
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    whole = f"{before}{click.style(text[start:end], bold=True)}{after}"
    return " ".join(whole.split())
