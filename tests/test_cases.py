"""The edge cases of French quotation, as tables: a text, and for each span what must be found.

Each ``tests/cases/*.toml`` holds ``[[case]]`` entries: ``id`` (the number of the edge case; those from 65 on are
classes of error met in articles), ``name``, ``why`` (one line), ``text``, ``date`` where it matters, and a
``[[case.quotation]]`` for every span between quotation marks, in text order. Of a quotation, ``text`` (with its
marks) and ``kind`` (``reported`` for either direct or mixed) are always compared; ``speaker`` too, absent meaning
none and ``*`` anybody; ``speaker_type``, ``mention``, ``cue``, ``relayed_by`` and ``modality`` where given (an empty
string asks for none). Mention and cue are right when the words of one are among the words of the other. A case that
fails today stands in ``known_failures.toml`` with the reason, and must leave that list when it passes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluate import same_speaker
from quotes.model import Analysis, Article, Extent, Quotation
from quotes.pipeline import Pipeline

CASES = Path(__file__).parent / "cases"
TABLES = ("marks", "not_quotations", "verb_and_subject", "prepositions", "chains", "who")


def _load() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{case['id']}: {case['name']}", case)
        for table in TABLES
        for case in tomllib.loads((CASES / f"{table}.toml").read_text(encoding="utf-8"))["case"]
    ]


ALL = _load()
KNOWN_FAILURES: dict[str, str] = tomllib.loads((CASES / "known_failures.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def analyses(pipeline: Pipeline) -> Mapping[str, Analysis]:
    """Every case analysed, in one batch."""
    articles = [Article(name, case["text"], case.get("date")) for name, case in ALL]
    return {analysis.article.id: analysis for analysis in pipeline.analyse_many(articles)}


def differences(case: Mapping[str, Any], quotations: Sequence[Quotation]) -> list[str]:
    """What is wrong with the quotations found in a case, in words."""
    text = case["text"]
    found = sorted((q for q in quotations if q.kind != "indirect"), key=lambda q: (q.extent.start, -q.extent.end))
    expected = case["quotation"]
    if [q.extent.of(text) for q in found] != [e["text"] for e in expected]:
        return [f"spans: {[q.extent.of(text) for q in found]}"]
    return [
        f"{e['text']} {field}: {got!r} instead of {want!r}"
        for q, e in zip(found, expected, strict=True)
        for field, got, want in _wrong_fields(q, e, text)
    ]


def _wrong_fields(q: Quotation, e: Mapping[str, Any], text: str) -> list[tuple[str, Any, Any]]:
    wrong: list[tuple[str, Any, Any]] = []
    if q.kind != e["kind"] and not (e["kind"] == "reported" and q.kind in ("direct", "mixed")):
        wrong.append(("kind", q.kind, e["kind"]))
    name = q.speaker.name if q.speaker else None
    want = e.get("speaker")
    if want != "*" and not (name is want is None or name and want and same_speaker(name, [want], "person")):
        wrong.append(("speaker", name, want))
    if "speaker_type" in e and (q.speaker.type if q.speaker else None) != e["speaker_type"]:
        wrong.append(("speaker_type", q.speaker.type if q.speaker else None, e["speaker_type"]))
    for field, part in (("mention", q.mention), ("cue", q.cue)):
        extent = part.extent if part is not None else None
        if not _same_words(extent, text, e.get(field, "*")):
            wrong.append((field, extent and extent.of(text), e[field]))
    if "relayed_by" in e and not same_speaker(q.relayed_by or "", [e["relayed_by"]], "person"):
        wrong.append(("relayed_by", q.relayed_by, e["relayed_by"]))
    modality = q.cue.modality if q.cue else "asserted"
    if "modality" in e and modality not in (e["modality"] if isinstance(e["modality"], list) else [e["modality"]]):
        wrong.append(("modality", modality, e["modality"]))
    return wrong


def _same_words(extent: Extent | None, text: str, want: str) -> bool:
    if want == "*":
        return True
    got = set(re.findall(r"\w+", extent.of(text).lower())) if extent else set()
    wanted = set(re.findall(r"\w+", want.lower()))
    return bool(got) == bool(wanted) and (got <= wanted or wanted <= got)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "case"), [pytest.param(name, case, id=name) for name, case in ALL])
def test_case(name: str, case: dict[str, Any], analyses: Mapping[str, Analysis]) -> None:
    wrong = differences(case, analyses[name].quotations)
    if name in KNOWN_FAILURES:
        assert wrong, "This case passes: take it out of known_failures.toml."
        pytest.xfail(f"{KNOWN_FAILURES[name]} ({'; '.join(wrong)})")
    assert not wrong, "\n".join([case["text"], *wrong])


def test_every_edge_case_has_one() -> None:
    assert {case["id"] for _, case in ALL} >= set(range(1, 65))


def test_names_are_unique_and_quotations_stand_in_their_text() -> None:
    assert len({name for name, _ in ALL}) == len(ALL)
    for name, case in ALL:
        assert all(q["text"] in case["text"] for q in case["quotation"]), name
        assert all(q["kind"] != "none" or "speaker" not in q for q in case["quotation"]), name


def test_known_failures_are_cases_with_a_reason() -> None:
    assert set(KNOWN_FAILURES) <= {name for name, _ in ALL}
    assert all(KNOWN_FAILURES.values())
