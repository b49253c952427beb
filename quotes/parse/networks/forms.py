"""What a network is told of a word by its form alone: vectors, and what its characters say."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from quotes.parse.networks.recurrent import Layout, Lstm, batches

_QUESTION = re.compile("^[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+$")
_EXCLAMATION = re.compile("^[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+$")
_T = TypeVar("_T", bound=Hashable)
_ROOT = "<ROOT>"
_ROWS = 40_000
_MOST = 60_000
"""Forms whose characters are remembered, at half a kilobyte each."""


def plain_form(text: str) -> str:
    """The form that the networks see: runs of question and exclamation marks as one."""
    if text[:1] in "?？︖﹖⁇!！︕﹗‼" and len(text) > 1:
        return _EXCLAMATION.sub("!", _QUESTION.sub("?", text))
    return text


@dataclass(frozen=True)
class Characters:
    """An LSTM over the characters of a form, its states summed with weights (Stanza's CharacterModel).

    What it says of a form depends on the form alone, so it is kept in ``table`` (row by row, as ``known`` numbers them)
    until that is full.
    """

    ids: Mapping[str, int]
    unknown: int
    lstm: Lstm
    inputs: Tensor
    attention: Tensor
    transform: Tensor
    table: Tensor
    known: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def supports(model: Any) -> bool:
        module = getattr(model, "charmodel", None)
        return bool(
            module is not None
            and module.attn
            and module.num_dir == 1
            and module.args["char_num_layers"] == 1
            and isinstance(module.charlstm.lstm, nn.LSTM)
        )

    @staticmethod
    def of(model: Any, vocabulary: Any) -> Characters:
        module = model.charmodel
        lstm = Lstm.of(module.charlstm.lstm, module.charlstm_h_init, module.charlstm_c_init)
        transform = model.trans_char.weight.detach().t().contiguous()
        return Characters(
            vocabulary._unit2id,
            vocabulary.unit2id("<UNK>"),
            lstm,
            torch.addmm(lstm.bias, module.char_emb.weight.detach(), lstm.weights),
            module.char_attn.weight.detach().t().contiguous(),
            transform,
            torch.empty(_MOST, transform.shape[1]),
        )

    def of_forms(self, forms: Sequence[str]) -> Tensor:
        """A row for each of different forms, of which there may be ``_MOST``."""
        new = [form for form in forms if form not in self.known]
        if len(self.known) + len(new) > len(self.table):
            self.known.clear()
            new = list(forms)
        for group in batches([len(form) for form in new], _ROWS):
            members = [new[i] for i in group]
            start = len(self.known)
            self.table[start : start + len(members)] = self.read(
                [[self.ids.get(c, self.unknown) for c in m] for m in members]
            )
            self.known.update(zip(members, range(start, start + len(members)), strict=True))
        return self.table[[self.known[form] for form in forms]]

    def read(self, spelt: Sequence[Sequence[int]]) -> Tensor:
        """A row for each sequence of character ids, the longest first."""
        layout = Layout.of([len(s) for s in spelt])
        ids = torch.tensor([i for s in spelt for i in s])
        states = self.lstm.run(self.inputs[ids[layout.rows]], layout)
        states *= torch.sigmoid(states @ self.attention)
        owner = torch.repeat_interleave(torch.arange(len(spelt)), torch.tensor([len(s) for s in spelt]))
        summed = states.new_zeros((len(spelt), states.shape[1])).index_add_(0, owner[layout.rows], states)
        return summed @ self.transform


@dataclass(frozen=True)
class Vocabulary:
    """The ids of a Stanza vocabulary and the vectors of the ids."""

    ids: Mapping[str, int]
    unknown: int
    lower: bool
    vectors: Tensor

    @staticmethod
    def of(vocabulary: Any, vectors: Tensor) -> Vocabulary:
        return Vocabulary(vocabulary._unit2id, vocabulary.unit2id("<UNK>"), vocabulary.lower, vectors.detach())

    def of_units(self, units: Iterable[str]) -> Tensor:
        """The vectors of units, a row each."""
        ids, unknown = self.ids, self.unknown
        if self.lower:
            return self.vectors[[ids.get(u.lower(), unknown) for u in units]]
        return self.vectors[[ids.get(u, unknown) for u in units]]

    @property
    def root(self) -> Tensor:
        """The vector of the place above the root of a sentence."""
        return self.vectors[self.ids[_ROOT]]


@dataclass(frozen=True)
class Forms:
    """The parts of a network's input that go by the form: the vector of the press, the network's own, characters."""

    pretrained: Vocabulary
    transform: Tensor
    own: Vocabulary
    characters: Characters

    @staticmethod
    def supports(model: Any) -> bool:
        return Characters.supports(model) and hasattr(model, "pretrained_emb") and model.args["word_emb_dim"] > 0

    @staticmethod
    def of(trainer: Any, pretrained: Any) -> Forms:
        """``pretrained`` is the vocabulary of the vectors."""
        model, vocabulary = trainer.model, trainer.vocab
        return Forms(
            Vocabulary.of(pretrained, model.pretrained_emb.weight),
            model.trans_pretrained.weight.detach().t().contiguous(),
            Vocabulary.of(vocabulary["word"], model.word_emb.weight),
            Characters.of(model, vocabulary["char"]),
        )

    def of_forms(self, forms: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """The three parts for each of different forms."""
        looked_up = [form.lower().replace(" ", "\u00a0") for form in forms]
        return (
            self.pretrained.of_units(looked_up) @ self.transform,
            self.own.of_units(forms),
            self.characters.of_forms(forms),
        )

    def of_root(self) -> tuple[Tensor, Tensor, Tensor]:
        """The three parts for the place above the root of a sentence, a row each."""
        characters = self.characters.read([[self.characters.ids[_ROOT]]])
        return self.pretrained.root[None] @ self.transform, self.own.root[None], characters


def numbered(items: Iterable[_T]) -> tuple[list[_T], list[int]]:
    """The different items in the order in which they come, and for each item the number of its like."""
    numbers: dict[_T, int] = {}
    places = [numbers.setdefault(item, len(numbers)) for item in items]
    return list(numbers), places
