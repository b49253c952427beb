"""Parts of speech and features (Stanza's tagger)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from quotes.parse.networks.forms import Forms, numbered
from quotes.parse.networks.recurrent import HighwayLayer, Layout, batches, highway_layers

_ROWS = 6_000
_FEATS = "feats"


@dataclass(frozen=True)
class Tags:
    """What was found for each word, in order: its part of speech and its features (``Gender=Masc|Number=Sing``)."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]


@dataclass(frozen=True)
class Tagger:
    """The network. A feature's scores are bilinear in what is seen and in the part of speech, of which there are few,
    so that each part of speech has one matrix (``features``) for all features side by side."""

    forms: Forms
    layers: tuple[HighwayLayer, ...]
    hidden: tuple[Tensor, Tensor]
    upos: tuple[Tensor, Tensor]
    feature_hidden: tuple[Tensor, Tensor]
    features: Tensor
    feature_sizes: tuple[int, ...]
    upos_names: tuple[str, ...]
    vocabulary: Any

    @staticmethod
    def supports(processor: Any) -> bool:
        model = processor.trainer.model
        columns = {column.name: tuple(column.parents) for column in model.tag_columns}
        return bool(
            Forms.supports(model)
            and not model.share_hid
            and not hasattr(model, "charmodel_forward")
            and not model.args.get("bert_model")
            and model.link_mode == "tag_emb"
            and set(columns) == {"upos", "xpos", _FEATS}
            and columns[_FEATS] == ("upos",)
            and isinstance(model.tag_clf[_FEATS], torch.nn.ModuleList)
        )

    @staticmethod
    def of(processor: Any) -> Tagger:
        model, vocabulary = processor.trainer.model, processor.vocab
        upos_vectors = model.upos_emb.weight.detach()
        upos_vectors = torch.cat([upos_vectors, torch.ones(len(upos_vectors), 1)], 1)
        matrices = []
        for classifier in model.tag_clf[_FEATS]:
            bilinear = classifier.W_bilin
            # scores[o] = hidden . weight[o] . upos + bias[o]; the bias goes where the hidden vector has its 1
            by_upos = torch.einsum("oij,uj->uio", bilinear.weight.detach(), upos_vectors)
            by_upos[:, -1] += bilinear.bias.detach()
            matrices.append(by_upos)
        return Tagger(
            Forms.of(processor.trainer, processor.pretrain.vocab),
            highway_layers(model.taggerlstm, model.taggerlstm_h_init, model.taggerlstm_c_init),
            _linear(model.upos_hid),
            _linear(model.upos_clf),
            _linear(model.tag_hid[_FEATS]),
            torch.cat(matrices, 2).contiguous(),
            tuple(matrix.shape[2] for matrix in matrices),
            tuple(vocabulary["upos"].unmap(range(len(vocabulary["upos"])))),
            vocabulary[_FEATS],
        )

    def tag(self, forms: Sequence[str], lengths: Sequence[int]) -> Tags:
        """The tags of sentences whose words are written one after the other; ``lengths`` in words."""
        different, numbers = numbered(forms)
        if not different:
            return Tags((), ())
        projected = self.layers[0].project(torch.cat(self._parts(different), 1))
        number = torch.tensor(numbers)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        upos = torch.empty(len(forms), dtype=torch.long)
        feats = torch.empty((len(forms), len(self.feature_sizes)), dtype=torch.long)
        for group in batches(lengths, _ROWS):
            places = torch.from_numpy(np.concatenate([np.arange(starts[i], starts[i + 1]) for i in group]))
            layout = Layout.of([lengths[i] for i in group])
            laid_out = places[layout.rows]
            states = self.layers[0].run(projected[number[laid_out]], layout)
            for layer in self.layers[1:]:
                states = layer.run(layer.project(states), layout)
            upos[laid_out], feats[laid_out] = self._classify(states)
        return Tags(tuple(self.upos_names[i] for i in upos.tolist()), self._named(feats.numpy()))

    def _parts(self, forms: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        pretrained, own, characters = self.forms.of_forms(forms)
        return own, pretrained, characters

    def _classify(self, states: Tensor) -> tuple[Tensor, Tensor]:
        upos = F.linear(F.relu(F.linear(states, *self.hidden)), *self.upos).argmax(1)
        hidden = F.relu(F.linear(states, *self.feature_hidden))
        hidden = torch.cat([hidden, hidden.new_ones(len(hidden), 1)], 1)
        scores = hidden.new_empty((len(hidden), sum(self.feature_sizes)))
        for number in upos.unique().tolist():
            rows = torch.nonzero(upos == number)[:, 0]
            scores[rows] = hidden[rows] @ self.features[number]
        return upos, torch.stack([part.argmax(1) for part in scores.split(self.feature_sizes, 1)], 1)

    def _named(self, feats: NDArray[np.int64]) -> tuple[str, ...]:
        """The features of each word as Stanza writes them; few combinations differ."""
        if not len(feats):
            return ()
        different, numbers = np.unique(feats, axis=0, return_inverse=True)
        names = self.vocabulary.unmap(different.tolist())
        return tuple(names[i] for i in numbers.ravel().tolist())


def _linear(module: torch.nn.Linear) -> tuple[Tensor, Tensor]:
    return module.weight.detach(), module.bias.detach()
