"""The scorer against the annotation guidelines: what matches, who counts as the same speaker, what is counted."""

from __future__ import annotations

from typing import Any

import pytest

from quotes.evaluate import Scores, evaluate, expression, name_words, same_speaker

TEXT = (
    "« Nous signons », a déclaré la ministre Claire Aubray. Le film « Les Sables » sort. Elle juge le texte « utile »."
)


def entry(words: str, kind: str = "direct", **fields: Any) -> dict[str, Any]:
    """A quotation of TEXT in the shape of the gold data; mention and cue are given as words."""
    start = TEXT.index(words)
    found: dict[str, Any] = {"start": start, "end": start + len(words), "kind": kind, "speaker": None}
    found |= {"speaker_type": None, "speaker_names": [], "mention": None, "cue": None, **fields}
    for part in ("mention", "cue"):
        if isinstance(found[part], str):
            at = TEXT.index(found[part])
            found[part] = [at, at + len(found[part])]
    return found


AUBRAY: dict[str, Any] = {
    "speaker": "Claire Aubray",
    "speaker_type": "person",
    "speaker_names": ["Claire Aubray", "Aubray"],
}
SIGNED = entry("« Nous signons »", **AUBRAY, mention="la ministre Claire Aubray", cue="a déclaré")
FILM = entry("« Les Sables »", "none")
USEFUL = entry("« utile »", "mixed", **AUBRAY, mention="Elle", cue="juge")
GOLD = [SIGNED, FILM, USEFUL]


def score(predicted: list[dict[str, Any]], gold: list[dict[str, Any]] | None = None) -> Scores:
    return evaluate([{"id": "a", "text": TEXT, "quotations": GOLD if gold is None else gold}], {"a": predicted})


def test_gold_against_itself_is_perfect() -> None:
    scores = score(GOLD)
    assert (scores.span.f1, scores.reported.f1, scores.speaker.f1) == (1, 1, 1)
    assert (scores.kind.value, scores.cue.value, scores.mention.value) == (1, 1, 1)
    assert scores.failures == ()


def test_an_article_without_predictions_counts_as_without_quotations() -> None:
    scores = evaluate([{"id": "a", "text": TEXT, "quotations": GOLD}], {})
    assert (scores.span.recall, scores.span.predicted, scores.speaker.recall) == (0, 0, 0)
    assert len(scores.failures) == 3


@pytest.mark.parametrize(("shift", "matches"), [(0, True), (1, True), (-1, True), (2, False), (-2, False)])
def test_spans_match_within_a_character_at_each_end(shift: int, matches: bool) -> None:
    moved = SIGNED | {"start": SIGNED["start"] + shift, "end": SIGNED["end"] + shift}
    assert (score([moved], [SIGNED]).span.right_gold == 1) is matches


def test_a_span_is_matched_once() -> None:
    twice = [SIGNED, SIGNED | {"start": SIGNED["start"] + 1}]
    scores = score(twice, [SIGNED])
    assert (scores.span.right_predicted, scores.span.predicted) == (1, 2)
    assert scores.speaker.precision == 0.5


def test_direct_and_mixed_are_both_reported() -> None:
    scores = score([SIGNED | {"kind": "mixed"}, FILM, USEFUL])
    assert scores.reported.f1 == 1
    assert (scores.kind.right, scores.kind.of) == (1, 2)


def test_none_taken_for_a_quotation_costs_precision_only() -> None:
    scores = score([SIGNED, FILM | {"kind": "mixed", "speaker": "Claire Aubray", "rule": "r"}, USEFUL])
    assert (scores.reported.right_predicted, scores.reported.predicted) == (2, 3)
    assert (scores.speaker.recall, scores.speaker.precision) == (1, 2 / 3)
    assert (scores.precision_by_rule["r"].right, scores.precision_by_rule["r"].of) == (0, 1)


