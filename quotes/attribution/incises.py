"""Reporting clauses inside quotation marks, told from the characters alone, before any parsing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.lexicon import Lexicon

_CLITIC = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[,.!?…;:)–—-][\s\u00a0\u202f]*(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+\.?")
_STOP = re.compile(r"[.!?…;:](?=\s|$)")
_OBJECTS = frozenset("s se m me l le la les lui leur nous".split())
_AUXILIARIES = frozenset("a ont avait avaient est sont était étaient aura auront".split())
_SUBJECT_STARTS = frozenset("le la les l un une des son sa ses leur ce cette mon notre m mme".split())
_REACH = 9  # words between a verb and its inverted subject: a déclaré mardi à Genève devant la presse | X


def may_hide_incise(quoted: str, lexicon: Lexicon) -> bool:
    """Whether quoted text may hold a reporting clause (« Oui, a dit X, demain »): a form of a reporting verb right
    after a pause with something like a subject behind it. Meant to let through too much rather than too little."""
    for match in _CLITIC.finditer(quoted):
        words = _WORD.findall(quoted[max(0, match.start() - 40) : match.start()])[-1:]
        following = _WORD.findall(quoted[match.end() : match.end() + 40])[:3]
        if any(lexicon.verb_form(w) for w in (*words, *following)):
            return True
    for pause in _PAUSE.finditer(quoted):
        rest = quoted[pause.end() : pause.end() + 120]
        stop = _STOP.search(rest)
        if _inverts(_WORD.findall(rest[: stop.start()] if stop else rest), lexicon):
            return True
    return False


def _inverts(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words start with a reporting verb, clitics and auxiliaries aside, and a noun phrase or name is near."""
    at = 0
    while at < len(words) and words[at].lower() in _OBJECTS:
        at += 1
    auxiliary = at < len(words) and words[at].lower() in _AUXILIARIES
    tried = words[at + 1 : at + 3] if auxiliary else words[at : at + 1]
    for i, word in enumerate(tried, at + 1 if auxiliary else at):
        reports = bool(lexicon.verb_form(word)) if auxiliary else lexicon.finite_form(word)
        if reports and not word.endswith(("ons", "ez")):
            return any(w[0].isupper() or w.lower().rstrip(".") in _SUBJECT_STARTS for w in words[i + 1 : i + _REACH])
    return False
