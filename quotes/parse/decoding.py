"""The best trees with one root for matrices of arc scores (Chu & Liu, 1965; Edmonds, 1967).

Where every word's best head already makes a tree with one root, that tree is the best one (its score is an upper
bound), and nothing has to be searched: four sentences of five. The others are searched without regard to the number of
roots, which gives one root nearly always. Only what is left is searched with the condition (Stanojević & Cohen, 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]
Heads = NDArray[np.integer]


def best_heads(scores: Scores, lengths: Sequence[int]) -> Heads:
    """The heads of the best tree with one root of each sentence.

    ``scores[s][i][j]`` is the score of word j as the head of word i in sentence s, of which ``lengths[s]`` rows and
    columns count; columns beyond must be -inf. Word 0 is the root's place. The result has a row for each sentence; what
    stands beyond its length means nothing.
    """
    places = np.arange(scores.shape[1])
    heads: Heads = np.where(np.eye(len(places), dtype=bool), -np.inf, scores).argmax(axis=2)
    heads[:, 0] = 0
    inside = places < np.asarray(lengths)[:, None]
    roots = ((heads == 0) & inside)[:, 1:].sum(axis=1)
    reached = np.where(inside, heads, 0)
    for _ in range(max(1, scores.shape[1].bit_length())):
        reached = np.take_along_axis(reached, reached, axis=1)  # each step doubles the way looked up the tree
    for number in np.flatnonzero((roots != 1) | reached.any(axis=1)).tolist():
        size = lengths[number]
        heads[number, :size] = _searched(scores[number, :size, :size])
    return heads


def one_root_tree(scores: Scores) -> Heads:
    """The same for one sentence: in place of Stanza's ``chuliu_edmonds_one_root``."""
    heads: Heads = best_heads(scores[None], [len(scores)])[0]
    return heads


def _searched(scores: Scores) -> Heads:
    arcs = _logarithms(scores)
    heads = _best_tree(arcs)
    if np.count_nonzero(heads[1:] == 0) != 1:
        # so dear that no tree with a second root is better than one without
        arcs[:, 0] += arcs[np.isfinite(arcs)].min() * len(arcs)
        heads = _best_tree(arcs)
    return heads


def _logarithms(scores: Scores) -> Scores:
    """Scores as logarithms of probabilities over the heads of each word, without arcs to itself."""
    arcs = scores.astype(np.float64)
    np.fill_diagonal(arcs, -np.inf)
    highest = arcs.max(axis=1, keepdims=True)
    shifted: Scores = arcs - highest - np.log(np.exp(arcs - highest).sum(axis=1, keepdims=True))
    return shifted


class _Contraction(NamedTuple):
    """A cycle made one node, the last of a smaller problem: which nodes were in it and which not, their heads, and for
    each node outside by which node of the cycle it would be its head, its dependent."""

    cycle: NDArray[np.integer]
    outside: NDArray[np.integer]
    heads: Heads
    entered_at: NDArray[np.integer]
    left_from: NDArray[np.integer]


def _best_tree(arcs: Scores) -> Heads:
    """The heads of the best tree with any number of roots. Contracts cycles until there is none, then expands them."""
    contractions: list[_Contraction] = []
    heads = _likeliest(arcs)
    while len(cycle := _cycle(heads.tolist())):
        outside = np.setdiff1d(np.arange(len(arcs)), cycle, assume_unique=True)
        entering = arcs[np.ix_(cycle, outside)] - arcs[cycle, heads[cycle]][:, None]
        leaving = arcs[np.ix_(outside, cycle)]
        contractions.append(_Contraction(cycle, outside, heads, entering.argmax(axis=0), leaving.argmax(axis=1)))
        smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
        smaller[:-1, :-1] = arcs[np.ix_(outside, outside)]
        smaller[-1, :-1] = entering.max(axis=0)
        smaller[:-1, -1] = leaving.max(axis=1)
        arcs, heads = smaller, _likeliest(smaller)
    for cycle, outside, within, entered_at, left_from in reversed(contractions):
        expanded = within.copy()
        to_cycle = heads[:-1] == len(outside)
        expanded[outside[to_cycle]] = cycle[left_from[to_cycle]]
        expanded[outside[~to_cycle]] = outside[heads[:-1][~to_cycle]]
        expanded[cycle[entered_at[heads[-1]]]] = outside[heads[-1]]
        heads = expanded
    return heads


def _likeliest(arcs: Scores) -> Heads:
    heads: Heads = arcs.argmax(axis=1)
    heads[0] = 0
    return heads


def _cycle(heads: list[int]) -> NDArray[np.integer]:
    """The nodes of a cycle, in order of their numbers; none where all ways lead to node 0."""
    visited_from = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not visited_from[node]:
            visited_from[node] = start
            node = heads[node]
        if node and visited_from[node] == start:
            members = [node]
            while (node := heads[node]) != members[0]:
                members.append(node)
            return np.array(sorted(members))
    return np.array([], dtype=np.int64)
