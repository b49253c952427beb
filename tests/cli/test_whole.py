"""The commands with the real pipeline and the shipped model, on a small article."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotes import store
from quotes.cli import main
from quotes.parse.models import shipped_model
from quotes.resources import data_folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shipped_model(data_folder()).usable, reason="needs the shipped model"),
]
TEXT = (
    "La maire de Valbourg, Inès Carpentier, a présenté son budget lundi. « Nous construirons deux écoles avant"
    " l'automne », a déclaré Inès Carpentier. Selon elle, la dette « baissera dès l'an prochain ».\n"
)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result


def test_build_stores_what_extract_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("valbourg.txt").write_text(TEXT, encoding="utf-8")
    run("build", "valbourg.txt", "--workers", "2")
    [article] = [json.loads(line) for line in run("extract", "valbourg.txt").stdout.splitlines()]
    direct = [q for q in article["quotations"] if q["kind"] == "direct"]
    assert [(q["speaker"], TEXT[slice(*q["cue"])]) for q in direct] == [("Inès Carpentier", "a déclaré")]
    with closing(store.open_readonly("quotes.db")) as db:
        rows = db.query("SELECT * FROM quotations ORDER BY start, id")
        stored = [without_identity(store.extract_row(row)) for row in rows]
        found = db.execute("SELECT text FROM quotations WHERE id IN (SELECT rowid FROM quotations_fts('construire'))")
        assert found.fetchall() == [("Nous construirons deux écoles avant l'automne",)]
    assert stored == [without_identity(quotation) for quotation in article["quotations"]]
    assert "nothing has changed" in run("build", "valbourg.txt").stderr


def without_identity(quotation: dict[str, object]) -> dict[str, object]:
    """A build knows the whole corpus and may give a speaker an identity that one article alone cannot."""
    return {key: value for key, value in quotation.items() if key not in ("speaker", "speaker_id")}
