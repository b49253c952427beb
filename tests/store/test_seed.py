"""The shipped speaker tables in a database: copied once, brought up to date, never over what people changed."""

from __future__ import annotations

from sqlite_utils import Database

from quotes import store


def speakers(db: Database) -> list[tuple[str, str, str, str | None, str]]:
    return db.execute("SELECT id, name, type, gender, source FROM speakers ORDER BY id").fetchall()


def test_seeding_again_keeps_what_people_changed(db: Database) -> None:
    tables = {
        "speakers": [{"id": "x", "name": "Xavier Petit", "type": "person", "gender": ""}],
        "aliases": [{"alias": "X. Petit", "speaker_id": "x", "kind": "variant", "source": "usage"}],
        "offices": [{"role": "maire", "place": "Lyon", "speaker_id": "x", "valid_from": "2012", "known_until": "2026"}],
    }
    assert store.seed(db, tables)
    assert not store.seed(db, tables)
    with db.atomic():
        db.table("aliases").insert({"alias": "Petit", "speaker_id": "x", "kind": "name", "source": "user"})
        db.table("speakers").insert({"id": "y", "name": "Yves", "type": "person", "source": "user"})
    renamed = {**tables, "speakers": [{**tables["speakers"][0], "name": "Xavier Le Petit"}], "offices": []}
    assert store.seed(db, renamed)
    assert [(s[0], s[1], s[4]) for s in speakers(db)] == [("x", "Xavier Le Petit", "seed"), ("y", "Yves", "user")]
    aliases = db.execute("SELECT alias, source FROM aliases ORDER BY 1").fetchall()
    assert aliases == [("Petit", "user"), ("X. Petit", "usage")]
    assert db.execute("SELECT count(*) FROM offices").fetchone() == (0,)
