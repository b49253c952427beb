"""The gate: on annotated articles, no figure may fall below its floor in tests/floors.toml.

The sample is checked everywhere, the development data where they lie beside the checkout. Floors change by
``python -m benchmarks.floors``; one that must go down takes its ``--lower``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from benchmarks.floors import FIGURES, Corpus, as_toml, figures, moved, read_floors
from benchmarks.gold import Gold, analyse_gold, read_gold, sha256
from quotes.pipeline import Pipeline

CORPORA = {corpus.name: corpus for corpus in read_floors()}
corpora = pytest.mark.parametrize("corpus", CORPORA.values(), ids=CORPORA)


@pytest.fixture(scope="session")
def analysed(pipeline: Pipeline) -> Callable[[Path], Gold]:
    """Annotated files with the analyses of their articles; each file is parsed once for all tests."""
    return cache(lambda path: analyse_gold(read_gold(path), pipeline, cache=None))


def present(corpus: Corpus) -> Corpus:
    if not corpus.path.is_file():
        pytest.skip(f"needs {corpus.file}")
    return corpus


@corpora
def test_floors_are_about_this_gold(corpus: Corpus) -> None:
    """Floors measured on other annotations mean nothing: measure again with ``python -m benchmarks.floors``."""
    assert sha256(present(corpus).path) == corpus.sha256


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
@corpora
def test_no_figure_is_below_its_floor(corpus: Corpus, figure: str, analysed: Callable[[Path], Gold]) -> None:
    gold = analysed(present(corpus).path)
    scores = gold.scores({row["id"] for row in gold.rows if fnmatch(row["id"], corpus.only)})
    reached = figures(scores)[figure]
    assert reached >= corpus.floors[figure], f"{corpus.name}: {figure} fell to {reached:.3f}"


@pytest.mark.slow
def test_the_sure_are_more_often_right(analysed: Callable[[Path], Gold]) -> None:
    """The confidence separates: of what it calls sure, a larger share is right than of the rest."""
    outcomes = analysed(present(CORPORA["dev"]).path).outcomes()
    sure = [o.right for o in outcomes if o.quotation.confidence >= 0.85]
    rest = [o.right for o in outcomes if o.quotation.confidence < 0.85]
    assert sum(sure) / len(sure) > 0.1 + sum(rest) / len(rest)


def test_floors_rise_by_themselves_and_fall_only_when_told() -> None:
    corpus = replace(CORPORA["sample"], floors=dict.fromkeys(FIGURES, 0.9))
    reached = dict.fromkeys(FIGURES, 0.95) | {"cue": 0.85}
    assert dict(moved(corpus, reached, lower=False).floors) == dict.fromkeys(FIGURES, 0.945) | {"cue": 0.9}
    assert moved(corpus, reached, lower=True).floors["cue"] == 0.845


def test_floors_are_as_the_command_writes_them() -> None:
    assert as_toml(read_floors()) == (Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")
