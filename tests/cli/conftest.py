"""Running commands in-process, with the pipeline that needs no parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quotes.cli import main
from tests.fakes import VERSIONS, FakePipeline

Run = Callable[..., Result]
ARTICLES = {
    "a": "« La loi sera votée demain » [Anne Martin]. Puis « rien ».",
    "b": "« Nous avons déclaré forfait » [Paul Durand].",
}


@pytest.fixture
def quotes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``quotes("build", "x.jsonl")``: runs the command in an empty folder and gives click's result."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quotes.loading.load_pipeline", lambda *args, **kwargs: FakePipeline())
    monkeypatch.setattr("quotes.loading.stage_versions", lambda *args, **kwargs: VERSIONS)

    def run(*arguments: object, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A file of two articles with known quotations."""
    return write_articles(tmp_path / "articles.jsonl", ARTICLES)


def write_articles(path: Path, texts: dict[str, str]) -> Path:
    lines = [
        json.dumps({"id": key, "text": text, "date": "2016-09-14", "outlet": "Le Matin"}) for key, text in texts.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
