"""``quotes explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from quotes.cli.options import indirect_option, input_argument, mode_option, model_option
from quotes.cli.reading import analyses_of

if TYPE_CHECKING:
    from quotes.attribution.relevance import Mode
    from quotes.lexicon import Lexicon
    from quotes.model import Analysis, Article, Attribution, Candidate, Extent, Quotation

    Tried = list[tuple[str, Attribution | None]]

_CONTEXT = 90


@click.command()
@input_argument(required=True)
@model_option
@mode_option
@indirect_option
@click.option("--only", type=click.IntRange(1), metavar="N", help="Only the N-th quotation of each article.")
def explain(inputs: tuple[str, ...], model: str | None, mode: Mode, indirect: bool, only: int | None) -> None:
    """Show for each quotation which rules were tried, which decided and why, and who was weighed as its speaker."""
    from quotes.loading import load_pipeline

    pipeline = load_pipeline(model, indirect=indirect, mode=mode)
    for analysis in analyses_of(inputs, lambda: pipeline):
        tried = rules_tried(analysis, pipeline.lexicon)
        click.secho(f"{analysis.article.id}", bold=True)
        for number, quotation in enumerate(analysis.quotations, 1):
            if only in (None, number):
                lines = _explained(number, quotation, analysis.article, tried.get(quotation.extent, []))
                click.echo("\n".join(lines) + "\n")


def rules_tried(analysis: Analysis, lexicon: Lexicon) -> Mapping[Extent, Tried]:
    """For each span between marks, what every rule says of it, in the order in which they are asked.

    The first that answers decides; what the later ones would have said tells how sure that is.
    """
    from quotes.attribution.rules import RULES
    from quotes.attribution.scene import make_scene
    from quotes.detect import find_spans

    text = analysis.article.text
    if analysis.parse is None:
        return {}
    scene = make_scene(text, find_spans(text), analysis.parse, lexicon)
    decided: list[Attribution] = []
    tried: dict[Extent, Tried] = {}
    for span in scene.spans:
        answers = [(name, rule(scene, span, decided)) for name, rule in RULES]
        decided += [answer for _, answer in answers if answer is not None][:1]
        tried[span.outer] = answers
    return tried


def _explained(number: int, quotation: Quotation, article: Article, tried: Tried) -> Iterator[str]:
    text = article.text
    yield f"\n{number}. {_in_context(quotation, text)}"
    yield f"   kind        {quotation.kind}, confidence {quotation.confidence:.2f}"
    yield f"   rule        {quotation.rule}: {quotation.because}"
    before, after = _other_rules(tried, text)
    if before:
        yield f"   tried       {', '.join(before)}: no"
    for line in after:
        yield f"   rather than {line}"
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


def _other_rules(tried: Tried, text: str) -> tuple[list[str], list[str]]:
    """The rules that were asked in vain, and what those behind the one that decided would have said."""
    at = next((i for i, (_, answer) in enumerate(tried) if answer is not None), len(tried))
    later = [(name, answer) for name, answer in tried[at + 1 :] if answer is not None and answer.kind != "none"]
    return [name for name, _ in tried[:at]], [f"{name}: {_answer(answer, text)}" for name, answer in later]


def _answer(answer: Attribution, text: str) -> str:
    mention = answer.mention.extent.of(text) if answer.mention else "nobody"
    return f"{answer.kind}, said by {mention!r} ({answer.because})"


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.name} (score {candidate.score:.2f}: {candidate.evidence})"


def _in_context(quotation: Quotation, text: str) -> str:
    start, end = quotation.extent
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    whole = f"{before}{click.style(text[start:end], bold=True)}{after}"
    return " ".join(whole.split())
