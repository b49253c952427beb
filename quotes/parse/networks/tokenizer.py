"""Characters -> sentences of tokens, with exact offsets (Stanza's tokenizer)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from quotes.parse.networks.recurrent import Layout, Lstm, batches

_PARAGRAPH = re.compile(r"\n[\s\u0080-\u009f]*\n")
_SPACE = re.compile(r"[\s\u0080-\u009f]")
_MAY_BE_ADDRESS = re.compile(r"@|://|www\.|\.(?:gov|org|edu|net|com|co)\.")
_WINDOW = 1000
"""Characters that are looked at together."""
_ROWS = 48_000
_FEATURES = ["space_before", "capitalized", "numeric", "end_of_para", "start_of_para"]
_TOO_LONG = "<UNK>"
_END, _SENTENCE_END, _CONTRACTION, _SENTENCE_END_CONTRACTION = 1, 2, 3, 4


class Token(NamedTuple):
    """A surface token; ``contraction`` if it stands for several words (du, aux)."""

    text: str
    start: int
    end: int
    contraction: bool


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph with runs of spaces made one: its characters, and where each stands in the text."""

    characters: str
    offsets: Sequence[int]


@dataclass(frozen=True)
class Tokenizer:
    """The network, what each character contributes to it, and the longest token that is kept as it is."""

    first: Lstm
    second: Lstm
    characters: dict[str, int]
    unknown: int
    inputs: Tensor
    """(edges of the paragraph, character, its features; gates), and last what padding contributes"""
    edge_rows: int
    """By how many rows of ``inputs`` a character at the start of a paragraph is further down; at its end, twice that"""
    classifiers: tuple[Tensor, Tensor, Tensor]
    """On the first layer, their biases, on the second: token, sentence, contraction."""
    sharpness: float
    longest: int
    addresses: re.Pattern[str]

    @staticmethod
    def supports(processor: Any) -> bool:
        model, args = processor.trainer.model, processor.config
        return bool(
            args["feat_funcs"] == _FEATURES
            and args["rnn_layers"] == 1
            and args["conv_res"] is None
            and args["hierarchical"]
            and args["use_mwt"]
            and not args["skip_newline"]
            and not args["use_dictionary"]
            and model.charmodel is None
            and not args.get("no_ssplit")
        )

    @staticmethod
    def of(processor: Any, addresses: re.Pattern[str]) -> Tokenizer:
        """From Stanza's processor; ``addresses`` matches what is never split (mail, web)."""
        model, vocabulary = processor.trainer.model, processor.vocab
        first, second = Lstm.of(model.rnn), Lstm.of(model.rnn2)
        embedding = model.embeddings.weight.detach()
        width = embedding.shape[1]
        of_character = torch.addmm(first.bias, embedding, first.weights[:width])
        of_features = _bits(3) @ first.weights[width : width + 3]
        of_edges = _bits(2) @ first.weights[[width + 4, width + 3]]
        heads = ("tok_clf", "sent_clf", "mwt_clf")
        return Tokenizer(
            first,
            second,
            {unit: vocabulary.unit2id(unit) for unit in vocabulary._id2unit if len(unit) == 1},
            vocabulary.unit2id("<UNK>"),
            torch.cat(
                [(of_edges[:, None, None] + of_character[:, None] + of_features).flatten(0, 2), first.bias[None]]
            ),
            8 * len(embedding),
            (
                torch.cat([getattr(model, name).weight.detach() for name in heads]).t().contiguous(),
                torch.cat([getattr(model, name).bias.detach() for name in heads]),
                torch.cat([getattr(model, f"{name}2").weight.detach() for name in heads]).t().contiguous(),
            ),
            float(processor.config["hier_invtemp"]),
            int(processor.config.get("max_seqlen", _WINDOW)),
            addresses,
        )

    def tokenize(self, texts: Sequence[str]) -> list[list[list[Token]]]:
        """The sentences of each text."""
        paragraphs = [list(_paragraphs(text)) for text in texts]
        labels = iter(self._labels([p for of_text in paragraphs for p in of_text]))
        return [
            [sentence for paragraph in of_text for sentence in self._sentences(paragraph, next(labels))]
            for of_text in paragraphs
        ]

    def _labels(self, paragraphs: Sequence[_Paragraph]) -> list[NDArray[np.int64]]:
        """What ends at each character. A paragraph longer than a window is read in several: the next window begins
        where the last whole sentence of the one before ends."""
        rows = [self._rows(p.characters) for p in paragraphs]
        found: list[list[NDArray[np.int64]]] = [[] for _ in paragraphs]
        at = [0] * len(paragraphs)
        while unread := [i for i, row in enumerate(rows) if at[i] < len(row)]:
            windows = [
                _Window(rows[i][at[i] : at[i] + _WINDOW], at[i] == 0, at[i] + _WINDOW >= len(rows[i])) for i in unread
            ]
            for i, window, labels in zip(unread, windows, self._predict(windows), strict=True):
                breaks = np.flatnonzero((labels == _SENTENCE_END) | (labels == _SENTENCE_END_CONTRACTION))
                advance = len(labels) if window.last or not len(breaks) else int(breaks[-1]) + 1
                found[i].append(labels[:advance])
                at[i] += advance
        return [self._final(p, np.concatenate(parts)) for p, parts in zip(paragraphs, found, strict=True)]

    def _rows(self, characters: str) -> NDArray[np.int64]:
        """The row of ``inputs`` for each character."""
        ids, unknown = self.characters, self.unknown
        row_of = {
            c: 8 * ids.get(c, unknown) + (c == " ") + 2 * c.isupper() + 4 * c.isdecimal() for c in set(characters)
        }
        return np.fromiter(map(row_of.__getitem__, characters), np.int64, len(characters))

    def _predict(self, windows: Sequence[_Window]) -> list[NDArray[np.int64]]:
        """The likeliest label of each character."""
        found: list[NDArray[np.int64]] = [_NOTHING] * len(windows)
        lengths = [len(window.padded) for window in windows]
        for group in batches(lengths, _ROWS):
            layout = Layout.of([lengths[i] for i in group])
            starts = np.cumsum([0, *(lengths[i] for i in group)]).tolist()
            rows = torch.from_numpy(np.concatenate([windows[i].padded for i in group]))
            for start, i in zip(starts, group, strict=False):
                if windows[i].first:
                    rows[start] += self.edge_rows
                if windows[i].last:
                    rows[start + len(windows[i].rows) - 1] += 2 * self.edge_rows
            labels = layout.restore(self._classify(self.inputs[rows[layout.rows]], layout)).numpy()
            for start, i in zip(starts, group, strict=False):
                found[i] = labels[start : start + len(windows[i].rows)]
        return found

    def _classify(self, gates: Tensor, layout: Layout) -> Tensor:
        on_first, bias, on_second = self.classifiers
        states = self.first.run(gates, layout)
        scores = torch.addmm(bias, states, on_first)
        if self.sharpness > 0:
            states *= 1 - torch.sigmoid(-scores[:, :1] * self.sharpness)
        states = self.second.run(torch.addmm(self.second.bias, states, self.second.weights), layout)
        scores.addmm_(states, on_second)
        yes, no = F.logsigmoid(scores), F.logsigmoid(-scores)
        token, sentence, contraction = yes.unbind(1)
        _, same_sentence, plain = no.unbind(1)
        labels = [
            no[:, 0],
            token + same_sentence + plain,
            token + sentence + plain,
            token + same_sentence + contraction,
            token + sentence + contraction,
        ]
        return torch.stack(labels, 1).argmax(1)

    def _final(self, paragraph: _Paragraph, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """The labels with a sentence end at the end, and none inside addresses."""
        if labels[-1] < _SENTENCE_END:
            labels[-1] = _SENTENCE_END
        elif labels[-1] > _SENTENCE_END:
            labels[-1] = _SENTENCE_END_CONTRACTION
        if _MAY_BE_ADDRESS.search(paragraph.characters):
            for match in self.addresses.finditer(paragraph.characters):
                labels[match.start() : match.end() - 1] = 0
                labels[match.end() - 1] = max(labels[match.end() - 1], _END)
        return labels

    def _sentences(self, paragraph: _Paragraph, labels: NDArray[np.int64]) -> Iterator[list[Token]]:
        characters, offsets = paragraph.characters, paragraph.offsets
        sentence: list[Token] = []
        ends = np.flatnonzero(labels)
        stop = 0
        for last, label in zip(ends.tolist(), labels[ends].tolist(), strict=True):
            start, stop = stop, last + 1
            while start < stop and characters[start] == " ":
                start += 1
            if start == stop:
                continue
            text = characters[start:stop] if stop - start <= self.longest else _TOO_LONG
            sentence.append(Token(text, offsets[start], offsets[last] + 1, label >= _CONTRACTION))
            if label in (_SENTENCE_END, _SENTENCE_END_CONTRACTION):
                yield sentence
                sentence = []
        if sentence:
            yield sentence


def _bits(count: int) -> Tensor:
    """All numbers of so many bits, a row each, the lowest bit first."""
    return torch.tensor([[number >> bit & 1 for bit in range(count)] for number in range(1 << count)]).float()


_NOTHING = np.zeros(0, np.int64)


@dataclass(frozen=True)
class _Window:
    """A stretch of a paragraph as rows of inputs, and whether it is the paragraph's first, its last."""

    rows: NDArray[np.int64]
    first: bool
    last: bool

    @property
    def padded(self) -> NDArray[np.int64]:
        """With one row of padding behind it (-1), as the network was trained, if that fits in."""
        return np.append(self.rows, -1) if len(self.rows) < _WINDOW else self.rows


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start = 0
    for match in [*_PARAGRAPH.finditer(text), None]:
        chunk = text[start : match.start() if match else len(text)].rstrip()
        if chunk:
            characters = _SPACE.sub(" ", chunk)
            offsets: Sequence[int] = range(start, start + len(chunk))
            if "  " in characters:
                kept = [i for i, c in enumerate(characters) if c != " " or i == 0 or characters[i - 1] != " "]
                characters, offsets = "".join([characters[i] for i in kept]), [start + i for i in kept]
            yield _Paragraph(characters, offsets)
        start = match.end() if match else len(text)
