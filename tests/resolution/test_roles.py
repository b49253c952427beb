"""Which descriptions an article gives of its people; on trees made by hand."""

from __future__ import annotations

import pytest

from quotes.resolution.people import cluster_people
from quotes.resolution.roles import Description, descriptions
from quotes.resolution.spotting import spot_names
from tests import trees


def test_a_role_beside_a_name_describes_its_bearer() -> None:
    scene = trees.ROLES.scene()
    people = cluster_people(spot_names(scene.sentences, scene.text, scene.lexicon, scene.quoted))
    found = {person.name: descriptions(person, scene.sentences, scene.lexicon) for person in people}
    (minister,), (mayor,) = found["Claire Aubray"], found["Paul Vidal"]
    assert minister == Description("ministre", frozenset({"ports"}), names=frozenset({"ports"}))
    assert mayor == Description("maire", frozenset({"sorgues"}), names=frozenset({"sorgues"}))


@pytest.mark.parametrize(
    ("ours", "theirs", "fits"),
    [
        (("ministre", "ports"), ("ministre", "ports"), True),
        (("ministre", "ports"), ("ministre", ""), True),
        (("ministre", "ports mer"), ("ministre", "mer"), True),
        (("ministre", "ports"), ("ministre", "finances"), False),
        (("ministre", ""), ("maire", ""), False),
    ],
)
def test_descriptions_fit_unless_they_say_something_else(
    ours: tuple[str, str], theirs: tuple[str, str], fits: bool
) -> None:
    a, b = (Description(role, frozenset(words.split())) for role, words in (ours, theirs))
    assert a.fits(b) is b.fits(a) is fits
