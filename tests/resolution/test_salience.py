"""What speaks for an antecedent, and the table of its weights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.errors import TableError
from quotes.loading import load_salience
from quotes.model import Extent, Word
from quotes.resolution.names import surname_key
from quotes.resolution.referents import Occurrence, Referent
from quotes.resolution.salience import PRIOR, Place, agrees, evidence, read_salience

CLAIRE = Referent("person:claire aubray", "Claire Aubray", "person", "f", False, ("Claire Aubray",))
PORT = Referent("organisation:port", "port", "organisation", "m", False, ("port",))
HEAD = Word(0, "Claire", "Claire", "PROPN", {}, -1, "root", Extent(0, 6))
SUBJECT = Occurrence(Extent(0, 13), HEAD, 0, CLAIRE, "name", 1.0, True, False)
HERE = Place(
    sentence=1,
    paragraph=0,
    source=True,
    bare_role=False,
    last_source=None,
    last_subject=None,
    main=None,
    quoted_words=frozenset(),
)


def score(last: Occurrence, place: Place = HERE, gender: str = "f") -> float:
    found = evidence(last, 0, 1, False, place, "f" if gender == "f" else "m")
    return load_salience().score(found)


def test_subjects_people_and_what_is_near_are_salient() -> None:
    assert score(SUBJECT) > score(replace(SUBJECT, subject=False))
    assert score(SUBJECT) > score(replace(SUBJECT, referent=PORT))
    assert score(SUBJECT) > score(SUBJECT, replace(HERE, sentence=4))
    assert score(SUBJECT) > score(SUBJECT, replace(HERE, paragraph=2))


def test_hardly_anybody_names_himself() -> None:
    named = replace(HERE, quoted_words=frozenset(map(surname_key, ("merci", "Claire", "Aubray"))))
    assert score(SUBJECT, named) < score(SUBJECT)
    assert "named in the quotation" in evidence(SUBJECT, 0, 1, False, named, "f")


def test_the_evidence_is_told_what_counts_most_first() -> None:
    told = PRIOR.because(evidence(SUBJECT, 0, 1, True, HERE, "f"))
    assert told.startswith("subject +1.5") or told.startswith("person +1.5")
    assert "sentences back -1.0" in told


@pytest.mark.parametrize(
    ("gender", "plural", "expected"), [("f", False, True), ("m", False, False), (None, False, True), ("f", True, False)]
)
def test_antecedents_agree(gender: str | None, plural: bool, expected: bool) -> None:
    assert agrees(CLAIRE, gender, plural) is expected  # type: ignore[arg-type]


def test_the_table_is_read_line_by_line() -> None:
    assert read_salience(["feature,weight", "subject,1.5"]).weights == {"subject": 1.5}
    with pytest.raises(TableError, match=r"line 3.*benchmarks\.salience"):
        read_salience(["feature,weight", "subject,1.5", "person,much"])
    with pytest.raises(TableError, match="line 2"):
        read_salience(["name,weight", "subject,1.5"])
