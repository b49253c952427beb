"""Errors that a person can act on: what is wrong, where, and what to do about it."""

from __future__ import annotations


class QuotesError(Exception):
    """An expected failure. ``message`` says what and where, ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class SourceError(QuotesError):
    """An input that cannot be read as articles (encoding, format, missing field)."""


class ModelError(QuotesError):
    """A parsing model that is missing or cannot be loaded."""


class DatabaseError(QuotesError):
    """A database that is locked, unwritable, or not one of ours."""


class TableError(QuotesError):
    """A table of the lexicon or of the speaker database that breaks its format."""
