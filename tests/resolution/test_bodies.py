"""Bodies under other forms of their names."""

from __future__ import annotations

import pytest

from quotes.resolution.bodies import Bodies


@pytest.mark.parametrize(
    ("known", "asked", "found"),
    [
        ("ministere de l interieur", "ministere", True),
        ("ministere", "ministere de l interieur", True),
        ("organisation mondiale de la sante", "oms", True),
        ("oms", "organisation mondiale de la sante", True),
        ("parti des lacs", "parti", True),
        ("port", "port", True),
        ("union des ports", "une", False),
        ("onu", "office des ports", False),
        ("or noir", "or", False),
    ],
)
def test_forms_of_one_name(known: str, asked: str, found: bool) -> None:
    bodies = Bodies()
    bodies.add("key", known)
    bodies.add("key", known)
    assert (list(bodies.alike(asked)) == ["key"]) is found


def test_nothing_is_like_what_was_never_mentioned() -> None:
    assert list(Bodies().alike("port")) == []
