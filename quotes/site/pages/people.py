"""Finding a speaker by what a person types: a key, a name, an alias, a part of one."""

from __future__ import annotations

from typing import Any

from .database import Row, rows
from .words import TOKEN, fold

MOST = 200
"""How many speakers a part of a name may stand for."""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def keys_for_name(database: Any, name: str) -> tuple[str, ...]:
    """The speakers that ``name`` stands for: its own key first, then whole names and aliases, then parts of names."""
    exact = await rows(
        database,
        "SELECT speaker_key FROM summary_speakers WHERE speaker_key = ?",
        [name],
    )
    folded = " ".join(TOKEN.findall(fold(name)))
    sql = (
        "SELECT speaker_key FROM summary_speakers WHERE folded LIKE ? ESCAPE '\\'"
        " ORDER BY quotations DESC, speaker_key LIMIT ?"
    )
    if not exact and folded:
        exact = await rows(database, sql, [f"%| {_escaped(folded)} |%", MOST])
        exact = exact or await rows(database, sql, [f"%{_escaped(folded)}%", MOST])
    return tuple(row["speaker_key"] for row in exact)


async def names_like(database: Any, text: str, limit: int, *, named: bool = False) -> list[Row]:
    """Speakers one of whose names has a word that starts like each word of ``text``, the most quoted first.

    ``named`` leaves out sources without a name (*un diplomate*).
    """
    words = TOKEN.findall(fold(text))[:6]
    if not words or len("".join(words)) < 2:
        return []
    where = " AND ".join(["folded LIKE ? ESCAPE '\\'"] * len(words))
    where += " AND type <> 'unnamed'" if named else ""
    sql = (
        f"SELECT speaker_key, name, type, quotations FROM summary_speakers WHERE {where}"
        " ORDER BY quotations DESC, name LIMIT ?"
    )
    return await rows(database, sql, [*(f"% {_escaped(word)}%" for word in words), limit])
