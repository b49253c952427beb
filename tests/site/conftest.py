"""One sample database and one Datasette for the tests of the site."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from quotes.site import SITE
from tests.site.sample import make_database

Get = Callable[[str], Any]


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("site") / "quotes.db")


@pytest.fixture(scope="session")
def get(sample_database: Path) -> Get:
    """Fetch a page of the site in this process."""
    return getter(Datasette([str(sample_database)], config_dir=SITE))


def getter(datasette: Datasette) -> Get:
    return lambda path: asyncio.run(datasette.client.get(path))


@pytest.fixture
def rows(sample_database: Path) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
    """Ask the sample database in SQL."""
    connection = sqlite3.connect(f"{sample_database.as_uri()}?mode=ro", uri=True)
    yield lambda sql, *values: connection.execute(sql, values).fetchall()
    connection.close()
