"""``python -m quotes.training.fit {tokenizer|tagger|parser} INITIAL ARGUMENTS...``: Stanza's training, from a start.

INITIAL is a checkpoint of an earlier tokenizer of the same layers to start from, or ``-`` for none
(``quotes.training.refine`` goes on from earlier taggers and parsers); ARGUMENTS are those of
``python -m stanza.models.{tokenizer,tagger,parser}``. A process of its own each, so that memory is given back and what
is replaced in Stanza is replaced there only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from quotes.training import warm_start

AVERAGE_SUFFIX = ".average"
DECAY = 0.995


def fit_tokenizer(initial: str, arguments: Sequence[str]) -> None:
    """Train the tokenizer."""
    from stanza.models import tokenizer
    from stanza.models.tokenization.trainer import Trainer

    class Started(Trainer):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if initial == "-" or kwargs.get("model_file"):
                return
            old = warm_start.checkpoint(Path(initial))
            weights, rows = dict(old["model"]), "embeddings.weight"
            new_units, old_units = self.vocab.state_dict()["_id2unit"], old["vocab"]["_id2unit"]
            own = self.model.state_dict()[rows]
            weights[rows] = warm_start.carried_rows(own, weights[rows], new_units, old_units)
            self.model.load_state_dict(weights)

    tokenizer.Trainer = Started
    tokenizer.main(list(arguments))


def fit_tagger(initial: str, arguments: Sequence[str]) -> None:
    """Train the tagger from nothing, keeping an average of its weights beside the best ones."""
    from stanza.models import tagger
    from stanza.models.pos.trainer import Trainer

    class Averaged(Trainer):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.steps = 0
            self.average = {name: value.detach().clone() for name, value in self._own_state().items()}

        def _own_state(self) -> dict[str, Any]:
            left_out = self.model.unsaved_modules
            return {k: v for k, v in self.model.state_dict().items() if k.split(".")[0] not in left_out}

        def update(self, batch: Any, eval: bool = False) -> Any:
            result = super().update(batch, eval)
            self.steps += 1
            rate = min(DECAY, (1 + self.steps) / (10 + self.steps))
            for name, value in self._own_state().items():
                self.average[name].lerp_(value, 1 - rate)
            if self.steps % 100 == 0:
                target = Path(self.args["save_dir"]) / (self.args["save_name"] + AVERAGE_SUFFIX)
                torch.save(self.average, target)
            return result

    tagger.Trainer = Averaged
    tagger.main(list(arguments))


def fit_parser(initial: str, arguments: Sequence[str]) -> None:
    """Train the parser with the lean trainer, from nothing: ``quotes.training.refine`` goes on from a parser."""
    from quotes.training import parser_training

    parser_training.train(arguments)


FITS = {"tokenizer": fit_tokenizer, "tagger": fit_tagger, "parser": fit_parser}

if __name__ == "__main__":
    FITS[sys.argv[1]](sys.argv[2], sys.argv[3:])
