"""The doubtful attributions: little confidence, no speaker, or an odd mark."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from .database import our_database, rows
from .home import totals
from .render import page
from .search import PAGE, quotations

REASONS = {
    "fragile": ("Confiance sous 50 %", "fragile", "f.confidence < 0.5"),
    "sans-nom": ("Personne n’est nommé", "nameless", "f.speaker_key IS NULL"),
    "guillemet": ("Guillemet étrange", "odd", "f.id IN (SELECT id FROM quotations WHERE problem IS NOT NULL)"),
}
"""For each reason: its title, its count in ``summary_totals``, its condition."""


async def review_page(datasette: Any, request: Any) -> Response:
    """/a-verifier"""
    database = await our_database(datasette)
    reason = request.args.get("motif") if request.args.get("motif") in REASONS else "fragile"
    number = request.args.get("page") or "1"
    number = max(1, min(int(number), 500)) if number.isascii() and number.isdigit() else 1
    where = f"f.kind IN ('direct', 'mixed', 'indirect') AND {REASONS[reason][2]}"
    found = await rows(
        database,
        f"SELECT f.id FROM summary_facts f WHERE {where} ORDER BY f.confidence, f.id LIMIT ? OFFSET ?",
        [PAGE + 1, (number - 1) * PAGE],
    )
    counts = await totals(database)
    listed = await quotations(database, [row["id"] for row in found[:PAGE]])
    marks = ", ".join("?" * len(listed))
    why = await rows(
        database,
        f"SELECT * FROM quotations WHERE id IN ({marks})",
        [row["id"] for row in listed],
    )
    values = {
        "quotations": listed,
        "why": {row["id"]: row for row in why},
        "reasons": [(name, title, counts[total]) for name, (title, total, _) in REASONS.items()],
        "reason": reason,
        "number": number,
        "more": len(found) > PAGE,
    }
    return await page(datasette, request, "review", values)
