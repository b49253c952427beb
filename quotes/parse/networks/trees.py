"""Dependency trees (Stanza's graph parser: Dozat & Manning, 2017, with or without the terms for order and distance)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from quotes.parse.decoding import best_heads
from quotes.parse.networks.forms import Forms, Vocabulary, numbered
from quotes.parse.networks.recurrent import HighwayLayer, Layout, batches, highway_layers

_ROWS = 4_000
_GOVERNING = 64
"""Heads whose relations are scored together: what that takes has to stay near the processor."""
_PREFIX = 4  # entries of a Stanza vocabulary that are no values


@dataclass(frozen=True)
class Trees:
    """The heads of words (index in the sentence, -1 for the root) and their relations, in order."""

    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class TreeParser:
    """The network. Each scorer looks at a word as a dependent and as a head; ``views`` makes all views at once."""

    forms: Forms
    lemmas: Vocabulary
    upos: Vocabulary
    layers: tuple[HighwayLayer, ...]
    views: tuple[Tensor, Tensor]
    arcs: Tensor
    """(scorer, dependent, head): whether an arc and, in parsers that ask, in which direction, how long."""
    relations: Tensor
    """(head, dependent * relation)"""
    relation_names: tuple[str, ...]
    biases: tuple[Tensor, Tensor]

    @staticmethod
    def supports(processor: Any) -> bool:
        model, args = processor.trainer.model, processor.config
        return bool(
            type(model).__name__ == "GraphParser"
            and Forms.supports(model)
            and not hasattr(model, "charmodel_forward")
            and not args.get("bert_model")
            and args["use_upos"]
            and not args["use_xpos"]
            and not args["use_ufeats"]
            and args["tag_emb_dim"] > 0
            and bool(args["linearization"]) == bool(args["distance"])
            and not args["use_arc_embedding"]
            and not args.get("reversed")
            and args.get("resolve_head_constraints") is False
            and processor.vocab["lemma"].lower
        )

    @staticmethod
    def of(processor: Any) -> TreeParser:
        """From Stanza's processor."""
        model, vocabulary = processor.trainer.model, processor.vocab
        terms = [model.linearization, model.distance] if processor.config["linearization"] else []
        scorers = [model.unlabeled, *terms, model.deprel]
        linear = [getattr(scorer, side) for scorer in scorers for side in ("W1", "W2")]
        bilinear = [scorer.scorer.W_bilin for scorer in scorers]
        relations = bilinear[-1].weight.detach()
        return TreeParser(
            Forms.of(processor.trainer, processor.pretrain.vocab),
            Vocabulary.of(vocabulary["lemma"], model.lemma_emb.weight),
            Vocabulary.of(vocabulary["upos"], model.upos_emb.weight),
            highway_layers(model.parserlstm, model.parserlstm_h_init, model.parserlstm_c_init),
            (torch.cat([m.weight.detach() for m in linear]), torch.cat([m.bias.detach() for m in linear])),
            torch.stack([module.weight.detach()[:, :, 0] for module in bilinear[:-1]]),
            relations.transpose(0, 1).flatten(1).contiguous(),
            tuple(vocabulary["deprel"].unmap(range(_PREFIX, _PREFIX + relations.shape[2]))),
            (torch.cat([module.bias.detach() for module in bilinear[:-1]]), bilinear[-1].bias.detach()),
        )

    def parse(self, forms: Sequence[str], lemmas: Sequence[str], upos: Sequence[str], lengths: Sequence[int]) -> Trees:
        """The trees of sentences whose words are written one after the other; ``lengths`` in words."""
        if not forms:
            return Trees((), ())
        different, numbers = numbered(zip(forms, lemmas, upos, strict=True))
        projected = self.layers[0].project(self._inputs(different))
        # each sentence begins with the place above its root, which is row 0 of what is projected
        longer = [length + 1 for length in lengths]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        number = np.asarray(numbers) + 1
        heads = np.empty(len(forms), np.int64)
        relations = np.empty(len(forms), np.int64)
        for group in batches(longer, _ROWS):
            layout = Layout.of([longer[i] for i in group])
            rows = np.concatenate([np.concatenate([[0], number[starts[i] : starts[i + 1]]]) for i in group])
            states = self.layers[0].run(projected[torch.from_numpy(rows)[layout.rows]], layout)
            for layer in self.layers[1:]:
                states = layer.run(layer.project(states), layout)
            found = self._decode(layout.restore(states), [longer[i] for i in group])
            places = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in group])
            heads[places], relations[places] = found
        return Trees(tuple(heads.tolist()), tuple(self.relation_names[i] for i in relations.tolist()))

    def _inputs(self, different: Sequence[tuple[str, str, str]]) -> Tensor:
        """What the network sees of the place above the root, then of each (form, lemma, part of speech)."""
        forms, numbers = numbered(form for form, _, _ in different)
        pretrained, own, characters = (part[numbers] for part in self.forms.of_forms(forms))
        lemmas = self.lemmas.of_units(lemma for _, lemma, _ in different)
        upos = self.upos.of_units(tag for _, _, tag in different)
        root_pretrained, root_own, root_characters = self.forms.of_root()
        root = [root_pretrained, root_own, self.lemmas.root[None], self.upos.root[None], root_characters]
        return torch.cat([torch.cat(root, 1), torch.cat([pretrained, own, lemmas, upos, characters], 1)])

    def _decode(self, states: Tensor, lengths: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Heads and relations of all words but the places above the roots, in order."""
        views = F.relu(F.linear(states, *self.views)).unflatten(1, (2 * len(self.arcs) + 2, -1))
        views = torch.cat([views, views.new_ones(*views.shape[:2], 1)], 2)
        sizes = torch.tensor(lengths)
        starts = torch.cumsum(sizes, 0) - sizes
        longest = lengths[0]
        inside = torch.arange(longest) < sizes[:, None]
        places = torch.where(inside, starts[:, None] + torch.arange(longest), 0)
        scores = self._arc_scores(views, places)
        scores.masked_fill_(~inside[:, None, :], -torch.inf)
        heads = best_heads(scores.numpy(), lengths)
        head_places = starts[:, None] + torch.from_numpy(heads)
        words = inside.clone()
        words[:, 0] = False
        labels = self._relations(views[:, -2], views[:, -1], places[words], head_places[words])
        return heads[words.numpy()] - 1, labels.numpy()

    def _arc_scores(self, views: Tensor, places: Tensor) -> Tensor:
        """(sentence, dependent, head): how likely an arc is, given its direction and length too."""

        def pairs(scorer: int) -> Tensor:
            dependents = views[:, 2 * scorer] @ self.arcs[scorer]
            scores = torch.bmm(dependents[places], views[:, 2 * scorer + 1][places].transpose(1, 2))
            return scores.add_(self.biases[0][scorer])

        order = torch.arange(places.shape[1])
        offset = order[None, :] - order[:, None]
        scores = pairs(0)
        if len(self.arcs) > 1:
            scores += F.logsigmoid(pairs(1) * torch.sign(offset))
            length = 1 + F.softplus(pairs(2))
            scores -= torch.log((offset.abs() - length) ** 2 / 2 + 1)
        scores.diagonal(dim1=1, dim2=2).fill_(-torch.inf)
        return scores

    def _relations(self, dependents: Tensor, heads: Tensor, words: Tensor, head_words: Tensor) -> Tensor:
        """The likeliest relation of each word to its head. What a head contributes is worked out once for all that it
        governs: most words govern nothing."""
        bias = self.biases[1]
        governing, number = head_words.unique(return_inverse=True)
        order = torch.argsort(number, stable=True)
        counts = torch.bincount(number, minlength=len(governing))
        found = torch.empty_like(words)
        for some, count in zip(governing.split(_GOVERNING), counts.split(_GOVERNING), strict=True):
            by_dependent = (heads[some] @ self.relations).unflatten(1, (-1, len(bias)))
            governed, order = order.tensor_split([int(count.sum())])
            by_dependent = by_dependent.repeat_interleave(count, 0)
            scores = torch.bmm(dependents[words[governed]][:, None], by_dependent)[:, 0]
            found[governed] = scores.add_(bias).argmax(1)
        return found
