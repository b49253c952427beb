"""Search: what the address asks for, the SQL that answers it, and the counts beside the results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import labels
from .database import Row, kept_rows, rows
from .people import keys_for_name
from .words import Term, match_expression, read_terms, words_to_expand

PAGE = 20
"""Quotations a page of results shows."""

COUNTED = 20_000
"""Hits that are counted by facet; beyond it, the counts are of the first ones and the page says so."""

BROAD = 50_000
"""Hits of the words beyond which ranking them by relevance means nothing, and costs much."""

SHALLOW = 20
"""Pages of results up to which words that are everywhere are looked up one quotation at a time."""

DEEPEST = 10_000
"""The last result that can be paged to; beyond it, the downloads have everything."""

SORTS = {
    "pertinence": "les plus pertinentes",
    "recentes": "les plus récentes",
    "anciennes": "les plus anciennes",
    "confiance": "les plus sûres",
    "doute": "les moins sûres",
}
# bm25 is the lower the better, and likes short texts: two quoted words come after a whole sentence
_RELEVANCE = "bm25(quotations_fts) * CASE f.kind WHEN 'direct' THEN 1.5 WHEN 'indirect' THEN 1.0 ELSE 0.6 END"
ORDERS = {
    "pertinence": f"{_RELEVANCE}, f.id",
    "recentes": "f.date DESC, f.id",
    "anciennes": "f.date IS NULL, f.date, f.id",
    "confiance": "f.confidence DESC, f.id",
    "doute": "f.confidence, f.id",
}
REPORTED = ("direct", "mixed", "indirect")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: exactly what stands in the address of the page."""

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    verb: str = ""
    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    confidence: int = 0
    sort: str = ""
    page: int = 1

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the address, without what is default."""
        values = {
            "q": self.words,
            "personne": self.speaker,
            "media": self.outlet,
            "verbe": self.verb,
            "du": self.since,
            "au": self.until,
            "genre": self.kinds,
            "confiance": self.confidence or "",
            "tri": self.sort,
            "page": self.page if self.page > 1 else "",
        }
        return {name: value for name, value in values.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether anything at all is asked for."""
        return bool(set(self.parameters) - {"tri", "page"})


