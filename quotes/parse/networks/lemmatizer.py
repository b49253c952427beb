"""Lemmas: from the model's dictionary, else guessed once for each form and part of speech."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Guess = Callable[[Sequence[tuple[str, str]]], Sequence[str]]
_ANY = "*"
_MOST = 200_000
"""Guesses that are remembered."""


@dataclass(frozen=True)
class Lemmatizer:
    """``entries`` has lemmas by part of speech and form (``*`` for any part of speech); ``guess`` asks the network for
    what is not there."""

    entries: Mapping[str, Mapping[str, str]]
    guess: Guess
    guessed: dict[tuple[str, str], str] = field(default_factory=dict)

    @staticmethod
    def supports(processor: Any) -> bool:
        args = processor.config
        return bool(
            not processor.use_identity
            and args["ensemble_dict"]
            and not args["dict_only"]
            and not args.get("caseless")
            and not processor.trainer.has_contextual_lemmatizers()
        )

    def lemmatize(self, forms: Sequence[str], upos: Sequence[str]) -> list[str]:
        """The lemma of each word."""
        pairs = list(zip(forms, upos, strict=True))
        found = {pair: self._known(pair) for pair in set(pairs)}
        unknown = sorted(pair for pair, lemma in found.items() if lemma is None)
        if unknown:
            if len(self.guessed) + len(unknown) > _MOST:
                self.guessed.clear()
            guesses = dict(zip(unknown, self.guess(unknown), strict=True))
            self.guessed.update(guesses)
            found.update(guesses)
        return [found[pair] or "_" for pair in pairs]

    def _known(self, pair: tuple[str, str]) -> str | None:
        form, upos = pair
        lemma = self.entries.get(upos, {}).get(form)
        if lemma is None:
            lemma = self.entries.get(_ANY, {}).get(form)
        return self.guessed.get(pair) if lemma is None else lemma
