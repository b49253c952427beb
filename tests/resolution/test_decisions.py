"""What people decided, as pure functions: which decision has the last word."""

from __future__ import annotations

import pytest

from quotes.resolution.decisions import Decision, Decisions, Found, Scope, Verdict

FOUND = Found(7, "a1", "anne-untel", "Anne Untel", ("Anne Untel", "Untel"))


def decision(
    verdict: Verdict, form: str | None = None, speaker_id: str | None = None, *, quotation_id: int | None = None,
    article_id: str | None = None, at: str = "2026-01-01", undone_at: str | None = None,
) -> Decision:  # fmt: skip
    scope: Scope = "article" if article_id else "corpus"
    return Decision(verdict, form, speaker_id, quotation_id, scope, article_id, "test", at, None, undone_at)


def speaker(*decisions: Decision, found: Found = FOUND) -> str | None:
    """Who speaks in the end; the speaker found where nothing is decided."""
    outcome = Decisions.of(decisions).outcome(found)
    return found.speaker_id if outcome is None else outcome.speaker_id


def test_nothing_decided() -> None:
    assert Decisions.of(()).outcome(FOUND) is None


@pytest.mark.parametrize("form", ["Anne Untel", "ANNE UNTEL", "anne-untel", "@anne-untel"])
def test_forms_are_compared_without_accents_case_and_hyphens(form: str) -> None:
    assert speaker(decision("same", form, "zoe-petit")) == "zoe-petit"


@pytest.mark.parametrize("form", ["Untel", "Anne", "@untel", "Jeanne Untel"])
def test_only_the_name_of_the_article_counts(form: str) -> None:
    """A decision on « Untel » is about those who are called nothing else, not about everybody of that surname."""
    assert speaker(decision("same", form, "zoe-petit")) == "anne-untel"


def test_the_nearest_scope_wins_whatever_its_time() -> None:
    everything = [
        decision("same", quotation_id=7, speaker_id="x", at="2026-01-01"),
        decision("same", "Anne Untel", "y", article_id="a1", at="2026-01-02"),
        decision("same", "Anne Untel", "z", at="2026-01-03"),
    ]
    assert speaker(*everything) == "x"
    assert speaker(*everything[1:]) == "y"
    assert speaker(*everything[2:]) == "z"


def test_another_article_is_not_concerned() -> None:
    assert speaker(decision("same", "Anne Untel", "y", article_id="a2")) == "anne-untel"


def test_the_newest_wins_within_a_scope() -> None:
    older, newer = (
        decision("same", "Anne Untel", who, at=at) for who, at in (("x", "2026-01-01"), ("y", "2026-01-02"))
    )
    assert speaker(newer, older) == "y"


def test_what_was_undone_does_not_count() -> None:
    assert speaker(decision("same", "Anne Untel", "x", undone_at="2026-02-01")) == "anne-untel"


def test_different_takes_the_speaker_away_and_leaves_the_name() -> None:
    outcome = Decisions.of([decision("different", "Anne Untel", "anne-untel")]).outcome(FOUND)
    assert outcome is not None
    assert (outcome.speaker_id, outcome.nobody) == (None, False)
    assert speaker(decision("different", "Anne Untel", "somebody-else")) == "anne-untel"


def test_different_for_one_quotation_says_that_nobody_is_known() -> None:
    outcome = Decisions.of([decision("different", quotation_id=7)]).outcome(FOUND)
    assert outcome is not None
    assert outcome.nobody


def test_different_then_same() -> None:
    assert speaker(decision("different", "Anne Untel", "anne-untel"), decision("same", "Anne Untel", "x")) == "x"


def test_unsure_is_remembered_and_changes_nothing() -> None:
    decisions = Decisions.of([decision("unsure", quotation_id=7)])
    assert decisions.is_decided(7)
    assert decisions.outcome(FOUND) is None


def test_a_name_without_a_speaker() -> None:
    outcome = Decisions.of([decision("same", "un témoin", quotation_id=7)]).outcome(FOUND)
    assert outcome is not None
    assert (outcome.speaker_id, outcome.name) == (None, "un témoin")


def test_accepting_keeps_whoever_is_found() -> None:
    assert speaker(decision("same", "Anne Untel", quotation_id=7)) == "anne-untel"


def test_merges_are_followed_and_cycles_end() -> None:
    decisions = Decisions.of([decision("same", "@anne-untel", "b"), decision("same", "@b", "c")])
    assert decisions.followed("anne-untel") == "c"
    assert decisions.merged_into("c") == ("anne-untel", "b")
    outcome = decisions.outcome(FOUND)
    assert outcome is not None
    assert outcome.speaker_id == "c"
    cycle = Decisions.of([decision("same", "@a", "b"), decision("same", "@b", "a")])
    assert cycle.followed("a") in ("a", "b")
