"""Small facts of French spelling that several tables need: word splitting, contractions, plurals."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CONTRACTIONS = {
    "au": ("à", "le"), "aux": ("à", "les"), "du": ("de", "le"), "des": ("de", "les"), "d'": ("de",), "qu'": ("que",),
    "l'": ("le",), "la": ("le",), "les": ("le",), "s'": ("se",),
}  # fmt: skip
_WORD = re.compile(r"\w+'|[\w-]+")
_PREFIXES = ("ex-", "vice-", "co-", "sous-", "néo-", "non-")


def split_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as written, an elided one with its apostrophe."""
    return tuple(_WORD.findall(phrase.replace("’", "'")))


def syntactic_words(word: str) -> tuple[str, ...]:
    """A word taken apart and stripped of elision and of the article's gender: *aux* is *à le*, *d'* is *de*."""
    word = word.replace("’", "'")
    parts = _CONTRACTIONS.get(word, (word,))
    return tuple("le" if part == "les" else part for part in parts)


def plural_of(noun: str) -> str:
    """The regular plural of a simple noun."""
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith("al"):
        return noun[:-1] + "ux"
    return noun + ("x" if noun.endswith(("au", "eu")) else "s")


def plurals_of(phrase: str) -> Iterator[str]:
    """The likely plurals of a noun or noun phrase: its first word alone (*chefs de file*), or each of its words."""
    first, *rest = phrase.split(" ")
    yield " ".join([plural_of(first), *rest])
    if rest:
        yield " ".join(map(plural_of, [first, *rest]))


def without_prefix(noun: str) -> str:
    """A noun without *ex-*, *vice-* and their like."""
    for prefix in _PREFIXES:
        if noun.startswith(prefix):
            return noun[len(prefix) :]
    return noun
