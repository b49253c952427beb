"""The sample articles: their annotation is sound, and the pipeline reads them well enough."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from quotes.detect import find_spans
from quotes.evaluate import Scores, evaluate
from quotes.model import Article, Quotation
from quotes.resources import data_folder

SAMPLE = data_folder() / "sample"
# What the pipeline must reach on the sample, in percent; raise a figure when the pipeline does better.
FLOORS = {"span": 99, "reported": 94, "speaker": 80, "cue": 78, "mention": 79}


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


@cache
def scores() -> Scores:
    from quotes.loading import load_pipeline

    articles = [Article(row["id"], row["text"], date.fromisoformat(row["date"])) for row in rows("articles.jsonl")]
    found = {a.article.id: [_shape(q) for q in a.quotations] for a in load_pipeline().analyse_many(articles)}
    return evaluate(rows("gold.jsonl"), found)


def _shape(q: Quotation) -> Mapping[str, Any]:
    return {
        "start": q.extent.start,
        "end": q.extent.end,
        "kind": q.kind,
        "speaker": q.speaker.name if q.speaker else None,
        "mention": q.mention and list(q.mention.extent),
        "cue": q.cue and list(q.cue.extent),
    }


@pytest.mark.slow
@pytest.mark.parametrize("measure", FLOORS)
def test_the_pipeline_reads_the_sample(measure: str) -> None:
    score = scores().as_dict()[measure]
    assert 100 * score.get("f1", score.get("share")) >= FLOORS[measure]
