"""Dates as French articles and their metadata write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug", "septembre sept sep september",
            "octobre oct october", "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(19\d\d|20\d\d)(\d\d)(\d\d)(?!\d)")
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_ENGLISH = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)")
_DATELINE = re.compile(
    r"(?:(?:publie|paru|poste|mis a jour|modifie|actualise|cree|ecrit)e?s?\b\W*)?(?:le\b\W*)?"
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b\W*)?\d"
)
_DATELINE_LENGTH = 80


def parse_date(text: str) -> date | None:
    """The first date in ``text``: 2016-09-09, 20160909, 09/09/2016 (day first), 9 septembre 2016, September 9, 2016."""
    folded = _fold(text)
    for pattern, order in ((_ISO, "ymd"), (_SLASHES, "dmy"), (_WORDS, "dmy"), (_ENGLISH, "mdy"), (_COMPACT, "ymd")):
        for match in pattern.finditer(folded):
            fields = dict(zip(order, match.groups(), strict=True))
            month = _MONTHS.get(fields["m"]) if fields["m"].isalpha() else int(fields["m"])
            try:
                return date(int(fields["y"]), month or 0, int(fields["d"]))
            except ValueError:
                continue
    return None


def date_of_dateline(text: str) -> date | None:
    """The date of an article whose first lines hold a dateline: « Publié le vendredi 9 septembre 2016 à 10 h ».

    Only short lines that begin with the date count, so that a date in the story itself is never taken for it.
    """
    for line in text[:600].splitlines()[:6]:
        folded = _fold(line.strip())
        if len(folded) <= _DATELINE_LENGTH and _DATELINE.match(folded):
            found = parse_date(folded)
            if found is not None:
                return found
    return None


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
