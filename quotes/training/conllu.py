"""Dependency trees as frozen values, read from and written to CoNLL-U.

Heads are 1-based word numbers, 0 for the root, as in the files (https://universaldependencies.org/format.html).
Empty nodes, XPOS, DEPS and MISC (but for ``SpaceAfter=No``) are left out: nothing here needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotes.errors import QuotesError


@dataclass(frozen=True, slots=True)
class Node:
    """One syntactic word of a tree."""

    form: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Contraction:
    """A surface token of several words: ``first`` and ``last`` are 1-based and inclusive (*du* = *de* + *le*)."""

    first: int
    last: int
    form: str
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Tree:
    """One annotated sentence."""

    nodes: tuple[Node, ...]
    contractions: tuple[Contraction, ...] = ()
    sent_id: str = ""
    paragraph: bool = field(default=False)
    """Whether the file says that a paragraph starts here (``newpar`` or ``newdoc``)."""

    def children(self, number: int) -> tuple[int, ...]:
        """The numbers of the words governed by word ``number`` (0: the root), in text order."""
        return tuple(i for i, node in enumerate(self.nodes, 1) if node.head == number)

    def subtree(self, number: int) -> tuple[int, ...]:
        """Word ``number`` and all that it governs, in text order."""
        found, stack = {number}, [number]
        while stack:
            for child in self.children(stack.pop()):
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return tuple(sorted(found))

    @property
    def root(self) -> int:
        """The number of the root word; 0 when there is none."""
        return next((i for i, node in enumerate(self.nodes, 1) if node.head == 0), 0)

    def tokens(self) -> Iterator[tuple[str, bool, int]]:
        """The surface tokens: form, whether a space follows, how many words they hold."""
        starts = {c.first: c for c in self.contractions}
        number = 1
        while number <= len(self.nodes):
            if number in starts:
                contraction = starts[number]
                yield contraction.form, contraction.space_after, contraction.last - number + 1
                number = contraction.last + 1
            else:
                node = self.nodes[number - 1]
                yield node.form, node.space_after, 1
                number += 1

    @property
    def text(self) -> str:
        """The sentence as written."""
        return "".join(form + (" " if space else "") for form, space, _ in self.tokens()).rstrip(" ")


def is_tree(tree: Tree) -> bool:
    """Whether the heads form one tree with one root."""
    heads = [node.head for node in tree.nodes]
    if heads.count(0) != 1 or any(not 0 <= head <= len(heads) for head in heads):
        return False
    for number in range(1, len(heads) + 1):
        seen, current = set(), number
        while current:
            if current in seen:
                return False
            seen.add(current)
            current = heads[current - 1]
    return True


def parse(lines: Iterable[str], name: str = "CoNLL-U text") -> Iterator[Tree]:
    """The trees of a CoNLL-U text; ``QuotesError`` names the line that is not CoNLL-U."""
    nodes: list[Node] = []
    contractions: list[Contraction] = []
    sent_id, paragraph = "", False
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\n")
        if line.startswith("#"):
            if line.startswith("# sent_id = "):
                sent_id = line[len("# sent_id = ") :]
            elif line.startswith(("# newpar", "# newdoc")):
                paragraph = True
        elif not line.strip():
            if nodes:
                yield Tree(tuple(nodes), tuple(contractions), sent_id, paragraph)
            nodes, contractions, sent_id, paragraph = [], [], "", False
        else:
            columns = line.split("\t")
            if len(columns) != 10:
                raise QuotesError(
                    f"{name}, line {number}: {len(columns)} columns instead of 10",
                    "The file must be CoNLL-U, ten columns separated by tabs.",
                )
            space = "SpaceAfter=No" not in columns[9].split("|")
            if "-" in columns[0]:
                first, last = columns[0].split("-")
                contractions.append(Contraction(int(first), int(last), columns[1], space))
            elif "." not in columns[0]:
                head = int(columns[6]) if columns[6].isdigit() else 0
                nodes.append(Node(columns[1], columns[2], columns[3], feats_of(columns[5]), head, columns[7], space))
    if nodes:
        yield Tree(tuple(nodes), tuple(contractions), sent_id, paragraph)


def read(path: Path) -> list[Tree]:
    """The trees of a CoNLL-U file."""
    try:
        with path.open(encoding="utf-8") as stream:
            return list(parse(stream, path.name))
    except OSError as error:
        raise QuotesError(f"{path}: cannot be read ({error.strerror})", "Give the folder of the UD files.") from error


def feats_of(column: str) -> dict[str, str]:
    """The sixth column as a mapping; empty for ``_``."""
    if column == "_":
        return {}
    return dict(pair.split("=", 1) for pair in column.split("|"))


def feats_column(feats: Mapping[str, str]) -> str:
    """A mapping as the sixth column, sorted as UD wants it."""
    return "|".join(f"{key}={feats[key]}" for key in sorted(feats, key=str.lower)) or "_"


def dump(tree: Tree) -> str:
    """One tree as CoNLL-U, with the blank line that ends it."""
    lines = [f"# sent_id = {tree.sent_id}"] if tree.sent_id else []
    lines.append(f"# text = {tree.text}")
    starts = {c.first: c for c in tree.contractions}
    for number, node in enumerate(tree.nodes, 1):
        if number in starts:
            token = starts[number]
            misc = "_" if token.space_after else "SpaceAfter=No"
            lines.append(f"{token.first}-{token.last}\t{token.form}" + "\t_" * 7 + f"\t{misc}")
        misc = "_" if node.space_after else "SpaceAfter=No"
        feats = feats_column(node.feats)
        lines.append(
            f"{number}\t{node.form}\t{node.lemma}\t{node.upos}\t_\t{feats}\t{node.head}\t{node.deprel}\t_\t{misc}"
        )
    return "\n".join(lines) + "\n\n"


def write(path: Path, trees: Iterable[Tree]) -> int:
    """Write trees as CoNLL-U; how many."""
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        for tree in trees:
            stream.write(dump(tree))
            count += 1
    return count


def with_node(tree: Tree, number: int, **changes: object) -> Tree:
    """The tree with some columns of word ``number`` changed."""
    nodes = list(tree.nodes)
    nodes[number - 1] = replace(nodes[number - 1], **changes)  # type: ignore[arg-type]
    return replace(tree, nodes=tuple(nodes))
