"""The summary tables count what the tables hold, and can be made again at any time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import quotes.summaries as summaries
from quotes.summaries import fold, refresh_summaries, summaries_current, typical_words
from tests.site.sample import make_database


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(make_database(tmp_path / "quotes.db"))


def contents(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE 'summary~_%' ESCAPE '~' AND type = 'table'"
    )
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names.fetchall()}


def test_refreshing_twice_changes_nothing(connection: sqlite3.Connection) -> None:
    before = contents(connection)
    refresh_summaries(connection)
    assert contents(connection) == before and all(before[name] for name in before if name != "summary_words")


def test_staleness_is_known(connection: sqlite3.Connection) -> None:
    assert summaries_current(connection)
    connection.execute("DELETE FROM quotations WHERE kind = 'mixed'")
    assert not summaries_current(connection)
    refresh_summaries(connection)
    assert summaries_current(connection)
    connection.execute("DROP TABLE summary_facts")
    connection.execute("DROP TABLE summary_totals")
    assert not summaries_current(connection)


def test_a_failure_leaves_the_old_tables(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(connection)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(summaries, "_texts", fail)
    with pytest.raises(sqlite3.OperationalError, match="disk full"):
        refresh_summaries(connection)
    assert contents(connection) == before


def test_an_empty_database_has_empty_summaries(tmp_path: Path) -> None:
    connection = sqlite3.connect(make_database(tmp_path / "quotes.db"))
    for table in ("quotations", "articles", "aliases", "offices", "speakers", "parses"):
        connection.execute(f"DELETE FROM {table}")
    refresh_summaries(connection)
    assert dict(connection.execute("SELECT * FROM summary_totals"))["quotations"] == 0
    assert contents(connection)["summary_speakers"] == []


def test_counts_made_in_advance_are_those_of_the_rows(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "FACET_MINIMUM", 1)
    refresh_summaries(connection)
    columns = {"media": "outlet", "personne": "speaker_key", "verbe": "verb", "genre": "kind"}
    for field, value, facet, item, number in connection.execute("SELECT * FROM summary_facets").fetchall():
        conditions, values = ["1"], []
        if field in columns:
            conditions.append(f"{columns[field]} = ?")
            values.append(value)
        elif field == "annee":
            conditions.append("substr(date, 1, 4) = ?")
            values.append(value)
        elif field == "confiance":
            conditions.append("confidence >= ?")
            values.append(int(value) / 100)
        if field != "genre":
            conditions.append("kind <> 'none'")
        if facet == "annee":
            conditions.append("substr(date, 1, 4) = ?")
            values.append(item)
        elif facet != "total":
            conditions.append(f"{columns[facet]} = ?")
            values.append(item)
        sql = f"SELECT count(*) FROM summary_facts WHERE {' AND '.join(conditions)}"
        assert connection.execute(sql, values).fetchone()[0] == number, (field, value, facet, item)


def test_forms_lead_to_lemmas(connection: sqlite3.Connection) -> None:
    sql = "SELECT lemma FROM summary_forms WHERE form = ?"
    assert connection.execute(sql, ["declare"]).fetchall() == [("declarer",)], "seen in the corpus"
    assert ("proteger",) in connection.execute(sql, ["protegees"]).fetchall(), "from the table of forms"


def test_names_are_found_by_any_of_them(connection: sqlite3.Connection) -> None:
    sql = "SELECT folded FROM summary_speakers WHERE speaker_key = 'odile-marchetal'"
    assert connection.execute(sql).fetchone()[0] == "| odile marchetal | o marchetal | la dame des lacs |"


@pytest.mark.parametrize("word", ["Été", "ÇA", "Noël", "œuvre", "ﬁn", "İstanbul", "Đ", "한국"])
def test_folding_is_that_of_the_index(word: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    connection.execute("INSERT INTO t VALUES (?)", [word])
    assert connection.execute("SELECT term FROM v").fetchone()[0] == fold(word)


def test_typical_words_are_those_that_others_use_less() -> None:
    own = Counter({"lac": 9, "dire": 10, "rare": 1})
    everything = Counter({"lac": 10, "dire": 500, "rare": 1, "autre": 500})
    assert [word for word, _, _ in typical_words(own, everything, everything.total())] == ["lac"]
