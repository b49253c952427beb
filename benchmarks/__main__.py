"""How fast the pipeline is on this machine, beside plain Stanza on the same text in the same run.

    python -m benchmarks [--articles 60] [--corpus CORPUS.jsonl.xz] [--threads 1]

Press articles of ../shared/corpus where that exists, else the sample articles. Speeds are in words of text a second of
wall time, model loading not counted; the load of other programs shows in all lines alike, so compare ratios.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.floors import ROOT
from benchmarks.gold import article_of
from quotes.loading import load_pipeline
from quotes.model import Article, Parse
from quotes.pipeline import Pipeline
from quotes.resources import data_path
from quotes.store import count_words, decode_parse, encode_parse

CORPUS = ROOT.parent / "shared" / "corpus" / "orangesum.jsonl.xz"
_WARM_UP = Article("warm-up", "« Nous signons demain », a déclaré mardi à Genève la ministre des Ports, Claire Aubray.")


def read_articles(path: Path, number: int) -> list[Article]:
    """The first articles of a JSON Lines file, which may be compressed."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [article_of(json.loads(line)) for line in islice(lines, number)]


def plain_stanza() -> Any:
    """Stanza with the shipped model and its own settings: whole texts, nothing abridged, nothing tuned."""
    import stanza

    from quotes.parse.models import find_model
    from quotes.parse.stanza_parser import PROCESSORS

    found = find_model(None, data_path())
    return stanza.Pipeline(
        "fr", dir=str(found.folder), package=found.package or "default", processors=PROCESSORS,
        download_method=None, use_gpu=False, verbose=False,
    )  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(articles: Sequence[Article], pipeline: Pipeline) -> Iterator[tuple[str, float]]:
    """(what was done with all articles, seconds); plain Stanza first, before the package replaces a part of it."""
    texts = [article.text for article in articles]
    stanza = plain_stanza()
    stanza(_WARM_UP.text)
    yield "plain Stanza, text by text", seconds(lambda: [stanza(text) for text in texts])
    yield "plain Stanza, in bulk", seconds(lambda: stanza.bulk_process(texts))
    pipeline.parse_many([_WARM_UP])
    parses: list[Parse] = []
    yield "parsing, quotations abridged", seconds(lambda: parses.extend(pipeline.parse_many(articles)))
    pipeline.analyse(_WARM_UP, pipeline.parse_many([_WARM_UP])[0])
    stored = [encode_parse(parse, text) for parse, text in zip(parses, texts, strict=True)]

    def analyse() -> None:
        for article, data in zip(articles, stored, strict=True):
            pipeline.analyse(article, decode_parse(data, article.text))

    yield "rules and resolution on stored parses", seconds(analyse)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    corpus = CORPUS if CORPUS.is_file() else data_path("sample", "articles.jsonl")
    parser.add_argument("--corpus", type=Path, default=corpus)
    parser.add_argument("--threads", type=int, default=1, help="of the tensor library")
    arguments = parser.parse_args()
    import torch

    torch.set_num_threads(arguments.threads)
    articles = read_articles(arguments.corpus, arguments.articles)
    words = sum(count_words(article.text) for article in articles)
    print(f"{len(articles)} articles of {arguments.corpus.name}, {words} words, {arguments.threads} thread(s)\n")
    print("| | seconds | words/s | times plain Stanza |\n|---|---|---|---|", flush=True)
    reference = None
    for name, taken in measure(articles, load_pipeline()):
        reference = reference or taken
        print(f"| {name} | {taken:.1f} | {words / taken:.0f} | {reference / taken:.1f} |", flush=True)


if __name__ == "__main__":
    main()
