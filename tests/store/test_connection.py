"""Databases that cannot be used: each is one clear sentence."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes import migrations
from quotes.errors import DatabaseError
from quotes.store import build_lock, database_errors, open_database, open_readonly, write_ahead


def test_a_new_database_has_the_schema(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "quotes.db", create=True)) as db:
        assert {"articles", "quotations", "speakers", "aliases", "offices", "decisions"} <= set(db.table_names())
        assert migrations.pending(db) == ()
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    before = path.read_bytes()
    open_database(path).close()
    open_readonly(path).close()
    assert path.read_bytes() == before


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    path.touch()
    open_database(path, create=True).close()
    with pytest.raises(DatabaseError, match="is empty"):
        (tmp_path / "empty.db").touch()
        open_readonly(tmp_path / "empty.db")


def test_there_is_none(tmp_path: Path) -> None:
    for use in (open_database, open_readonly):
        with pytest.raises(DatabaseError, match="There is no database"):
            use(tmp_path / "quotes.db")
    with pytest.raises(DatabaseError, match="does not exist"):
        open_database(tmp_path / "nowhere" / "quotes.db", create=True)
    with pytest.raises(DatabaseError, match="is a folder"):
        open_database(tmp_path, create=True)


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    path.write_text("Bonjour, je ne suis pas une base de données.", encoding="utf-8")
    with pytest.raises(DatabaseError, match="not an SQLite database"):
        open_database(path, create=True)
    assert path.read_text(encoding="utf-8").startswith("Bonjour")


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE articles (id TEXT)")
    before = path.read_bytes()
    for use in (open_database, open_readonly):
        with pytest.raises(DatabaseError, match="another program"):
            use(path)
    assert path.read_bytes() == before


def test_a_newer_version_made_it(tmp_path: Path, db: Database) -> None:
    unheard_of = {"migration_set": "quotes-tables", "name": "holograms", "applied_at": "2031-01-01"}
    db.table("_sqlite_migrations").insert(unheard_of)
    db.conn.commit()
    with pytest.raises(DatabaseError, match="newer version of quotes"):
        open_database(tmp_path / "quotes.db")


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    data = bytearray(path.read_bytes())
    data[200:20000] = b"\xff" * 19800
    path.write_bytes(data)
    with pytest.raises(DatabaseError, match="damaged"):
        open_database(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    path.chmod(0o444)
    refused = pytest.raises(DatabaseError, match="cannot be written")
    with closing(open_database(path)) as db, refused, database_errors(path):
        db.execute("DELETE FROM articles")
    tmp_path.chmod(0o555)
    with pytest.raises(DatabaseError, match="cannot be written"):
        open_database(tmp_path / "other.db", create=True)


def test_a_read_only_database(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    refused = pytest.raises(DatabaseError, match="cannot be written")
    with closing(open_readonly(path)) as readonly, refused, database_errors(path):
        readonly.execute("DELETE FROM articles")


def test_another_program_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseError, match="locked by another program"):
            open_database(path, busy_seconds=0.05)


def test_a_full_disk(db: Database, tmp_path: Path) -> None:
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(DatabaseError, match="disk is full"), database_errors(tmp_path / "quotes.db"):
        db.execute("INSERT INTO meta VALUES ('much', ?)", ["x" * 100_000])


def test_one_build_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    with build_lock(path):
        with pytest.raises(DatabaseError, match="Another `quotes build`"), build_lock(path):
            pass
        with build_lock(tmp_path / "other.db"):
            pass
    with build_lock(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_the_lock_lets_one_through_at_a_time(tmp_path: Path) -> None:
    path, inside, most = tmp_path / "quotes.db", [0], [0]

    def work() -> None:
        for _ in range(50):
            try:
                with build_lock(path):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    inside[0] -= 1
            except DatabaseError:
                continue

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_write_ahead_leaves_one_plain_file(db: Database, tmp_path: Path) -> None:
    with write_ahead(db):
        with db.atomic():
            db.execute("INSERT INTO meta VALUES ('a', 'b')")
        assert (tmp_path / "quotes.db-wal").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["quotes.db"]


def test_write_ahead_stays_where_somebody_reads(db: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "quotes.db", isolation_level=None)) as reader:
        with write_ahead(db):
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM articles").fetchone()
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
