"""Who a name, a role or a pronoun stands for, and the speakers that follow from it; on trees made by hand."""

from __future__ import annotations

import pytest

from quotes.attribution.rules import attribute
from quotes.calibration import Calibration, Question
from quotes.resolution.discourse import build_discourse
from quotes.resolution.resolve import resolve
from tests import trees
from tests.trees import Text, said_by

SPEAKERS = [
    # text, the speakers of its quotations, the methods that found them
    (trees.INCISE, ["Claire Aubray"], ["apposition"]),
    (trees.PREPOSITION, ["Paul Vidal"], ["name"]),
    (trees.TITLE, [None], [None]),
    (trees.ROLES, ["Claire Aubray", "Paul Vidal"], ["pronoun", "role"]),
    (trees.QUOTED_NAME, ["Paul Vidal", "Paul Vidal"], ["name", "pronoun"]),
    (trees.CATAPHORA, ["Paul Vidal"], ["cataphora"]),
    (trees.CONTINUATION, ["Paul Vidal", "Paul Vidal"], ["name", "name"]),
]


@pytest.mark.parametrize(("text", "speakers", "methods"), SPEAKERS, ids=[text.text[:30] for text, *_ in SPEAKERS])
def test_speakers(text: Text, speakers: list[str | None], methods: list[str | None]) -> None:
    scene = text.scene()
    found = resolve(text.article, scene, attribute(scene), None)
    assert [said_by(q) for q in found] == speakers
    assert [q.speaker.method if q.speaker else None for q in found] == methods


def test_people_are_known_by_their_fullest_name_gender_and_roles() -> None:
    people = {p.name: p for p in build_discourse(trees.ROLES.scene()).people}
    assert people["Claire Aubray"].gender == "f"
    assert [d.role for d in people["Paul Vidal"].descriptions] == ["maire"]


def test_occurrences_stand_in_text_order_outside_quotations() -> None:
    for text, *_ in SPEAKERS:
        scene = text.scene()
        found = build_discourse(scene).occurrences
        assert [o.extent.start for o in found] == sorted(o.extent.start for o in found)
        assert not any(span.outer.contains(o.extent) for o in found for span in scene.outer_spans)


def test_confidence_is_what_the_calibration_says() -> None:
    scene = trees.ROLES.scene()
    weights: dict[tuple[Question, str], float] = {("speaker", "method pronoun"): -2.0, ("speaker", "method role"): 2.0}
    found = resolve(trees.ROLES.article, scene, attribute(scene), None, Calibration(weights))
    assert [round(q.confidence, 2) for q in found] == [0.12, 0.88]
    assert {q.confidence for q in resolve(trees.ROLES.article, scene, attribute(scene), None)} == {0.5}
