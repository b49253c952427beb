"""Learn what makes an antecedent from annotated articles.

    python -m benchmarks.salience GOLD.jsonl... [-o data/salience.csv]

Each pronoun that an annotator gave as the mention of a speaker is a choice among the referents before it that agree
with it. The weights of the evidence (``quotes.resolution.salience``) are those that make the annotated choices most
likely: a conditional logit, with a ridge penalty that pulls towards the prior, so that what is rare stays near it. The
walk through an article goes on from its own choices, so learning is repeated on what the new weights choose.
The strength of the penalty is chosen, and the result judged, by cross-validation over whole articles.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.gold import Gold, analyse_gold, read_gold
from quotes.attribution.scene import make_scene
from quotes.detect import find_spans
from quotes.evaluate import same_speaker
from quotes.loading import load_pipeline
from quotes.pipeline import Pipeline
from quotes.resolution.discourse import build_discourse
from quotes.resolution.salience import FIELDS, PRIOR, Salience
from quotes.resources import data_path

PENALTIES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
FOLDS = 10
ROUNDS = 3


@dataclass(frozen=True)
class Example:
    """A pronoun of an article: the evidence for each candidate, and which of them are right (one at least)."""

    article_id: str
    evidence: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]

    def chosen_right(self, salience: Salience) -> bool:
        scores = [salience.score(found) for found in self.evidence]
        return self.right[scores.index(max(scores))]


def examples(gold: Gold, pipeline: Pipeline) -> list[Example]:
    """One for each pronoun of the annotation whose speaker is among the candidates."""
    found: list[Example] = []
    for row, analysis in zip(gold.rows, gold.analyses, strict=True):
        assert analysis.parse is not None
        text = analysis.article.text
        scene = make_scene(text, find_spans(text), analysis.parse, pipeline.lexicon)
        discourse = build_discourse(scene, salience=pipeline.salience)
        mentions = {tuple(q["mention"]): q for q in row["quotations"] if q.get("mention") and q.get("speaker")}
        for choice in discourse.choices:
            entry = next((q for m, q in mentions.items() if _covers(m, choice.extent)), None)
            if entry is None:
                continue
            right = tuple(_is(entry, c.referent.name) for c in choice.candidates)
            if any(right) and not all(right):
                found.append(Example(row["id"], tuple(c.evidence for c in choice.candidates), right))
    return found


def _covers(mention: Sequence[int], extent: Sequence[int]) -> bool:
    return mention[0] < extent[1] and extent[0] < mention[1] and mention[1] - mention[0] <= 12


def _is(entry: Mapping[str, Any], name: str) -> bool:
    return same_speaker(name, [*(entry.get("speaker_names") or ()), entry["speaker"]], entry.get("speaker_type"))


def fit(learnt_from: Sequence[Example], penalty: float) -> Salience:
    """The weights that make the right candidates most likely (gradient ascent; the problem is concave but for
    examples with two right candidates)."""
    names = sorted({*PRIOR.weights, *(name for e in learnt_from for found in e.evidence for name in found)})
    prior = np.array([PRIOR.weights.get(name, 0.0) for name in names])
    data = [
        (np.array([[f.get(name, 0.0) for name in names] for f in e.evidence]), np.array(e.right)) for e in learnt_from
    ]
    weights = prior.copy()
    for _ in range(60):
        gradient = -penalty * (weights - prior)
        curvature = penalty * np.eye(len(names))
        for x, right in data:
            p = _softmax(x @ weights)
            posterior = np.where(right, p, 0.0) / p[right].sum()
            gradient += x.T @ (posterior - p)
            curvature += (x.T * p) @ x - np.outer(p @ x, p @ x)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return Salience(dict(zip(names, map(float, weights), strict=True)))


def _softmax(scores: Any) -> Any:
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def cross_validated(found: Sequence[Example], penalty: float) -> list[bool]:
    """Whether each example comes out right with weights learnt without its article."""
    ids = sorted({e.article_id for e in found})
    random.Random(1).shuffle(ids)
    right: list[bool] = []
    for start in range(FOLDS):
        held_out = set(ids[start::FOLDS])
        salience = fit([e for e in found if e.article_id not in held_out], penalty)
        right += [e.chosen_right(salience) for e in found if e.article_id in held_out]
    return right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, default=data_path("salience.csv"))
    arguments = parser.parse_args()
    rows = read_gold(*arguments.gold)
    pipeline = replace(load_pipeline(), salience=PRIOR)
    for number in range(ROUNDS):
        found = examples(analyse_gold(rows, pipeline), pipeline)
        shares = {penalty: float(np.mean(cross_validated(found, penalty))) for penalty in PENALTIES}
        penalty = max(PENALTIES, key=lambda p: (shares[p], p))
        now = float(np.mean([e.chosen_right(pipeline.salience) for e in found]))
        print(
            f"round {number + 1}: {len(found)} pronouns, {now:.3f} right with the weights so far, {shares[penalty]:.3f}"
            f" by cross-validation with weights learnt anew (penalty {penalty})",
            file=sys.stderr,
        )
        pipeline = replace(pipeline, salience=fit(found, penalty))
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows([name, f"{weight:.3f}"] for name, weight in sorted(pipeline.salience.weights.items()))


if __name__ == "__main__":
    main()
