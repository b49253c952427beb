"""The page of results: hits, facets that narrow, filters that can be taken off, files and SQL to take away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from datasette.utils.asgi import Response

from . import labels
from .database import Row, kept_rows, our_database, rows
from .people import names_like
from .render import address, page
from .search import DEEPEST, ORDERS, PAGE, SHALLOW, SORTS, Plan, Search, facets, plan, quotations, read_search
from .words import highlighted


async def search_page(datasette: Any, request: Any) -> Response:
    """/recherche"""
    database = await our_database(datasette)
    search = read_search(request.args)
    made = await plan(database, search)
    limits = {"depuis": (search.page - 1) * PAGE, "nombre": PAGE}
    sql = made.listed(f"ORDER BY {ORDERS[made.order]}\nLIMIT :nombre OFFSET :depuis", deep=search.page > SHALLOW)
    counts, ids, people = await asyncio.gather(
        facets(database, search, made),
        kept_rows(database, sql, made.parameters | limits),
        names_like(database, search.words, 4, named=True) if search.words and search.page == 1 else _nothing(),
    )
    found = await quotations(database, [row["id"] for row in ids])
    for row in found:
        row["html"] = highlighted(row["text"], made.terms, made.forms)
    total = counts["total"][0]["number"]
    names = await _names(
        database,
        [row["value"] for row in counts["personne"]] + list(made.speakers or ()),
    )
    values = {
        "search": search,
        "total": total,
        "capped": counts["total"][0].get("capped", False),
        "quotations": found,
        "facets": _facet_links(datasette, search, counts, names),
        "people": people,
        "active": _active(datasette, search, made, names),
        "order": made.order,
        "sorts": [(key, text) for key, text in SORTS.items() if key != "pertinence" or made.ranked],
        "pages": _pages(datasette, search, total),
        "first": (search.page - 1) * PAGE + 1,
        "last": (search.page - 1) * PAGE + len(found),
        "sql_address": sql_address(datasette, database, search, made),
        "here": search.parameters,
    }
    return await page(datasette, request, "search", values)


async def _nothing() -> list[Row]:
    return []


async def _names(database: Any, keys: list[str]) -> dict[str, str]:
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT speaker_key, name FROM summary_speakers WHERE speaker_key IN ({marks})"
    return {row["speaker_key"]: row["name"] for row in await rows(database, sql, keys)}


def _facet_links(datasette: Any, search: Search, counts: dict[str, list[Row]], names: dict[str, str]) -> list[Row]:
    groups = []
    for facet, title in (
        ("personne", "Personnes"),
        ("media", "Médias"),
        ("annee", "Années"),
        ("genre", "Genres"),
    ):
        items = []
        for row in counts[facet]:
            value = row["value"]
            narrower, chosen, label = _narrower(search, facet, value, names)
            items.append(
                {
                    "label": label,
                    "number": row["number"],
                    "chosen": chosen,
                    "address": address(datasette, "recherche", **replace(narrower, page=1).parameters),
                }
            )
        if items:
            groups.append({"title": title, "items": items[:8] if facet != "annee" else items})
    return groups


def _narrower(search: Search, facet: str, value: str, names: dict[str, str]) -> tuple[Search, bool, str]:
    if facet == "personne":
        return (
            replace(search, speaker=value),
            search.speaker == value,
            names.get(value, value),
        )
    if facet == "media":
        return replace(search, outlet=value), search.outlet == value, value
    if facet == "genre":
        return (
            replace(search, kinds=(value,)),
            search.kinds == (value,),
            labels.KINDS.get(value, value),
        )
    return (
        replace(search, since=value, until=value),
        search.since == search.until == value,
        value,
    )


def _active(datasette: Any, search: Search, made: Plan, names: dict[str, str]) -> list[Row]:
    """The filters that are on, each with the address of the same search without it."""
    filters: list[tuple[str, Search]] = []
    if search.speaker:
        keys = made.speakers or ()
        if len(keys) == 1:
            label = names.get(keys[0], search.speaker)
        else:
            label = f"« {search.speaker} » ({labels.count(len(keys), 'personne')})"
        filters.append((f"Personne{labels.NO_BREAK}: {label}", replace(search, speaker="")))
    if search.outlet:
        filters.append((f"Média{labels.NO_BREAK}: {search.outlet}", replace(search, outlet="")))
    if search.verb:
        filters.append((f"Verbe{labels.NO_BREAK}: {search.verb}", replace(search, verb="")))
    if search.since and search.since == search.until:
        filters.append(
            (
                f"Date{labels.NO_BREAK}: {labels.day(search.since)}",
                replace(search, since="", until=""),
            )
        )
    else:
        if search.since:
            filters.append(
                (
                    f"Depuis{labels.NO_BREAK}: {labels.day(search.since)}",
                    replace(search, since=""),
                )
            )
        if search.until:
            filters.append(
                (
                    f"Jusqu’à{labels.NO_BREAK}: {labels.day(search.until)}",
                    replace(search, until=""),
                )
            )
    if search.kinds:
        kinds = ", ".join(labels.KINDS[kind] for kind in search.kinds)
        filters.append((f"Genre{labels.NO_BREAK}: {kinds}", replace(search, kinds=())))
    if search.confidence:
        label = f"Confiance{labels.NO_BREAK}: au moins {search.confidence}{labels.NARROW}%"
        filters.append((label, replace(search, confidence=0)))
    return [
        {
            "label": label,
            "address": address(datasette, "recherche", **replace(without, page=1).parameters),
        }
        for label, without in filters
    ]


def _pages(datasette: Any, search: Search, total: int) -> Row:
    def at(number: int) -> str:
        return address(datasette, "recherche", **replace(search, page=number).parameters)

    last = max(1, -(-min(total, DEEPEST) // PAGE))
    return {
        "number": search.page,
        "last": last,
        "previous": at(search.page - 1) if search.page > 1 else None,
        "next": at(search.page + 1) if search.page < last else None,
    }


def sql_address(datasette: Any, database: Any, search: Search, made: Plan) -> str:
    """Where Datasette shows the SQL of a search, with its parameters, ready to be changed."""
    sql = made.select("d.*", f"ORDER BY {ORDERS[made.order]}\nLIMIT 1000")
    sql = sql.replace(
        f"FROM {made.source}",
        f"FROM {made.source}\nJOIN quotation_details d ON d.id = f.id",
    )
    parameters = {"sql": sql, **made.parameters}
    return address(datasette, database.name, **parameters)
