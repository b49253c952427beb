"""Names in an article and which of them are one person's; on trees made by hand."""

from __future__ import annotations

from quotes.resolution.kinds import NameMention
from quotes.resolution.people import cluster_people
from quotes.resolution.spotting import spot_names
from tests import trees
from tests.trees import Text


def names(text: Text) -> tuple[NameMention, ...]:
    scene = text.scene()
    return spot_names(scene.sentences, scene.text, scene.lexicon, scene.quoted)


def test_names_are_spotted_with_their_type() -> None:
    found = {mention.name: mention.type for mention in names(trees.ROLES)}
    assert found["Claire Aubray"] == found["Paul Vidal"] == "person"
    assert found.get("Sorgues") != "person"


def test_first_names_tell_the_gender() -> None:
    genders = {person.name: person.gender for person in cluster_people(names(trees.ROLES))}
    assert genders == {"Claire Aubray": "f", "Paul Vidal": "m"}


def test_what_is_quoted_names_nobody_who_speaks() -> None:
    assert [mention.name for mention in names(trees.QUOTED_NAME)] == ["Paul Vidal"]


def test_a_surname_is_the_person_named_before() -> None:
    text = Text(
        "Paul Vidal est venu. M. Vidal a parlé.",
        (
            "Paul|Paul|PROPN|4|nsubj Vidal|Vidal|PROPN|1|flat:name est|être|AUX|4|aux venu|venir|VERB|0|root"
            " .|.|PUNCT|4|punct",
            "M.|M.|NOUN|4|nsubj Vidal|Vidal|PROPN|1|flat:name a|avoir|AUX|4|aux parlé|parler|VERB|0|root"
            " .|.|PUNCT|4|punct",
        ),
    )
    (person,) = cluster_people(names(text))
    assert person.name == "Paul Vidal"
    assert len(person.mentions) == 2
