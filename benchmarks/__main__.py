"""How fast the pipeline is on this machine, beside plain Stanza on the same text in the same run, and at what quality.

    python -m benchmarks [--articles 60] [--rounds 2] [--corpus CORPUS.jsonl.xz] [--build] [--write]

Press articles of ../shared/corpus where that exists, else the sample articles. Speeds are in words of text a second of
one processor, model loading not counted: the load of other programs still shows, in all lines alike, so compare
ratios. The best round counts. Quality is that of the annotated articles of ../shared/gold, else of the sample.
``--build`` runs `quotes build` on the articles as well, with its processes, its database and its memory, by the clock.
``--write`` puts the tables into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.floors import ROOT
from benchmarks.gold import Gold, article_of, read_gold
from quotes.batch import Task, analyse_chunk, uncollected
from quotes.loading import load_pipeline
from quotes.model import Analysis, Article, Parse
from quotes.parse.stanza_parser import StanzaParser
from quotes.pipeline import Pipeline
from quotes.resources import data_path
from quotes.store import count_words, encode_parse

CORPUS = ROOT.parent / "shared" / "corpus" / "orangesum.jsonl.xz"
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
README = ROOT / "benchmarks" / "README.md"
_FIGURES = re.compile(r"(<!-- figures: begin[^>]*-->\n).*?(<!-- figures: end -->)", re.S)
_WARM_UP = Article("warm-up", "« Nous signons demain », a déclaré mardi à Genève la ministre des Ports, Claire Aubray.")
_USUAL = 600
"""Words of the article that is timed alone."""
_PAUSE = 0.25
_CHUNK = 75
"""Articles that are attributed together, about as many as in a build."""


@dataclass(frozen=True)
class Step:
    """A way to the quotations of articles: the syntax, and the pipeline whose rules go on from there."""

    name: str
    parse: Callable[[Sequence[Article]], Sequence[Parse]]
    pipeline: Pipeline

    def analyse(self, articles: Sequence[Article]) -> list[Analysis]:
        return [self.pipeline.analyse(a, p) for a, p in zip(articles, self.parse(articles), strict=True)]


def steps(pipeline: Pipeline) -> tuple[Step, ...]:
    """From plain Stanza on, each one beside the one before."""
    parser = pipeline.parser
    assert isinstance(parser, StanzaParser)
    full, fast = replace(pipeline, mode="full"), replace(pipeline, mode="fast")

    def plain(articles: Sequence[Article]) -> list[Parse]:
        return parser.parse_plainly([article.text for article in articles])

    return (
        Step("plain Stanza in bulk, whole texts", plain, full),
        Step("networks in bulk, quotations abridged (`--mode full`)", full.parse_many, full),
        Step("trees only where somebody may speak (`--mode fast`)", fast.parse_many, fast),
    )


def read_articles(path: Path, number: int) -> list[Article]:
    """The first articles of a JSON Lines file, which may be compressed."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [article_of(json.loads(line)) for line in islice(lines, number)]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of ``work``."""
    start = time.process_time()
    work()
    return time.process_time() - start


def speaker_f1(step: Step, rows: Sequence[Any]) -> float:
    return Gold(tuple(rows), tuple(step.analyse([article_of(row) for row in rows]))).scores().speaker.f1


def measure(articles: Sequence[Article], rows: Sequence[Any], rounds: int) -> Iterator[tuple[str, float, float | None]]:
    """(what was done with all articles, the fewest seconds of a round, speaker F1 on the annotated articles)."""
    pipeline = load_pipeline()
    found = steps(pipeline)
    for step in found:
        step.analyse([_WARM_UP])
    best = {step.name: min(times) for step, times in zip(found, _rounds(found, articles, rounds), strict=True)}
    for step in found:
        yield step.name, best[step.name], speaker_f1(step, rows)
    parses = found[-1].parse(articles)
    tasks = [
        Task(article, "", "stale", encode_parse(parse, article.text), count_words(article.text))
        for parse, article in zip(parses, articles, strict=True)
    ]

    def attribute() -> None:
        for start in range(0, len(tasks), _CHUNK):
            with uncollected():
                analyse_chunk(pipeline, tasks[start : start + _CHUNK])

    attribute()  # what the lexicon remembers of words is there in a long run
    yield "rules and resolution on stored parses", min(seconds(attribute) for _ in range(rounds)), None


