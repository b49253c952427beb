"""A speaker: who that is, when and how quoted, in which words, beside whom; and the list of all speakers."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from . import labels
from .charts import timeline
from .database import one, our_database, rows
from .outlet import counts_of
from .people import names_like
from .render import json_for_html, page
from .search import quotations

LISTED = 50
"""Speakers a page of the list shows."""

_WIKIDATA = re.compile(r"Q[0-9]+$")


async def speaker_page(datasette: Any, request: Any) -> Response:
    """/personne/KEY"""
    database = await our_database(datasette)
    key = tilde_decode(request.url_vars["key"])
    speaker = await one(
        database,
        "SELECT t.*, s.wikidata, s.description FROM summary_speakers t"
        " LEFT JOIN speakers s ON s.id = t.speaker_id WHERE t.speaker_key = ?",
        [key],
    )
    known = await one(database, "SELECT * FROM speakers WHERE id = ?", [key]) if speaker is None else None
    if speaker is None and known is None:
        raise NotFound("Personne de ce nom n’est cité dans cette base.")
    if speaker is None and known is not None:
        speaker = {
            **known,
            "speaker_key": key,
            "speaker_id": key,
            "quotations": 0,
            "articles": 0,
            "outlets": 0,
        }
        speaker |= {"first": None, "last": None}
    assert speaker is not None
    counts = await counts_of(database, "personne", key)
    aliases, offices, months, words, beside, latest, repeated = await asyncio.gather(
        rows(
            database,
            "SELECT alias, kind FROM aliases WHERE speaker_id = ? ORDER BY kind, alias",
            [key],
        ),
        rows(
            database,
            "SELECT coalesce(w.role, o.role) AS role, iif(w.id IS NULL, o.place, w.place) AS place,"
            " o.valid_from, o.valid_to FROM offices o LEFT JOIN summary_offices w ON w.id = o.id"
            " WHERE o.speaker_id = ? ORDER BY o.valid_from DESC",
            [key],
        ),
        rows(
            database,
            "SELECT month, quotations AS number FROM summary_speaker_months WHERE speaker_key = ? ORDER BY month",
            [key],
        ),
        rows(
            database,
            "SELECT word, count FROM summary_words WHERE speaker_key = ? ORDER BY score DESC",
            [key],
        ),
        rows(database, _BESIDE, [key, key]),
        rows(
            database,
            "SELECT id FROM summary_facts WHERE speaker_key = ? AND kind IN ('direct', 'mixed', 'indirect')"
            " ORDER BY date DESC, confidence DESC LIMIT 6",
            [key],
        ),
        rows(database, _REPEATED, [key]),
    )
    stances = {row["verb"]: row["stance"] for row in await rows(database, "SELECT verb, stance FROM summary_verbs")}
    values = {
        "speaker": speaker,
        "aliases": [row["alias"] for row in aliases if row["alias"] != speaker["name"]],
        "offices": offices,
        "wikidata": speaker["wikidata"] if _WIKIDATA.match(speaker.get("wikidata") or "") else None,
        "timeline": timeline(months, f"Citations de {speaker['name']} dans le temps"),
        "verbs": [{**row, "stance": stances.get(row["value"])} for row in counts["verbe"]],
        "outlets": counts["media"],
        "words": words,
        "beside": beside,
        "latest": await quotations(database, [row["id"] for row in latest]),
        "repeated": list(
            zip(
                await quotations(database, [row["id"] for row in repeated]),
                [row["number"] for row in repeated],
                strict=False,
            )
        ),
    }
    return await page(datasette, request, "speaker", values)


_BESIDE = """SELECT t.speaker_key, t.name, x.number
FROM (
    SELECT g.speaker_key, count(DISTINCT g.article_id) AS number
    FROM (SELECT DISTINCT article_id FROM summary_facts WHERE speaker_key = ?) own
    JOIN summary_facts g ON g.article_id = own.article_id
    WHERE g.speaker_key <> ?
    GROUP BY g.speaker_key
    ORDER BY number DESC
    LIMIT 40
) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
WHERE t.type IS NOT 'unnamed'
ORDER BY x.number DESC, t.name
LIMIT 10"""

_REPEATED = """SELECT min(f.id) AS id, count(DISTINCT f.article_id) AS number
FROM summary_facts f
JOIN summary_repeats r ON r.id = f.id
WHERE f.speaker_key = ?
GROUP BY r.text_key
HAVING count(DISTINCT f.article_id) > 1
ORDER BY number DESC
LIMIT 5"""


async def speakers_page(datasette: Any, request: Any) -> Response:
    """/personnes"""
    database = await our_database(datasette)
    kind = request.args.get("type") or "person"
    kind = kind if kind in labels.TYPES else "person"
    name = (request.args.get("nom") or "").strip()[:100]
    number = request.args.get("page") or "1"
    number = max(1, min(int(number), 400)) if number.isascii() and number.isdigit() else 1
    if name:
        found = await names_like(database, name, LISTED)
    else:
        found = await rows(
            database,
            "SELECT speaker_key, name, type, quotations, articles, first, last FROM summary_speakers WHERE type = ?"
            " ORDER BY quotations DESC LIMIT ? OFFSET ?",
            [kind, LISTED + 1, (number - 1) * LISTED],
        )
    values = {
        "people": found[:LISTED],
        "more": len(found) > LISTED,
        "kind": kind,
        "types": labels.TYPES,
        "name": name,
        "number": number,
        "start": (number - 1) * LISTED,
    }
    return await page(datasette, request, "speakers", values)


async def names_json(datasette: Any, request: Any) -> Response:
    """/personnes.json?nom=: a dozen names for the box that completes what is typed."""
    database = await our_database(datasette)
    found = await names_like(database, (request.args.get("nom") or "")[:100], 12)
    return Response(
        str(json_for_html([row["name"] for row in found])),
        content_type="application/json; charset=utf-8",
    )
