"""What a page says when the database cannot answer."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.database import QueryInterrupted

from .database import our_database
from .render import page

_MISSING = (
    "Les tableaux de synthèse manquent ou sont d’une autre version.",
    "Relancez « quotes build » sur cette base : ils sont refaits en quelques secondes.",
)
_SLOW = (
    "Cette recherche demande trop de temps.",
    "Ajoutez un mot, une personne ou une période ; ou téléchargez tout en CSV.",
)


def explain_failure(datasette: Any, request: Any, exception: Exception) -> Any:
    """A page that says what to do, for failures that people can mend; None leaves the rest to Datasette."""
    if isinstance(exception, QueryInterrupted):
        title, advice = _SLOW
    elif isinstance(exception, sqlite3.OperationalError) and "no such table: summary_" in str(exception):
        title, advice = _MISSING
    else:
        return None

    async def inner() -> Any:
        await our_database(datasette)
        return await page(
            datasette,
            request,
            "failure",
            {"title": title, "advice": advice},
            status=503,
        )

    return inner
