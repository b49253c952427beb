"""Who imports whom, read from the code: docs/architecture.md says it in words, this table holds it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "quotes"

#: room -> the rooms that it may import; what stands higher may import what stands lower, never the reverse
ALLOWED: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "__init__": set(),
    "resources": {"errors"},
    "lexicon": {"model", "errors", "resources"},
    "sources": {"model", "errors"},
    "marks": set(),
    "detect": {"model", "marks"},
    "parse": {"model", "errors", "resources", "detect"},
    "attribution": {"model", "lexicon", "detect"},
    "calibration": {"model", "errors"},
    "resolution": {"model", "errors", "resources", "lexicon", "attribution", "calibration"},
    "pipeline": {"model", "lexicon", "detect", "parse", "attribution", "calibration", "resolution"},
    "evaluate": {"model", "errors"},
    "migrations": {"errors"},
    "store": {"model", "errors", "migrations"},
    "workers": {"errors"},
    "cluster": {"errors"},
    "summaries": {"resources"},
    "export": {"model", "errors", "store"},
    "datapackage": {"store", "site"},
    "loading": {
        "errors",
        "attribution",
        "calibration",
        "lexicon",
        "parse",
        "pipeline",
        "resolution",
        "resources",
        "store",
    },
    "training": {"model", "errors", "resources", "parse", "lexicon"},
    "site": set(),
    "curation": {"model", "errors", "resources", "lexicon", "resolution", "store"},
    "audit": {"model", "errors", "resolution", "store"},
    "review": {"model", "errors", "resolution", "store", "curation"},
    "publish": {"errors", "resources", "store", "summaries", "site", "datapackage"},
    "batch": {"cluster", "model", "errors", "resources", "sources", "pipeline", "resolution", "store", "workers"},
}
TOP = {"cli"}  # may import every room, and no room imports it

#: outside library -> the only rooms or files that import it
OWNERS: dict[str, set[str]] = {
    "stanza": {"parse/stanza_parser.py", "training"},
    "torch": {"parse", "training"},
    "rapidfuzz": {"resolution", "curation/suggestions.py"},
    "sqlite_utils": {"store", "migrations", "curation", "audit", "review", "batch", "cli"},
    "click": {"cli"},
    "datasette": {"site", "cli/serve.py"},
    "trafilatura": {"sources"},
    "lxml": {"sources"},
    "pyarrow": {"export"},
    "distributed": {"cluster.py"},
}
SLOW_TO_IMPORT = {"stanza", "torch", "trafilatura", "pyarrow", "pandas", "lxml", "distributed"}

FILES = sorted(path for path in PACKAGE.rglob("*.py"))


def imported(tree: ast.AST, path: Path) -> Iterator[str]:
    """The dotted names that a file imports, relative ones spelt out."""
    package = ("quotes", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "quotes" else (module,)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_lower_rooms_only(path: Path) -> None:
    room = room_of(path)
    rooms = {name.split(".")[1] for name in imported(ast.parse(path.read_text("utf-8")), path) if "quotes." in name}
    rooms = {name for name in rooms if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()} - {room}
    if room in TOP:
        return
    assert room in ALLOWED, f"a new room: say in tests/test_architecture.py what {room} may import"
    assert rooms <= ALLOWED[room], f"{room} must not import {sorted(rooms - ALLOWED[room])}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_one_owner(path: Path) -> None:
    where = {room_of(path), path.relative_to(PACKAGE).as_posix()}
    for name in imported(ast.parse(path.read_text("utf-8")), path):
        library = name.partition(".")[0]
        if library in OWNERS:
            assert where & OWNERS[library], f"{library} belongs to {sorted(OWNERS[library])}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_slow_libraries_are_imported_when_needed(path: Path) -> None:
    """Inside functions: `quotes --help` must not wait for them."""
    if path.name == "stanza_parser.py" or path.parent.name == "networks" or room_of(path) == "training":
        pytest.skip("is itself imported when needed")
    tree = ast.parse(path.read_text("utf-8"))
    top = ast.Module([node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    libraries = {name.partition(".")[0] for name in imported(top, path)}
    assert not libraries & SLOW_TO_IMPORT


def test_every_outside_library_is_declared() -> None:
    declared = (PACKAGE.parent / "setup.cfg").read_text("utf-8").lower().replace("-", "_")
    for path in FILES:
        for name in imported(ast.parse(path.read_text("utf-8")), path):
            library = name.partition(".")[0]
            # markupsafe and the like come with the library that they are used with
            if library not in sys.stdlib_module_names | {"quotes", "markupsafe", "jinja2"}:
                assert library in declared, f"{path.name} imports {library}, which setup.cfg does not name"
