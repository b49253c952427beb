"""What larger word vectors add to ours: directions that ours don't have, and places for words that ours don't know.

Ours come first and stay as they are, so that networks trained on them go on from where they were. A word that only the
other vectors know shares the row of the word most like it, so that a large vocabulary costs little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.training.vectors import Matrix, linear_map, unit_rows

SIZE = 48
SPREAD = 0.4
"""Standard deviation of the first direction added: about that of our vectors."""
COMMON = 30_000
ALIKE = 0.35
"""Least cosine of a word and the one whose row it shares."""


@dataclass(frozen=True)
class Other:
    """Other vectors: ``rows``, and for words in lower case the number of their row, the commonest words first."""

    rows: Matrix
    row_of: Mapping[str, int]


def added(vectors: Matrix, words: Sequence[str], other: Other, size: int = SIZE) -> Matrix:
    """New columns for ``vectors``: the main directions of what the other vectors say and a linear map of ours can't.

    Nought for words that the other vectors lack.
    """
    found = np.array([i for i, word in enumerate(words) if word in other.row_of])
    common = found[found < COMMON]
    theirs = np.zeros((len(words), other.rows.shape[1]), dtype=np.float32)
    theirs[found] = other.rows[[other.row_of[words[i]] for i in found]]
    mean = theirs[common].mean(axis=0)
    mapping = linear_map(vectors[common], theirs[common] - mean)
    rest = np.zeros_like(theirs)
    rest[found] = theirs[found] - mean - np.c_[vectors[found], np.ones(len(found))] @ mapping
    values, directions = np.linalg.eigh(rest[common].T @ rest[common] / len(common))
    values, directions = values[::-1][:size], directions[:, ::-1][:, :size]
    scale = SPREAD * (values / values[0]) ** 0.25 / np.sqrt(values)
    return np.clip(rest @ directions * scale, -4 * SPREAD, 4 * SPREAD).astype(np.float32)


def shared_rows(words: Sequence[str], other: Other, new: Sequence[str]) -> dict[str, int]:
    """For each new word the place among ``words`` of the one whose vector it shares; words like no other are left out.

    First the commonest word that has the very row of the new one, else the one of nearest row.
    """
    holder: dict[int, int] = {}
    for i, word in enumerate(words):
        if word in other.row_of:
            holder.setdefault(other.row_of[word], i)
    result = {word: holder[other.row_of[word]] for word in new if other.row_of[word] in holder}
    lost = [word for word in new if word not in result]
    common = [i for i, word in enumerate(words[:COMMON]) if word in other.row_of]
    known = other.rows[[other.row_of[words[i]] for i in common]]
    mean = known.mean(axis=0)
    known = unit_rows(known - mean)
    for start in range(0, len(lost), 2000):
        part = lost[start : start + 2000]
        likeness = unit_rows(other.rows[[other.row_of[word] for word in part]] - mean) @ known.T
        for word, best, cosine in zip(part, likeness.argmax(axis=1), likeness.max(axis=1), strict=True):
            if cosine > ALIKE:
                result[word] = common[best]
    return result
