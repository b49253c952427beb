"""The speaker tables of a database as the values that resolution works on."""

from __future__ import annotations

from sqlite_utils import Database

from quotes.resolution.database import SpeakerDatabase, read_wordings
from quotes.resolution.decisions import Decision, Decisions
from quotes.resources import data_folder
from quotes.store import read_speakers


def speaker_database(db: Database) -> SpeakerDatabase:
    """The speakers of ``db``, but those made from the articles themselves. Raises TableError."""
    roles, places = read_wordings(data_folder())
    tables = read_speakers(db)
    return SpeakerDatabase.from_rows(tables["speakers"], tables["aliases"], tables["offices"], roles, places)


def read_decisions(db: Database) -> Decisions:
    """The decisions of ``db`` that stand."""
    return Decisions.of(Decision.from_row(row) for row in db.query("SELECT * FROM decisions WHERE undone_at IS NULL"))
