"""Reporting clauses inside quotation marks, told from the characters alone, before any parsing."""

from __future__ import annotations

import re

from quotes.lexicon import Lexicon

_CLITIC = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles)\b", re.IGNORECASE)
_AFTER_PAUSE = re.compile(
    r"[,.!?…;:–—-][\s\u00a0\u202f]*"
    r"(?:(?:s|m|l|t|lui|nous|me|se|leur|vous)[\s'’]+)?(?:(?:a|ont|avait|avaient|est|sont|aura)\s+)?(?:\w+\s+)?"
    r"(?P<verb>[^\W\d_]+)\s+(?:(?:encore|aussi|également|ainsi|alors|enfin|toutefois|cependant|d['’]ailleurs)\s+)?(?:[lL][ea]s?\s|[lL]['’]|une?\s|des\s|M\.|[A-ZÀ-Ý])"
)
_WORD = re.compile(r"[^\W\d_]+")


def may_hide_incise(quoted: str, lexicon: Lexicon) -> bool:
    """Whether quoted text may hold a reporting clause (« Oui, a dit X, demain »): a form of a reporting verb right
    after a pause, or with its subject pronoun behind it. Meant to let through too much rather than too little."""
    for match in _CLITIC.finditer(quoted):
        words = _WORD.findall(quoted[max(0, match.start() - 40) : match.start()])[-1:]
        following = _WORD.findall(quoted[match.end() : match.end() + 40])[:3]
        if any(lexicon.verb_form(w) for w in (*words, *following)):
            return True
    return any(lexicon.verb_form(match.group("verb")) for match in _AFTER_PAUSE.finditer(quoted))
