"""Outlets and reporting verbs: one page each, and their lists."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from . import labels
from .charts import by_year, ranking, timeline
from .database import Row, one, our_database, rows
from .render import page
from .search import quotations


async def outlet_page(datasette: Any, request: Any) -> Response:
    """/media/NAME"""
    database = await our_database(datasette)
    name = tilde_decode(request.url_vars["name"])
    outlet = await one(
        database,
        "SELECT * FROM summary_outlets WHERE outlet = ? AND outlet <> ''",
        [name],
    )
    if outlet is None:
        raise NotFound("Aucun média de ce nom dans cette base.")
    months, counts, articles, latest = await asyncio.gather(
        rows(database, "SELECT month, quotations AS number FROM summary_months WHERE outlet = ?", [name]),
        counts_of(database, "media", name),
        rows(
            database,
            "SELECT id, title, date FROM articles WHERE outlet = ? ORDER BY date DESC LIMIT 10",
            [name],
        ),
        rows(
            database,
            "SELECT id FROM summary_facts WHERE outlet = ? AND kind = 'direct' ORDER BY date DESC LIMIT 5",
            [name],
        ),
    )
    values = {
        "outlet": outlet,
        "timeline": timeline(months, f"Citations dans {name}"),
        "speakers": counts["personne"],
        "verbs": counts["verbe"],
        "articles": articles,
        "latest": await quotations(database, [row["id"] for row in latest]),
    }
    return await page(datasette, request, "outlet", values)


_LIVE = {
    "personne": """SELECT t.speaker_key AS value, t.name, x.number
FROM (SELECT speaker_key, count(*) AS number FROM summary_facts
      WHERE {column} = :value AND kind <> 'none' AND speaker_key IS NOT NULL
      GROUP BY speaker_key ORDER BY number DESC LIMIT 15) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
ORDER BY x.number DESC, t.name""",
    "media": """SELECT outlet AS value, outlet AS name, count(*) AS number FROM summary_facts
WHERE {column} = :value AND kind <> 'none' AND outlet IS NOT NULL
GROUP BY outlet ORDER BY number DESC, outlet LIMIT 15""",
    "verbe": """SELECT verb AS value, verb AS name, count(*) AS number FROM summary_facts
WHERE {column} = :value AND kind <> 'none' AND verb IS NOT NULL
GROUP BY verb ORDER BY number DESC, verb LIMIT 15""",
    "annee": """SELECT substr(date, 1, 4) AS value, substr(date, 1, 4) AS name, count(*) AS number FROM summary_facts
WHERE {column} = :value AND kind <> 'none' AND date IS NOT NULL
GROUP BY 1 ORDER BY 1""",
}
_COLUMNS = {"media": "outlet", "verbe": "verb", "personne": "speaker_key"}

_IN_ADVANCE = """SELECT c.facet, c.item AS value, coalesce(t.name, c.item) AS name, c.number
FROM summary_facets c
LEFT JOIN summary_speakers t ON c.facet = 'personne' AND t.speaker_key = c.item
WHERE c.field = :field AND c.value = :value
ORDER BY c.facet, CASE c.facet WHEN 'annee' THEN c.item END, c.number DESC, name"""


async def counts_of(database: Any, field: str, value: str) -> dict[str, list[Row]]:
    """How the quotations of an outlet, a verb or a speaker fall by the others: made in advance where many."""
    found = await rows(database, _IN_ADVANCE, {"field": field, "value": value})
    if found:
        return {facet: [row for row in found if row["facet"] == facet] for facet in _LIVE}
    return {
        facet: await rows(database, sql.format(column=_COLUMNS[field]), {"value": value})
        for facet, sql in _LIVE.items()
    }


async def outlets_page(datasette: Any, request: Any) -> Response:
    """/medias"""
    database = await our_database(datasette)
    found = await rows(database, "SELECT * FROM summary_outlets ORDER BY quotations DESC, outlet")
    return await page(datasette, request, "outlets", {"outlets": found})


async def verb_page(datasette: Any, request: Any) -> Response:
    """/verbe/LEMMA"""
    database = await our_database(datasette)
    name = tilde_decode(request.url_vars["name"])
    verb = await one(database, "SELECT * FROM summary_verbs WHERE verb = ?", [name])
    if verb is None:
        raise NotFound("Ce verbe ne rapporte aucune citation de cette base.")
    counts, forms, examples = await asyncio.gather(
        counts_of(database, "verbe", name),
        rows(
            database,
            "SELECT cue, quotations AS number FROM summary_cues WHERE verb = ? ORDER BY 2 DESC, 1 LIMIT 12",
            [name],
        ),
        rows(
            database,
            "SELECT id FROM summary_facts WHERE verb = ? AND kind = 'direct' AND confidence >= 0.5 LIMIT 6",
            [name],
        ),
    )
    values = {
        "verb": verb,
        "speakers": counts["personne"],
        "forms": forms,
        "outlets": counts["media"],
        "timeline": by_year(
            [(row["value"], row["number"]) for row in counts["annee"]], f"Citations rapportées par « {name} »"
        ),
        "examples": await quotations(database, [row["id"] for row in examples]),
    }
    return await page(datasette, request, "verb", values)


async def verbs_page(datasette: Any, request: Any) -> Response:
    """/verbes"""
    database = await our_database(datasette)
    stance = request.args.get("sens") or ""
    found = await rows(
        database,
        "SELECT * FROM summary_verbs WHERE (:stance = '' OR stance = :stance) ORDER BY quotations DESC, verb LIMIT 300",
        {"stance": stance},
    )
    stances = await rows(
        database,
        "SELECT stance, sum(quotations) AS number FROM summary_verbs WHERE stance IS NOT NULL"
        " GROUP BY stance ORDER BY number DESC",
    )
    values = {
        "verbs": found,
        "stances": stances,
        "stance": stance,
        "chart": ranking(
            [(row["verb"], row["quotations"]) for row in found[:20]],
            "Les mots qui rapportent",
            "Mot",
        ),
        "help": labels.STANCES,
    }
    return await page(datasette, request, "verbs", values)
