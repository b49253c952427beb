"""``quotes evaluate``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.annotated import read_annotated
from quotes.cli.options import mode_option, model_option
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from quotes.attribution.relevance import Mode
    from quotes.evaluate import Failure, Prf, Ratio, Scores
    from quotes.model import Article

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_CONTEXT = 120


@click.command()
@click.argument("gold", type=_FILE)
@click.option("--only", multiple=True, metavar="PATTERN", help="Only articles whose id is like this, such as 'seed-*'.")
@click.option("--predictions", type=_FILE, help="Score this file (JSON Lines as `quotes extract` prints) instead.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show the first N failures in context.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@model_option
@mode_option
def evaluate(
    gold: Path,
    only: tuple[str, ...],
    predictions: Path | None,
    errors: int,
    as_json: bool,
    model: str | None,
    mode: Mode,
) -> None:
    """Score against annotated articles: spans, kinds, cues, mentions, speakers.

    GOLD is JSON Lines: an article a line with id, text and quotations.
    """
    from quotes.evaluate import evaluate as score

    articles = [a for a in read_annotated(gold, with_text=True) if _wanted(a["id"], only)]
    if not articles:
        raise QuotesError(f"{gold} has no article like {', '.join(only)}." if only else f"{gold} has no articles.")
    if predictions is not None:
        predicted = {a["id"]: a["quotations"] for a in read_annotated(predictions, with_text=False)}
        if missing := sum(a["id"] not in predicted for a in articles):
            click.echo(f"Warning: {missing} of {len(articles)} articles are not in {predictions}.", err=True)
    else:
        predicted = _predict(articles, model, mode)
    scores = score(articles, predicted)
    if as_json:
        click.echo(json.dumps(scores.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(scores)))
    if errors:
        texts = {a["id"]: a["text"] for a in articles}
        for failure in scores.failures[:errors]:
            click.echo("\n".join(_shown(failure, texts[failure.article_id])), err=as_json)


def _wanted(article_id: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatch(article_id, pattern) for pattern in patterns)


def _predict(articles: Sequence[Mapping[str, Any]], model: str | None, mode: Mode) -> dict[str, list[dict[str, Any]]]:
    from quotes.batch import analyse_all
    from quotes.loading import load_pipeline
    from quotes.sources import Sourced
    from quotes.store import extract_object

    items = [Sourced(_article(article), "gold") for article in articles]
    predicted = {}
    for analyses, problems in analyse_all(items, partial(load_pipeline, model, mode=mode)):
        predicted.update({a.article.id: extract_object(a)["quotations"] for a in analyses})
        for problem in problems:
            click.echo(f"Warning: {problem}", err=True)
    return predicted


def _article(gold: Mapping[str, Any]) -> Article:
    from quotes.model import Article
    from quotes.sources.dates import parse_date

    known = {name: gold.get(name) for name in ("outlet", "title", "author", "url")}
    return Article(gold["id"], gold["text"], parse_date(gold.get("date") or ""), **known)


def _table(scores: Scores) -> Iterator[str]:
    yield f"{scores.articles} articles\n"
    yield f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'predicted':>11}{'gold':>7}"
    for name, prf in (("span", scores.span), ("reported", scores.reported), ("speaker", scores.speaker)):
        yield _prf_line(name, prf)
    yield ""
    for name, ratio in (("kind", scores.kind), ("cue", scores.cue), ("mention", scores.mention)):
        yield _ratio_line(name, ratio)
    for title, table in (
        ("speaker recall by type", scores.recall_by_type),
        ("speaker recall by expression", scores.recall_by_expression),
        ("speaker precision by rule", scores.precision_by_rule),
    ):
        yield f"\n{title}"
        for name, ratio in sorted(table.items(), key=lambda item: -item[1].of):
            yield _ratio_line(f"  {name}", ratio)


def _prf_line(name: str, prf: Prf) -> str:
    figures = f"{prf.precision:>10.3f}{prf.recall:>10.3f}{prf.f1:>10.3f}"
    return f"{name:12}{figures}{prf.predicted:>11}{prf.gold:>7}"


def _ratio_line(name: str, ratio: Ratio) -> str:
    return f"{name:30}{ratio.value:>8.3f}  {ratio.right} of {ratio.of}"


def _shown(failure: Failure, text: str) -> Iterator[str]:
    entry = failure.gold or failure.predicted or {}
    start, end = entry["start"], entry["end"]
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    yield f"\n{failure.article_id} {start}-{end}: {', '.join(failure.wrong)}"
    yield "  " + " ".join(f"{before}{click.style(text[start:end], bold=True)}{after}".split())
    for name, side in (("gold", failure.gold), ("found", failure.predicted)):
        yield f"  {name:6}{_side(side, text)}"


def _side(side: Mapping[str, Any] | None, text: str) -> str:
    if side is None:
        return "nothing"
    cue, mention = (text[slice(*side[part])] if side.get(part) else None for part in ("cue", "mention"))
    rule = f", rule {side['rule']}" if side.get("rule") else ""
    return f"{side['kind']}, speaker {side.get('speaker')!r}, cue {cue!r}, mention {mention!r}{rule}"