def read_search(arguments: Any) -> Search:
    """The search of an address; what makes no sense in it is left out rather than refused."""

    def text(name: str) -> str:
        return (arguments.get(name) or "").replace("\x00", "").strip()[:300]

    def whole(name: str, most: int) -> int:
        value = text(name)
        return min(int(value), most) if value.isascii() and value.isdigit() else 0

    return Search(
        words=text("q"),
        speaker=text("personne"),
        outlet=text("media"),
        verb=text("verbe"),
        since=text("du") if _DATE.match(text("du")) else "",
        until=text("au") if _DATE.match(text("au")) else "",
        kinds=tuple(kind for kind in labels.KINDS if kind in arguments.getlist("genre")),
        confidence=whole("confiance", 100),
        sort=text("tri") if text("tri") in SORTS else "",
        page=max(1, whole("page", DEEPEST // PAGE)),
    )


_MATCHES = "quotations_fts MATCH :mots"
_EACH = "EXISTS (SELECT 1 FROM quotations_fts WHERE rowid = f.id AND quotations_fts MATCH :mots)"
_AMONG = "f.id IN (SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH :mots)"


@dataclass(frozen=True, slots=True)
class Plan:
    """A search made ready: a FROM and WHERE over ``summary_facts f``, its parameters, what to highlight."""

    source: str
    where: str
    parameters: dict[str, Any]
    terms: tuple[Term, ...]
    forms: Mapping[str, tuple[str, ...]]
    speakers: tuple[str, ...] | None
    order: str
    ranked: bool
    """Whether hits can be sorted by relevance."""

    def select(self, columns: str, rest: str = "") -> str:
        """The search as SQL, led by the words where there are any."""
        return f"SELECT {columns}\nFROM {self.source}\nWHERE {self.where}\n{rest}".strip()

    def listed(self, rest: str, *, deep: bool) -> str:
        """The ids of the hits in order. Words that are everywhere are looked up while the dates are gone through."""
        if self.ranked or "mots" not in self.parameters:
            return self.select("f.id", rest)
        where = self.where.replace(_MATCHES, _AMONG if deep else _EACH)
        return f"SELECT f.id\nFROM summary_facts f\nWHERE {where}\n{rest}"


async def plan(database: Any, search: Search) -> Plan:
    """Look up what the words and the name stand for, and put the conditions together. Every value is a parameter."""
    terms = read_terms(search.words)
    lemmas, forms = await _forms(database, words_to_expand(terms))
    conditions: list[str] = []
    values: dict[str, Any] = {}
    source = "summary_facts f"
    wanted, excluded = match_expression(terms, lemmas)
    ranked = bool(wanted) and not await _is_broad(database, wanted)
    if wanted:
        source = "quotations_fts CROSS JOIN summary_facts f ON f.id = quotations_fts.rowid"
        conditions.append(_MATCHES)
        values["mots"] = wanted
    if excluded:
        conditions.append("f.id NOT IN (SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH :sauf)")
        values["sauf"] = excluded
    speakers = None
    if search.speaker:
        speakers = await keys_for_name(database, search.speaker)
        names = [f":personne{i}" for i in range(len(speakers))]
        conditions.append(f"f.speaker_key IN ({', '.join(names)})")
        values.update((name[1:], key) for name, key in zip(names, speakers, strict=True))
    for column, value in (("outlet", search.outlet), ("verb", search.verb)):
        if value:
            conditions.append(f"f.{column} = :{column}")
            values[column] = value
    if search.since:
        conditions.append("f.date >= :du")
        values["du"] = search.since
    if search.until:
        conditions.append("f.date <= :au")
        values["au"] = search.until + "-99"[: 3 * (search.until.count("-") < 2)]
    kinds = search.kinds or REPORTED
    if set(kinds) != set(labels.KINDS):
        conditions.append(f"f.kind IN ({', '.join(f':genre{i}' for i in range(len(kinds)))})")
        values.update((f"genre{i}", kind) for i, kind in enumerate(kinds))
    if search.confidence:
        conditions.append("f.confidence >= :confiance")
        values["confiance"] = search.confidence / 100
    usual = "pertinence" if ranked else "recentes"
    order = search.sort if search.sort and (ranked or search.sort != "pertinence") else usual
    return Plan(source, "\n  AND ".join(conditions) or "1", values, terms, forms, speakers, order, ranked)


async def _is_broad(database: Any, expression: str) -> bool:
    sql = "SELECT count(*) AS number FROM (SELECT 1 FROM quotations_fts WHERE quotations_fts MATCH :mots LIMIT :most)"
    return bool((await kept_rows(database, sql, {"mots": expression, "most": BROAD + 1}))[0]["number"] > BROAD)


async def _forms(database: Any, words: list[str]) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    """For each word its lemmas, and all the forms of those lemmas."""
    lemmas: dict[str, list[str]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for word in words[:20]:
        found = await rows(database, "SELECT lemma FROM summary_forms WHERE form = ?", [word])
        lemmas[word] = sorted({word, *(row["lemma"] for row in found)})
        marks = ", ".join("?" * len(lemmas[word]))
        same = await rows(
            database,
            f"SELECT form FROM summary_forms WHERE lemma IN ({marks})",
            lemmas[word],
        )
        forms[word] = (word, *(row["form"] for row in same))
    return lemmas, forms


FACETS = """WITH found AS MATERIALIZED ({found})
SELECT 'total' AS facet, NULL AS value, count(*) AS number FROM found
UNION ALL SELECT * FROM (SELECT 'media', outlet, count(*) FROM found GROUP BY outlet ORDER BY 3 DESC, 2 LIMIT 9)
UNION ALL SELECT * FROM (
    SELECT 'personne', speaker_key, count(*) FROM found GROUP BY speaker_key ORDER BY 3 DESC, 2 LIMIT 9)
UNION ALL SELECT * FROM (SELECT 'genre', kind, count(*) FROM found GROUP BY kind ORDER BY 3 DESC)
UNION ALL SELECT * FROM (SELECT 'annee', substr(date, 1, 4), count(*) FROM found GROUP BY 2 ORDER BY 2)"""

IN_ADVANCE = """SELECT facet, item AS value, number FROM summary_facets WHERE field = :field AND value = :value
ORDER BY facet, CASE facet WHEN 'annee' THEN item END, number DESC, item"""


def single_filter(search: Search, made: Plan) -> tuple[str, str] | None:
    """The one filter that is on, if only one is: its counts may have been made in advance."""
    filters = [
        ("personne", made.speakers[0] if made.speakers and len(made.speakers) == 1 else None, bool(search.speaker)),
        ("media", search.outlet, bool(search.outlet)),
        ("verbe", search.verb, bool(search.verb)),
        ("genre", search.kinds[0] if len(search.kinds) == 1 else None, bool(search.kinds)),
        ("confiance", str(search.confidence), bool(search.confidence)),
        ("annee", search.since if search.since == search.until and len(search.since) == 4 else None,
         bool(search.since or search.until)),
        ("mots", None, bool(made.terms)),
    ]  # fmt: skip
    on = [(field, value) for field, value, active in filters if active]
    if not on:
        return "tout", ""
    field, value = on[0]
    return (field, value) if len(on) == 1 and value is not None else None


async def facets(database: Any, search: Search, made: Plan) -> dict[str, list[Row]]:
    """The number of hits, and how they fall by outlet, speaker, kind and year."""
    single = single_filter(search, made)
    found = await rows(database, IN_ADVANCE, {"field": single[0], "value": single[1]}) if single else []
    if not found:
        sql = FACETS.format(found=made.select("f.outlet, f.speaker_key, f.kind, f.date", f"LIMIT {COUNTED + 1}"))
        found = await kept_rows(database, sql, made.parameters)
        found[0] = {**found[0], "capped": found[0]["number"] > COUNTED}
    groups: dict[str, list[Row]] = {"total": [], "media": [], "personne": [], "genre": [], "annee": [], "verbe": []}
    for row in found:
        if row["value"] or row["facet"] == "total":
            groups[row["facet"]].append(dict(row))
    return groups


QUOTATIONS = """SELECT q.id, q.text, q.kind, q.speaker, q.cue, q.cue_lemma, q.modality, q.relayed_by, q.confidence,
       q.mention, q.article_id, a.title, a.outlet, a.date, f.speaker_key, t.name, t.type
FROM quotations q
JOIN articles a ON a.id = q.article_id
JOIN summary_facts f ON f.id = q.id
LEFT JOIN summary_speakers t ON t.speaker_key = f.speaker_key
WHERE q.id IN ({marks})"""


async def quotations(database: Any, identifiers: list[int]) -> list[Row]:
    """What a list shows of each quotation, in the order of the identifiers."""
    found = await rows(
        database,
        QUOTATIONS.format(marks=", ".join("?" * len(identifiers))),
        identifiers,
    )
    by_id = {row["id"]: row for row in found}
    return [by_id[i] for i in identifiers if i in by_id]
