"""Bodies and groups that an article has mentioned, found again by the same name, by its first word or by its acronym.

*Le ministère de l'Intérieur* ... *le ministère*; *la Fédération nationale de l'immobilier* ... *la FNI*. They are
looked up, not searched for, so that a long article with many bodies costs no more for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

_SMALL_WORDS = frozenset("de des du la le les l d et pour a".split())
_SHORTEST = 3
"""Letters of an acronym; a first word has one more."""


class Bodies:
    """The keys of bodies by what their names share with other names for them. Names are folded."""

    def __init__(self) -> None:
        self._by_sign: dict[str, list[str]] = defaultdict(list)
        self._known: set[str] = set()

    def add(self, key: str, name: str) -> None:
        """Remember a body under its name."""
        if key not in self._known:
            self._known.add(key)
            for sign in _signs(name):
                self._by_sign[sign].append(key)

    def alike(self, name: str) -> Iterator[str]:
        """The keys of the bodies of this name, of those that it is the first word or the acronym of, and of those that
        are the first word or the acronym of it."""
        for sign in _asked(name):
            yield from self._by_sign.get(sign, ())


def _signs(name: str) -> Iterator[str]:
    first, _, rest = name.partition(" ")
    yield "=" + name
    if rest:
        yield "begins " + first
        initials = _initials(name)
        for length in range(_SHORTEST, len(initials) + 1):
            yield "initials " + "".join(sorted(initials[:length]))
    elif len(name) >= _SHORTEST:
        yield "word " + name
        yield "letters " + "".join(sorted(name))


def _asked(name: str) -> Iterator[str]:
    first, _, rest = name.partition(" ")
    yield "=" + name
    if rest:
        if len(first) > _SHORTEST:
            yield "word " + first
        initials = _initials(name)
        for length in range(_SHORTEST, len(initials) + 1):
            yield "letters " + "".join(sorted(initials[:length]))
    elif len(name) >= _SHORTEST:
        if len(name) > _SHORTEST:
            yield "begins " + name
        yield "initials " + "".join(sorted(name))


def _initials(name: str) -> str:
    """The first letters of a name's words, but for the small ones."""
    return "".join(word[0] for word in name.split() if word not in _SMALL_WORDS)
