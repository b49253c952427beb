"""The measurement of the site's speed runs, and asks for every kind of page."""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.site_speed import TARGETS, addresses, by_kind, datasette_addresses, downloads, measure, reached


def test_every_kind_of_page_is_measured(sample_database: Path) -> None:
    pages = [*addresses(sample_database), *datasette_addresses(sample_database)]
    files = downloads(sample_database)
    found, streamed = asyncio.run(measure(sample_database, pages, files, rounds=1))
    kinds = {kind for kind, *_ in found}
    assert {"home", "speaker", "article", "words", "two filters", "Datasette: table", "Datasette: view"} <= kinds
    assert all(times[0] > 0 and again > 0 for _, _, times, again in found)
    assert [address for address, *_ in streamed] == list(files)
    assert all(size > 0 for _, size, _ in streamed[1:])
    assert len(list(by_kind(found))) == len(kinds) + 2
    assert set(reached(found)) == set(TARGETS)
