"""How fast two models are side by side: tagger, lemmatizer and parser on the same sentences, one core.

    python benchmarks/model_speed.py OLD NEW TEXTS.jsonl [--articles 40] [--rounds 3] [--bulk]

OLD and NEW are folders in Stanza's layout. Both get the sentences that NEW's tokenizer finds, and take turns, so that
whatever else the machine does slows both. The best round counts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

STEPS = ("pos", "lemma", "depparse")


def texts(path: Path, count: int) -> list[str]:
    """The first texts of a JSON Lines file, plain or in .xz."""
    reader = lzma.open if path.suffix == ".xz" else open
    with reader(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line in itertools.islice(stream, count)]


def load(folder: Path) -> Any:
    """A pipeline of the folder's model."""
    import stanza

    return stanza.Pipeline(
        "fr", dir=str(folder), processors="tokenize,mwt,pos,lemma,depparse", download_method=None, verbose=False
    )


def seconds(pipeline: Any, tokens: list[list[list[str]]]) -> dict[str, float]:
    """Processor time of each step on documents given as sentences of words."""
    from stanza.models.common.doc import Document

    documents = [
        Document([[{"id": (i,), "text": word} for i, word in enumerate(words, 1)] for words in document])
        for document in tokens
    ]
    times = {}
    for step in STEPS:
        start = time.process_time()
        documents = pipeline.processors[step].bulk_process(documents)
        times[step] = time.process_time() - start
    return times


def in_bulk(folder: Path) -> Callable[[list[list[list[str]]]], dict[str, float]]:
    """What ``seconds`` measures, with the networks run as quotes runs them (``quotes.parse.networks``)."""
    import torch

    from quotes.parse.stanza_parser import StanzaParser

    reader = StanzaParser(folder)._reader
    if reader is None:
        raise SystemExit(f"{folder}: quotes runs this model in Stanza's own pipeline. Leave out --bulk.")

    def measure(tokens: list[list[list[str]]]) -> dict[str, float]:
        forms = [form for document in tokens for sentence in document for form in sentence]
        lengths = [len(sentence) for document in tokens for sentence in document]
        with torch.inference_mode():
            times = [time.process_time()]
            tags = reader.tagger.tag(forms, lengths)
            times.append(time.process_time())
            lemmas = reader.lemmatizer.lemmatize(forms, tags.upos)
            times.append(time.process_time())
            reader.parser.parse(forms, lemmas, tags.upos, lengths)
            times.append(time.process_time())
        return {step: after - before for step, (before, after) in zip(STEPS, pairwise(times), strict=True)}

    return measure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bulk", action="store_true", help="run NEW in bulk, as quotes does, not in Stanza's pipeline")
    options = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    pipelines = {"old": load(options.old), "new": load(options.new)}
    documents = (
        pipelines["new"]
        .processors["tokenize"]
        .bulk_process([_document(text) for text in texts(options.texts, options.articles)])
    )
    documents = pipelines["new"].processors["mwt"].bulk_process(documents)
    tokens = [[[word.text for word in sentence.words] for sentence in document.sentences] for document in documents]
    bulk = in_bulk(options.new) if options.bulk else None
    words = sum(len(sentence) for document in tokens for sentence in document)
    best: dict[str, dict[str, float]] = {}
    for _ in range(options.rounds):
        for name, pipeline in pipelines.items():
            found = bulk(tokens) if bulk and name == "new" else seconds(pipeline, tokens)
            if name not in best or sum(found.values()) < sum(best[name].values()):
                best[name] = found
    print(f"{words:,} words, words a second of one core")
    print("| model | " + " | ".join(STEPS) + " | together |")
    for name, found in best.items():
        rates = [words / found[step] for step in STEPS]
        print(f"| {name} | " + " | ".join(f"{rate:,.0f}" for rate in [*rates, words / sum(found.values())]) + " |")
    print(f"new / old: {sum(best['old'].values()) / sum(best['new'].values()):.2f}")


def _document(text: str) -> Any:
    from stanza.models.common.doc import Document

    return Document([], text=text)


if __name__ == "__main__":
    main()
