"""``quotes extract``, ``explain``, ``evaluate``, ``export``, ``serve``, ``models``."""

from __future__ import annotations

import csv
import io
import json
import socket
from pathlib import Path

import pytest

from quotes.attribution.rules import RULES
from quotes.cli.explain import rules_tried
from quotes.errors import ModelError
from quotes.lexicon import load_lexicon
from quotes.model import Analysis, Article, Parse
from quotes.store import COLUMNS
from tests.cli.conftest import ARTICLES, Run

FIELDS = [
    "start", "end", "kind", "speaker", "speaker_id", "speaker_type", "mention", "cue", "cue_lemma", "relayed_by",
    "rule", "confidence",
]  # fmt: skip


def test_extract_prints_the_shape_of_the_contract(quotes: Run, articles: Path) -> None:
    result = quotes("extract", articles)
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert all(list(q) == FIELDS for line in lines for q in line["quotations"])
    first, second = lines[0]["quotations"]
    text = ARTICLES["a"]
    assert text[first["start"] : first["end"]].startswith("« La loi")
    assert text[slice(*first["mention"])] == "Anne Martin"
    assert (second["kind"], second["speaker"], second["mention"], second["cue"]) == ("none", None, None, None)


def test_extract_goes_on_after_a_bad_file(quotes: Run, articles: Path) -> None:
    Path("empty.txt").touch()
    result = quotes("extract", "empty.txt", articles)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "Warning: empty.txt" in result.stderr


def test_explain_says_who_and_why(quotes: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.cli.explain.rules_tried", lambda analysis, lexicon: {})
    output = quotes("explain", articles).stdout
    assert "fake: It says so." in output
    assert "Anne Martin, person, by full-name" in output
    assert "« Nous avons déclaré forfait »" in output
    assert "forfait" not in quotes("explain", articles, "--only", "2").stdout


def test_explain_asks_every_rule() -> None:
    article = Article("a", "Il a parlé d'une « drôle de guerre » hier.")
    [answers] = rules_tried(Analysis(article, (), Parse(())), load_lexicon()).values()
    assert [name for name, _ in answers] == [name for name, _ in RULES]
    decided = next(answer for _, answer in answers if answer is not None)
    assert decided.kind == "none"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    entry = {"kind": "direct", "speaker": "Anne Martin", "speaker_type": "person", "speaker_names": ["Anne Martin"]}
    text = ARTICLES["a"]
    end = text.index("]") + 1
    spans = [
        {"start": 0, "end": end, "mention": [text.index("Anne"), end - 1], "cue": None, **entry},
        {
            "start": text.index("« rien"),
            "end": len(text) - 1,
            "kind": "none",
            "mention": None,
            "cue": None,
            "speaker": None,
        },
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "quotations": spans}) + "\n", encoding="utf-8")
    return path


def test_evaluate_prints_scores(quotes: Run, gold: Path) -> None:
    result = quotes("evaluate", gold)
    assert result.exit_code == 0
    assert "speaker          1.000     1.000     1.000          1      1" in result.stdout


def test_evaluate_as_json_and_with_predictions(quotes: Run, gold: Path, articles: Path) -> None:
    scores = json.loads(quotes("evaluate", gold, "--json").stdout)
    assert scores["span"]["f1"] == 1.0
    Path("predictions.jsonl").write_text(quotes("extract", articles).stdout, encoding="utf-8")
    assert json.loads(quotes("evaluate", gold, "--predictions", "predictions.jsonl", "--json").stdout) == scores
    Path("nothing.jsonl").write_text('{"id": "a", "quotations": []}\n', encoding="utf-8")
    nothing = quotes("evaluate", gold, "--predictions", "nothing.jsonl", "--errors", "1")
    assert "a 0-" in nothing.stdout
    assert "found nothing" in nothing.stdout


