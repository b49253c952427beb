"""Keeping the speaker database of a corpus in order: identities, decisions, suggestions, tables in and out."""

from quotes.curation.changes import (
    decide,
    link_wikidata,
    merge,
    rename,
    split_form,
    split_merged,
    undo,
)
from quotes.curation.identities import Identified, identify
from quotes.curation.listing import Profile, Ranked, find_speaker, profile, top
from quotes.curation.refresh import Refreshed, refresh, resolve_again
from quotes.curation.speakers import read_decisions, speaker_database
from quotes.curation.suggestions import Suggestion, suggest
from quotes.curation.transfer import Imported, export_tables, import_tables

__all__ = [
    "Identified",
    "Imported",
    "Profile",
    "Ranked",
    "Refreshed",
    "Suggestion",
    "decide",
    "export_tables",
    "find_speaker",
    "identify",
    "import_tables",
    "link_wikidata",
    "merge",
    "profile",
    "read_decisions",
    "refresh",
    "rename",
    "resolve_again",
    "speaker_database",
    "split_form",
    "split_merged",
    "suggest",
    "top",
    "undo",
]
