"""Who has the floor: share of voice over the years, women and men by outlet, how speakers are reported."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Response

from . import labels
from .charts import curves, ranking, shares
from .database import kept_rows, our_database
from .render import page

SPEAKERS = 12
OUTLETS = 15
STANCES = 7
OTHERS = "autres"


async def voice_page(datasette: Any, request: Any) -> Response:
    """/parole"""
    database = await our_database(datasette)
    top, years, genders, stances, types = await asyncio.gather(
        kept_rows(database, _TOP, {"number": SPEAKERS}),
        kept_rows(database, _YEARS, {"number": SPEAKERS}),
        kept_rows(database, _GENDERS, {"number": OUTLETS}),
        kept_rows(database, _STANCES, {"number": SPEAKERS}),
        kept_rows(database, _TYPES, {}),
    )
    frequent = [row["stance"] for row in await kept_rows(database, _STANCE_ORDER, {})]
    shown = _shown_stances(frequent)
    values = {
        "top": ranking(
            [(row["name"], row["quotations"]) for row in top],
            "Les personnes les plus citées",
            "Personne",
        ),
        "years": curves(
            [(row["name"], row["year"], row["number"], row["everybody"]) for row in years],
            "Part des citations attribuées, par année",
        ),
        "genders": shares(
            [
                cell
                for row in genders
                for cell in (
                    (row["outlet"], "femmes", row["women"]),
                    (row["outlet"], "hommes", row["men"]),
                )
            ],
            "Femmes et hommes parmi les personnes citées, par média",
            "Média",
            ["femmes", "hommes"],
            "two",
        ),
        "stances": shares(
            [
                (
                    row["name"],
                    shown.get(row["stance"], OTHERS),
                    row["quotations"],
                )
                for row in stances
            ],
            "Comment leurs propos sont rapportés",
            "Personne",
            [*shown.values(), *([OTHERS] if len(frequent) > len(shown) else [])],
            "many",
        ),
        "types": ranking(
            [(labels.TYPES.get(row["type"], "autre"), row["number"]) for row in types],
            "Qui parle",
            "Sorte de source",
        ),
        "ungendered": next((row["number"] for row in await kept_rows(database, _UNGENDERED, {})), 0),
    }
    return await page(datasette, request, "voice", values)


_TOP = "SELECT name, quotations FROM summary_speakers WHERE type = 'person' ORDER BY quotations DESC LIMIT :number"

_YEARS = """SELECT t.name, substr(m.month, 1, 4) AS year, sum(m.quotations) AS number, max(y.everybody) AS everybody
FROM (SELECT speaker_key, name, quotations FROM summary_speakers WHERE type = 'person'
      ORDER BY quotations DESC LIMIT :number) t
JOIN summary_speaker_months m ON m.speaker_key = t.speaker_key
JOIN (SELECT substr(month, 1, 4) AS year, sum(attributed) AS everybody FROM summary_months GROUP BY 1) y
     ON y.year = substr(m.month, 1, 4)
GROUP BY t.speaker_key, 2 ORDER BY t.quotations DESC, 2"""

_GENDERS = """SELECT CASE outlet WHEN '' THEN 'média inconnu' ELSE outlet END AS outlet, women, men
FROM summary_outlets WHERE women + men > 0 ORDER BY quotations DESC LIMIT :number"""

_STANCES = """SELECT t.name, s.stance, s.quotations
FROM (SELECT speaker_key, name, quotations FROM summary_speakers WHERE type = 'person'
      ORDER BY quotations DESC LIMIT :number) t
JOIN summary_stances s ON s.speaker_key = t.speaker_key
ORDER BY t.quotations DESC"""

_STANCE_ORDER = "SELECT stance, sum(quotations) AS n FROM summary_stances GROUP BY 1 ORDER BY n DESC"

_TYPES = """SELECT type, sum(quotations) AS number FROM summary_speakers GROUP BY type ORDER BY number DESC"""

_UNGENDERED = "SELECT sum(quotations) AS number FROM summary_speakers WHERE type = 'person' AND gender IS NULL"


def _shown_stances(frequent: list[str]) -> dict[str, str]:
    """The stances that get a colour of their own, code and label: what the reader looks for, then the frequent."""
    first = [code for code in ("neutral", "assertive", "doubting", "critic") if code in frequent]
    others = [code for code in frequent if code not in first]
    return {code: labels.STANCES.get(code, code) for code in [*first, *others][:STANCES]}
