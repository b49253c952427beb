"""Reading the database from a page: which database, rows as dictionaries, answers that are asked for often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Base400

Row = dict[str, Any]

_answers: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()
"""Per database object: answers that stay right until the file changes."""

ANSWERS_KEPT = 500


class NoDatabase(Base400):  # type: ignore[misc]
    """The site was started without a database of quotations."""

    status = 503


async def find_database(datasette: Any) -> Any | None:
    """The first attached database that holds quotations; None where there is none."""
    for name, database in datasette.databases.items():
        if not name.startswith("_") and await database.table_exists("quotations"):
            return database
    return None


async def our_database(datasette: Any) -> Any:
    """The database of the site; a page that says what to do where there is none."""
    database = await find_database(datasette)
    if database is None:
        raise NoDatabase("Aucune base de citations : lancez « quotes build » puis « quotes serve quotes.db ».")
    return database


async def rows(database: Any, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Row]:
    """Every row of the answer, as dictionaries."""
    result = await database.execute(sql, parameters)
    return [dict(row) for row in result.rows]


async def one(database: Any, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> Row | None:
    """The first row of the answer, or None."""
    found = await rows(database, sql, parameters)
    return found[0] if found else None


async def kept_rows(database: Any, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    """Like ``rows``, remembered until the database file changes: for counts that many readers ask for."""
    answers = _answers.setdefault(database, {})
    key = (
        _version(database),
        sql,
        tuple(sorted((name, str(value)) for name, value in parameters.items())),
    )
    if key not in answers:
        if len(answers) >= ANSWERS_KEPT:
            answers.clear()
        answers[key] = await rows(database, sql, parameters)
    found: list[Row] = answers[key]
    return found


def _version(database: Any) -> tuple[tuple[int, int], ...]:
    """What changes when anything is committed: size and time of the database file and of its log."""
    files = [Path(f"{database.path}{suffix}") for suffix in ("", "-wal")]
    return tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists())


async def columns_of(database: Any, table: str) -> frozenset[str]:
    """The columns of a table or view: the public form of a site lacks some."""
    return frozenset(row["name"] for row in await rows(database, "SELECT name FROM pragma_table_info(?)", [table]))
