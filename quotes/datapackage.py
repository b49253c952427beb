"""The descriptor ``datapackage.json`` (Frictionless Data) of an export and of a published folder.

It says what every column means, of which type it is, where the words come from and under which terms, so that a file
that has left its database still explains itself. See https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.site.pages.dictionary import TABLES
from quotes.store.reading import COLUMNS, Column

FILE = "datapackage.json"

_MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
_SQLITE_TYPES = {"INTEGER": "integer", "REAL": "number", "FLOAT": "number", "TEXT": "string"}
_TYPES_OF_COLUMNS = {"date": "date", "first": "date", "last": "date", "month": "yearmonth", "women_percent": "number"}
_TERMS = "The quoted words belong to their authors, the articles to their publishers: not open data"


def export_package(
    path: str,
    form: str,
    *,
    outlets: Iterable[str] = (),
    semicolon: bool = False,
    columns: Sequence[Column] = COLUMNS,
) -> dict[str, Any]:
    """The descriptor of one exported file, for the folder that it lies in.

    ``form`` is ``csv``, ``jsonl`` or ``parquet``; ``outlets`` are the sources.
    """
    name = _name(path.rpartition(".")[0] or path)
    resource: dict[str, Any] = {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "schema": {
            "fields": [{"name": c.name, "type": c.type, "description": c.meaning} for c in columns],
            "primaryKey": ["id"],
            "missingValues": [""],
        },
    }
    if form != "parquet":
        resource["encoding"] = "utf-8"
    if form == "csv":
        resource["dialect"] = {"delimiter": ";" if semicolon else ",", "lineTerminator": "\r\n"}
    return {
        "name": name,
        "title": "Quotations in French news",
        "description": "One row a quotation, with its article and its speaker.",
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "licenses": [_licence(_TERMS)],
        "sources": _sources(outlets),
        "resources": [resource],
    }


def published_package(connection: sqlite3.Connection, path: str, description: str, terms: str) -> dict[str, Any]:
    """The descriptor of a published database: every table and view meant for reading, as it is in the file."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    shown = [name for name, table in TABLES.items() if table.kind in ("table", "view") and name in there]
    outlets = (row[0] for row in connection.execute("SELECT DISTINCT outlet FROM articles"))
    return {
        "name": "citations",
        "title": "Citations dans la presse",
        "description": description,
        "profile": "data-package",
        "licenses": [_licence(terms)],
        "sources": _sources(outlets),
        "resources": [_table(connection, name, path) for name in shown],
    }


def write_package(package: Mapping[str, Any], folder: Path) -> None:
    """Write a descriptor into a folder, as ``datapackage.json``."""
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", errors="replace")


def _table(connection: sqlite3.Connection, name: str, path: str) -> dict[str, Any]:
    table = TABLES[name]
    columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    schema: dict[str, Any] = {
        "fields": [
            {"name": column, "type": _type(column, declared), "description": table.columns[column]}
            for _, column, declared, *_ in columns
        ]
    }
    keys = [column[1] for column in columns if column[5]]
    if keys:
        schema["primaryKey"] = keys
    references = [
        {"fields": [mine], "reference": {"resource": other, "fields": [theirs]}}
        for _, _, other, mine, theirs, *_ in connection.execute(f'PRAGMA foreign_key_list("{name}")')
    ]
    if references:
        schema["foreignKeys"] = sorted(references, key=lambda key: str(key["fields"]))
    return {
        "name": _name(name),
        "description": table.description,
        "path": path,
        "profile": "data-resource",
        "format": "sqlite",
        "mediatype": "application/vnd.sqlite3",
        "dialect": {"table": name},
        "schema": schema,
    }


def _type(column: str, declared: str) -> str:
    return _TYPES_OF_COLUMNS.get(column) or _SQLITE_TYPES.get(declared.upper(), "any")


def _licence(title: str) -> dict[str, str]:
    return {"name": "other-closed", "title": title}


def _sources(outlets: Iterable[str | None]) -> list[dict[str, str]]:
    return [{"title": outlet} for outlet in sorted({outlet for outlet in outlets if outlet})]


def _name(text: str) -> str:
    """What the specification takes for a name: small letters, digits, ``.``, ``-`` and ``_``."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-") or "quotations"