def test_evaluate_names_what_is_wrong_with_the_gold(quotes: Run, gold: Path) -> None:
    assert "no article like x-*" in quotes("evaluate", gold, "--only", "x-*").stderr
    Path("bad.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    assert "bad.jsonl, line 1: text, quotations is missing." in quotes("evaluate", "bad.jsonl").stderr
    Path("bad.jsonl").write_text("Bonjour\n", encoding="utf-8")
    assert "bad.jsonl, line 1: no JSON" in quotes("evaluate", "bad.jsonl").stderr


@pytest.fixture
def built(quotes: Run, articles: Path) -> Run:
    quotes("build", articles)
    return quotes


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_export_as_csv(built: Run) -> None:
    result = built("export")
    found = rows(result.stdout)
    assert list(found[0]) == [column.name for column in COLUMNS]
    assert [(r["article_id"], r["kind"], r["speaker_id"], r["outlet"]) for r in found] == [
        ("a", "direct", "anne-martin", "Le Matin"),
        ("a", "none", "", "Le Matin"),
        ("b", "direct", "paul-durand", "Le Matin"),
    ]


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (["--kind", "none"], ["rien"]),
        (["--kind", "none", "--kind", "direct"], ["La loi sera votée demain", "rien", "Nous avons déclaré forfait"]),
        (["--speaker", "Paul Durand"], ["Nous avons déclaré forfait"]),
        (["--speaker", "paul-durand"], ["Nous avons déclaré forfait"]),
        (["--speaker", "Inconnu"], []),
        (["--min-confidence", "0.8"], []),
        (["--since", "2016-09-15"], []),
        (["--until", "2016-09-14", "--outlet", "Le Matin", "--kind", "none"], ["rien"]),
    ],
)
def test_export_filters(built: Run, options: list[str], texts: list[str]) -> None:
    assert [r["text"] for r in rows(built("export", *options).stdout)] == texts


def test_export_for_a_spreadsheet(built: Run) -> None:
    result = built("export", "-o", "out.csv", "--bom", "--semicolon", "--datapackage")
    assert (result.exit_code, result.stdout) == (0, "")
    data = Path("out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;article_id;")
    assert len(rows(data.decode("utf-8-sig"), ";")) == 3
    package = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][0]["path"] == "out.csv"
    assert [f["name"] for f in package["resources"][0]["schema"]["fields"]] == [c.name for c in COLUMNS]


def test_export_as_json_lines(built: Run) -> None:
    built("export", "-o", "out.jsonl")
    found = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [list(f) for f in found] == [[c.name for c in COLUMNS]] * 3
    assert found[1]["speaker"] is None


def test_export_as_parquet(built: Run) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    built("export", "-o", "out.parquet")
    table = parquet.read_table("out.parquet")
    assert table.column_names == [c.name for c in COLUMNS]
    assert [r["text"] for r in table.to_pylist()] == [r["text"] for r in rows(built("export").stdout)]


def test_export_refuses_what_makes_no_sense(built: Run) -> None:
    assert built("export", "-f", "jsonl", "--bom").exit_code == 2
    assert built("export", "--datapackage").exit_code == 2
    result = built("export", "-o", "nowhere/out.csv")
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)
    assert "There is no database" in built("export", "none.db").stderr


def test_export_explains_its_columns(built: Run) -> None:
    output = built("export", "--columns").stdout
    assert all(f"`{c.name}`" in output for c in COLUMNS)


def test_serve_names_a_port_in_use(built: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = built("serve", "--port", port)
    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in result.stderr


def test_serve_needs_a_database(quotes: Run) -> None:
    result = quotes("serve")
    assert (result.exit_code, "There is no database quotes.db" in result.stderr) == (1, True)


def test_serve_starts_datasette_with_the_site(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = pytest.importorskip("datasette.cli")
    started: list[list[str]] = []
    monkeypatch.setattr(cli.cli, "main", lambda arguments, **kwargs: started.append(arguments))
    result = built("serve", "--port", "0")
    assert result.exit_code == 0
    [arguments] = started
    port = arguments[arguments.index("--port") + 1]
    assert f"http://127.0.0.1:{port}/" in result.stdout
    assert {"--metadata", "--template-dir", "--plugins-dir", "--static"} <= set(arguments)


def test_models_lists_the_shipped_one(quotes: Run) -> None:
    output = quotes("models").stdout
    assert output.startswith("embedded ")
    assert "stanza:gsd" in output


def test_models_fetch(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []
    monkeypatch.setattr("quotes.parse.stanza_parser.download", lambda folder, package: fetched.append(package))
    assert quotes("models", "fetch", "gsd").exit_code == 0
    assert fetched == ["gsd"]
    assert quotes("models", "fetch", "klingon").exit_code == 2

    def offline(folder: Path, package: str) -> None:
        raise ModelError("Stanza's French model could not be fetched (no route to host).", "Is there a connection?")

    monkeypatch.setattr("quotes.parse.stanza_parser.download", offline)
    result = quotes("models", "fetch")
    assert (result.exit_code, "could not be fetched" in result.stderr) == (1, True)
