"""Start a tagger or a parser from an earlier model: vocabularies may grow, scorers may shrink.

Rows of embeddings are carried over by the unit they stand for; relations that were merged start from the commonest
of what they replace; a smaller biaffine scorer keeps the hidden units with the greatest weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
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


def strongest_units(weight: Tensor, bilinear: Tensor, side: int, keep: int) -> Tensor:
    """The ``keep`` hidden units of a scorer's side (0: words, 1: heads) with the greatest weights, in order."""
    dims = [d for d in range(3) if d != side]
    outgoing = bilinear.pow(2).sum(dims).sqrt()[:-1]  # the last row is the bias unit
    strength = weight.norm(dim=1) * outgoing
    return strength.topk(min(keep, len(strength))).indices.sort().values


def smaller_scorer(old: Weights, prefix: str, size: int) -> dict[str, Tensor]:
    """A deep biaffine scorer cut to ``size`` hidden units on both sides."""
    bilinear = old[f"{prefix}.scorer.W_bilin.weight"]
    left = strongest_units(old[f"{prefix}.W1.weight"], bilinear, 0, size)
    right = strongest_units(old[f"{prefix}.W2.weight"], bilinear, 1, size)
    bias = torch.tensor([bilinear.size(0) - 1])
    rows, columns = torch.cat([left, bias]), torch.cat([right, torch.tensor([bilinear.size(1) - 1])])
    return {
        f"{prefix}.W1.weight": old[f"{prefix}.W1.weight"][left],
        f"{prefix}.W1.bias": old[f"{prefix}.W1.bias"][left],
        f"{prefix}.W2.weight": old[f"{prefix}.W2.weight"][right],
        f"{prefix}.W2.bias": old[f"{prefix}.W2.bias"][right],
        f"{prefix}.scorer.W_bilin.weight": bilinear[rows][:, columns],
        f"{prefix}.scorer.W_bilin.bias": old[f"{prefix}.scorer.W_bilin.bias"],
    }


def relation_sources(new: Sequence[str], old: Sequence[str]) -> list[int]:
    """For each new relation the index of the old one it starts from: itself, else its commonest subtype, else -1.

    Stanza's vocabularies are in order of frequency, so the first subtype is the commonest.
    """
    sources = []
    for relation in new:
        if relation in old:
            subtypes = [i for i, name in enumerate(old) if name == relation or name.startswith(f"{relation}:")]
            merged = relation.partition(":")[2] == "" and relation not in ("nsubj", "acl", "aux", "flat")
            sources.append(min(subtypes) if merged else old.index(relation))
        else:
            fitting = [i for i, name in enumerate(old) if name.partition(":")[0] == relation.partition(":")[0]]
            sources.append(fitting[0] if fitting else -1)
    return sources


def copied(new: Weights, old: Weights) -> dict[str, Tensor]:
    """``new`` with every tensor of ``old`` that has the same name and shape."""
    return {
        name: old[name].clone() if name in old and old[name].shape == value.shape else value.clone()
        for name, value in new.items()
    }


def parser_weights(
    new: Weights, old: Weights, new_vocab: Mapping[str, Sequence[str]], old_vocab: Mapping[str, Sequence[str]], size: int
) -> dict[str, Tensor]:
    """The weights of a new parser that starts from an old one; ``size`` is its ``deep_biaff_hidden_dim``."""
    cut = dict(old) | smaller_scorer(old, "unlabeled", size) | smaller_scorer(old, "deprel", size)
    sources = relation_sources(new_vocab["deprel"][4:], old_vocab["deprel"][4:])
    known = torch.tensor([max(source, 0) for source in sources])
    bilinear, bias = cut["deprel.scorer.W_bilin.weight"], cut["deprel.scorer.W_bilin.bias"]
    present = torch.tensor([source >= 0 for source in sources]).to(bias.dtype)
    cut["deprel.scorer.W_bilin.weight"] = bilinear[:, :, known] * present
    cut["deprel.scorer.W_bilin.bias"] = torch.where(present > 0, bias[known], bias.min())
    return _with_embeddings(copied(new, cut), new, old, new_vocab, old_vocab)


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
