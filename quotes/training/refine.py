"""``python -m quotes.training.refine {tagger|parser} START VECTORS TREES DEV OUTPUT STEPS SEED``: go on training.

A trained tagger or parser goes on at a rate that rises in ``WARM_UP`` steps and then falls to nothing along a line;
what is written is the running average of its weights. The layers stay; they are fitted to what is new
(``quotes.training.warm_start``): longer word vectors get weights of nought, so that training goes on from where it was.
Stanza's models and optimizers do the work. An interrupted run goes on from its last ``SAVED_EVERY`` steps.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from quotes.training import conllu, leaner, warm_start
from quotes.training.parser_training import LeanParser

WARM_UP = 40
DECAY = 0.996
SAVED_EVERY = 100
SCORED_EVERY = 500
DROPOUT = 0.33
PARSER_WORDS = 1000
"""Words in a batch of the parser."""
TAGGER_SENTENCES = 40
RATES = {"tagger": 1.5e-3, "parser": 1e-3}


@dataclass(frozen=True)
class Job:
    """What is trained from what, to where, for how long."""

    start: Path
    vectors: Path
    trees: Path
    dev: Path
    output: Path
    steps: int
    seed: int


def rate_at(step: int, steps: int, peak: float) -> float:
    """The learning rate of a step (from 1): up along a line, then down to a hundredth of the peak at the end."""
    if step <= WARM_UP:
        return peak * step / WARM_UP
    return peak * max(0.01, (steps - step) / max(1, steps - WARM_UP))


def run(processor: str, job: Job) -> None:
    """Train, score on the dev trees on the way, write the averaged weights."""
    torch.manual_seed(job.seed)
    random.seed(job.seed)
    leaner.use(even_batches=processor == "parser")
    fitted = job.output.with_suffix(".fitted")
    size = torch.load(job.vectors, map_location="cpu", weights_only=True)["emb"].shape[1]
    relations = {node.deprel for tree in conllu.read(job.trees) for node in tree.nodes} if processor == "parser" else ()
    torch.save(warm_start.fitted(warm_start.checkpoint(job.start), size, sorted(relations)), fitted)
    trained = (_Parser if processor == "parser" else _Tagger)(fitted, job)
    _train(trained, job, RATES[processor])
    fitted.unlink()


def _train(trained: Any, job: Job, peak: float) -> None:
    trainer, resumed, step = trained.trainer, job.output.with_suffix(".state"), 0
    weights = {name: value for name, value in trained.weights().items() if value.dtype.is_floating_point}
    average = {name: value.detach().clone() for name, value in weights.items()}
    if resumed.exists():
        state = torch.load(resumed, map_location="cpu", weights_only=True)
        trainer.model.load_state_dict(state["model"], strict=False)
        for optimizer, saved in zip(trained.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        average, step = state["average"], state["step"]
    losses: list[float] = []
    for batch in trained.batches():
        if step >= job.steps:
            break
        step += 1
        for optimizer in trained.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate_at(step, job.steps, peak)
        losses.append(trained.update(batch))
        keep = min(DECAY, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in trained.weights().items():
                if name in average:
                    average[name].lerp_(value, 1 - keep)
        if step % SAVED_EVERY == 0:
            print(f"INFO: step {step} of {job.steps}, loss {sum(losses) / len(losses):.3f}", flush=True)
            losses.clear()
            state = {"model": trained.weights(), "average": average, "step": step}
            torch.save(state | {"optimizers": [o.state_dict() for o in trained.optimizers]}, resumed)
        if step % SCORED_EVERY == 0 or step == job.steps:
            own = {name: value.detach().clone() for name, value in trained.weights().items()}
            trainer.model.load_state_dict(average, strict=False)
            print(f"INFO: step {step}, dev score {trained.score()}", flush=True)
            trainer.save(str(job.output))
            trainer.model.load_state_dict(own, strict=False)


class _Parser:
    """Heads and relations."""

    def __init__(self, fitted: Path, job: Job) -> None:
        from stanza.models.common.doc import Document
        from stanza.models.common.pretrain import Pretrain
        from stanza.models.depparse import data, trainer
        from stanza.utils.conll import CoNLL

        class Trainer(trainer.GraphTrainer):  # type: ignore[misc]
            @staticmethod
            def build_model(*args: Any, **kwargs: Any) -> LeanParser:
                return LeanParser(*args, **kwargs)

        trainer.GraphTrainer = Trainer  # Trainer.load looks the class up there
        vectors = Pretrain(str(job.vectors))
        options = {"optim": "adam", "lr": RATES["parser"], "beta2": 0.98, "second_optim": None,
                   "second_stage": False, "use_plateau": False, "augment_nopunct": 0.1, "dropout": DROPOUT,
                   "batch_size": PARSER_WORDS}  # fmt: skip
        self.trainer = trainer.Trainer.load(str(fitted), vectors, args=options)
        sentences, _, _ = CoNLL.conll2dict(input_file=str(job.trees))
        shared = {"vocab": self.trainer.vocab}
        self.data = data.DataLoader(
            Document(sentences), PARSER_WORDS, self.trainer.args, vectors, evaluation=False, **shared
        )
        self.gold = Document(CoNLL.conll2dict(input_file=str(job.dev))[0])
        self.dev = data.DataLoader(
            self.gold, 3000, self.trainer.args, vectors, evaluation=True, sort_during_eval=True, **shared
        )
        self.optimizers = list(self.trainer.optimizer.values())

    def weights(self) -> dict[str, Any]:
        return dict(self.trainer.model.get_params(True))

    def batches(self) -> Iterator[Any]:
        while True:
            self.data.reshuffle()
            yield from self.data

    def update(self, batch: Any) -> float:
        return float(self.trainer.update(batch)[0])

    def score(self) -> str:
        from stanza.models.common import utils

        found = [tree for batch in self.dev for tree in self.trainer.predict(batch)]
        found = utils.unsort(found, self.dev.data_orig_idx)
        pairs = [
            (str(word.head) == str(head), str(word.head) == str(head) and _plain(word.deprel) == _plain(deprel))
            for sentence, tree in zip(self.gold.sentences, found, strict=True)
            for word, (head, deprel) in zip(sentence.words, tree, strict=True)
        ]
        uas, las = (100 * sum(pair[i] for pair in pairs) / len(pairs) for i in (0, 1))
        return f"UAS {uas:.2f} LAS {las:.2f}"


def _plain(deprel: str) -> str:
    return deprel.partition(":")[0]


class _Tagger:
    """Categories and features."""

    def __init__(self, fitted: Path, job: Job) -> None:
        from stanza.models.common.doc import Document
        from stanza.models.common.pretrain import Pretrain
        from stanza.models.pos.data import Dataset, ShuffledDataset
        from stanza.models.pos.trainer import Trainer
        from stanza.utils.conll import CoNLL

        vectors = Pretrain(str(job.vectors))
        options = {"optim": "adam", "lr": RATES["tagger"], "beta2": 0.98, "augment_nopunct": 0.1, "dropout": DROPOUT}
        self.trainer = Trainer(pretrain=vectors, model_file=str(fitted), args=options)
        document = Document(CoNLL.conll2dict(input_file=str(job.trees))[0])
        args, vocab = self.trainer.args, self.trainer.vocab
        self.data = Dataset(document, args, vectors, vocab=vocab, evaluation=False)
        self.data.has_xpos = True
        self.loader = ShuffledDataset([self.data], TAGGER_SENTENCES)
        self.gold = Document(CoNLL.conll2dict(input_file=str(job.dev))[0])
        self.dev = Dataset(self.gold, args, vectors, vocab=vocab, evaluation=True, sort_during_eval=True)
        self.optimizers = list(self.trainer.optimizers.values())

    def weights(self) -> dict[str, Any]:
        left_out = self.trainer.model.unsaved_modules
        return {k: v for k, v in self.trainer.model.state_dict().items() if k.split(".")[0] not in left_out}

    def batches(self) -> Iterator[Any]:
        while True:
            yield from self.loader

    def update(self, batch: Any) -> float:
        return float(self.trainer.update(batch))

    def score(self) -> str:
        from stanza.models.common import utils

        found, order = [], []
        for batch in self.dev.to_loader(batch_size=200):
            found += self.trainer.predict(batch)
            order += list(batch.idx)
        found = utils.unsort(found, order)
        pairs = [
            (word.upos == tags[0], (word.feats or "_") == tags[2])
            for sentence, tree in zip(self.gold.sentences, found, strict=True)
            for word, tags in zip(sentence.words, tree, strict=True)
        ]
        upos, feats = (100 * sum(pair[i] for pair in pairs) / len(pairs) for i in (0, 1))
        return f"UPOS {upos:.2f} UFeats {feats:.2f}"


if __name__ == "__main__":
    paths, (steps_given, seed_given) = [Path(argument) for argument in sys.argv[2:7]], sys.argv[7:9]
    run(sys.argv[1], Job(paths[0], paths[1], paths[2], paths[3], paths[4], int(steps_given), int(seed_given)))
