"""What ships: the wheel holds code, site and data, and works away from the checkout."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from quotes.resources import data_folder, data_path

ROOT = Path(__file__).resolve().parents[1]
_NOT_SHIPPED = ("*.pyc", ".*", "*/.*")


def _configuration() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def _names(requirements: str) -> set[str]:
    """The projects named in a list of requirements, those of our own extras aside."""
    lines = (line.partition("#")[0].strip() for line in requirements.splitlines())
    names = {re.split(r"[\[<>=!~ ;]", line, maxsplit=1)[0].lower().replace("_", "-") for line in lines if line}
    return names - {"quotes"}


def _files(folder: Path) -> set[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {path for path in paths if not any(fnmatch(path, pattern) for pattern in _NOT_SHIPPED)}


def test_data_lie_where_the_code_looks_for_them() -> None:
    assert data_path("lexicon", "reporting_verbs.csv").is_file()
    assert data_path() == data_folder()


def test_every_package_is_listed() -> None:
    listed = set(_configuration()["options"]["packages"].split())
    modules = {path.parent for path in (ROOT / "quotes").rglob("*.py")}
    shipped_as_files = {ROOT / "quotes" / "site" / name for name in ("pages", "plugins")}
    folders = modules - shipped_as_files
    assert listed == {".".join(folder.relative_to(ROOT).parts) for folder in folders} | {"quotes_data"}


def test_pyproject_is_the_build_system_alone() -> None:
    assert list(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))) == ["build-system"]


def test_every_requirement_is_pinned() -> None:
    configuration = _configuration()
    wanted = _names(configuration["options"]["install_requires"])
    for extra, requirements in configuration["options.extras_require"].items():
        wanted |= _names(requirements) if extra != "notebooks" else set()
    pinned = _names((ROOT / "constraints.txt").read_text("utf-8"))
    assert wanted - {"setuptools"} <= pinned, f"constraints.txt lacks {sorted(wanted - pinned)}"


def test_continuous_integration_runs_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text("utf-8").rstrip().endswith("exec make test")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a wheel of this checkout installs. The model's weights are cut short, to be quick."""
    pytest.importorskip("setuptools", reason="builds a wheel, without the network")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignore = shutil.ignore_patterns("__pycache__", "*.pt", "*.egg-info")
    for name in ("quotes", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=ignore)
    for weights in (ROOT / "data" / "models").rglob("*.pt"):
        (source / weights.relative_to(ROOT)).write_bytes(b"weights")
    for name in ("setup.cfg", "pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, source)
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", build, folder], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_wheel_holds_all_data_and_the_site(installed: Path) -> None:
    assert _files(ROOT / "data") == _files(installed / "quotes_data")
    assert _files(ROOT / "quotes") == _files(installed / "quotes")


def test_installed_package_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from quotes.resources import data_path\n"
        "print(data_path('lexicon', 'reporting_verbs.csv').is_file(), data_path())\n"
        "from quotes.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-P", "-c", code, str(installed), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    found, _, folder = done.stdout.partition("\n")[0].partition(" ")
    assert (found, Path(folder)) == ("True", installed / "quotes_data")
    assert "Usage:" in done.stdout
