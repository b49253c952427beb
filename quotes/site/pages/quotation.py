"""A quotation in its article: who, with which words, by which rule, and where else the same words stand."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from . import labels
from .database import Row, columns_of, one, our_database, rows
from .markup import Mark, marked_paragraphs, window
from .render import address, page
from .search import quotations
from .words import TOKEN, fold

REACH = 900
"""Characters of the article shown on either side."""

LOOKED_FOR = 12
"""Words of a quotation that are looked for elsewhere; a long one is recognised by its first words."""


def own_marks(row: Row) -> list[Mark]:
    """The three colours of one quotation: what was said, the words that report it, who said it."""
    marks = [Mark(row["start"], row["end"], "content", f"c{row['id']}")]
    for part, css in (("cue", "cue"), ("mention", "speaker")):
        if row[f"{part}_start"] is not None and row[f"{part}_end"] is not None:
            marks.append(Mark(row[f"{part}_start"], row[f"{part}_end"], css))
    return marks


async def quotation_page(datasette: Any, request: Any) -> Response:
    """/citation/NUMBER"""
    database = await our_database(datasette)
    number = int(request.url_vars["id"])
    row = await one(database, _QUOTATION, [number]) if number < 2**63 else None
    if row is None:
        raise NotFound("Aucune citation ne porte ce numéro.")
    articles = await columns_of(database, "articles")
    others, (paragraphs, before, after) = await asyncio.gather(
        elsewhere(database, row), _in_context(database, row, "text" in articles)
    )
    values = {
        "q": row,
        "paragraphs": paragraphs,
        "before": before,
        "others": any('class="other"' in paragraph for paragraph in paragraphs),
        "after": after,
        "elsewhere": others,
        "runners_up": _runners_up(row.get("runners_up")),
        "forms": _forms(row.get("speaker_forms")),
        "modality": labels.MODALITIES.get(row["modality"] or ""),
        "citation": citation_line(
            row,
            str(datasette.absolute_url(request, address(datasette, "citation", str(number)))),
        ),
        "text": shown(row),
    }
    return await page(datasette, request, "quotation", values)


_QUOTATION = """SELECT q.*, a.title, a.outlet, a.date, a.url, f.speaker_key, t.name
FROM quotations q
JOIN articles a ON a.id = q.article_id
JOIN summary_facts f ON f.id = q.id
LEFT JOIN summary_speakers t ON t.speaker_key = f.speaker_key
WHERE q.id = ?"""


async def _in_context(database: Any, row: Row, has_text: bool) -> tuple[list[Markup], bool, bool]:
    """The stretch of the article around the quotation, marked; whether the article goes on before and after it."""
    if not has_text:
        return marked_paragraphs(row["context"] or "", own_marks(row), row["context_start"] or 0), True, True
    article = await one(database, "SELECT text FROM articles WHERE id = ?", [row["article_id"]])
    text = article["text"] or "" if article else ""
    inside = [row["start"], row["end"]]
    inside += [row[name] for name in ("cue_start", "cue_end", "mention_start", "mention_end") if row[name] is not None]
    left, right = window(text, min(inside), max(inside), REACH)
    marks = own_marks(row)
    near = (
        'SELECT start, "end" FROM quotations WHERE article_id = ? AND id <> ? AND start < ? AND "end" > ?'
        " AND kind <> 'none'"
    )
    for other in await rows(database, near, [row["article_id"], row["id"], right, left]):
        marks.append(Mark(other["start"], other["end"], "other"))
    return marked_paragraphs(text[left:right], marks, left), left > 0, bool(text[right:].strip())


async def elsewhere(database: Any, row: Row) -> list[Row]:
    """Quotations of other articles with the same words, or with these among theirs."""
    words = TOKEN.findall(fold(row["text"] or ""))
    if len(words) < 4:
        return []
    repeats = await rows(
        database,
        "SELECT r.id FROM summary_repeats r WHERE r.text_key = (SELECT text_key FROM summary_repeats WHERE id = ?)"
        " AND r.id <> ? LIMIT 20",
        [row["id"], row["id"]],
    )
    phrase = f'text : "{" ".join(words[:LOOKED_FOR])}"'
    containing = await rows(
        database,
        "SELECT rowid AS id FROM quotations_fts WHERE quotations_fts MATCH ? LIMIT 40",
        [phrase],
    )
    identifiers = list(dict.fromkeys(found["id"] for found in [*repeats, *containing]))
    found = await quotations(database, [i for i in identifiers if i != row["id"]][:40])
    return [other for other in found if other["article_id"] != row["article_id"] and other["kind"] != "none"][:12]


def _runners_up(stored: str | None) -> list[Row]:
    try:
        candidates = json.loads(stored or "[]")
    except json.JSONDecodeError:
        return []
    return [c for c in candidates if isinstance(c, dict) and c.get("name")] if isinstance(candidates, list) else []


def _forms(stored: str | None) -> list[str]:
    try:
        forms = json.loads(stored or "[]")
    except json.JSONDecodeError:
        return []
    return [form for form in forms if isinstance(form, str)] if isinstance(forms, list) else []


def shown(row: Row) -> str:
    """The words of a quotation with French marks; reported speech stands without any."""
    text = " ".join((row["text"] or "").split())
    return text if row["kind"] == "indirect" else f"«{labels.NO_BREAK}{text}{labels.NO_BREAK}»"


def citation_line(row: Row, page_address: str) -> str:
    """One line to copy into a note: words, speaker, title, outlet, date, address."""
    source = [f"«{labels.NO_BREAK}{row['title']}{labels.NO_BREAK}»" if row["title"] else row["article_id"]]
    source += [row["outlet"]] if row["outlet"] else []
    source += [labels.day(row["date"])] if row["date"] else []
    speaker = row["name"] or row["speaker"]
    said = f"{shown(row)} ({speaker})" if speaker else shown(row)
    return f"{said}, {', '.join(source)}, {row['url'] or page_address}"
