"""An article with everything that is quoted in it."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup, escape

from .database import Row, columns_of, one, our_database, rows
from .markup import Mark, marked_paragraphs
from .render import address, page


async def article_page(datasette: Any, request: Any) -> Response:
    """/article/ID"""
    database = await our_database(datasette)
    identifier = tilde_decode(request.url_vars["id"])
    article = await one(database, "SELECT * FROM articles WHERE id = ?", [identifier])
    if article is None:
        raise NotFound("Aucun article ne porte cet identifiant.")
    found = await rows(database, _QUOTATIONS, [identifier])
    reported = [row for row in found if row["kind"] != "none"]
    for i, row in enumerate(reported, 1):
        row["number"] = i
    has_text = "text" in await columns_of(database, "articles")
    marks = [mark for row in reported for mark in _marks(datasette, row)]
    speakers: dict[str, Row] = {}
    for row in reported:
        if row["speaker_key"]:
            entry = speakers.setdefault(row["speaker_key"], {"name": row["name"], "quotations": 0})
            entry["quotations"] += 1
    values = {
        "article": article,
        "paragraphs": marked_paragraphs(article["text"], marks) if has_text else [],
        "has_text": has_text,
        "quotations": reported,
        "unspoken": len(found) - len(reported),
        "speakers": sorted(speakers.items(), key=lambda item: -item[1]["quotations"]),
    }
    return await page(datasette, request, "article", values)


_QUOTATIONS = """SELECT q.id, q.start, q."end", q.text, q.kind, q.level, q.cue, q.cue_start, q.cue_end, q.mention_start,
       q.mention_end, q.speaker, q.confidence, f.speaker_key, t.name
FROM quotations q
JOIN summary_facts f ON f.id = q.id
LEFT JOIN summary_speakers t ON t.speaker_key = f.speaker_key
WHERE q.article_id = ?
ORDER BY q.start, q."end" DESC"""


def _marks(datasette: Any, row: Row) -> list[Mark]:
    name = row["name"] or row["speaker"] or "sans attribution"
    label = escape(f"Citation {row['number']} : {name}")
    link = Markup('<a class="note" href="{}" title="{}" aria-label="{}">{}</a>').format(
        address(datasette, "citation", str(row["id"])), label, label, row["number"]
    )
    marks = [
        Mark(
            row["start"],
            row["end"],
            "content" if row["level"] in (0, None) else "content inner",
            f"c{row['id']}",
            link,
        )
    ]
    if row["cue_start"] is not None:
        marks.append(Mark(row["cue_start"], row["cue_end"], "cue"))
    if row["mention_start"] is not None:
        marks.append(Mark(row["mention_start"], row["mention_end"], "speaker"))
    return marks
