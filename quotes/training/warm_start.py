"""Start a tokenizer or a tagger from an earlier model whose vocabulary was another.

Rows of embeddings are carried over by the unit that they stand for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from torch import Tensor

Weights = Mapping[str, Tensor]


def carried_rows(new: Tensor, old: Tensor, new_units: Sequence[str], old_units: Sequence[str]) -> Tensor:
    """``new`` (one row a unit) with the rows of ``old`` for the units that both know."""
    place = {unit: i for i, unit in enumerate(old_units)}
    result = new.clone()
    for i, unit in enumerate(new_units):
        if unit in place and i < len(result):
            result[i] = old[place[unit]]
    return result


def copied(new: Weights, old: Weights) -> dict[str, Tensor]:
    """``new`` with every tensor of ``old`` that has the same name and shape."""
    return {
        name: old[name].clone() if name in old and old[name].shape == value.shape else value.clone()
        for name, value in new.items()
    }


def tagger_weights(
    new: Weights, old: Weights, new_vocab: Mapping[str, Sequence[str]], old_vocab: Mapping[str, Sequence[str]]
) -> dict[str, Tensor]:
    """The weights of a new tagger that starts from an old one with the same layers."""
    result = _with_embeddings(copied(new, old), new, old, new_vocab, old_vocab)
    for name in ("upos_clf.weight", "upos_clf.bias"):
        result[name] = carried_rows(new[name], old[name], new_vocab["upos"], old_vocab["upos"])
    return result


def _with_embeddings(
    result: dict[str, Tensor],
    new: Weights,
    old: Weights,
    new_vocab: Mapping[str, Sequence[str]],
    old_vocab: Mapping[str, Sequence[str]],
) -> dict[str, Tensor]:
    tables = {"word_emb.weight": "word", "lemma_emb.weight": "lemma", "upos_emb.weight": "upos"}
    for name, column in (tables | {"charmodel.char_emb.weight": "char"}).items():
        if name in new and name in old:
            result[name] = carried_rows(new[name], old[name], new_vocab[column], old_vocab[column])
    return result
