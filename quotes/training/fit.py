"""``python -m quotes.training.fit {tokenizer|tagger|parser} INITIAL ARGUMENTS...``: Stanza's training, from a start.

INITIAL is a checkpoint of an earlier tokenizer, as wide or narrower, to start from, or ``-`` for none
(``quotes.training.refine`` goes on from earlier taggers and parsers); ARGUMENTS are those of
``python -m stanza.models.{tokenizer,tagger,parser}``. A process of its own each, so that memory is given back and what
is replaced in Stanza is replaced there only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from quotes.training import warm_start

AVERAGE_SUFFIX = ".average"
DECAY = 0.995


def fit_tokenizer(initial: str, arguments: Sequence[str]) -> None:
    """Train the tokenizer; what is scored and kept is the running average of its weights, at a rate that falls along a
    line."""
    from stanza.models import tokenizer
    from stanza.models.tokenization.trainer import Trainer

    class Averaged(Trainer):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.steps = 0
            if initial != "-" and not kwargs.get("model_file"):
                old = warm_start.checkpoint(Path(initial))
                units = self.vocab.state_dict()["_id2unit"], old["vocab"]["_id2unit"]
                self.model.load_state_dict(warm_start.for_tokenizer(self.model.state_dict(), old["model"], *units))
            self.average = _copied(self.model.state_dict())

        def update(self, inputs: Any) -> Any:
            self.steps += 1
            self.change_lr(self.args["lr0"] * max(0.02, 1 - self.steps / self.args["steps"]))
            loss = super().update(inputs)
            _follow(self.average, self.model.state_dict(), self.steps)
            return loss

        def predict(self, inputs: Any) -> Any:
            with self._averaged():
                return super().predict(inputs)

        def save(self, *args: Any, **kwargs: Any) -> None:
            with self._averaged():
                super().save(*args, **kwargs)

        @contextmanager
        def _averaged(self) -> Iterator[None]:
            own = _copied(self.model.state_dict())
            self.model.load_state_dict(self.average)
            yield
            self.model.load_state_dict(own)

    tokenizer.Trainer = Averaged
    tokenizer.main(list(arguments))


def _copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.detach().clone() for name, value in weights.items()}


def _follow(average: Mapping[str, Tensor], weights: Mapping[str, Tensor], step: int) -> None:
    """Move a running average towards the weights of a step: fast in the first steps, then slowly."""
    rate = min(DECAY, (1 + step) / (10 + step))
    for name, value in weights.items():
        average[name].lerp_(value, 1 - rate)


def fit_tagger(initial: str, arguments: Sequence[str]) -> None:
    """Train the tagger from nothing, keeping an average of its weights beside the best ones."""
    from stanza.models import tagger
    from stanza.models.pos.trainer import Trainer

    class Averaged(Trainer):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.steps = 0
            self.average = _copied(self._own_state())

        def _own_state(self) -> dict[str, Any]:
            left_out = self.model.unsaved_modules
            return {k: v for k, v in self.model.state_dict().items() if k.split(".")[0] not in left_out}

        def update(self, batch: Any, eval: bool = False) -> Any:
            result = super().update(batch, eval)
            self.steps += 1
            _follow(self.average, self._own_state(), self.steps)
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
