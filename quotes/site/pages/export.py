"""A search as a file: CSV and JSON, streamed whole, in the columns of the view ``quotation_details``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from datasette.utils.asgi import AsgiStream

from .database import our_database
from .search import ORDERS, plan, read_search

CHUNK = 500
"""Rows that are read, written and forgotten together."""

BYTE_ORDER_MARK = "\ufeff"


async def _chunks(database: Any, identifiers: Sequence[int]) -> AsyncIterator[tuple[list[str], list[tuple[Any, ...]]]]:
    """The rows of ``quotation_details`` for these quotations, in this order, and the names of their columns."""
    for i in range(0, max(1, len(identifiers)), CHUNK):
        wanted = identifiers[i : i + CHUNK]
        marks = ", ".join("?" * len(wanted))

        def read(connection: Any, wanted: Sequence[int] = wanted, marks: str = marks) -> tuple[list[str], list[Any]]:
            cursor = connection.execute(f"SELECT * FROM quotation_details WHERE id IN ({marks})", wanted)
            names = [column[0] for column in cursor.description]
            by_id = {row[0]: tuple(row) for row in cursor}
            return names, [by_id[identifier] for identifier in wanted if identifier in by_id]

        yield await database.execute_fn(read)


async def _identifiers(datasette: Any, request: Any) -> tuple[Any, list[int]]:
    database = await our_database(datasette)
    search = read_search(request.args)
    made = await plan(database, search)
    sql = made.select("f.id", f"ORDER BY {ORDERS[made.order]}")

    def read(connection: Any) -> list[int]:
        return [row[0] for row in connection.execute(sql, made.parameters)]

    return database, await database.execute_fn(read)


def spreadsheet_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def csv_writer(stream: Any, *, spreadsheet: bool) -> Callable[[Sequence[Any]], None]:
    """Write rows: commas, or for a spreadsheet semicolons and harmless cells."""
    if spreadsheet:
        semicolons = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        return lambda row: semicolons.writerow([spreadsheet_cell(value) for value in row])
    return csv.writer(stream, lineterminator="\r\n").writerow


async def search_csv(datasette: Any, request: Any) -> AsgiStream:
    """/recherche.csv; with ``tableur=1``: byte order mark, semicolons, no formulas."""
    database, identifiers = await _identifiers(datasette, request)
    spreadsheet = request.args.get("tableur") == "1"

    async def stream(response: Any) -> None:
        header = True
        async for names, found in _chunks(database, identifiers):
            buffer = io.StringIO(newline="")
            write = csv_writer(buffer, spreadsheet=spreadsheet)
            if header:
                buffer.write(BYTE_ORDER_MARK if spreadsheet else "")
                write(names)
                header = False
            for row in found:
                write(row)
            await response.write(buffer.getvalue())

    headers = {
        "Content-Disposition": 'attachment; filename="citations.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    return AsgiStream(stream, headers=headers, content_type="text/csv; charset=utf-8")


async def search_json(datasette: Any, request: Any) -> AsgiStream:
    """/recherche.json: one array of objects."""
    database, identifiers = await _identifiers(datasette, request)

    async def stream(response: Any) -> None:
        separator = "[\n"
        async for names, found in _chunks(database, identifiers):
            objects = [json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in found]
            if objects:
                await response.write(separator + ",\n".join(objects))
                separator = ",\n"
        await response.write("\n]\n" if separator != "[\n" else "[]\n")

    headers = {"X-Content-Type-Options": "nosniff"}
    return AsgiStream(stream, headers=headers, content_type="application/json; charset=utf-8")
