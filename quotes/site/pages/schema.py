"""The schema and the data dictionary, from the code and the database itself; the list of canned queries."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from .canned import CANNED_QUERIES, parameters_of
from .database import our_database, rows
from .dictionary import TABLES
from .render import page

GROUPS = (
    ("view", "Vues, à interroger d’abord"),
    ("table", "Tables"),
    ("summary", "Tableaux de synthèse, refaits à la fin de chaque construction"),
)


async def schema_page(datasette: Any, request: Any) -> Response:
    """/schema"""
    database = await our_database(datasette)
    found = await rows(
        database,
        "SELECT m.name AS object, c.name AS name, c.type AS type, c.pk AS pk FROM sqlite_master m"
        " JOIN pragma_table_info(m.name) c WHERE m.type IN ('table', 'view') ORDER BY m.name, c.cid",
    )
    columns: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        columns.setdefault(row["object"], []).append(row)
    groups = []
    for kind, title in GROUPS:
        listed = [
            {
                "name": name,
                "description": table.description,
                "columns": [{**c, "text": table.columns.get(c["name"], "")} for c in columns[name]],
            }
            for name, table in TABLES.items()
            if table.kind == kind and name in columns
        ]
        groups.append({"title": title, "kind": kind, "tables": listed})
    return await page(datasette, request, "schema", {"groups": groups, "database": database.name})


async def queries_page(datasette: Any, request: Any) -> Response:
    """/requetes"""
    database = await our_database(datasette)
    queries = [
        {"name": name, "parameters": parameters_of(query["sql"]), **query} for name, query in CANNED_QUERIES.items()
    ]
    return await page(datasette, request, "queries", {"queries": queries, "database": database.name})
