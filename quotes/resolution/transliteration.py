"""Spellings of one Russian, Ukrainian or Arabic name, brought to one key.

The press writes the same person *Sergueï*, *Serguei*, *Sergej*; *Choïgou*, *Shoigu*; *al-Sissi*, *Sisi*. Neither
romanisation is wrong, so ``loose_key`` maps both to the same string. The rules are ordered rewritings of a folded
word (see ``names.fold``); they are kept narrow, since every rule that joins two spellings may join two people:
*ch* and *tch* are one sound only before the endings of Slavic surnames (*Gorbachev*, but never *Michel* and
*Mitchell*), a final *-ine* is *-in* only in a surname (*Poutine*, but never *Martine*).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 4  # Li and Ly, Ali and Aly: nothing is left of so short a word once it is rewritten

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Слово: щ, ч before -ev, -ov, -en(ko), -uk and at the end of -ovitch
        (r"(?:s?chtch|shch|schtsch|tsch|tch|sch|ch|sh)(?=e[nv]|ov|ou?k)", "X"),
        (r"(?<=[iy])(?:tsch|tch|ch|cz)$", "X"),
        (r"sch|sh", "ch"),
        (r"zh|dzh|dj", "j"),
        (r"(?<=[aeiouy])j$", "i"),
        (r"gu(?=[ei])", "g"),
        (r"(?:ou|oo)", "u"),
        (r"ks", "x"),
        (r"kh|q(?:u(?=[ei]))?", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"ph", "f"),
        (r"([dgt])h", r"\1"),
        (r"w", "v"),
        (r"o(?:ff|w)$", "ov"),
        (r"eff$", "ev"),
        (r"y", "i"),
        (r"tz", "ts"),
        (r"^ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)

_SURNAME_ENDING = re.compile(r"(?<=[ai])ne$")

# Given names whose spellings lie too far apart for rules; each row is one name.
_GIVEN_NAMES = """
    mohamed mohammed mohammad mohamad muhammad muhammed mouhamed mouhammad
    ahmed ahmad
    abdallah abdullah abdalla abdoulah
    hussein hussain houssein husein hussayn
    youssef yousef yusuf youcef yousouf
    oussama osama usama
    omar umar
    moustafa mustafa mostafa mustapha mostapha
    ibrahim ebrahim brahim
    vladimir volodymyr volodimir wladimir wolodymyr
    alexandre alexander alexandr aleksandr oleksandr
    sergei serguei sergej sergey serhii serhiy serhi
    nikolai nikolay nikolaj mykola
    mikhail mikhael michail mykhailo mykhaylo
    dmitri dmitry dimitri dmytro
    andrei andrey andrej andrii andriy
    evgueni evgeni evgeny evguenii yevgeny yevgueni ievgueni evgenii yevhen ievhen
    iouri yuri youri iuri yuriy iourii
    piotr pyotr petr petro
    alexei alexey aleksei aleksey alexej oleksii oleksiy
    oleg oleh
    ioulia yulia iulia youlia ioulia julia
    bachar bashar
"""


@lru_cache(maxsize=1)
def _given_name_classes() -> dict[str, str]:
    rows = (row.split() for row in _GIVEN_NAMES.strip().splitlines())
    return {name: row[0] for row in rows for name in row}


@lru_cache(maxsize=65536)
def loose_key(word: str, surname: bool = False) -> str:
    """The key shared by the romanisations of one name; the word itself where it is short or has a digit.

    ``word`` is one folded word (lower case, no accents). With ``surname``, endings that differ between the French
    and the English way of writing a surname (*-ine*, *-ane*) are joined too.
    """
    if len(word) < _SHORTEST:
        return word
    if not surname and (name := _given_name_classes().get(word)):
        return name
    key = word
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return _SURNAME_ENDING.sub("n", key) if surname and len(key) > _SHORTEST else key
