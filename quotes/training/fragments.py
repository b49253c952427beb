"""Cutting trees into fragments and putting fragments into trees: what augmentation is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotes.training.conllu import Contraction, Node, Tree


@dataclass(frozen=True, slots=True)
class Fragment:
    """A connected stretch of a tree; heads are 1-based within it, 0 for its top word."""

    nodes: tuple[Node, ...]
    contractions: tuple[Contraction, ...] = ()

    @property
    def top(self) -> int:
        """The number of the word that governs the others."""
        return next(i for i, node in enumerate(self.nodes, 1) if node.head == 0)


def punctuation(form: str, space_after: bool = True) -> Fragment:
    """A fragment of one mark."""
    return Fragment((Node(form, form, "PUNCT", {}, 0, "punct", space_after),))


def fragment(tree: Tree, number: int, first: int = 0, last: int = 0) -> Fragment | None:
    """The subtree of word ``number``, or None where it isn't one stretch that can be cut out.

    ``first`` and ``last`` (1-based, inclusive) choose a stretch of the subtree instead of all of it.
    """
    numbers = tree.subtree(number)
    if first:
        numbers = tuple(range(first, last + 1))
    low, high = numbers[0], numbers[-1]
    if high - low + 1 != len(numbers):
        return None
    nodes = []
    for i in numbers:
        node = tree.nodes[i - 1]
        if i == number:
            nodes.append(replace(node, head=0))
        elif low <= node.head <= high:
            nodes.append(replace(node, head=node.head - low + 1))
        else:
            return None
    inside = []
    for c in tree.contractions:
        if low <= c.first and c.last <= high:
            inside.append(replace(c, first=c.first - low + 1, last=c.last - low + 1))
        elif c.first <= high and c.last >= low:
            return None
    return Fragment(tuple(nodes), tuple(inside))


def as_fragment(tree: Tree) -> Fragment:
    """A whole tree as a fragment."""
    return Fragment(tree.nodes, tree.contractions)


def as_tree(piece: Fragment, sent_id: str = "") -> Tree:
    """A fragment as a sentence, its top word the root."""
    nodes = tuple(replace(node, deprel="root") if node.head == 0 else node for node in piece.nodes)
    return Tree(nodes, piece.contractions, sent_id)


def insert(tree: Tree, position: int, piece: Fragment, head: int, deprel: str) -> Tree:
    """Put ``piece`` after word ``position`` (0: first), governed by word ``head`` of the old numbering."""
    width = len(piece.nodes)

    def moved(number: int) -> int:
        return number if number <= position else number + width

    before = [replace(node, head=moved(node.head)) for node in tree.nodes]
    new = [
        replace(node, head=moved(head), deprel=deprel) if node.head == 0 else replace(node, head=node.head + position)
        for node in piece.nodes
    ]
    contractions = [replace(c, first=moved(c.first), last=moved(c.last)) for c in tree.contractions]
    contractions += [replace(c, first=c.first + position, last=c.last + position) for c in piece.contractions]
    contractions.sort(key=lambda c: c.first)
    return replace(tree, nodes=tuple(before[:position] + new + before[position:]), contractions=tuple(contractions))


def remove(tree: Tree, number: int) -> Tree:
    """Take out word ``number``, which must govern nothing and be in no contraction."""
    nodes = [
        replace(node, head=node.head - 1 if node.head > number else node.head)
        for i, node in enumerate(tree.nodes, 1)
        if i != number
    ]
    contractions = tuple(
        replace(c, first=c.first - 1, last=c.last - 1) if c.first > number else c for c in tree.contractions
    )
    return replace(tree, nodes=tuple(nodes), contractions=contractions)


def with_space(tree: Tree, number: int, space_after: bool) -> Tree:
    """Say whether a space follows word ``number`` (or the contraction that ends with it)."""
    nodes = list(tree.nodes)
    if number:
        nodes[number - 1] = replace(nodes[number - 1], space_after=space_after)
    contractions = tuple(replace(c, space_after=space_after) if c.last == number else c for c in tree.contractions)
    return replace(tree, nodes=tuple(nodes), contractions=contractions)


def without_final_mark(tree: Tree) -> Tree:
    """The tree without its last word where that is a mark that governs nothing."""
    last = len(tree.nodes)
    if last > 1 and tree.nodes[-1].upos == "PUNCT" and not tree.children(last):
        return remove(tree, last)
    return tree
