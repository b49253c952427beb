"""The data of the plots, and the French of the numbers."""

from __future__ import annotations

import pytest

from quotes.site.pages import labels
from quotes.site.pages.charts import curves, ranking, shares, timeline


def test_a_short_timeline_has_every_month() -> None:
    chart = timeline([{"month": "2015-11", "number": 2}, {"month": "2016-02", "number": 1}], "Titre")
    assert chart is not None and chart["unit"] == "mois"
    assert [(point["x"], point["y"]) for point in chart["data"]] == [
        ("2015-11-01", 2), ("2015-12-01", 0), ("2016-01-01", 0), ("2016-02-01", 1)
    ]  # fmt: skip
    assert chart["table"] == [("novembre 2015", 2), ("février 2016", 1)]


def test_a_long_timeline_counts_years() -> None:
    chart = timeline([{"month": "2005-11", "number": 2}, {"month": "2016-02", "number": 1}], "Titre")
    assert chart is not None and chart["unit"] == "années" and len(chart["data"]) == 12


def test_nothing_to_draw_is_no_plot() -> None:
    assert timeline([{"month": "2015-11", "number": 2}], "") is None
    assert timeline([], "") is ranking([], "", "") is shares([], "", "", [], "two") is curves([], "") is None


def test_shares_are_of_the_whole_row() -> None:
    chart = shares(
        [("A", "femmes", 1), ("A", "hommes", 3), ("B", "femmes", 0)], "", "Média", ["femmes", "hommes"], "two"
    )
    assert chart is not None
    assert [point["y"] for point in chart["data"]] == [0.25, 0.75]
    assert chart["table"] == [("A", 1, 3)]


def test_curves_are_shares_of_the_year() -> None:
    chart = curves([("A", "2015", 1, 4), ("A", "2016", 3, 0)], "")
    assert chart is not None
    assert chart["data"] == [{"label": "A", "x": "2015", "y": 0.25, "number": 1}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (1234567, "1\u202f234\u202f567"), (0.5, "0,5"), (2.0, "2"), (None, "–"), (1234.56, "1\u202f234,6")],
)
def test_numbers(value: float | None, expected: str) -> None:
    assert labels.number(value) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2016-09-28", "28\u00a0septembre 2016"),
        ("2016-03-01", "1ᵉʳ\u00a0mars 2016"),
        ("2016-09", "septembre 2016"),
        ("2016", "2016"),
        ("2016-13-45", "2016-13-45"),
        ("jadis", "jadis"),
        (None, "sans date"),
    ],
)
def test_days(iso: str | None, expected: str) -> None:
    assert labels.day(iso) == expected


def test_zero_is_singular() -> None:
    assert [labels.count(n, "citation") for n in (0, 1, 2)] == [
        "0\u00a0citation",
        "1\u00a0citation",
        "2\u00a0citations",
    ]
