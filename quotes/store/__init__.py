"""Every read and write of ``quotes.db``."""

from quotes.store.articles import (
    Known,
    count_rows,
    count_stale,
    known_articles,
    prune,
    stored_articles,
    stored_parses,
    stored_texts,
    tidy,
    write_record,
)
from quotes.store.connection import build_lock, database_errors, open_database, open_readonly, write_ahead
from quotes.store.lemmas import lemmatiser
from quotes.store.parses import decode_parse, encode_parse
from quotes.store.reading import COLUMNS, Column, Filter, find_speakers, read_outlets, read_quotations
from quotes.store.rows import Record, content_hash, count_words, extract_object, extract_row, record_of
from quotes.store.seed import get_meta, is_finished, read_speakers, seed, set_finished, set_meta

__all__ = [
    "COLUMNS",
    "Column",
    "Filter",
    "Known",
    "Record",
    "build_lock",
    "content_hash",
    "count_rows",
    "count_stale",
    "count_words",
    "database_errors",
    "decode_parse",
    "encode_parse",
    "extract_object",
    "extract_row",
    "find_speakers",
    "get_meta",
    "is_finished",
    "known_articles",
    "lemmatiser",
    "open_database",
    "open_readonly",
    "prune",
    "read_outlets",
    "read_quotations",
    "read_speakers",
    "record_of",
    "seed",
    "set_finished",
    "set_meta",
    "stored_articles",
    "stored_parses",
    "stored_texts",
    "tidy",
    "write_ahead",
    "write_record",
]
