"""Training data of the tokenizer: text with a label for each character, made as untidy as real archives are.

Sentences are glued (*l'Ain.La scène*), quotation marks come in every style and spacing, apostrophes are curly or
straight, titles have no full stop. Labels are Stanza's: 0 inside, 1 end of a token, 2 end of a sentence, 3 end of a
contraction, 4 end of a contraction that ends a sentence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.training.conllu import Node, Tree
from quotes.training.fragments import without_final_mark

Labelled = tuple[str, str]
STYLES = (("« ", " »"), ("«", "»"), ("“", "”"), ('"', '"'), ("« ", " »"))
ENDS = '.!?…»"”'


def labelled(tree: Tree) -> Labelled:
    """The text of one sentence, and its labels."""
    text, labels = [], []
    tokens = list(tree.tokens())
    for i, (form, space, words) in enumerate(tokens):
        last = i == len(tokens) - 1
        end = "1" if words == 1 else "3"
        if last:
            end = "2" if words == 1 else "4"
        text.append(form)
        labels.append("0" * (len(form) - 1) + end)
        if space and not last:
            text.append(" ")
            labels.append("0")
    return "".join(text), "".join(labels)


def restyled(tree: Tree, chance: random.Random) -> Tree:
    """The sentence with its paired straight quotation marks in another style, or with curly apostrophes."""
    marks = [i for i, node in enumerate(tree.nodes) if node.form in ('"', "«", "»", "“", "”")]
    nodes = list(tree.nodes)
    if marks and len(marks) % 2 == 0:
        opening, closing = chance.choice(STYLES)
        for k, i in enumerate(marks):
            if k % 2 == 0:
                nodes[i] = replace(nodes[i], form=opening.strip(), space_after=opening.endswith(" "))
            else:
                nodes[i] = replace(nodes[i], form=closing.strip())
                if i and not any(c.last == i for c in tree.contractions):
                    nodes[i - 1] = replace(nodes[i - 1], space_after=closing.startswith(" "))
    if chance.random() < 0.3:
        nodes = [_curly(node) for node in nodes]
    return replace(tree, nodes=tuple(nodes))


def _curly(node: Node) -> Node:
    return replace(node, form=node.form.replace("'", "’")) if "'" in node.form else node


def paragraphs(trees: Sequence[Tree], seed: int, glue: float = 0.12, untidy: bool = True) -> Iterator[Labelled]:
    """Paragraphs of one to eight sentences in the order of the treebank, glued and restyled at random.

    ``glue`` is the share of sentence ends that lose their space; ``untidy=False`` keeps the text as it is.
    """
    chance = random.Random(seed)
    start = 0
    while start < len(trees):
        size = chance.choice((1, 2, 3, 4, 5, 6, 8))
        glued = untidy and chance.random() < 3 * glue
        text, labels = "", ""
        for tree in trees[start : start + size]:
            if untidy:
                tree = restyled(tree, chance) if chance.random() < 0.5 else tree
                tree = without_final_mark(tree) if len(tree.nodes) < 12 and chance.random() < 0.06 else tree
            piece, piece_labels = labelled(tree)
            if text:
                apart = not (glued and text[-1] in ENDS and piece[0].isupper() and chance.random() < 0.5)
                text, labels = (text + " ", labels + "0") if apart else (text, labels)
            text, labels = text + piece, labels + piece_labels
        yield text, labels
        start += size


def whole(trees: Sequence[Tree]) -> Labelled:
    """All sentences as they are, in one paragraph: how a treebank without paragraph marks is scored."""
    parts = [labelled(tree) for tree in trees]
    return " ".join(text for text, _ in parts), "0".join(labels for _, labels in parts)


def joined(parts: Sequence[Labelled]) -> Labelled:
    """Paragraphs as Stanza's two files want them, a blank line between them."""
    return "\n\n".join(text for text, _ in parts) + "\n\n", "\n\n".join(labels for _, labels in parts) + "\n\n"
