"""The sample articles: their annotation is sound. How well the pipeline must read them is in test_gate.py."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from quotes.detect import find_spans
from quotes.resources import data_folder

SAMPLE = data_folder() / "sample"


@cache
def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / name).read_text(encoding="utf-8").splitlines()]


def quotations() -> list[tuple[str, dict[str, Any]]]:
    return [(row["text"], quotation) for row in rows("gold.jsonl") for quotation in row["quotations"]]


def test_gold_is_about_the_articles() -> None:
    shared = ("id", "text", "date", "outlet")
    assert [[row[k] for k in shared] for row in rows("articles.jsonl")] == [
        [row[k] for k in shared] for row in rows("gold.jsonl")
    ]
    assert len({row["id"] for row in rows("articles.jsonl")}) == len(rows("articles.jsonl")) >= 12
    for row in rows("articles.jsonl"):
        date.fromisoformat(row["date"])
        assert row["title"]


def test_spans_stand_on_their_marks_in_order() -> None:
    for row in rows("gold.jsonl"):
        starts = [q["start"] for q in row["quotations"]]
        assert starts == sorted(starts)
        for q in row["quotations"]:
            assert row["text"][q["start"]] in "«\"“»'", row["text"][q["start"] : q["end"]]


def test_every_span_of_the_text_is_annotated() -> None:
    for row in rows("gold.jsonl"):
        found = {tuple(span.outer) for span in find_spans(row["text"])}
        assert found == {(q["start"], q["end"]) for q in row["quotations"]}, row["id"]


def test_what_reports_has_a_speaker_and_what_does_not_has_none() -> None:
    for text, q in quotations():
        shown = text[q["start"] : q["end"]]
        if q["kind"] == "none":
            assert (q["speaker"], q["speaker_names"], q["mention"], q["cue"]) == (None, [], None, None), shown
        else:
            assert q["kind"] in ("direct", "mixed"), shown
            assert q["speaker_names"][0] == q["speaker"], shown
            assert q["speaker_type"] in ("person", "organisation", "unnamed"), shown


def test_mentions_and_cues_are_whole_words() -> None:
    for text, q in quotations():
        for extent in filter(None, (q["mention"], q["cue"])):
            start, end = extent
            assert text[start:end].strip() == text[start:end] != ""
            assert not (text[start - 1].isalnum() and text[start].isalnum()), text[start - 5 : end]
            assert not (text[end - 1].isalnum() and text[end].isalnum()), text[start : end + 5]


def test_covers_every_kind_of_speaker_and_of_mark() -> None:
    assert {q["kind"] for _, q in quotations()} == {"direct", "mixed", "none"}
    assert {q["speaker_type"] for _, q in quotations()} == {"person", "organisation", "unnamed", None}
    assert {text[q["start"]] for text, q in quotations()} == set("«\"“»'")
    assert any(";" in (q["speaker"] or "") for _, q in quotations())