def test_a_quotation_taken_for_none_costs_recall_only() -> None:
    scores = score([SIGNED, FILM, entry("« utile »", "none")])
    assert (scores.speaker.precision, scores.speaker.recall) == (1, 0.5)
    assert scores.reported.recall == 0.5


def test_no_guess_is_no_error_of_precision() -> None:
    scores = score([SIGNED, FILM, USEFUL | {"speaker": None}])
    assert (scores.speaker.precision, scores.speaker.recall) == (1, 0.5)


def test_an_unknown_speaker_is_not_asked_for_but_a_guess_is_wrong() -> None:
    unknown = USEFUL | {"speaker": "?", "speaker_type": "unnamed", "speaker_names": []}
    silent = score([SIGNED, FILM, USEFUL | {"speaker": None}], [SIGNED, FILM, unknown])
    assert (silent.speaker.gold, silent.speaker.f1) == (1, 1)
    guessed = score(GOLD, [SIGNED, FILM, unknown])
    assert (guessed.speaker.recall, guessed.speaker.precision) == (1, 0.5)


def test_indirect_predictions_are_left_out() -> None:
    assert score([*GOLD, entry("Le film", "indirect", speaker="Claire Aubray")]).span.precision == 1


def test_an_alternative_reading_is_right_too() -> None:
    gold = [FILM | {"alternatives": [{"kind": "mixed", **AUBRAY}]}]
    assert score([FILM], gold).failures == ()
    reported = score([FILM | {"kind": "mixed", "speaker": "Aubray"}], gold)
    assert (reported.reported.f1, reported.speaker.f1) == (1, 1)
    assert score([FILM | {"kind": "mixed", "speaker": "Paul Vidal"}], gold).speaker.precision == 0


def test_cue_and_mention_are_right_if_they_overlap() -> None:
    part = SIGNED | {"cue": [SIGNED["cue"][0] + 2, SIGNED["cue"][1]], "mention": None}
    scores = score([part, FILM, USEFUL])
    assert (scores.cue.right, scores.cue.of) == (2, 2)
    assert (scores.mention.right, scores.mention.of) == (1, 2)


SAME = [
    # predicted, forms in the article, type, same?
    ("Claire Aubray", ["Claire Aubray"], "person", True),
    ("CLAIRE AUBRAY", ["Claire Aubray"], "person", True),
    ("Mme Aubray", ["Claire Aubray"], "person", True),
    ("Claire", ["Claire Aubray"], "person", False),
    ("ministre Claire Aubray", ["Claire Aubray"], "person", True),
    ("Jean Aubray", ["Claire Aubray"], "person", False),
    ("Rene Lévêque", ["René Leveque"], "person", True),
    ("le ministère de la Défense", ["ministère de la Défense"], "organisation", True),
    ("Défense", ["ministère de la Défense"], "organisation", True),
    ("agence", ["agence nationale de sécurité sanitaire"], "organisation", False),
    ("des experts", ["experts"], "unnamed", True),
    ("", ["Claire Aubray"], "person", False),
    ("Claire Aubray", [], "person", False),
    ("Claire Aubray; Paul Vidal", ["Claire Aubray; Paul Vidal"], "unnamed", True),
]


@pytest.mark.parametrize(("predicted", "names", "speaker_type", "same"), SAME)
def test_same_speaker(predicted: str, names: list[str], speaker_type: str, same: bool) -> None:
    assert same_speaker(predicted, names, speaker_type) is same


def test_name_words_drop_accents_articles_and_titles() -> None:
    assert name_words("M. l'Évêque de Saint-Étienne") == ["eveque", "saint", "etienne"]
    assert name_words("Œuvre") == ["oeuvre"]


def test_expression_of_the_speaker() -> None:
    assert [expression(q, TEXT) for q in (SIGNED, USEFUL, FILM)] == ["name", "pronoun", "none"]
    assert expression(SIGNED | {"mention": [TEXT.index("la ministre"), TEXT.index(" Claire")]}, TEXT) == "role"
