"""The data dictionary fits the database, and every canned query runs."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from quotes.site import SITE
from quotes.site.pages.canned import CANNED_QUERIES, parameters_of
from quotes.site.pages.dictionary import HIDDEN, TABLES
from quotes.site.pages.labels import french
from tests.site.html import Page

INTERNAL = ("sqlite_", "quotations_fts", "_sqlite_migrations")
PUBLIC_ONLY = {"context", "context_start"}


def test_every_column_is_described_and_every_description_has_its_column(rows: Callable[..., Any]) -> None:
    sql = (
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view')"
    )
    columns: dict[str, set[str]] = {}
    for table, column in rows(sql):
        if not table.startswith(INTERNAL):
            columns.setdefault(table, set()).add(column)
    assert set(columns) - set(TABLES) == set(), "tables without a description"
    for name, table in TABLES.items():
        assert set(table.columns) - PUBLIC_ONLY == columns[name], name
        assert all(table.columns.values()) and table.description


def test_the_schema_page_shows_it(get: Callable[[str], Any]) -> None:
    text = Page(get("/schema").text).text
    for name, table in TABLES.items():
        assert name in text and french(table.description) in text


VALUES = {
    "mots": "source", "personne": "Marchetal", "du": "2015-01-01", "au": "", "media": "", "minimum": "",
    "verbe": "ajouter", "date": "2015-06-01", "fonction": "lacs",
}  # fmt: skip


@pytest.mark.parametrize("name", CANNED_QUERIES)
def test_canned_queries_run(get: Callable[[str], Any], name: str) -> None:
    wanted = parameters_of(CANNED_QUERIES[name]["sql"])
    assert set(wanted) <= set(VALUES)
    query = "&".join(f"{parameter}={VALUES[parameter]}" for parameter in wanted)
    response = get(f"/quotes/{name}.json?_shape=array&{query}")
    assert response.status_code == 200, response.text
    if name not in ("personnes_d_un_verbe", "seconde_main"):  # the sample is too small for these
        assert response.json(), name
    page = get(f"/quotes/{name}?{query}")
    assert page.status_code == 200 and CANNED_QUERIES[name]["title"] in page.text


def test_there_are_a_dozen() -> None:
    assert len(CANNED_QUERIES) >= 12


def test_datasette_shows_descriptions_and_hides_what_is_internal(get: Callable[[str], Any]) -> None:
    tables = {table["name"]: table["hidden"] for table in get("/quotes.json").json()["tables"]}
    assert not tables["quotations"] and all(tables[name] for name in HIDDEN if name in tables)
    page = get("/quotes/quotation_details")
    assert page.status_code == 200 and "la vue à interroger" in page.text
    assert "<b>" not in page.text.replace("<b></b>", "")


def test_csv_of_a_view_streams_whole(get: Callable[[str], Any], rows: Callable[..., Any]) -> None:
    lines = get("/quotes/quotation_details.csv?_stream=on").text.strip().split("\r\n")
    assert len(lines) == rows("SELECT count(*) FROM quotations")[0][0] + 1


def test_no_csv_is_cut_for_its_size() -> None:
    assert json.loads((SITE / "settings.json").read_text("utf-8"))["max_csv_mb"] == 0


def test_pages_need_datasette_alone() -> None:
    """A published copy runs where quotes is not installed."""
    for path in [*(SITE / "pages").glob("*.py"), *(SITE / "plugins").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                assert name.partition(".")[0] in {"datasette", "markupsafe", *sys.stdlib_module_names}, path
