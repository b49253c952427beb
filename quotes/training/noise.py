"""Tagging errors for the parser's training data, so that it doesn't trust tags more than it will be able to."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotes.training.conllu import Tree

CONFUSED = {
    "NOUN": ("PROPN", "ADJ", "VERB"),
    "PROPN": ("NOUN", "X", "NOUN"),
    "ADJ": ("NOUN", "VERB"),
    "VERB": ("ADJ", "AUX", "NOUN"),
    "AUX": ("VERB",),
    "ADV": ("ADP", "ADJ"),
    "ADP": ("ADV", "DET"),
    "DET": ("ADP", "PRON"),
    "PRON": ("DET", "SCONJ"),
    "SCONJ": ("PRON", "ADP"),
    "NUM": ("NOUN",),
    "X": ("PROPN", "NOUN"),
}
"""What French taggers take each category for, the commonest mistake first."""
RATES = {"NOUN": 0.03, "PROPN": 0.07, "ADJ": 0.06, "VERB": 0.03, "AUX": 0.02, "ADV": 0.04, "X": 0.3, "SCONJ": 0.03}
OTHER_RATE = 0.01


def with_tagging_errors(trees: Iterable[Tree], seed: int) -> Iterator[Tree]:
    """The trees with some UPOS replaced as a tagger might; heads and relations are left alone."""
    chance = random.Random(seed)
    for tree in trees:
        nodes = tuple(
            replace(node, upos=chance.choice(CONFUSED[node.upos]))
            if node.upos in CONFUSED and chance.random() < RATES.get(node.upos, OTHER_RATE)
            else node
            for node in tree.nodes
        )
        yield replace(tree, nodes=nodes)
