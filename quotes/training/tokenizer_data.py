"""Training data of the tokenizer: text with a label for each character, made as untidy as real archives are.

Sentences are glued (*l'Ain.La scène*), quotation marks come in every style and spacing, apostrophes are curly or
straight, titles have no full stop. Labels are Stanza's: 0 inside, 1 end of a token, 2 end of a sentence, 3 end of a
contraction, 4 end of a contraction that ends a sentence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from quotes.training.conllu import Node, Tree
from quotes.training.fragments import Fragment, as_tree, fragment, without_final_mark

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


def paragraphs(
    trees: Sequence[Tree],
    seed: int,
    glue: float = 0.12,
    untidy: bool = True,
    bare: float = 0.06,
    headings: Sequence[Labelled] = (),
) -> Iterator[Labelled]:
    """Paragraphs of one to eight sentences in the order of the treebank, glued and restyled at random.

    ``glue`` is the share of sentence ends that lose their space, ``bare`` that of short sentences that lose their full
    stop; one of ``headings`` comes before one sentence in four. ``untidy=False`` keeps the text as it is.
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
                tree = without_final_mark(tree) if len(tree.nodes) < 12 and chance.random() < bare else tree
            pieces = [labelled(tree)]
            if headings and chance.random() < 0.25:
                pieces.insert(0, chance.choice(headings))
            for piece, piece_labels in pieces:
                if text:
                    apart = not (glued and text[-1] in ENDS and piece[0].isupper() and chance.random() < 0.5)
                    text, labels = (text + " ", labels + "0") if apart else (text, labels)
                text, labels = text + piece, labels + piece_labels
        yield text, labels
        start += size


def heading(title: str, tokens: Sequence[tuple[int, bool]]) -> Labelled:
    """A title as one sentence; ``tokens``: where each ends, and whether it is a contraction."""
    labels = ["0"] * len(title)
    for end, contraction in tokens:
        labels[end - 1] = "3" if contraction else "1"
    labels[-1] = "4" if labels[-1] == "3" else "2"
    return title, "".join(labels)


def as_cut(document: Any) -> Labelled:
    """The text of a Stanza document and the labels of its tokens and sentences."""
    labels = ["0"] * len(document.text)
    for sentence in document.sentences:
        for token in sentence.tokens:
            last = token is sentence.tokens[-1]
            labels[token.end_char - 1] = ("4" if last else "3") if len(token.words) > 1 else ("2" if last else "1")
    return document.text, "".join(labels)


SHORT_SENTENCE = 130
"""Characters: longer sentences never lose their full stop."""


def without_full_stops(part: Labelled, chance: random.Random, share: float = 0.35) -> Labelled:
    """The text with a share of its short sentences without their full stop: where sentences end without a mark."""
    text, labels = part
    pairs: list[tuple[str, str]] = []
    start = 0
    for i, (character, label) in enumerate(zip(text, labels, strict=True)):
        ends = label in "24"
        bare = ends and character == "." and i - start < SHORT_SENTENCE and text[i + 1 : i + 2] == " "
        if bare and text[i - 1 : i].isalnum() and labels[i - 1] != "0" and chance.random() < share:
            before, its_label = pairs.pop()
            pairs.append((before, "4" if its_label == "3" else "2"))
        else:
            pairs.append((character, label))
        start = i + 1 if ends else start
    return "".join(c for c, _ in pairs), "".join(label for _, label in pairs)


def spaced_commas(part: Labelled, chance: random.Random) -> Labelled:
    """One paragraph in eight with a space before each comma, as some archives have it: no sentence ends there."""
    if chance.random() >= 0.125:
        return part
    pairs = []
    for i, (character, label) in enumerate(zip(*part, strict=True)):
        if character == "," and part[0][i + 1 : i + 2] == " " and part[0][i - 1 : i].strip():
            pairs.append((" ", "0"))
        pairs.append((character, label))
    return "".join(text for text, _ in pairs), "".join(label for _, label in pairs)


def with_curly_apostrophes(part: Labelled, chance: random.Random) -> Labelled:
    """One paragraph in four with curly apostrophes."""
    return (part[0].replace("'", "’"), part[1]) if chance.random() < 0.25 else part


def headings_of(trees: Sequence[Tree], seed: int) -> list[Labelled]:
    """Noun phrases of one to eight words as headings: with a capital and no mark, some in capitals."""
    chance = random.Random(seed)
    found = []
    for tree in trees:
        number = chance.randint(1, len(tree.nodes))
        node = tree.nodes[number - 1]
        if node.upos not in ("NOUN", "PROPN") or len(tree.subtree(number)) > 12:
            continue
        piece = fragment(tree, number)
        # what a case or a mark of punctuation begins or ends is no heading
        while piece and len(piece.nodes) > 1 and piece.nodes[0].upos in ("ADP", "PUNCT", "CCONJ", "SCONJ"):
            piece = None if piece.contractions and piece.contractions[0].first == 1 else _without_first(piece)
        if not piece or len(piece.nodes) > 8 or any(n.upos == "PUNCT" for n in piece.nodes):
            continue
        text, labels = labelled(as_tree(piece))
        if chance.random() < 0.12 and len(text.upper()) == len(text):
            text = text.upper()
        found.append((text[:1].upper() + text[1:], labels))
    return found


def _without_first(piece: Fragment) -> Fragment | None:
    """The fragment without its first word, where that governs nothing."""
    if piece.top == 1 or any(node.head == 1 for node in piece.nodes):
        return None
    nodes = tuple(replace(node, head=max(0, node.head - 1)) for node in piece.nodes[1:])
    inside = tuple(replace(c, first=c.first - 1, last=c.last - 1) for c in piece.contractions)
    return Fragment(nodes, inside)


def headed(titles: Sequence[Labelled], texts: Sequence[Labelled], seed: int) -> Iterator[Labelled]:
    """Each title in front of a text or of another title, with a space between: where titles end without a mark."""
    chance = random.Random(seed)
    for title in titles:
        after = chance.choice(titles) if chance.random() < 0.25 or not texts else chance.choice(texts)
        yield title[0] + " " + after[0], title[1] + "0" + after[1]


def whole(trees: Sequence[Tree]) -> Labelled:
    """All sentences as they are, in one paragraph: how a treebank without paragraph marks is scored."""
    parts = [labelled(tree) for tree in trees]
    return " ".join(text for text, _ in parts), "0".join(labels for _, labels in parts)


def joined(parts: Sequence[Labelled]) -> Labelled:
    """Paragraphs as Stanza's two files want them, a blank line between them."""
    return "\n\n".join(text for text, _ in parts) + "\n\n", "\n\n".join(labels for _, labels in parts) + "\n\n"
