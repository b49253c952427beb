"""What is still to do, in chunks: articles in, records out, one transaction a chunk.

An article is parsed if it is new, if its text has changed or if the parser has; it is attributed anew, from its
stored parse, if only the rules, the lexicon, the speaker tables or its metadata have. Everything else is left alone.
Whatever moment the process is killed at, the database holds whole articles with the versions that made them, and
the next run does the rest.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Literal, Protocol

from sqlite_utils import Database

from quotes.cluster import run_cluster
from quotes.errors import DatabaseError, QuotesError
from quotes.model import Analysis, Article, Parse
from quotes.resolution.tables import ALIASES, DECISIONS, OFFICES, SPEAKERS, read_table
from quotes.resources import data_folder
from quotes.sources import Problem, Sourced
from quotes.store import (
    Known,
    Record,
    content_hash,
    count_words,
    decode_parse,
    known_articles,
    lemmatiser,
    record_of,
    seed,
    stored_articles,
    stored_parses,
    stored_texts,
    write_record,
)
from quotes.workers import run_workers

Versions = Mapping[str, str]
State = Literal["new", "changed", "stale", "current"]
_SEED_TABLES = (SPEAKERS, ALIASES, OFFICES, DECISIONS)
_READ_AHEAD = 200
#: Enough words for the parser to work in bulk, few enough to lose little to a kill.
_CHUNK_WORDS = 24_000
_CHUNK_ARTICLES = 128
#: Below this many words a second process costs more (it loads the model again) than it brings.
_WORTH_A_WORKER = 30_000


class Analyser(Protocol):
    """The part of the pipeline that a build needs."""

    def parse_many(self, articles: Sequence[Article]) -> list[Parse]: ...

    def complete(self, articles: Sequence[Article], parses: Sequence[Parse]) -> list[Parse]: ...

    def analyse(self, article: Article, parse: Parse) -> Analysis: ...


@dataclass(frozen=True, slots=True)
class Task:
    """An article and how far back its processing has to start: with the parser, or from the stored ``parse``."""

    article: Article
    source: str | None
    state: State
    parse: bytes | None = None
    words: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk: what to store, and what could not be analysed."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Tally:
    """How a build stands: articles by state, words still to do and done, problems."""

    states: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "stale": 0, "current": 0})
    words: int = 0
    words_done: int = 0
    articles_done: int = 0
    quotations: int = 0
    problems: list[Problem] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    @property
    def to_do(self) -> int:
        """Articles that have to be processed."""
        return self.states["new"] + self.states["changed"] + self.states["stale"]


Progress = Callable[[Tally], None]


def survey(db: Database, items: Iterable[Sourced | Problem], versions: Versions, *, force: bool = False) -> Tally:
    """Read everything once and count what is to be done, so that progress has an end and nothing is loaded in vain."""
    tally = Tally()
    for task in plan(db, items, versions, tally, force=force, with_parses=False):
        tally.words += task.words
    return tally


def plan(
    db: Database,
    items: Iterable[Sourced | Problem],
    versions: Versions,
    tally: Tally,
    *,
    force: bool = False,
    with_parses: bool = True,
) -> Iterator[Task]:
    """The articles that have to be processed, in the order of the input. ``tally`` gets states, ids and problems."""
    for part in _parts(_sourced(items, tally), _READ_AHEAD):
        known = known_articles(db, [item.article.id for item in part])
        tasks = [_task(item, known.get(item.article.id), versions, force) for item in part]
        texts = stored_texts(db, [task.article.id for task in tasks if task.state == "changed"])
        tasks = [_with_text_compared(task, texts, known, versions, force) for task in tasks]
        parses = stored_parses(db, [task.article.id for task in tasks if task.parse is not None]) if with_parses else {}
        for task in tasks:
            tally.states[task.state] += 1
            if task.state != "current":
                yield replace(task, parse=parses.get(task.article.id)) if task.parse is not None else task


def _sourced(items: Iterable[Sourced | Problem], tally: Tally) -> Iterator[Sourced]:
    for item in items:
        if isinstance(item, Problem):
            tally.problems.append(item)
        else:
            tally.ids.add(item.article.id)
            yield item


_STORED = b""  # stands for a stored parse that has not been fetched yet


def _task(item: Sourced, known: Known | None, versions: Versions, force: bool) -> Task:
    article = item.article
    state: State
    if known is None:
        state = "new"
    elif known.content_hash != content_hash(article):
        state = "changed"
    elif force or any(known.versions.get(stage) != version for stage, version in versions.items()):
        state = "stale"
    else:
        return Task(article, item.source, "current")
    reuse = state == "stale" and not force and known is not None and known.versions.get("parse") == versions["parse"]
    return Task(article, item.source, state, _STORED if reuse else None, count_words(article.text))


def _with_text_compared(
    task: Task, texts: Mapping[str, str], known: Mapping[str, Known], versions: Versions, force: bool
) -> Task:
    """A change of date, outlet or title alone leaves the parse as it is."""
    if task.state != "changed" or force or texts.get(task.article.id) != task.article.text:
        return task
    same_parser = known[task.article.id].versions.get("parse") == versions["parse"]
    return replace(task, parse=_STORED) if same_parser else task


def stored_items(db: Database) -> Iterator[Sourced]:
    """The articles of the database itself as input: what a build without input works on."""
    for article, source in stored_articles(db):
        yield Sourced(article, source or "")


def process(analyser: Analyser, versions: Versions, lemma_of: Callable[[str], str], chunk: Sequence[Task]) -> Done:
    """The records of a chunk: what a worker does."""
    with uncollected():
        found, problems = analyse_chunk(analyser, chunk)
        records = [
            record_of(analysis, versions, source=task.source, lemma_of=lemma_of, keep_parse=not reused)
            for task, analysis, reused in found
        ]
    return Done(tuple(records), tuple(problems))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles of dead objects. A chunk makes a million small objects that live until its end; to
    look through them again and again takes a sixth of the time of the rules."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def analyse_chunk(analyser: Analyser, chunk: Sequence[Task]) -> tuple[list[tuple[Task, Analysis, bool]], list[Problem]]:
    """Parse what has no parse in bulk, then attribute and resolve. One article's failure costs that article alone.

    Returns each task with its analysis and whether the stored parse served as it was, and what went wrong.
    """
    found: list[tuple[Task, Analysis, bool]] = []
    problems: list[Problem] = []
    stored: dict[str, Parse] = {}
    for task in chunk:
        if task.parse:
            with suppress(DatabaseError):  # damaged, or of another version: parsed again
                stored[task.article.id] = decode_parse(task.parse, task.article.text)
    old, new = _divided([task.article for task in chunk], stored)
    parses: dict[str, Parse] = {}
    _parse(partial(_completed, analyser, stored), old, parses, problems)
    _parse(analyser.parse_many, new, parses, problems)
    for task in chunk:
        parse = parses.get(task.article.id)
        if parse is None:
            continue
        try:
            analysis = replace(analyser.analyse(task.article, parse), parse=parse)
        except QuotesError:
            raise
        except Exception as error:  # whatever it is, the other articles go on
            problems.append(_failed(task.article, error))
            continue
        found.append((task, analysis, parse is stored.get(task.article.id)))
    return found, problems


def _divided(articles: Sequence[Article], stored: Mapping[str, Parse]) -> tuple[list[Article], list[Article]]:
    """The articles with a stored parse, and those without."""
    return [a for a in articles if a.id in stored], [a for a in articles if a.id not in stored]


def _completed(analyser: Analyser, stored: Mapping[str, Parse], articles: Sequence[Article]) -> list[Parse]:
    """The stored parses with the trees that the present rules need besides."""
    return analyser.complete(articles, [stored[article.id] for article in articles])


def analyse_all(
    items: Iterable[Sourced | Problem], make: Callable[[], Analyser]
) -> Iterator[tuple[list[Analysis], list[Problem]]]:
    """Analyse articles in the order of the input, in chunks, without a database."""
    analyser: Analyser | None = None
    early: list[Problem] = []
    for chunk in _chunks(_fresh(items, early)):
        analyser = analyser or make()
        found, problems = analyse_chunk(analyser, chunk)
        yield [analysis for _, analysis, _ in found], [*early, *problems]
        early.clear()
    if early:
        yield [], list(early)


def _fresh(items: Iterable[Sourced | Problem], problems: list[Problem]) -> Iterator[Task]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield Task(item.article, item.source, "new", None, count_words(item.article.text))


def _parse(
    parser: Callable[[Sequence[Article]], Sequence[Parse]],
    articles: Sequence[Article],
    parses: dict[str, Parse],
    problems: list[Problem],
) -> None:
    """Put what ``parser`` makes of the articles into ``parses``. An article that breaks it costs itself alone."""
    if not articles:
        return
    try:
        found = parser(articles)
    except QuotesError:  # a missing model is nobody's article's fault
        raise
    except Exception as error:  # whatever it is, the other articles go on
        if len(articles) == 1:
            problems.append(_failed(articles[0], error))
            return
        for article in articles:  # one of them breaks the parser: find out which
            _parse(parser, [article], parses, problems)
        return
    parses.update((article.id, parse) for article, parse in zip(articles, found, strict=True))


def _failed(article: Article, error: Exception) -> Problem:
    return Problem(article.id, f"The article could not be analysed ({type(error).__name__}: {error}).")


def _processor(make: Callable[[], Analyser], versions: Versions) -> Callable[[Sequence[Task]], Done]:
    """What a worker does with a chunk; loads the pipeline. Module-level, so that it can be sent to a process."""
    return partial(process, make(), versions, lemmatiser((data_folder() / "forms.csv").read_text("utf-8")))


def build(
    db: Database,
    tasks: Iterable[Task],
    make: Callable[[], Analyser],
    versions: Versions,
    tally: Tally,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = lambda tally: None,
) -> None:
    """Process ``tasks`` and store each article as it is done. ``make`` loads the pipeline, once in each process.

    The work is done here, in ``workers`` processes, or by the cluster of the Dask ``scheduler``; this process alone
    writes to the database.
    """
    chunks = _chunks(tasks)
    results: Iterator[Done]
    if scheduler is not None:
        results = run_cluster(partial(_processor, make, versions), chunks, scheduler=scheduler)
    elif workers > 1:
        results = run_workers(partial(_processor, make, versions), chunks, count=workers)
    else:
        results = _in_process(make, versions, chunks)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for done in results:
        with db.atomic():
            for record in done.records:
                write_record(db, record, parse_model=versions["parse"], added_at=now)
        for record in done.records:
            tally.articles_done += 1
            tally.words_done += record.article["words"]
            tally.quotations += len(record.quotations)
        tally.problems.extend(done.problems)
        progress(tally)


def _in_process(make: Callable[[], Analyser], versions: Versions, chunks: Iterable[Sequence[Task]]) -> Iterator[Done]:
    process_chunk = None
    for chunk in chunks:
        process_chunk = process_chunk or _processor(make, versions)
        yield process_chunk(chunk)


def seed_speakers(db: Database) -> bool:
    """Copy the shipped speaker tables into the database where they are new. Returns whether anything changed."""
    folder = data_folder()
    tables = {
        table.name: read_table(folder / f"{table.name}.csv", table)
        for table in _SEED_TABLES
        if (folder / f"{table.name}.csv").exists()
    }
    return seed(db, tables)


def useful_workers(asked: int | None, words: int, cores: int) -> int:
    """How many processes to use: as many as asked for, else two where there is enough to do for them."""
    if asked is not None:
        return max(1, asked)
    return min(2, cores) if words >= _WORTH_A_WORKER else 1


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Runs of tasks for one call of the parser."""
    chunk: list[Task] = []
    words = 0
    for task in tasks:
        if chunk and (words + task.words > _CHUNK_WORDS or len(chunk) == _CHUNK_ARTICLES):
            yield chunk
            chunk, words = [], 0
        chunk.append(task)
        words += task.words
    if chunk:
        yield chunk


def _parts(items: Iterable[Sourced], size: int) -> Iterator[list[Sourced]]:
    part: list[Sourced] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
