"""``quotes build``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import indirect_option, input_argument, mode_option, model_option, quiet_option
from quotes.cli.progress import ProgressLine, counted, duration

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotes.attribution.relevance import Mode
    from quotes.batch import Analyser, Tally
    from quotes.sources import Item, Problem

_MOST_WARNINGS = 20
_MANY = 1000  # articles after which the search index is worth packing


@click.command()
@input_argument(required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("quotes.db"), help="Default: quotes.db")
@model_option
@mode_option
@indirect_option
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that parse. Default: 2 where it pays.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Have a Dask cluster do the work: the address of its scheduler, or its file."
)
@click.option("--force", is_flag=True, help="Parse and attribute everything anew, even what has not changed.")
@click.option("--prune", is_flag=True, help="Remove the articles that are not in INPUT.")
@quiet_option
def build(
    inputs: tuple[str, ...],
    output: Path,
    model: str | None,
    mode: Mode,
    indirect: bool,
    workers: int | None,
    scheduler: str | None,
    force: bool,
    prune: bool,
    quiet: bool,
) -> None:
    """Read articles, find and attribute quotations, resolve speakers, and store them in a database.

    What is there already and has not changed is left alone, so that a build can be repeated, extended, and
    interrupted at any moment. Without INPUT, the articles of the database are brought up to date with the present
    rules, tables and model.
    """
    if scheduler and workers:
        raise click.UsageError("--workers is for this machine: a Dask cluster has its own.")
    if prune and not inputs:
        raise click.UsageError("--prune needs INPUT: it removes what is not there.")
    if not inputs and not output.exists():
        raise click.UsageError(f"Missing INPUT: there is no {output} yet.")
    say = _silent if quiet else partial(click.echo, err=True)
    try:
        problems = _build(inputs, output, model, mode, indirect, workers, scheduler, force, prune, say, quiet)
    except KeyboardInterrupt as error:
        articles = error.articles if isinstance(error, _Interrupted) else 0
        stored = counted(articles, "article")
        click.echo(f"Interrupted. {stored} stored; run the same command again to go on.", err=True)
        sys.exit(130)
    _warn(problems)
    if problems:
        sys.exit(1)


def _build(
    inputs: tuple[str, ...],
    output: Path,
    model: str | None,
    mode: Mode,
    indirect: bool,
    workers: int | None,
    scheduler: str | None,
    force: bool,
    prune: bool,
    say: Callable[[str], None],
    quiet: bool,
) -> list[Problem]:
    """The build from beginning to end. Returns what could not be read or analysed."""
    from quotes import batch, store
    from quotes.loading import load_alike, load_pipeline, load_speakers, stage_versions

    begun = time.monotonic()
    with _opened(output, create=bool(inputs)) as db:
        seeded = batch.seed_speakers(db)
        versions = stage_versions(model, database=output, indirect=indirect, mode=mode)
        speakers = load_speakers(output)
        if scheduler:
            make = partial(load_alike, versions, model, speakers=speakers, indirect=indirect, mode=mode)
        else:
            make = partial(load_pipeline, model, speakers=speakers, indirect=indirect, mode=mode)
        tally = _process(
            db, inputs, make, versions, workers=workers, scheduler=scheduler, force=force, say=say, quiet=quiet
        )
        removed = _prune(db, tally) if prune else 0
        if seeded or tally.articles_done or removed or not store.is_finished(db):
            _finish(db, many=tally.articles_done > _MANY)
        _report(db, output, tally, removed, time.monotonic() - begun, say)
        if inputs:
            _mention_stale(db, versions, output, say)
    return tally.problems


def _silent(message: str) -> None:
    pass


@contextmanager
def _opened(output: Path, *, create: bool) -> Iterator[Database]:
    """The database, for this build alone. One that was made for nothing is removed again."""
    from quotes import store

    new, empty = not output.exists(), False
    with store.build_lock(output) if output.parent.is_dir() else _nothing(), store.database_errors(output):
        db = store.open_database(output, create=create)
        try:
            with store.write_ahead(db):
                yield db
        finally:
            empty = new and not db.conn.in_transaction and store.count_rows(db)["articles"] == 0
            db.close()
            if empty:
                output.unlink()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _process(
    db: Database,
    inputs: Sequence[str],
    make: Callable[[], Analyser],
    versions: dict[str, str],
    *,
    workers: int | None,
    scheduler: str | None,
    force: bool,
    say: Callable[[str], None],
    quiet: bool,
) -> Tally:
    """Read, see what is to be done, do it, and count."""
    from quotes import batch, store
    from quotes.sources import read_articles

    def items() -> Iterator[Item]:
        return read_articles(inputs) if inputs else batch.stored_items(db)

    if "-" in inputs:  # can be read only once: no survey, so no total
        tally = seen = batch.Tally()
        count = workers or 1
    else:
        tally, seen = batch.survey(db, items(), versions, force=force), batch.Tally()
        say(_plan(tally))
        count = batch.useful_workers(workers, tally.words, os.cpu_count() or 1)
        if not tally.to_do:
            return tally
    store.set_finished(db, False)
    tasks = batch.plan(db, items(), versions, seen, force=force)
    with ProgressLine(tally.to_do, tally.words, quiet=quiet) as line:
        try:
            batch.build(db, tasks, make, versions, tally, workers=count, scheduler=scheduler, progress=line.update)
        except KeyboardInterrupt:
            raise _Interrupted(tally.articles_done) from None
    return tally


class _Interrupted(KeyboardInterrupt):
    """Ctrl-C, and how many articles were stored before it."""

    def __init__(self, articles: int = 0) -> None:
        super().__init__()
        self.articles = articles


def _plan(tally: Tally) -> str:
    parts = [f"{tally.states[state]:,} {state}" for state in ("new", "changed", "stale") if tally.states[state]]
    return f"{counted(len(tally.ids), 'article')}: {', '.join(parts) if parts else 'nothing has changed'}."


def _prune(db: Database, tally: Tally) -> int:
    from quotes import store

    if tally.problems:
        click.echo("Warning: nothing was removed, as some of the input could not be read.", err=True)
        return 0
    return store.prune(db, tally.ids)


def _finish(db: Database, *, many: bool) -> None:
    """What is made of the whole: one identity for each speaker, the summaries of the site."""
    from quotes import store
    from quotes.curation import identify
    from quotes.summaries import refresh_summaries

    identify(db)
    refresh_summaries(db.conn)
    store.tidy(db, many=many)
    store.set_finished(db, True)


def _report(db: Database, output: Path, tally: Tally, removed: int, seconds: float, say: Callable[[str], None]) -> None:
    from quotes import store

    counts = store.count_rows(db)
    if tally.articles_done:
        rate = f"{tally.words_done / seconds:,.0f} words/s" if seconds else ""
        say(f"{counted(tally.articles_done, 'article')} processed in {duration(seconds)} ({rate}).")
    if removed:
        say(f"{counted(removed, 'article')} removed.")
    say(
        f"{output}: {counts['articles']:,} articles, {counts['quotations']:,} quotations,"
        f" {counts['attributed']:,} with a speaker, {counts['speakers']:,} speakers."
    )


def _mention_stale(db: Database, versions: dict[str, str], output: Path, say: Callable[[str], None]) -> None:
    from quotes import store

    stale = max(store.count_stale(db, versions).values())
    if stale:
        was = "was" if stale == 1 else "were"
        say(
            f"{counted(stale, 'article')} {was} made with other rules, tables or another model."
            f" `quotes build -o {output}` without INPUT brings all up to date."
        )


def _warn(problems: Sequence[Problem]) -> None:
    for problem in problems[:_MOST_WARNINGS]:
        click.echo(f"Warning: {problem}", err=True)
    if len(problems) > _MOST_WARNINGS:
        click.echo(f"Warning: and {len(problems) - _MOST_WARNINGS:,} more of the kind.", err=True)