def _rounds(found: Sequence[Step], articles: Sequence[Article], rounds: int) -> list[list[float]]:
    """The times of each step; the steps take turns."""
    times: list[list[float]] = [[] for _ in found]
    for _ in range(rounds):
        for step, taken in zip(found, times, strict=True):
            taken.append(seconds(lambda step=step: step.parse(articles)))  # type: ignore[misc]
    return times


def table(articles: Sequence[Article], rows: Sequence[Any], rounds: int) -> Iterator[str]:
    words = sum(count_words(article.text) for article in articles)
    yield f"{len(articles)} articles, {words:,} words; quality on {len(rows)} annotated articles.\n"
    yield "| syntax | seconds | words/s | times plain Stanza | speaker F1 |"
    yield "|---|---|---|---|---|"
    reference = None
    for name, taken, quality in measure(articles, rows, rounds):
        reference = reference or taken
        shown = "" if quality is None else f"{quality:.3f}"
        yield f"| {name} | {taken:.1f} | {words / taken:,.0f} | {reference / taken:.1f} | {shown} |"


def alone(articles: Sequence[Article]) -> str:
    """How long one article of a usual length takes, from text to speakers, in a process that has read others."""
    article = min(articles, key=lambda a: abs(count_words(a.text) - _USUAL))
    pipeline = load_pipeline()
    list(pipeline.analyse_many(list(articles[:20])))
    times = [seconds(lambda: list(pipeline.analyse_many([article]))) for _ in range(7)]
    return f"One article of {count_words(article.text)} words, process warm: {statistics.median(times):.2f} s."


def builds(articles: Sequence[Article]) -> Iterator[str]:
    """`quotes build` by the clock: the first time, again with nothing changed, and from stored parses."""
    words = sum(count_words(article.text) for article in articles)
    yield f"`quotes build` on {len(articles):,} articles ({words:,} words), two workers:\n"
    yield "| run | seconds | words/s | most memory, all processes |"
    yield "|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        source, database = Path(folder, "articles.jsonl"), Path(folder, "quotes.db")
        source.write_text("".join(f"{_line(article)}\n" for article in articles), encoding="utf-8")
        for name in ("first", "again, nothing changed", "attributed anew from stored parses"):
            if name.startswith("attributed"):
                with closing(sqlite3.connect(database)) as connection, connection:
                    connection.execute("UPDATE stages SET version = 'old' WHERE stage = 'attribute'")
            taken, memory = _build(source, database)
            yield f"| {name} | {taken:.0f} | {words / taken:,.0f} | {memory / 2**20:,.0f} MB |"
        yield f"\nThe database: {database.stat().st_size / words:.1f} bytes a word."


def _line(article: Article) -> str:
    return json.dumps({"id": article.id, "text": article.text}, ensure_ascii=False)


def _build(source: Path, database: Path) -> tuple[float, int]:
    """Seconds by the clock, and the most bytes of memory that the command and its workers held together."""
    import psutil

    command: list[str | Path] = [
        sys.executable,
        "-c",
        "from quotes.cli import main; main()",
        "build",
        source,
        "-o",
        database,
        "--workers",
        "2",
        "--quiet",
    ]
    start, most = time.perf_counter(), 0
    with subprocess.Popen(command) as process:
        family = psutil.Process(process.pid)
        while process.poll() is None:
            most = max(most, _memory(family))
            time.sleep(_PAUSE)
    if process.returncode:
        raise SystemExit("The build failed.")
    return time.perf_counter() - start, most


def _memory(process: Any) -> int:
    import psutil

    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    corpus = CORPUS if CORPUS.is_file() else data_path("sample", "articles.jsonl")
    parser.add_argument("--corpus", type=Path, default=corpus)
    parser.add_argument("--gold", type=Path, default=GOLD if GOLD.is_file() else data_path("sample", "gold.jsonl"))
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--build", action="store_true", help="run `quotes build` on the articles, too")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {README.relative_to(ROOT)}")
    arguments = parser.parse_args()
    articles = read_articles(arguments.corpus, arguments.articles)
    lines: list[str] = []

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    for line in table(articles, read_gold(arguments.gold), arguments.rounds):
        say(line)
    say("")
    say(alone(articles))
    if arguments.build:
        say("")
        for line in builds(articles):
            say(line)
    if arguments.write:
        text = "\n".join(lines) + "\n"
        README.write_text(_FIGURES.sub(lambda m: m[1] + text + m[2], README.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
