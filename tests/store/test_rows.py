"""Values to rows and to the shape of ``quotes extract``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotes.model import Analysis, Article, Candidate, Cue, Extent, Mention, Parse, Quotation, Resolution
from quotes.store import content_hash, count_words, extract_object, record_of

TEXT = "« Oui », a dit Anne Martin."
ARTICLE = Article("a", TEXT, date(2016, 9, 14), "Le Matin", "Titre", "Auteur", "https://example.org/a")
QUOTATION = Quotation(
    "a",
    Extent(0, 7),
    Extent(2, 5),
    "Oui",
    "direct",
    "incise-after",
    "reporting clause after it",
    0.93456,
    Cue(Extent(9, 14), "dire", "verb", "neutral"),
    Mention(Extent(15, 26), "name"),
    Resolution("Anne Martin", "person", "full-name", 0.9, None, "f", ("Anne Martin",), (Candidate("X", 0.5, "near"),)),
    "l'agence Exemple",
    ("«", "»"),
)


def test_a_quotation_as_a_row() -> None:
    record = record_of(Analysis(ARTICLE, (QUOTATION,), Parse(())), {"parse": "p"}, source="s", lemma_of=str.lower)
    [row] = record.quotations
    assert (row["id"], row["text"], row["cue"], row["mention"]) == (QUOTATION.id, "Oui", "a dit", "Anne Martin")
    assert (row["lemmas"], row["speaker_forms"], row["confidence"]) == ("oui", '["Anne Martin"]', 0.9346)
    assert row["runners_up"] == '[{"name": "X", "score": 0.5, "evidence": "near", "speaker_id": null}]'
    assert record.article["date"] == "2016-09-14"
    assert record.parse is not None


def test_a_quotation_as_extract_prints_it() -> None:
    assert extract_object(Analysis(ARTICLE, (QUOTATION,)))["quotations"] == [
        {
            "start": 0,
            "end": 7,
            "kind": "direct",
            "speaker": "Anne Martin",
            "speaker_id": None,
            "speaker_type": "person",
            "mention": [15, 26],
            "cue": [9, 14],
            "cue_lemma": "dire",
            "relayed_by": "l'agence Exemple",
            "rule": "incise-after",
            "confidence": 0.9346,
        }
    ]


@pytest.mark.parametrize(
    "change",
    [{"id": "b"}, {"text": TEXT + " "}, {"date": None}, {"outlet": None}, {"outlet": ""}, {"title": "T"}, {"url": "u"}],
)
def test_every_field_counts_for_the_hash(change: dict[str, object]) -> None:
    assert content_hash(replace(ARTICLE, **change)) != content_hash(ARTICLE)  # type: ignore[arg-type]
    assert content_hash(replace(ARTICLE)) == content_hash(ARTICLE)


def test_a_lone_surrogate_breaks_nothing() -> None:
    assert content_hash(replace(ARTICLE, text="\ud800")) != content_hash(ARTICLE)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("« Oui »", 1), ("l'État vis-à-vis d’elle", 3), ("a-t-il dit ?", 2), ("1 500 euros", 3)],
)
def test_words_are_counted_as_a_reader_does(text: str, words: int) -> None:
    assert count_words(text) == words


def test_of_two_quotations_of_one_extent_the_first_is_stored() -> None:
    again = replace(QUOTATION, kind="indirect", rule="que-clause")
    other = replace(QUOTATION, extent=Extent(0, 27))
    record = record_of(Analysis(ARTICLE, (QUOTATION, again, other)), {}, source=None, lemma_of=str.lower)
    assert [(row["end"], row["rule"]) for row in record.quotations] == [(7, "incise-after"), (27, "incise-after")]
