"""The speaker tables of a database as the values that resolution works on."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from quotes.resolution.database import SpeakerDatabase, read_wordings
from quotes.resolution.decisions import Decision, Decisions
from quotes.resources import data_folder


def speaker_database(db: Database | None = None, folder: Path | None = None) -> SpeakerDatabase:
    """The speakers of ``db``, or the shipped ones without a database. ``folder`` is ``data/`` unless given.

    Speakers and aliases that were made from the articles themselves are left out: what an article is found to say
    must not depend on which articles were read before it. Raises TableError.
    """
    folder = folder or data_folder()
    if db is None:
        return SpeakerDatabase.from_csv(folder)
    roles, places = read_wordings(folder)
    return SpeakerDatabase.from_rows(
        db.query("SELECT * FROM speakers WHERE source <> 'auto' ORDER BY id"),
        db.query("SELECT * FROM aliases WHERE source IS NOT 'auto' ORDER BY speaker_id, alias, id"),
        db.query("SELECT * FROM offices ORDER BY role, place, valid_from, speaker_id"),
        roles,
        places,
    )


def read_decisions(db: Database) -> Decisions:
    """The decisions of ``db`` that stand."""
    return Decisions.of(Decision.from_row(row) for row in db.query("SELECT * FROM decisions WHERE undone_at IS NULL"))
