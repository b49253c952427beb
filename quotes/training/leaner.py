"""Layers of Stanza's taggers and parsers computed in less time while they are trained.

The character model runs once for each form of a batch instead of once for each word; bilinear scorers are two matrix
products instead of PyTorch's own, which takes half of the time of training a tagger. Both give the same results. Where
batches are of sentences about as long (the parser's), LSTMs run on padded sentences, in 16 bits where the processor has
matrix units for that.
"""

from __future__ import annotations

from typing import Any

import torch
from stanza.models.common import char_model, packed_lstm
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence


def once_per_form(
    model: Any, chars: Tensor, chars_mask: Tensor, word_orig_idx: Any, sentlens: Any, wordlens: Any
) -> PackedSequence:
    """``CharacterModel.forward`` for models with attention and one direction, as those of taggers and parsers are.

    Equal words get equal vectors; in training they share their dropout, which is the only difference.
    """
    forms, place = torch.unique(chars, dim=0, return_inverse=True)
    lengths, order = (forms != 0).sum(1).clamp(min=1).sort(descending=True)
    embedded = model.dropout(model.char_emb(forms[order]))
    size = model.args["char_hidden_dim"]
    layers = model.num_dir * model.args["char_num_layers"]
    start = tuple(
        state.expand(layers, len(forms), size).contiguous() for state in (model.charlstm_h_init, model.charlstm_c_init)
    )
    packed = pack_padded_sequence(embedded, lengths, batch_first=True)
    states = model.charlstm(packed, lengths, hx=start)[0]
    weights = torch.sigmoid(model.char_attn(model.dropout(states.data)))
    summed = pad_packed_sequence(PackedSequence(states.data * weights, states.batch_sizes), batch_first=True)[0].sum(1)
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order))
    words = char_model.tensor_unsort(summed[back[place]], word_orig_idx)
    return pack_sequence(words.split(sentlens))


def bilinear(layer: torch.nn.Bilinear, one: Tensor, other: Tensor) -> Tensor:
    """``torch.nn.Bilinear.forward``."""
    outputs, left, right = layer.weight.shape
    product = one @ layer.weight.permute(1, 0, 2).reshape(left, outputs * right)
    scores = (product.reshape(*one.shape[:-1], outputs, right) * other.unsqueeze(-2)).sum(-1)
    return scores if layer.bias is None else scores + layer.bias


def padded_lstm(module: Any, packed: PackedSequence, lengths: Any, hx: Any = None) -> Any:
    """``PackedLSTM.forward`` for one layer in two directions; the final states, which nothing reads, are the first."""
    if not module.lstm.bidirectional or hx is None:
        return packed_forward(module, packed, lengths, hx)
    padded, sizes = pad_packed_sequence(packed, batch_first=True)
    steps = torch.arange(padded.size(1)).unsqueeze(0)
    turned = torch.where(steps < sizes[:, None], sizes[:, None] - 1 - steps, steps).unsqueeze(2)
    kind = torch.bfloat16 if torch.cpu._is_amx_tile_supported() else torch.float32
    outputs = []
    for direction, suffix in enumerate(("", "_reverse")):
        weights = [getattr(module.lstm, f"{name}_l0{suffix}").to(kind) for name in WEIGHTS]
        inputs = padded.gather(1, turned.expand(-1, -1, padded.size(2))) if direction else padded
        start = tuple(state[direction : direction + 1].contiguous().to(kind) for state in hx)
        training = module.training
        result = torch._VF.lstm(inputs.to(kind), start, weights, True, 1, 0.0, training, False, True)[0].float()
        outputs.append(result.gather(1, turned.expand(-1, -1, result.size(2))) if direction else result)
    return pack_padded_sequence(torch.cat(outputs, 2), sizes, batch_first=True), hx


WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
packed_forward = packed_lstm.PackedLSTM.forward


def use(even_batches: bool) -> None:
    """Let the models of this process compute that way; ``even_batches``: sentences of a batch are about as long."""
    if even_batches:
        packed_lstm.PackedLSTM.forward = padded_lstm
    char_model.CharacterModel.forward = once_per_form
    torch.nn.Bilinear.forward = bilinear  # type: ignore[assignment]
