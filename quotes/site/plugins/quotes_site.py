"""What the site adds to Datasette: its pages, its canned queries, the descriptions of tables and columns.

The pages are a package beside this folder. It is loaded from there by path, so that a published copy of the folder
works where ``quotes`` is not installed.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from datasette import hookimpl


def _load(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


pages = _load(Path(__file__).resolve().parent.parent / "pages", "quotes_site_pages")


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    return pages.ROUTES


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    pages.prepare_templates(env, datasette)


@hookimpl
def canned_queries(datasette: Any, database: str, actor: Any) -> Any:
    async def inner() -> dict[str, Any]:
        ours = await pages.find_database(datasette)
        return pages.CANNED_QUERIES if ours is not None and ours.name == database else {}

    return inner


@hookimpl
def get_metadata(datasette: Any, key: str | None, database: str | None, table: str | None) -> dict[str, Any]:
    return pages.metadata([name for name in datasette.databases if not name.startswith("_")])


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    return pages.explain_failure(datasette, request, exception)
