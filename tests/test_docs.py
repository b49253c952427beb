"""What README and the guide say: the example runs, the commands exist, the links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotes.export import data_dictionary

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")),
    "data/lexicon/README.md",
    "data/sample/README.md",
    "benchmarks/README.md",
)


def test_the_example_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert example is not None
    exec(example[1], {})
    assert capsys.readouterr().out == "Nous signons demain Claire Aubray déclarer\n"


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str) -> None:
    from quotes.cli import main

    named = re.findall(r"(?:^ {4}|`)quotes ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.M)
    context = main.make_context("quotes", [], resilient_parsing=True)
    assert set(named) <= set(main.list_commands(context)), page


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = re.sub(r"<!--.*?-->", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    targets = [t for t in re.findall(r"\]\(([^)#]+)", text) if "://" not in t]
    assert [t for t in targets if not ((ROOT / page).parent / t).exists()] == []


def test_the_columns_of_the_export_are_in_its_page() -> None:
    assert data_dictionary() in (ROOT / "docs/export.md").read_text(encoding="utf-8")
