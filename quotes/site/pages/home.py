"""The first page: what the database holds, who speaks most, when."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Response

from .charts import timeline
from .database import our_database, rows
from .render import page
from .search import quotations


async def totals(database: Any) -> dict[str, Any]:
    """The counts of ``summary_totals`` by name."""
    return {row["name"]: row["value"] for row in await rows(database, "SELECT name, value FROM summary_totals")}


async def home_page(datasette: Any, request: Any) -> Response:
    """/"""
    database = await our_database(datasette)
    numbers, speakers, organisations, outlets, months, latest = await asyncio.gather(
        totals(database),
        rows(database, _MOST_QUOTED, ["person"]),
        rows(database, _MOST_QUOTED, ["organisation"]),
        rows(
            database,
            "SELECT outlet, articles, quotations FROM summary_outlets WHERE outlet <> '' ORDER BY 3 DESC, 1 LIMIT 10",
        ),
        rows(database, "SELECT month, sum(quotations) AS number FROM summary_months GROUP BY month ORDER BY month"),
        rows(database, "SELECT id FROM summary_facts WHERE kind = 'direct' AND confidence >= 0.8"
             " AND speaker_key IS NOT NULL ORDER BY date DESC LIMIT 3"),
    )  # fmt: skip
    values = {
        "numbers": numbers,
        "speakers": speakers,
        "organisations": organisations,
        "outlets": outlets,
        "timeline": timeline(months, "Citations par période"),
        "latest": await quotations(database, [row["id"] for row in latest]),
    }
    return await page(datasette, request, "home", values)


_MOST_QUOTED = (
    "SELECT speaker_key, name, quotations, first, last FROM summary_speakers WHERE type = ?"
    " ORDER BY quotations DESC LIMIT 10"
)
