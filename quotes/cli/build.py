"""``quotes build``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import indirect_option, input_argument, model_option, quiet_option
from quotes.cli.progress import ProgressLine, duration

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotes.batch import Tally
    from quotes.sources import Problem

_MOST_WARNINGS = 20


@click.command()
@input_argument(required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("quotes.db"),
    show_default=True,
    help="The database.",
)
@model_option
@indirect_option
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that parse. Default: 2 where it pays.")
@click.option("--force", is_flag=True, help="Parse and attribute everything anew, even what has not changed.")
@click.option("--prune", is_flag=True, help="Remove the articles that are not in INPUT.")
@quiet_option
def build(
    inputs: tuple[str, ...],
    output: Path,
    model: str | None,
    indirect: bool,
    workers: int | None,
    force: bool,
    prune: bool,
    quiet: bool,
) -> None:
    """Read articles, find and attribute quotations, resolve speakers, and store them in a database.

    What is there already and has not changed is left alone, so that a build can be repeated, extended, and
    interrupted at any moment. Without INPUT, the articles of the database are brought up to date with the present
    rules, tables and model.
    """
    from quotes import store

    if prune and not inputs:
        raise click.UsageError("--prune needs INPUT: it removes what is not there.")
    if not inputs and not output.exists():
        raise click.UsageError(f"Missing INPUT: there is no {output} yet.")
    with store.database_errors(output):
        db = store.open_database(output, create=bool(inputs))
        try:
            with store.build_lock(output), store.write_ahead(db):
                problems = _build(db, inputs, output, model, indirect, workers, force, prune, quiet)
        finally:
            db.close()
    if problems:
        sys.exit(1)


def _build(
    db: Database,
    inputs: tuple[str, ...],
    output: Path,
    model: str | None,
    indirect: bool,
    workers: int | None,
    force: bool,
    prune: bool,
    quiet: bool,
) -> int:
    """Returns how many inputs or articles could not be processed."""
    from quotes import batch, store
    from quotes.loading import load_pipeline, stage_versions
    from quotes.resolution.names import slug
    from quotes.sources import Item, read_articles
    from quotes.summaries import refresh_summaries

    seeded = batch.seed_speakers(db)
    make = partial(load_pipeline, model, database=output, indirect=indirect)
    versions = stage_versions(model, database=output, indirect=indirect)
    begun = time.monotonic()

    def items() -> Iterable[Item]:
        return read_articles(inputs) if inputs else batch.stored_items(db)

    if "-" in inputs:  # can be read only once: no survey, so no total
        tally, reading = batch.Tally(), None
        count = workers or 1
    else:
        tally = reading = batch.survey(db, items(), versions, force=force)
        _say_plan(tally, quiet)
        count = batch.useful_workers(workers, tally.words, os.cpu_count() or 1)
    try:
        if reading is None or tally.to_do:
            store.set_finished(db, False)
            tasks = batch.plan(db, items(), versions, tally if reading is None else batch.Tally(), force=force)
            with ProgressLine(tally.to_do, tally.words, quiet=quiet) as line:
                batch.build(
                    db, tasks, make, versions, tally, workers=count,
                    progress=lambda now: line.update(now.articles_done, now.words_done),
                )  # fmt: skip
    except KeyboardInterrupt:
        click.echo(
            f"Interrupted. {tally.articles_done:,} articles were stored; run the same command again to go on.", err=True
        )
        sys.exit(130)
    removed = _prune(db, tally, prune)
    if seeded or tally.articles_done or removed or not store.is_finished(db):
        store.link(db, slug)
        refresh_summaries(db.conn)
        store.tidy(db, many=tally.articles_done > 1000)
        store.set_finished(db, True)
    _report(db, output, tally, removed, time.monotonic() - begun, quiet)
    _warn(tally.problems)
    return len(tally.problems)


def _prune(db: Database, tally: Tally, prune: bool) -> int:
    from quotes import store

    if not prune:
        return 0
    if tally.problems:
        click.echo("Warning: nothing was removed, as some of the input could not be read.", err=True)
        return 0
    return store.prune(db, tally.ids)


def _say_plan(tally: Tally, quiet: bool) -> None:
    if quiet:
        return
    parts = [f"{tally.states[state]:,} {state}" for state in ("new", "changed", "stale") if tally.states[state]]
    found = f"{len(tally.ids):,} articles"
    click.echo(f"{found}: {', '.join(parts) if parts else 'nothing has changed'}.", err=True)


def _report(db: Database, output: Path, tally: Tally, removed: int, seconds: float, quiet: bool) -> None:
    from quotes import store

    if quiet:
        return
    counts = store.count_rows(db)
    rate = f", {tally.words_done / seconds:,.0f} words/s" if tally.words_done and seconds else ""
    gone = f" {removed:,} articles removed." if removed else ""
    click.echo(
        f"{tally.articles_done:,} articles processed in {duration(seconds)}{rate}.{gone}\n"
        f"{output}: {counts['articles']:,} articles, {counts['quotations']:,} quotations,"
        f" {counts['attributed']:,} with a speaker, {counts['speakers']:,} speakers.",
        err=True,
    )


def _warn(problems: list[Problem]) -> None:
    for problem in problems[:_MOST_WARNINGS]:
        click.echo(f"Warning: {problem}", err=True)
    if len(problems) > _MOST_WARNINGS:
        click.echo(f"Warning: and {len(problems) - _MOST_WARNINGS:,} more of the kind.", err=True)
