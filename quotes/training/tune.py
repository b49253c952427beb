"""``python -m quotes.training.tune PARSER VECTORS TREES OUTPUT STEPS SEED``: teach a trained parser reported speech.

A short training at a low rate on a mix: sentences with verbs of speech, trees built around reporting clauses, and a
sample of everything so that nothing is forgotten. The parser keeps its layers, vocabularies and relations; what is
written is the running average of its weights. Stanza's model and optimizer do the work.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from quotes.training.conllu import Tree
from quotes.training.harmonise import SPEECH_VERBS, relation

RATE = 4e-4
DECAY = 0.97
WORDS = 600
"""Words in a batch."""
SPEAKING = 170
SAMPLE = 830
BUILT = 650


def in_relations_of(tree: Tree, known: Collection[str]) -> Tree:
    """The tree in the relations that a parser knows: the same, a subtype that stands for it, or the plain one."""

    def known_as(deprel: str, lemma: str) -> str:
        if relation(deprel) == "parataxis" and lemma in SPEECH_VERBS and "parataxis:insert" in known:
            return "parataxis:insert"
        if deprel == "obl" and "obl:mod" in known:
            return "obl:mod"
        return deprel if deprel in known else deprel.partition(":")[0]

    return replace(tree, nodes=tuple(replace(n, deprel=known_as(n.deprel, n.lemma)) for n in tree.nodes))


def mix(treebanks: Sequence[Sequence[Tree]], built: Sequence[Tree], seed: int) -> list[Tree]:
    """Built trees, up to ``SPEAKING`` sentences with verbs of speech a treebank, and ``SAMPLE`` sentences of all."""
    chance = random.Random(seed)
    fitting = [tree for tree in built if len(tree.nodes) <= 26]
    chosen = chance.sample(fitting, min(BUILT, len(fitting)))
    total = sum(len(trees) for trees in treebanks)
    for trees in treebanks:
        usable = [tree for tree in trees if 4 <= len(tree.nodes) <= 45]
        speaking = [tree for tree in usable if any(n.upos == "VERB" and n.lemma in SPEECH_VERBS for n in tree.nodes)]
        chosen += chance.sample(speaking, min(SPEAKING, len(speaking)))
        chosen += chance.sample(usable, min(len(usable), round(SAMPLE * len(trees) / max(1, total))))
    return chosen


def tune(parser: Path, vectors: Path, trees: Path, output: Path, steps: int, seed: int) -> None:
    """Train ``parser`` on ``trees`` for some steps and write it with its averaged weights."""
    from stanza.models.common.doc import Document
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.depparse.data import DataLoader
    from stanza.models.depparse.trainer import Trainer
    from stanza.utils.conll import CoNLL

    torch.manual_seed(seed)
    random.seed(seed)
    loaded = Pretrain(str(vectors))
    options = {"optim": "adam", "lr": RATE, "beta2": 0.98, "second_optim": None, "second_stage": False}
    trainer = Trainer.load(str(parser), loaded, args=options | {"use_plateau": False, "augment_nopunct": 0.1})
    sentences, _, _ = CoNLL.conll2dict(input_file=str(trees))
    batches = DataLoader(Document(sentences), WORDS, trainer.args, loaded, vocab=trainer.vocab, evaluation=False)
    average = {name: value.detach().clone() for name, value in trainer.model.get_params(True).items()}
    step = 0
    while step < steps:
        batches.reshuffle()
        for batch in batches:
            step += 1
            rate = RATE * min(1.0, step / 10) * (1.0 if step < 100 else 0.6)
            for optimizer in trainer.optimizer.values():
                for group in optimizer.param_groups:
                    group["lr"] = rate
            loss, _ = trainer.update(batch)
            keep = min(DECAY, (1 + step) / (10 + step))
            for name, value in trainer.model.get_params(True).items():
                average[name].lerp_(value, 1 - keep)
            if step % 50 == 0:
                print(f"INFO: step {step} of {steps}, loss {loss:.2f}", flush=True)
            if step == steps:
                break
    trainer.model.load_state_dict(average, strict=False)
    trainer.save(str(output))


if __name__ == "__main__":
    files, (steps_given, seed_given) = [Path(argument) for argument in sys.argv[1:5]], sys.argv[5:7]
    tune(files[0], files[1], files[2], files[3], int(steps_given), int(seed_given))
