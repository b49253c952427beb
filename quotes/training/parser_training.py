"""Stanza's parser training, made cheaper: labels are scored at the gold heads only, and weights are averaged.

The loss is Stanza's own, term for term; only the scores that the loss never reads are not computed: labels of all the
arcs that are not in the tree. The running average of the weights is kept beside the checkpoint.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import torch
from stanza.models import parser as stanza_parser
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse import model as parser_model
from stanza.models.depparse.data import InfiniteBatch
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer
from torch import Tensor

from quotes.parse.decoding import one_root_tree


def label_scores(scorer: Any, words: Tensor, heads: Tensor) -> Tensor:
    """The label scores of each (word, head) pair of a deep biaffine scorer; both are (pairs, size), row by row."""
    one = scorer.dropout(scorer.hidden_func(scorer.W1(words)))
    two = scorer.dropout(scorer.hidden_func(scorer.W2(heads)))
    ones = one.new_ones(one.size(0), 1)
    one, two = torch.cat([one, ones], 1), torch.cat([two, ones], 1)
    bilinear = scorer.scorer.W_bilin
    left, right, outputs = bilinear.weight.shape
    product = (one @ bilinear.weight.reshape(left, right * outputs)).view(-1, right, outputs)
    return (two.unsqueeze(1) @ product).squeeze(1) + bilinear.bias


def training_loss(model: Any, batch: dict[str, Any]) -> Tensor:
    """Stanza's loss (heads and labels, per word) with labels scored at the gold heads only."""
    states = model.embed(**batch)
    head, deprel, mask = batch["head"], batch["deprel"], batch["word_mask"]
    arcs = model.unlabeled(model.drop(states), model.drop(states)).squeeze(3)
    size = arcs.size(-1)
    arcs = arcs.masked_fill(torch.eye(size, dtype=torch.bool, device=arcs.device).unsqueeze(0), -float("inf"))
    arcs = arcs[:, 1:, :].masked_fill(mask.unsqueeze(1), -float("inf"))
    absent = mask[:, 1:]
    loss = model.crit(arcs.reshape(-1, size), head.masked_fill(absent, -1).reshape(-1))
    present = ~absent
    sentence, position = present.nonzero(as_tuple=True)
    words = model.drop(states)[sentence, position + 1]
    heads = model.drop(states)[sentence, head[present]]
    scores = label_scores(model.deprel, words, heads)
    loss = loss + model.crit(scores, deprel[present] - VOCAB_PREFIX_SIZE)
    total: Tensor = loss / batch["wordchars"].size(0)
    return total


NAMES = (
    "word word_mask wordchars wordchars_mask upos xpos ufeats pretrained lemma head deprel word_orig_idx sentlens "
    "wordlens text"
).split()


class LeanParser(GraphParser):  # type: ignore[misc]
    """Stanza's graph parser with the cheaper loss; the same weights, the same predictions."""

    def loss(self, *args: Any, **kwargs: Any) -> tuple[Tensor, None]:
        plain = not (self.args["linearization"] or self.args["distance"] or self.args.get("use_arc_embedding"))
        if not plain:
            loss, stats = super().loss(*args, **kwargs)
            return loss, stats
        return training_loss(self, dict(zip(NAMES, args, strict=True)) | kwargs), None


class AveragingTrainer(GraphTrainer):  # type: ignore[misc]
    """Keeps an exponential average of the weights and saves it beside every checkpoint."""

    decay = 0.997

    @staticmethod
    def build_model(*args: Any, **kwargs: Any) -> LeanParser:
        return LeanParser(*args, **kwargs)

    def update(self, batch: Any, eval: bool = False) -> Any:
        result = super().update(batch, eval)
        state = self.model.get_params(True)
        if not hasattr(self, "average"):
            self.average = {name: value.detach().clone() for name, value in state.items()}
        rate = min(self.decay, (1 + self.global_step) / (10 + self.global_step))
        with torch.no_grad():
            for name, value in state.items():
                if value.dtype.is_floating_point:
                    self.average[name].lerp_(value, 1 - rate)
        return result

    def save(self, filename: str, skip_modules: bool = True, save_optimizer: bool = False) -> None:
        super().save(filename, skip_modules, save_optimizer)
        if save_optimizer and hasattr(self, "average"):
            torch.save(self.average, f"{filename}.average")


class ShuffledBatches(InfiniteBatch):  # type: ignore[misc]
    """Batches in random order from the first pass on; Stanza's first pass goes by length."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reshuffle()


def train(arguments: Sequence[str]) -> None:
    """Run ``python -m stanza.models.parser`` with these arguments on the leaner trainer."""
    import stanza.models.depparse.trainer as trainer_module

    stanza_parser.GraphTrainer = AveragingTrainer
    trainer_module.GraphTrainer = AveragingTrainer  # Trainer.load, on resuming, looks the class up there
    stanza_parser.InfiniteBatch = ShuffledBatches
    parser_model.chuliu_edmonds_one_root = one_root_tree
    stanza_parser.main(list(arguments))


if __name__ == "__main__":
    train(sys.argv[1:])
