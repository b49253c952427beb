"""Learn the confidence of attributions from annotated articles.

    python -m benchmarks.calibrate GOLD.jsonl... [-o data/confidence.csv]

A ridge-penalised logistic regression for each question (is the speaker right, is it indeed no quotation) over the
features of ``quotes.calibration``. Articles that the rules were developed on flatter them: a feature of its own takes
that up in learning and is left out at run time. The strength of the penalty is chosen, and the result judged, by
cross-validation over whole articles.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import Outcome, analyse_gold, read_gold
from benchmarks.halves import developed_on
from quotes.calibration import FIELDS, Calibration, Question, features, question
from quotes.resources import data_path

PENALTIES = (0.5, 1.0, 2.0, 4.0, 8.0)
FOLDS = 10
_DEVELOPED = "developed on"
_FREE = frozenset({"base", _DEVELOPED})  # hardly penalised: they hold the average
Weights = Mapping[tuple[Question, str], float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """An outcome with the confidence that weights learnt on other articles give it."""

    outcome: Outcome
    confidence: float


def fit(outcomes: Sequence[Outcome], penalty: float) -> dict[tuple[Question, str], float]:
    """The weights of both questions; ``penalty`` is the inverse variance of a weight around 0."""
    weights: dict[tuple[Question, str], float] = {}
    for asked in sorted({question(o.quotation) for o in outcomes}):
        of_question = [o for o in outcomes if question(o.quotation) == asked]
        rows = [_described(o) for o in of_question]
        names = sorted({name for row in rows for name in row})
        x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
        y = np.array([float(o.right) for o in of_question])
        ridge = np.array([0.05 if name in _FREE else penalty for name in names])
        for name, value in zip(names, _logistic_regression(x, y, ridge), strict=True):
            weights[asked, name] = float(value)
    return weights


def _described(outcome: Outcome) -> dict[str, float]:
    found = features(outcome.quotation)
    return found | {_DEVELOPED: 1.0} if developed_on(outcome.quotation.article_id) else found


def _logistic_regression(x: Numbers, y: Numbers, ridge: Numbers) -> Numbers:
    """Newton's method; the ridge makes the problem strictly convex, so that it ends."""
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (y - p) - ridge * weights
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(ridge), gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def folds(outcomes: Iterable[Outcome], number: int = FOLDS) -> list[frozenset[str]]:
    """The article ids in ``number`` groups of about as many quotations, the same at every run."""
    sizes: dict[str, int] = defaultdict(int)
    for outcome in outcomes:
        sizes[outcome.quotation.article_id] += 1
    ids = sorted(sizes)
    random.Random(1).shuffle(ids)
    groups: list[set[str]] = [set() for _ in range(number)]
    for identifier in sorted(ids, key=lambda i: -sizes[i]):
        min(groups, key=lambda group: sum(sizes[i] for i in group)).add(identifier)
    return [frozenset(group) for group in groups]


def cross_validate(outcomes: Sequence[Outcome], penalty: float) -> list[Judged]:
    """Every outcome with the confidence learnt without its article (and others of its fold)."""
    judged: list[Judged] = []
    for fold in folds(outcomes):
        rest = [o for o in outcomes if o.quotation.article_id not in fold]
        held_out = [o for o in outcomes if o.quotation.article_id in fold]
        calibration = Calibration(fit(rest, penalty))
        judged.extend(Judged(o, calibration.confidence(o.quotation)) for o in held_out)
    return judged


def log_loss(judged: Iterable[Judged]) -> float:
    """The mean surprise, in nats, at what turned out right: lower is better."""
    losses = [-np.log(j.confidence if j.outcome.right else 1 - j.confidence) for j in judged]
    return float(np.mean(losses))


def unseen(judged: Iterable[Judged]) -> list[Judged]:
    """Those of articles that the rules were not developed on: what the confidence is about."""
    return [j for j in judged if not developed_on(j.outcome.quotation.article_id)]


def best_penalty(outcomes: Sequence[Outcome]) -> float:
    return min(PENALTIES, key=lambda penalty: log_loss(unseen(cross_validate(outcomes, penalty))))


def rows_of(weights: Weights, outcomes: Sequence[Outcome]) -> list[dict[str, str]]:
    """The lines of the table: each weight, and how many of the annotated quotations that have the feature are right."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        for name in features(outcome.quotation):
            count = counts[question(outcome.quotation), name]
            count[0] += outcome.right
            count[1] += 1
    return [
        dict(zip(FIELDS, (asked, name, f"{weight:.3f}", *map(str, counts[asked, name])), strict=True))
        for (asked, name), weight in sorted(weights.items())
        if name != _DEVELOPED
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=data_path("confidence.csv"))
    arguments = parser.parse_args()
    outcomes = analyse_gold(read_gold(*arguments.gold)).outcomes()
    penalty = best_penalty(outcomes)
    weights = fit(outcomes, penalty)
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows_of(weights, outcomes))
    judged = unseen(cross_validate(outcomes, penalty))
    share = sum(j.outcome.right for j in judged) / len(judged)
    constant = float(-(share * np.log(share) + (1 - share) * np.log(1 - share)))
    print(
        f"{len(outcomes)} quotations, penalty {penalty}: log loss {log_loss(judged):.3f} by cross-validation on"
        f" articles never looked at, {constant:.3f} with one confidence for all",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
