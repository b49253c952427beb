"""Outlets and reporting verbs: one page each, and their lists."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from . import labels
from .charts import ranking, timeline
from .database import kept_rows, one, our_database, rows
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
    months, speakers, verbs, articles, latest = await asyncio.gather(
        rows(
            database,
            "SELECT month, quotations AS number FROM summary_months WHERE outlet = ?",
            [name],
        ),
        kept_rows(database, _SPEAKERS, {"outlet": name}),
        kept_rows(database, _VERBS, {"outlet": name}),
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
        "speakers": speakers,
        "verbs": verbs,
        "articles": articles,
        "latest": await quotations(database, [row["id"] for row in latest]),
    }
    return await page(datasette, request, "outlet", values)


_SPEAKERS = """SELECT t.speaker_key, t.name, x.number
FROM (SELECT speaker_key, count(*) AS number FROM summary_facts
      WHERE outlet = :outlet AND speaker_key IS NOT NULL GROUP BY speaker_key ORDER BY number DESC LIMIT 40) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
WHERE t.type IS NOT 'unnamed'
ORDER BY x.number DESC, t.name
LIMIT 15"""

_VERBS = """SELECT verb, max(stance) AS stance, count(*) AS number FROM summary_facts
WHERE outlet = :outlet AND verb IS NOT NULL AND kind <> 'none'
GROUP BY verb ORDER BY number DESC, verb LIMIT 15"""


async def outlets_page(datasette: Any, request: Any) -> Response:
    """/medias"""
    database = await our_database(datasette)
    found = await rows(
        database, "SELECT * FROM summary_outlets ORDER BY quotations DESC, outlet"
    )
    return await page(datasette, request, "outlets", {"outlets": found})


async def verb_page(datasette: Any, request: Any) -> Response:
    """/verbe/LEMMA"""
    database = await our_database(datasette)
    name = tilde_decode(request.url_vars["name"])
    verb = await one(database, "SELECT * FROM summary_verbs WHERE verb = ?", [name])
    if verb is None:
        raise NotFound("Ce verbe ne rapporte aucune citation de cette base.")
    speakers, forms, outlets, years, examples = await asyncio.gather(
        kept_rows(database, _VERB_SPEAKERS, {"verb": name}),
        kept_rows(database, _VERB_FORMS, {"verb": name}),
        kept_rows(database, _VERB_OUTLETS, {"verb": name}),
        kept_rows(database, _VERB_MONTHS, {"verb": name}),
        rows(
            database,
            "SELECT id FROM summary_facts WHERE verb = ? AND kind = 'direct' AND confidence >= 0.5 LIMIT 6",
            [name],
        ),
    )
    values = {
        "verb": verb,
        "speakers": speakers,
        "forms": forms,
        "outlets": outlets,
        "timeline": timeline(years, f"Citations rapportées par « {name} »"),
        "examples": await quotations(database, [row["id"] for row in examples]),
    }
    return await page(datasette, request, "verb", values)


_VERB_SPEAKERS = """SELECT t.speaker_key, t.name, x.number
FROM (SELECT speaker_key, count(*) AS number FROM summary_facts
      WHERE verb = :verb AND speaker_key IS NOT NULL GROUP BY speaker_key ORDER BY number DESC LIMIT 40) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
WHERE t.type IS NOT 'unnamed'
ORDER BY x.number DESC, t.name
LIMIT 15"""

_VERB_FORMS = """SELECT lower(cue) AS cue, count(*) AS number
FROM (SELECT cue FROM quotations WHERE cue_lemma = :verb LIMIT 20000)
WHERE cue IS NOT NULL GROUP BY 1 ORDER BY number DESC, 1 LIMIT 12"""

_VERB_OUTLETS = """SELECT outlet, count(*) AS number FROM summary_facts
WHERE verb = :verb AND outlet IS NOT NULL GROUP BY outlet ORDER BY number DESC, outlet LIMIT 12"""

_VERB_MONTHS = """SELECT substr(date, 1, 7) AS month, count(*) AS number FROM summary_facts
WHERE verb = :verb AND date IS NOT NULL GROUP BY 1"""


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
