"""Whom a description stands for, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest

from quotes.model import Resolution
from quotes.resolution.holders import Asked, Roles
from quotes.resolution.names import Gender
from quotes.resolution.referents import Referent
from quotes.resolution.roles import Description
from quotes.resolution.salience import Weighed
from tests.trees import lexicon


def person(name: str, gender: Gender | None, *roles: tuple[str, str]) -> Referent:
    said = tuple(Description(role, frozenset(words.split())) for role, words in roles)
    return Referent(f"person:{name.lower()}", name, "person", gender, False, (name,), said)


CLAIRE = person("Claire Aubray", "f", ("ministre", "ports"))
PAUL = person("Paul Vidal", "m", ("maire", "sorgues"))
LUC = person("Luc Fabre", "m")
JEAN = person("Jean Morvan", "m")


def who(
    role: str,
    words: str = "",
    *,
    people: Sequence[Referent] = (CLAIRE, PAUL, LUC),
    gender: Gender | None = None,
    possessive: bool = False,
    ranked: Sequence[tuple[Referent, float]] = (),
    office: Resolution | None = None,
    past: tuple[str, ...] = (),
    former: bool = False,
    names: str = "",
    demonstrative: bool = False,
    others: frozenset[str] = frozenset(),
    officed: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[str, str] | None:
    description = Description(role, frozenset(words.split()), former, frozenset(names.split()))
    asked = Asked(description, f"{role} {words}".strip(), gender, possessive, others, demonstrative)
    speaking = frozenset(p.key for p in people)
    roles = Roles(people, speaking, officed, lambda _: office, lambda _, former: past if former else (), lexicon())
    found = roles.holder_of(asked, lambda: [Weighed(p, score, {}) for p, score in ranked])
    return (found[0].name, found[1]) if found is not None else None


def test_the_article_says_first_who_somebody_is() -> None:
    office = Resolution("Anne Roux", "person", "office", 1.0)
    assert who("ministre", office=office) == ("Claire Aubray", "role")
    assert who("maire", "sorgues") == ("Paul Vidal", "role")


def test_then_the_table_of_offices() -> None:
    office = Resolution("Anne Roux", "person", "office", 1.0)
    assert who("préfète", office=office) == ("Anne Roux", "office")
    assert who("préfète", office=office, possessive=True) != ("Anne Roux", "office")


def test_a_more_general_word_stands_for_an_office() -> None:
    assert who("élu", gender="m") == ("Paul Vidal", "role-kind")


def test_who_has_no_role_yet_takes_one_that_nobody_has() -> None:
    assert who("quinquagénaire", gender="m") == ("Luc Fabre", "role-by-elimination")


def test_of_several_the_most_salient_takes_it_if_salient_enough() -> None:
    both = (LUC, JEAN)
    assert who("quinquagénaire", people=both, ranked=[(JEAN, 1.0), (LUC, 0.0)]) == ("Jean Morvan", "role-by-salience")
    assert who("quinquagénaire", people=both, ranked=[(JEAN, -9.0)]) is None


@pytest.mark.parametrize("role", ["procureur", "porte-parole", "avocat"])
def test_offices_that_people_hold_unnamed_are_nobody_in_particular(role: str) -> None:
    assert who(role, gender="m", ranked=[(LUC, 3.0)]) is None


def test_kin_are_told_by_whom_they_belong_to() -> None:
    assert who("frère", gender="m", possessive=True, ranked=[(LUC, 3.0)]) is None


def test_a_bare_office_is_that_of_the_state_unless_somebody_else_is_spoken_of() -> None:
    head = person("Anne Roux", "f")
    owner = person("Paul Vidal", "m", ("président", "publicis"))
    held = Resolution("Anne Roux", "person", "office", 0.9)
    people = (head, owner)
    assert who("président", people=people, office=held, ranked=[(head, 2.0), (owner, 1.0)]) == ("Anne Roux", "office")
    assert who("président", people=people, office=held, ranked=[(owner, 2.0)]) == ("Paul Vidal", "office")


def test_a_former_office_is_that_of_somebody_whom_the_article_names() -> None:
    assert who("ministre", gender="m", former=True, past=("Luc Fabre", "Anne Roux")) == ("Luc Fabre", "office")
    assert who("ministre", gender="m", former=True, people=(LUC, JEAN), past=("Luc Fabre", "Jean Morvan")) is None


def test_a_role_of_another_town_is_somebody_else() -> None:
    north = Referent(
        "person:n",
        "Paul Vidal",
        "person",
        "m",
        False,
        (),
        (Description("élu", frozenset({"nord"}), False, frozenset({"nord"})),),
    )
    assert who("élu", "somme", names="somme", people=(north, LUC), ranked=[(north, 3.0)]) == (
        "Luc Fabre",
        "role-by-elimination",
    )
    assert who("élu", people=(north, LUC)) == ("Paul Vidal", "role")


def test_a_demonstrative_takes_up_who_is_spoken_of() -> None:
    quiet = person("Ion Morvan", "m")
    people = (LUC, quiet)
    ranked = [(quiet, 2.0), (LUC, 1.0)]
    assert who("plombier", people=people, ranked=ranked, demonstrative=True, gender="m") == (
        "Ion Morvan",
        "role-by-salience",
    )


def test_kin_share_a_surname() -> None:
    daughter, father = person("Claire Fabre", "f"), person("Luc Fabre", "m")
    found = who("père", people=(daughter, father), gender="m", others=frozenset({daughter.key}))
    assert found == ("Luc Fabre", "role-alike")
