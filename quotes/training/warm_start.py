"""Start from an earlier model whose vocabulary, word vectors or relations were others.

Rows of embeddings are carried over by the unit that they stand for; what is added gets weights of nought, so that
training goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor


def carried_rows(new: Tensor, old: Tensor, new_units: Sequence[str], old_units: Sequence[str]) -> Tensor:
    """``new`` (one row a unit) with the rows of ``old`` for the units that both know."""
    place = {unit: i for i, unit in enumerate(old_units)}
    result = new.clone()
    for i, unit in enumerate(new_units):
        if unit in place and i < len(result):
            result[i] = old[place[unit]]
    return result


def for_tokenizer(
    new: Mapping[str, Tensor], old: Mapping[str, Tensor], new_units: Sequence[str], old_units: Sequence[str]
) -> dict[str, Tensor]:
    """The weights ``old`` of a tokenizer for one whose layers may be wider, whose weights are ``new`` at first.

    What the wider layers add starts at random, but hardly counts for what was there before.
    """
    weights = {name: _widened(name, value, old[name]) for name, value in new.items() if name != "embeddings.weight"}
    rows = carried_rows(new["embeddings.weight"], old["embeddings.weight"], new_units, old_units)
    return weights | {"embeddings.weight": rows}


LITTLE = 0.02
"""What is left of the random weights of added numbers in the sums of those that were there."""


def _widened(name: str, new: Tensor, old: Tensor) -> Tensor:
    """A smaller matrix (or vector) put where its parts belong in a larger one: the four gates of an LSTM below each
    other, the two directions that a layer reads beside each other."""
    result = new.clone()
    rows = _places(new.shape[0], old.shape[0], 4 if name.startswith("rnn") else 1)
    if new.dim() == 1:
        result[rows] = old
        return result
    columns = _places(new.shape[1], old.shape[1], 1 if "weight_hh" in name else 2)
    result[rows] *= LITTLE
    result[rows[:, None], columns] = old
    return result


def _places(new: int, old: int, parts: int) -> Tensor:
    """Where the numbers of a smaller row stand in a larger one that is made of as many equal parts."""
    if new == old:
        return torch.arange(new)
    return torch.cat([torch.arange(old // parts) + part * (new // parts) for part in range(parts)])


def checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint with its weights in 32 bits (they are shipped in 16)."""
    loaded: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    loaded["model"] = {name: value.float() for name, value in loaded["model"].items()}
    return loaded


def fitted(checkpoint: Mapping[str, Any], vector_size: int, relations: Sequence[str] = ()) -> dict[str, Any]:
    """A tagger's or parser's checkpoint for longer word vectors, and for these relations if it is a parser's.

    The vectors it knows must be the first numbers of the new ones: the others get weights of nought. Relations that it
    doesn't know start as their plain relation. Stanza's scorers of word order and distance are left out: they cost more
    time than they bring accuracy.
    """
    weights, config, vocab = dict(checkpoint["model"]), dict(checkpoint["config"]), dict(checkpoint["vocab"])
    known = weights["trans_pretrained.weight"]
    wider = known.new_zeros(known.shape[0], vector_size)
    wider[:, : known.shape[1]] = known
    weights["trans_pretrained.weight"] = wider
    if relations:
        config |= {"linearization": False, "distance": False}
        weights = {k: v for k, v in weights.items() if not k.startswith(("linearization.", "distance."))}
        units = vocab["deprel"]["_id2unit"]
        # the scorer has no rows for the special units that every vocabulary begins with
        special = len(units) - weights["deprel.scorer.W_bilin.bias"].shape[0]
        columns = [_like(relation, units) - special for relation in relations]
        for name in ("deprel.scorer.W_bilin.weight", "deprel.scorer.W_bilin.bias"):
            weights[name] = weights[name][..., columns].contiguous()
        kept = [*units[:special], *relations]
        vocab["deprel"] = vocab["deprel"] | {"_id2unit": kept, "_unit2id": {unit: i for i, unit in enumerate(kept)}}
    return {**checkpoint, "model": weights, "config": config, "vocab": vocab}


LEAST_CHANGE = 0.08
"""What a shipped NER tagger can do without, to save space."""


def with_wider_vectors(checkpoint: Mapping[str, Any], vector_size: int, least_change: float) -> dict[str, Any]:
    """An NER tagger's checkpoint for longer word vectors: the numbers added get weights of nought.

    Words whose vector training changed by less than ``least_change`` share one row, the mean of their changes.
    """
    weights, vocab = dict(checkpoint["model"]), dict(checkpoint["vocab"])
    changes, units = weights["delta_emb.weight"], vocab["delta"]["_id2unit"]
    more = vector_size - changes.shape[1]
    lengths = changes.float().norm(dim=1).tolist()
    kept = [i for i, length in enumerate(lengths) if i < SPECIAL_UNITS or length >= least_change]
    others = sorted({*range(len(units))} - {*kept})
    if others:
        names = [units[i] for i in [*kept, others[0]]]
        places = {units[i]: len(kept) for i in others} | {units[i]: place for place, i in enumerate(kept)}
        vocab["delta"] = vocab["delta"] | {"_id2unit": names, "_unit2id": places}
        changes = torch.cat([changes[kept], changes[others].mean(dim=0, keepdim=True)])
    weights["delta_emb.weight"] = torch.nn.functional.pad(changes, (0, more))
    old = weights["input_transform.weight"]
    size, place = old.shape[0] + more, changes.shape[1]
    rows = [*range(place), *range(place + more, size)]
    transform, bias = old.new_zeros(size, size), old.new_zeros(size)
    transform[torch.tensor(rows)[:, None], torch.tensor(rows)] = old
    bias[rows] = weights["input_transform.bias"]
    weights |= {"input_transform.weight": transform, "input_transform.bias": bias}
    for name in ("taggerlstm.lstm.weight_ih_l0", "taggerlstm.lstm.weight_ih_l0_reverse"):
        wider = weights[name].new_zeros(weights[name].shape[0], size)
        wider[:, rows] = weights[name]
        weights[name] = wider
    config = checkpoint["config"] | {"word_emb_dim": vector_size}
    return {**checkpoint, "model": weights, "vocab": vocab, "config": config}


SPECIAL_UNITS = 4
STANDS_FOR = {"obl": "obl:mod", "parataxis": "parataxis:insert"}
"""Of a relation's subtypes, the one that is the commonest where the plain relation is rare."""


def _like(relation: str, units: Sequence[str]) -> int:
    """The place among ``units`` of a relation, of what stands for it, or of its plain relation."""
    plain = relation.partition(":")[0]
    for unit in (STANDS_FOR.get(relation, relation), relation, plain):
        if unit in units:
            return units.index(unit)
    return units.index("dep")
