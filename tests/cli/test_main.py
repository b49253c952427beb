"""The list of commands, and how fast it comes."""

from __future__ import annotations

import importlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quotes.cli import COMMANDS, main
from quotes.errors import QuotesError

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_help_lists_the_commands_of_the_contract() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    for name in ("build", "serve", "extract", "export", "evaluate", "explain"):
        assert f"  {name} " in output


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from quotes.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'stanza', 'datasette', 'sqlite_utils', 'rapidfuzz', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.returncode == 0, done.stderr
    assert min(times) < 0.5  # seconds of one processor: the clock on the wall depends on what else is running


def test_an_unknown_command_is_named() -> None:
    result = CliRunner().invoke(main, ["bild"])
    assert result.exit_code == 2
    assert "bild" in result.output


def test_an_expected_failure_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def failing() -> None:
        raise QuotesError("The lamp is broken.", "Buy another.")

    monkeypatch.setattr(importlib.import_module("quotes.cli.build"), "build", failing)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 1
    assert result.output == "Error: The lamp is broken.\nBuy another.\n"
