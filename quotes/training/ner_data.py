"""Named entities: documents with character spans, as Stanza's tagger trains on them and as they are scored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import QuotesError

LABELS = frozenset(("PER", "LOC", "ORG", "MISC"))


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its entities: (start, end, label), ends exclusive."""

    text: str
    entities: frozenset[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Split:
    """Documents by role: every tenth is held out for the score, the one before it steers training."""

    train: tuple[Document, ...]
    dev: tuple[Document, ...]
    test: tuple[Document, ...]


def read(folder: Path) -> Split:
    """The documents of ``winer_fr.jsonl``; labels other than PER, LOC, ORG and MISC are left out."""
    path = folder / "winer_fr.jsonl"
    if not path.exists():
        raise QuotesError(f"{folder}: no winer_fr.jsonl.", "Give the folder of WiNER-fr, or leave out the step `ner`.")
    documents = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            spans = row["spans"]
            documents.append(
                Document(row["text"], frozenset(_span(span) for span in spans if _span(span)[2] in LABELS))
            )
    parts: list[list[Document]] = [[], [], []]
    for i, document in enumerate(documents):
        parts[{9: 2, 8: 1}.get(i % 10, 0)].append(document)
    return Split(*(tuple(part) for part in parts))


def _span(span: Sequence[object] | dict[str, object]) -> tuple[int, int, str]:
    if isinstance(span, dict):
        return int(str(span["start"])), int(str(span["end"])), str(span["label"])
    return int(str(span[0])), int(str(span[1])), str(span[2])


def bioes(tokens: Sequence[tuple[str, int, int]], entities: Iterable[tuple[int, int, str]]) -> list[str]:
    """One tag a token (text, start, end): B, I, E of an entity of several tokens, S of one, O outside."""
    tags = ["O"] * len(tokens)
    for start, end, label in entities:
        inside = [i for i, (_, low, high) in enumerate(tokens) if low < end and start < high]
        for place, i in enumerate(inside):
            if len(inside) == 1:
                tags[i] = f"S-{label}"
            else:
                tags[i] = f"{'B' if place == 0 else 'E' if place == len(inside) - 1 else 'I'}-{label}"
    return tags


def write(path: Path, sentences: Iterable[Sequence[tuple[str, str]]]) -> int:
    """Write (token, tag) sentences as Stanza's NER tagger reads them; how many."""
    rows = [[{"text": text, "ner": tag} for text, tag in sentence] for sentence in sentences]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return len(rows)
