"""Scores of a model: the CoNLL-18 evaluation from raw text, subjects of reporting verbs, named entities.

Everything is in percent. Gold trees are compared after harmonisation, as the model was trained.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.training.conllu import Tree, dump, parse
from quotes.training.harmonise import SPEECH_VERBS, harmonise

METRICS = ("Words", "Sentences", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")


@dataclass(frozen=True, slots=True)
class F1:
    """Counts of a comparison."""

    right: int
    predicted: int
    gold: int

    @property
    def value(self) -> float:
        """The F1 in percent; 0 where nothing is right."""
        return 200 * self.right / (self.predicted + self.gold) if self.right else 0.0

    def __add__(self, other: F1) -> F1:
        return F1(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


def raw_text(trees: Iterable[Tree]) -> str:
    """The text of a treebank, one line a paragraph as its ``newpar`` marks say, sentences joined by a space."""
    paragraphs: list[list[str]] = []
    for tree in trees:
        if tree.paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(tree.text)
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs)


def conll18(gold: Sequence[Tree], predicted: Sequence[Tree]) -> dict[str, float]:
    """The F1 of ``METRICS`` by the CoNLL-18 evaluation, of the package that Stanza scores with."""
    from udtools.udeval import UDError, evaluate, load_conllu

    def load(trees: Sequence[Tree]) -> Any:
        return load_conllu(io.StringIO("".join(dump(tree) for tree in trees)), "", {})

    try:
        scores = evaluate(load(gold), load(predicted))
    except UDError as error:  # the texts differ: a fault of ours, said with what the script found
        raise ValueError(f"The predicted trees cover another text than the gold ones: {error}") from error
    return {name: 100 * scores[name].f1 for name in METRICS}


def word_spans(trees: Iterable[Tree]) -> Iterator[tuple[Tree, list[tuple[int, int, int]]]]:
    """For each tree the place of each of its words in the text without spaces: start, end, rank in its token."""
    offset = 0
    for tree in trees:
        spans = []
        for form, _, words in tree.tokens():
            length = len("".join(form.split()))
            spans += [(offset, offset + length, rank) for rank in range(words)]
            offset += length
        yield tree, spans


def reporting_verbs(tree: Tree) -> list[int]:
    """The reporting verbs of a tree that show reported speech.

    A verb of speech with a subject after it, or that is a parataxis (an incise), or that governs a clause.
    """
    found = []
    for number, node in enumerate(tree.nodes, 1):
        if node.upos == "VERB" and node.lemma in SPEECH_VERBS:
            children = [(child, tree.nodes[child - 1]) for child in tree.children(number)]
            inverted = any(child > number and c.deprel == "nsubj" for child, c in children)
            clause = any(c.deprel == "ccomp" for _, c in children)
            if inverted or clause or node.deprel == "parataxis":
                found.append(number)
    return found


def reporting_subjects(gold: Sequence[Tree], predicted: Sequence[Tree]) -> F1:
    """Subjects of the gold reporting verbs: right when the predicted ``nsubj`` is the same word of the same verb."""
    Span = tuple[int, int, int]
    wanted: set[tuple[Span, Span]] = set()
    verbs: set[Span] = set()
    for tree, spans in word_spans(gold):
        for verb in reporting_verbs(tree):
            verbs.add(spans[verb - 1])
            for child in tree.children(verb):
                if tree.nodes[child - 1].deprel.partition(":")[0] == "nsubj":
                    wanted.add((spans[verb - 1], spans[child - 1]))
    found: set[tuple[Span, Span]] = set()
    for tree, spans in word_spans(predicted):
        for number, node in enumerate(tree.nodes, 1):
            if node.deprel.partition(":")[0] == "nsubj" and node.head and spans[node.head - 1] in verbs:
                found.add((spans[node.head - 1], spans[number - 1]))
    return F1(len(wanted & found), len(found), len(wanted))


def entities(gold: Iterable[set[tuple[int, int, str]]], predicted: Iterable[set[tuple[int, int, str]]]) -> F1:
    """Named entities, one set (start, end, label) a document: exact spans and labels."""
    total = F1(0, 0, 0)
    for one, other in zip(gold, predicted, strict=True):
        total += F1(len(one & other), len(other), len(one))
    return total


def parsed(pipeline: Any, text: str) -> list[Tree]:
    """The trees that a Stanza pipeline finds in a text."""
    document = pipeline(text)
    return list(parse(f"{document:C}\n\n".splitlines(), "the parser's output"))


def table(pipeline: Any, tests: Mapping[str, Sequence[Tree]]) -> tuple[dict[str, tuple[float, ...]], F1]:
    """For each test set the figures of ``METRICS`` and the F1 of reporting subjects; their counts over all sets."""
    rows, total = {}, F1(0, 0, 0)
    for name, gold in tests.items():
        predicted = [harmonise(tree) for tree in parsed(pipeline, raw_text(gold))]
        figures = conll18(gold, predicted)
        subjects = reporting_subjects(gold, predicted)
        rows[name] = (*(figures[metric] for metric in METRICS), subjects.value)
        total += subjects
    return rows, total
