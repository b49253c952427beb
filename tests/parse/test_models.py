"""Which models are usable, and what is said where none is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.errors import ModelError
from quotes.parse.models import find_model, known_models, shipped_model
from quotes.parse.stanza_parser import StanzaParser
from quotes.resources import data_folder

TEXT = "« Oui », a dit Anne."


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """A folder in Stanza's layout whose weights are none."""
    folder = tmp_path / "model"
    for part in ("tokenize", "mwt", "pos", "lemma", "depparse", "pretrain"):
        (folder / "fr" / part).mkdir(parents=True)
        (folder / "fr" / part / "press.pt").write_bytes(b"weights")
    shutil.copy(data_folder() / "models" / "fr" / "resources.json", folder)
    return folder


def test_the_shipped_model_is_usable_and_the_default() -> None:
    assert find_model(None, data_folder()) == find_model("embedded", data_folder()) == shipped_model(data_folder())
    assert [m.name for m in known_models(data_folder())][:2] == ["embedded", "stanza"]


def test_a_folder_is_a_name(layout: Path) -> None:
    assert find_model(str(layout), data_folder()).folder == layout


def test_an_unknown_name() -> None:
    with pytest.raises(ModelError, match=r"no model 'klingon'.*quotes models"):
        find_model("klingon", data_folder())


def test_a_folder_that_lacks_something(layout: Path, tmp_path: Path) -> None:
    (layout / "fr" / "depparse" / "press.pt").unlink()
    with pytest.raises(ModelError, match=r"depparse is missing.*quotes models"):
        find_model(str(layout), data_folder())
    with pytest.raises(ModelError, match=r"resources\.json is missing"):
        find_model(str(tmp_path), data_folder())


def test_the_shipped_model_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"comes with quotes is incomplete.*Install quotes again"):
        find_model(None, tmp_path)


@pytest.mark.parametrize(
    ("name", "command"), [("stanza", "`quotes models fetch`"), ("stanza:gsd", "`quotes models fetch gsd`")]
)
def test_an_official_model_that_was_not_fetched(
    name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    with pytest.raises(ModelError, match=r"has not been fetched") as raised:
        find_model(name, data_folder())
    assert command in raised.value.hint


def test_weights_that_cannot_be_loaded(layout: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded.*quotes models"):
        StanzaParser(layout).read([TEXT])


def test_a_damaged_list_of_resources(layout: Path) -> None:
    (layout / "resources.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        StanzaParser(layout).read([TEXT])


@pytest.mark.parametrize("how", ["option", "environment"])
def test_a_model_that_is_wanted_and_not_there(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    arguments = ["--model", "klingon"] if how == "option" else []
    for command in (["build", "a.txt"], ["extract", "a.txt"], ["explain", "a.txt"]):
        environment = {"QUOTES_MODEL": "klingon"} if how == "environment" else {}
        result = CliRunner().invoke(main, [*command, *arguments], env=environment)
        assert result.exit_code == 1, command
        assert result.output.splitlines()[-2:] == [
            "Error: There is no model 'klingon'.",
            "Run `quotes models` to see which there are, or give the path of one.",
        ]
    assert not Path("quotes.db").exists()


def test_two_models_of_one_size_are_two_versions(layout: Path) -> None:
    before = StanzaParser(layout).version
    resources = json.loads((layout / "resources.json").read_text(encoding="utf-8"))
    (layout / "resources.json").write_text(json.dumps(resources | {"note": 1}), encoding="utf-8")
    assert StanzaParser(layout).version != before


def test_weights_of_one_size_are_two_versions(layout: Path) -> None:
    before = StanzaParser(layout).version
    weights = next((layout / "fr").rglob("*.pt"))
    weights.write_bytes(bytes(byte ^ 1 for byte in weights.read_bytes()))
    assert StanzaParser(layout).version != before


@pytest.mark.slow
def test_words_stand_where_they_are_in_the_text() -> None:
    texts = ["Le chef du parti parle aux élus.", "", "  \n", "Elle l’a dit."]
    parser = StanzaParser(shipped_model(data_folder()).folder)
    parses = parser.read(texts)
    assert [bool(parse.sentences) for parse in parses] == [True, False, False, True]
    for text, parse in zip(texts, parses, strict=True):
        for word in (word for sentence in parse.sentences for word in sentence.words):
            surface = word.extent.of(text)
            assert surface == word.text or surface in ("du", "aux"), word
    assert parser.read(texts) == parses


def test_the_parser_does_not_load_before_it_parses(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text("{}", encoding="utf-8")
    assert StanzaParser(tmp_path).read(["", " "]) is not None
