"""Which rule attributes a quotation, by which cue and mention, and of what kind; on trees made by hand."""

from __future__ import annotations

import pytest

from quotes.attribution.rules import RULES, attribute
from tests import trees
from tests.trees import Text

CASES = [
    # text, and for each span: kind, rule, cue, mention
    (trees.INCISE, [("direct", "incise-after", "a déclaré", "la ministre, Claire Aubray")]),
    (trees.COLON, [("direct", "colon", "prévient", "Le maire de Sorgues, Paul Vidal")]),
    (trees.PREPOSITION, [("mixed", "preposition", "Selon", "Paul Vidal")]),
    (trees.TITLE, [("none", "named-thing", None, None)]),
    (trees.ROLES, [("mixed", "governed", "a promis", "Elle"), ("mixed", "governed", "a salué", "Le maire")]),
    (
        trees.QUOTED_NAME,
        [("direct", "incise-after", "affirme", "Paul Vidal"), ("mixed", "governed", "dénonce", "Il")],
    ),
    (trees.CATAPHORA, [("direct", "incise-after", "promis", "-il")]),
    (
        trees.CONTINUATION,
        [
            ("direct", "incise-after", "prévient", "Paul Vidal"),
            ("direct", "previous-sentence", "prévient", "Paul Vidal"),
        ],
    ),
]
TEXTS = [text for text, _ in CASES]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text.text[:30] for text in TEXTS])
def test_rule(text: Text, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    found = [
        (
            a.kind,
            a.rule,
            a.cue.extent.of(text.text) if a.cue else None,
            a.mention.extent.of(text.text) if a.mention else None,
        )
        for a in attribute(text.scene())
    ]
    assert found == expected


@pytest.mark.parametrize("text", TEXTS, ids=[text.text[:30] for text in TEXTS])
def test_every_span_gets_one_attribution_with_a_reason(text: Text) -> None:
    scene = text.scene()
    found = attribute(scene)
    assert [a.extent for a in found] == [span.outer for span in scene.spans]
    assert all(a.because for a in found)
    for attribution in found:
        assert (attribution.kind == "none") is (attribution.mention is None and attribution.cue is None)


def test_the_speaker_is_never_looked_for_inside_the_quotation() -> None:
    for text in TEXTS:
        spans = text.scene().outer_spans
        for attribution in attribute(text.scene()):
            if attribution.mention is not None:
                assert not any(span.outer.overlaps(attribution.mention.extent) for span in spans)


def test_without_a_parse_nothing_is_lost() -> None:
    bare = Text(trees.INCISE.text, ())
    (attribution,) = attribute(bare.scene())
    assert (attribution.kind, attribution.rule) == ("none", "unreported")


def test_the_last_rule_always_answers_and_names_are_unique() -> None:
    names = [name for name, _ in RULES]
    assert names[-1] == "unreported"
    assert len(set(names)) == len(names)
