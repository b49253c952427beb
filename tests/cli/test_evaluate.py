"""``quotes evaluate``: whose quotations it scores, what it prints, and files in another shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ARTICLES, Run

TEXT = ARTICLES["a"]
SAID = TEXT[: TEXT.index("]") + 1]
ANNE = {
    "start": 0, "end": len(SAID), "kind": "direct", "speaker": "Anne Martin", "speaker_type": "person",
    "speaker_names": ["Anne Martin"], "mention": [SAID.index("Anne"), len(SAID) - 1], "cue": None,
}  # fmt: skip
NOTHING = {"start": TEXT.index("« rien"), "end": len(TEXT) - 1, "kind": "none", "speaker": None}


def write(name: str, *rows: object) -> Path:
    path = Path(name)
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n", encoding="utf-8")
    return path


def gold(*quotations: dict[str, Any]) -> Path:
    rows = [{"id": name, "text": TEXT, "quotations": list(quotations or (ANNE, NOTHING))} for name in ("s-1", "t-1")]
    return write("gold.jsonl", *rows)


def test_only_some_articles(quotes: Run) -> None:
    for pattern, articles in (("s-*", 1), ("*-1", 2), ("s-1", 1)):
        scores = json.loads(quotes("evaluate", gold(), "--only", pattern, "--json").stdout)
        assert scores["articles"] == articles
    assert json.loads(quotes("evaluate", gold(), "--only", "s-*", "--only", "t-*", "--json").stdout)["articles"] == 2


def test_json_has_every_table(quotes: Run) -> None:
    scores = json.loads(quotes("evaluate", gold(), "--json").stdout)
    for measure in ("span", "reported", "speaker"):
        assert {"precision", "recall", "f1", "predicted", "gold"} == set(scores[measure])
    assert {"kind", "cue", "mention"} <= set(scores)
    assert scores["speaker_recall_by_type"] == {"person": {"share": 1.0, "right": 2, "of": 2}}
    assert scores["speaker_precision_by_rule"] == {"fake": {"share": 1.0, "right": 2, "of": 2}}


def test_failures_are_shown_in_context(quotes: Run) -> None:
    other = {**ANNE, "speaker": "Paul Durand", "speaker_names": ["Paul Durand"]}
    output = quotes("evaluate", gold(other, NOTHING), "--errors", 1).stdout
    assert "s-1 0-" in output
    assert "speaker 'Paul Durand'" in output
    assert "speaker 'Anne Martin'" in output
    assert "Puis « rien »" in output
    assert "t-1" not in output


def test_failures_go_beside_the_json(quotes: Run) -> None:
    result = quotes("evaluate", gold({**ANNE, "kind": "mixed"}), "--errors", 5, "--json")
    assert json.loads(result.stdout)["kind"]["right"] == 0
    assert "kind" in result.stderr


def test_predictions_of_any_system(quotes: Run) -> None:
    least = {"start": 0, "end": len(SAID), "kind": "mixed", "speaker": "Martin"}
    predictions = write("found.jsonl", {"id": "s-1", "quotations": [least]}, {"id": "s-9", "quotations": []})
    result = quotes("evaluate", gold(), "--predictions", predictions, "--json")
    scores = json.loads(result.stdout)
    assert (scores["span"]["precision"], scores["span"]["recall"], scores["kind"]["share"]) == (1.0, 0.25, 0.0)
    assert scores["speaker"]["precision"] == 1.0
    assert "1 of 2 articles are not in found.jsonl" in result.stderr


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Bonjour", "line 2: no JSON"),
        ([], "line 2: no JSON object"),
        ({"id": "b"}, "line 2: quotations is missing"),
        ({"id": 7, "quotations": []}, "line 2: `id` is no string"),
        ({"id": "b", "quotations": {}}, "line 2: `quotations` is no list"),
        ({"id": "a", "quotations": []}, "line 2: the id 'a' is that of line 1"),
        ({"id": "b", "quotations": ["x"]}, "line 2, quotation 1: no JSON object"),
        ({"id": "b", "quotations": [{"end": 3, "kind": "direct"}]}, "line 2, quotation 1: `start` is null"),
        ({"id": "b", "quotations": [{"start": 0, "end": "3", "kind": "direct"}]}, 'quotation 1: `end` is "3"'),
        ({"id": "b", "quotations": [{"start": 0, "end": 3}]}, "quotation 1: `kind` is none of direct"),
        ({"id": "b", "quotations": [{"start": 3, "end": 3, "kind": "none"}]}, "3 to 3 is no stretch"),
        ({"id": "b", "quotations": [{"start": 0, "end": 3, "kind": "none", "cue": "dit"}]}, '`cue` is "dit"'),
    ],
)
def test_another_shape_is_named(quotes: Run, row: object, message: str) -> None:
    result = quotes("evaluate", gold(), "--predictions", write("bad.jsonl", {"id": "a", "quotations": []}, row))
    assert result.exit_code == 1
    assert message in result.stderr


def test_an_extent_beyond_the_text(quotes: Run) -> None:
    result = quotes("evaluate", gold({**NOTHING, "end": 10_000}))
    assert (result.exit_code, "is no stretch of the text" in result.stderr) == (1, True)


def test_another_encoding(quotes: Run) -> None:
    Path("latin.jsonl").write_bytes('{"id": "é", "text": "", "quotations": []}'.encode("latin-1"))
    assert "latin.jsonl is not in UTF-8" in quotes("evaluate", "latin.jsonl").stderr
