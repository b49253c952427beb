"""The shortcut gives the trees of the search, and searches only where it must."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from quotes.parse.decoding import one_root_tree

search = pytest.importorskip("stanza.models.common.chuliu_edmonds").chuliu_edmonds_one_root


def _scores(rng: np.random.Generator, size: int, bonus: float) -> NDArray[np.float32]:
    scores = rng.normal(size=(size, size))
    for word in range(1, size):
        scores[word, rng.integers(1, word) if word > 1 else 0] += bonus
    logarithms: NDArray[np.floating[Any]] = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logarithms.astype(np.float32)


@pytest.mark.parametrize("bonus", [0.0, 2.0, 5.0])
def test_same_tree_as_the_search(bonus: float) -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        scores = _scores(rng, int(rng.integers(2, 20)), bonus)
        assert one_root_tree(scores.copy(), search).tolist() == search(scores.copy()).tolist()


def test_no_search_where_the_best_heads_make_a_tree() -> None:
    def unwanted(scores: np.ndarray) -> np.ndarray:
        raise AssertionError("searched")

    scores = np.full((4, 4), -5.0)
    for word, head in ((1, 2), (2, 0), (3, 2)):
        scores[word, head] = -0.1
    assert one_root_tree(scores, unwanted).tolist() == [0, 2, 0, 2]
