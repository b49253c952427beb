"""How likely an attribution is right: the confidence that each quotation carries.

The confidence of a quotation with a speaker is the probability that it reports speech and that its speaker is right;
of kind ``none``, that it is indeed no quotation. It is a logistic sum over a few features of how the quotation was
attributed: which rule decided, how the speaker is mentioned and was found, its type, the kind, the cue, and by how
much the best antecedent of a pronoun was ahead. The weights stand in ``data/confidence.csv``, learnt on annotated
articles with a ridge penalty, so that what was seldom seen counts little, and what was never seen (another rule,
another method) counts nothing: its quotations get the average of the rest. ``python -m benchmarks.calibrate`` makes
the table.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from quotes.errors import TableError
from quotes.model import Quotation

Question = Literal["speaker", "none"]
FIELDS = ("question", "feature", "weight", "right", "of")
_QUESTIONS: Mapping[str, Question] = {"speaker": "speaker", "none": "none"}
_LOWEST, _HIGHEST = 0.02, 0.99


def question(quotation: Quotation) -> Question:
    """What the confidence of a quotation is about: its speaker, or its being none at all."""
    return "none" if quotation.kind == "none" else "speaker"


def features(quotation: Quotation) -> dict[str, float]:
    """What speaks for and against an attribution, by name. Most are 1 where they hold and absent otherwise."""
    found = {"base": 1.0, f"rule {quotation.rule}": 1.0}
    if quotation.kind == "none":
        return found
    if quotation.speaker is None:
        return found | {"method none": 1.0}
    found |= {f"method {quotation.speaker.method}": 1.0, f"type {quotation.speaker.type}": 1.0}
    if quotation.mention is not None:
        found[f"mention {quotation.mention.form}"] = 1.0
    if quotation.speaker.method == "pronoun":
        # 0 where two antecedents are equally salient, 1 where one is far ahead (see resolution/discourse.py)
        found["pronoun lead"] = (quotation.speaker.score - 0.6) / 0.35
    if quotation.kind == "mixed":
        found["kind mixed"] = 1.0
    if quotation.cue is None:
        found["no cue"] = 1.0
    elif quotation.cue.modality != "asserted":
        found["cue not asserted"] = 1.0
    return found


@dataclass(frozen=True)
class Calibration:
    """The learnt weights by question and feature. Without any, every confidence is a half."""

    weights: Mapping[tuple[Question, str], float] = field(default_factory=dict)

    def confidence(self, quotation: Quotation) -> float:
        """A probability, kept away from 0 and 1: so few annotated articles prove nothing impossible or certain."""
        asked = question(quotation)
        total = sum(self.weights.get((asked, name), 0.0) * value for name, value in features(quotation).items())
        return min(max(logistic(total), _LOWEST), _HIGHEST)

    def rated(self, quotation: Quotation) -> Quotation:
        """The same quotation with its confidence."""
        return replace(quotation, confidence=self.confidence(quotation))


def logistic(value: float) -> float:
    """The probability whose log odds are ``value``."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - logistic(-value)


def read_calibration(lines: Iterable[str]) -> Calibration:
    """The weights of a table with the columns ``question``, ``feature`` and ``weight``; TableError if it has others."""
    weights: dict[tuple[Question, str], float] = {}
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            weights[_QUESTIONS[row["question"]], row["feature"]] = float(row["weight"])
        except (KeyError, TypeError, ValueError) as error:
            raise TableError(
                f"The table of confidences, line {number}: {type(error).__name__} {error}.",
                "Make it again: python -m benchmarks.calibrate",
            ) from error
    return Calibration(weights)
