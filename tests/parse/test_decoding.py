"""The trees are those of Stanza's search, and are searched only where they must be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from quotes.parse import decoding
from quotes.parse.decoding import best_heads, one_root_tree

search = pytest.importorskip("stanza.models.common.chuliu_edmonds").chuliu_edmonds_one_root


def _scores(rng: np.random.Generator, size: int, bonus: float, root: float = 0.0) -> NDArray[np.float32]:
    """Random arcs; each word has a head that is better by ``bonus``, and the root's place is better by ``root``."""
    scores = rng.normal(size=(size, size))
    scores[:, 0] += root
    for word in range(1, size):
        scores[word, rng.integers(1, word) if word > 1 else 0] += bonus
    logarithms: NDArray[np.floating[Any]] = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logarithms.astype(np.float32)


@pytest.mark.parametrize("root", [0.0, 3.0])
@pytest.mark.parametrize("bonus", [0.0, 2.0, 5.0])
def test_same_tree_as_stanzas_search(bonus: float, root: float) -> None:
    rng = np.random.default_rng(7)
    for _ in range(100):
        scores = _scores(rng, int(rng.integers(2, 24)), bonus, root)
        assert one_root_tree(scores).tolist() == search(scores.copy()).tolist()


def test_same_trees_for_many_sentences_at_once() -> None:
    rng = np.random.default_rng(11)
    lengths = [14, 9, 9, 5, 2]
    padded = np.full((len(lengths), 14, 14), -np.inf)
    for number, size in enumerate(lengths):
        padded[number, :size, :size] = _scores(rng, size, 2.0)
        padded[number, size:, :size] = rng.normal(size=(14 - size, size))
    for number, (heads, size) in enumerate(zip(best_heads(padded, lengths), lengths, strict=True)):
        assert heads[:size].tolist() == search(padded[number, :size, :size].copy()).tolist()


def test_no_search_where_the_best_heads_make_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_searched", None)
    scores = np.full((1, 4, 4), -5.0)
    for word, head in ((1, 2), (2, 0), (3, 2)):
        scores[0, word, head] = -0.1
    assert best_heads(scores, [4]).tolist() == [[0, 2, 0, 2]]


def test_a_line_without_end_is_no_matter_of_recursion() -> None:
    rng = np.random.default_rng(3)
    heads = one_root_tree(_scores(rng, 1500, 0.0))
    assert np.count_nonzero(heads[1:] == 0) == 1
