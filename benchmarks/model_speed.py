"""How fast two models are side by side: tagger, lemmatizer and parser on the same sentences, one core.

    python benchmarks/model_speed.py OLD NEW TEXTS.jsonl [--articles 40] [--rounds 3]

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shortcut", action="store_true", help="give NEW the tree shortcut that quotes parses with")
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
    words = sum(len(sentence) for document in tokens for sentence in document)
    best: dict[str, dict[str, float]] = {}
    for _ in range(options.rounds):
        for name, pipeline in pipelines.items():
            with _decoder(options.shortcut and name == "new"):
                found = seconds(pipeline, tokens)
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


class _decoder:
    """For a while, the tree shortcut of ``quotes.parse.decoding`` in place of Stanza's search."""

    def __init__(self, wanted: bool) -> None:
        self.wanted = wanted

    def __enter__(self) -> None:
        from stanza.models.depparse import model

        from quotes.parse.decoding import one_root_tree

        self.search = model.chuliu_edmonds_one_root
        if self.wanted:
            model.chuliu_edmonds_one_root = one_root_tree

    def __exit__(self, *_: object) -> None:
        from stanza.models.depparse import model

        model.chuliu_edmonds_one_root = self.search


if __name__ == "__main__":
    main()
