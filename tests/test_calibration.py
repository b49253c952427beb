"""The confidence of attributions: its features, its table, and how it is learnt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.calibrate import cross_validate, fit, folds, log_loss
from benchmarks.gold import Outcome
from quotes.calibration import FIELDS, Calibration, features, read_calibration
from quotes.errors import TableError
from quotes.loading import load_calibration
from quotes.model import Cue, Extent, Mention, Quotation, Resolution

SAID = Quotation(
    article_id="a", extent=Extent(0, 9), inner=Extent(1, 8), text="bonjour", kind="mixed", rule="governed",
    because="", confidence=0.5, cue=Cue(Extent(10, 13), "dire", "verb"), mention=Mention(Extent(14, 16), "pronoun"),
    speaker=Resolution("Claire Aubray", "person", "pronoun", 0.6),
)  # fmt: skip
NONE = replace(SAID, kind="none", rule="title-like", cue=None, mention=None, speaker=None)


def test_features_say_how_it_was_attributed() -> None:
    assert set(features(SAID)) == {
        "base", "rule governed", "method pronoun", "mention pronoun", "type person", "pronoun lead", "kind mixed",
    }  # fmt: skip
    assert set(features(NONE)) == {"base", "rule title-like"}
    assert "cue not asserted" in features(replace(SAID, cue=replace(SAID.cue, modality="negated")))  # type: ignore[type-var]
    assert "no cue" in features(replace(SAID, cue=None))
    assert "method none" in features(replace(SAID, speaker=None))


def test_without_weights_nothing_is_known() -> None:
    assert Calibration().confidence(SAID) == 0.5


def test_what_was_never_seen_counts_nothing() -> None:
    weights = Calibration({("speaker", "base"): 1.0, ("speaker", "rule governed"): 1.0, ("none", "base"): -1.0})
    assert weights.confidence(SAID) == pytest.approx(0.881, abs=0.001)
    assert weights.confidence(replace(SAID, rule="another")) == pytest.approx(0.731, abs=0.001)
    assert weights.confidence(NONE) == pytest.approx(0.269, abs=0.001)


@pytest.mark.parametrize(("weight", "confidence"), [(50.0, 0.99), (-50.0, 0.02), (-800.0, 0.02)])
def test_nothing_is_certain(weight: float, confidence: float) -> None:
    assert Calibration({("speaker", "base"): weight}).confidence(SAID) == confidence


def test_the_shipped_table_is_read_and_tells_quotations_apart() -> None:
    calibration = load_calibration()
    named = replace(
        SAID, mention=Mention(Extent(14, 16), "name"), speaker=Resolution("Claire Aubray", "person", "name", 1.0)
    )
    assert 0.02 < calibration.confidence(SAID) < calibration.confidence(named) - 0.05 < 0.95  # a pronoun may be another


def test_a_broken_table_is_said_to_be() -> None:
    with pytest.raises(TableError, match=r"line 2.*benchmarks\.calibrate"):
        read_calibration([",".join(FIELDS), "speaker,base,many,1,2"])
    with pytest.raises(TableError, match="line 3"):
        read_calibration([",".join(FIELDS), "speaker,base,1,1,2", "who,base,1,1,2"])
    with pytest.raises(TableError, match="line 2"):
        read_calibration(["feature,weight", "base,1"])


def outcomes(number: int, every: int) -> list[Outcome]:
    """One article each: names are right, of pronouns one in ``every`` is wrong."""
    named = replace(SAID, speaker=Resolution("Claire Aubray", "person", "name", 1.0), rule="incise-after")
    return [
        Outcome(replace(q, article_id=f"{i}-{q.rule}"), q is named or i % every != 0)
        for i in range(number)
        for q in (SAID, named)
    ]


def test_fit_recovers_the_shares() -> None:
    calibration = Calibration(fit(outcomes(200, 4), 0.1))
    assert calibration.confidence(SAID) == pytest.approx(0.75, abs=0.02)
    assert calibration.confidence(replace(SAID, speaker=None)) < 0.99


def test_no_article_judges_itself() -> None:
    found = outcomes(30, 4)
    groups = folds(found)
    assert sum(len(group) for group in groups) == 60 == len(frozenset().union(*groups))
    judged = cross_validate(found, 1.0)
    assert sorted(j.outcome.quotation.article_id for j in judged) == sorted(o.quotation.article_id for o in found)
    assert log_loss(judged) < 0.5
