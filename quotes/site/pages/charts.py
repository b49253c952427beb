"""What the plots show, as plain data: ``static/charts.js`` draws it, the page gives the same figures as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from . import labels

LONG = 60
"""Months beyond which a timeline counts by year."""

Chart = dict[str, Any]


def timeline(months: Iterable[Mapping[str, Any]], title: str) -> Chart | None:
    """Counts by month (``month``, ``number``) as bars; by year where the period is long.

    None where all fall in one month, which needs no plot.
    """
    counts = {row["month"]: row["number"] for row in months if row["month"] and len(row["month"]) == 7}
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    if span > LONG:
        years = {str(year): 0 for year in range(int(first[:4]), int(last[:4]) + 1)}
        for month, number in counts.items():
            years[month[:4]] += number
        return _bars("années", title, [(year, year, number) for year, number in years.items()])
    points = []
    year, month = int(first[:4]), int(first[5:])
    for _ in range(span):
        key = f"{year:04}-{month:02}"
        points.append((f"{key}-01", labels.day(key), counts.get(key, 0)))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _bars("mois", title, points)


def by_year(counts: Iterable[tuple[str, int]], title: str) -> Chart | None:
    """Counts by year (year, number) as bars, years without any included; None where there are none."""
    numbers: Counter[int] = Counter()
    for year, number in counts:
        if year.isdigit():
            numbers[int(year)] += number
    if not numbers:
        return None
    years = range(min(numbers), max(numbers) + 1)
    return _bars("années", title, [(str(year), str(year), numbers[year]) for year in years])


def _bars(unit: str, title: str, points: list[tuple[str, str, int]]) -> Chart:
    return {
        "type": "timeline",
        "unit": unit,
        "title": title,
        "columns": ["Année" if unit == "années" else "Mois", "Citations"],
        "data": [{"x": x, "label": label, "y": number} for x, label, number in points],
        "table": [(label, number) for _, label, number in points if number],
    }


def ranking(items: Iterable[tuple[str, int]], title: str, column: str) -> Chart | None:
    """Horizontal bars, the longest first."""
    data = [{"label": label, "y": number} for label, number in items]
    if not data:
        return None
    table = [(item["label"], item["y"]) for item in data]
    return {
        "type": "ranking",
        "title": title,
        "columns": [column, "Citations"],
        "data": data,
        "table": table,
    }


def shares(
    cells: Iterable[tuple[str, str, int]],
    title: str,
    column: str,
    order: Iterable[str],
    palette: str,
) -> Chart | None:
    """Bars that fill a hundred per cent: (row, part, number); ``order`` is the order of the parts."""
    parts = list(order)
    numbers: dict[str, dict[str, int]] = {}
    for label, part, number in cells:
        own = numbers.setdefault(label, {})
        own[part] = own.get(part, 0) + number
    data, table = [], []
    for label, own in numbers.items():
        total = sum(own.values())
        if not total:
            continue
        data += [
            {
                "label": label,
                "part": part,
                "y": own.get(part, 0) / total,
                "number": own.get(part, 0),
            }
            for part in parts
        ]
        table.append((label, *(own.get(part, 0) for part in parts)))
    if not data:
        return None
    return {
        "type": "shares",
        "title": title,
        "columns": [column, *parts],
        "parts": parts,
        "palette": palette,
        "data": data,
        "table": table,
    }


def curves(points: Iterable[tuple[str, str, int, int]], title: str) -> Chart | None:
    """A small line for each name over the years, as a share: (name, year, number, number of everybody that year)."""
    data = [
        {"label": name, "x": year, "y": number / everybody, "number": number}
        for name, year, number, everybody in points
        if everybody
    ]
    if not data:
        return None
    table = [(item["label"], item["x"], item["number"]) for item in data]
    return {
        "type": "curves",
        "title": title,
        "columns": ["Personne", "Année", "Citations"],
        "data": data,
        "table": table,
    }
