"""The language of the search box: words, "exact phrases", -exclusions, pref*, OU; to FTS5 and to highlights."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

TOKEN = re.compile(r"[^\W_]+")
_DIACRITIC = re.compile("[\u0300-\u036f]")
_ITEM = re.compile(r'(-?)(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|(\S+))')

STOP_WORDS = frozenset(
    "a au aux avec c ce ces cette d dans de des du elle elles en est et eux il ils j je l la le les leur leurs lui m ma"
    " mais me mes moi mon n ne nos notre nous on ou par pas pour qu que qui s sa sans se ses son sur t ta te tes toi"
    " ton tu un une vos votre vous y".split()
)
"""Words in most quotations: left out of a search for several words, unless in an exact phrase."""

EXCERPT = 420
"""How many characters of a long quotation a list shows."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing looked for: its folded words in a row. ``exact``: as written, no other form of the word."""

    words: tuple[str, ...]
    exact: bool = False
    excluded: bool = False
    prefix: bool = False
    alternative: bool = False
    """Joined to the term before it by OU."""


def fold(text: str) -> str:
    """Lower case without diacritics, as the index folds."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return unicodedata.normalize("NFC", _DIACRITIC.sub("", unicodedata.normalize("NFD", lower)))


def read_terms(query: str) -> tuple[Term, ...]:
    """What a person typed, as terms. Nothing is an error: odd characters separate words."""
    terms: list[Term] = []
    either = False
    for minus, *phrases, word in _ITEM.findall(query):
        if word in ("OU", "OR") and terms:
            either = True
            continue
        phrase = next((p for p in phrases if p), "")
        tokens = tuple(TOKEN.findall(fold(phrase or word)))
        if tokens:
            prefix = word.endswith("*") and len(tokens) == 1 and len(tokens[0]) > 1
            terms.append(Term(tokens, bool(phrase), bool(minus), prefix, either and not minus))
        either = False
    telling = tuple(t for t in terms if t.exact or len(t.words) > 1 or t.words[0] not in STOP_WORDS)
    return telling if any(not t.excluded for t in telling) else tuple(terms)


def words_to_expand(terms: Iterable[Term]) -> list[str]:
    """The words whose other forms are wanted."""
    return sorted({t.words[0] for t in terms if len(t.words) == 1 and not t.exact and not t.prefix})


def match_expression(terms: Iterable[Term], lemmas: Mapping[str, Iterable[str]]) -> tuple[str, str]:
    """FTS5 expressions: what must match and what must not; empty where nothing was asked.

    ``lemmas`` gives the lemmas of a word where the corpus knows any. Words come from ``TOKEN`` alone, so that no
    character of the query language of FTS5 is ever passed on.
    """
    groups: list[list[str]] = []
    excluded: list[str] = []
    for term in terms:
        expression = _expression(term, lemmas)
        if term.excluded:
            excluded.append(expression)
        elif term.alternative and groups:
            groups[-1].append(expression)
        else:
            groups.append([expression])
    wanted = " AND ".join(f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups)
    return wanted, " OR ".join(excluded)


def _expression(term: Term, lemmas: Mapping[str, Iterable[str]]) -> str:
    phrase = f'"{" ".join(term.words)}"'
    if term.prefix:
        return f"text : {phrase} *"
    if term.exact or len(term.words) > 1:
        return f"text : {phrase}"
    others = " OR ".join(f'"{lemma}"' for lemma in sorted({*lemmas.get(term.words[0], ()), term.words[0]}))
    return f"(text : {phrase} OR lemmas : ({others}))"


def highlighted(
    text: str,
    terms: Iterable[Term],
    forms: Mapping[str, Iterable[str]],
    limit: int = EXCERPT,
) -> Markup:
    """The text with its hits in ``<mark>``, everything escaped; a long one cut around the first hit.

    ``forms`` gives for a word of the query all its forms in the corpus, folded.
    """
    tokens = [(fold(m.group()), m.start(), m.end()) for m in TOKEN.finditer(text)]
    hits = sorted(_hits([t[0] for t in tokens], [t for t in terms if not t.excluded], forms))
    spans = [(tokens[first][1], tokens[last][2]) for first, last in hits]
    if not spans:
        spans = _akin(tokens, terms)
    left, right = _excerpt(text, spans[0] if spans else (0, 0), limit)
    pieces = ["[…] " if left else ""]
    position = left
    for start, end in spans:
        if start >= position and end <= right:
            pieces.append(f"{escape(text[position:start])}<mark>{escape(text[start:end])}</mark>")
            position = end
    pieces.append(escape(text[position:right]) + (" […]" if right < len(text) else ""))
    return Markup("".join(pieces))


def _hits(words: list[str], terms: Iterable[Term], forms: Mapping[str, Iterable[str]]) -> set[tuple[int, int]]:
    """(first, last) token of each hit."""
    found = set()
    for term in terms:
        size = len(term.words)
        accepted = {
            term.words[0],
            *(() if term.exact else forms.get(term.words[0], ())),
        }
        for i in range(len(words) - size + 1):
            if size > 1:
                hit = tuple(words[i : i + size]) == term.words
            else:
                hit = words[i] in accepted or (term.prefix and words[i].startswith(term.words[0]))
            if hit:
                found.add((i, i + size - 1))
    return found


def _akin(tokens: list[tuple[str, int, int]], terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Words that begin like those looked for: what is shown where the index knew a form that the tables lack."""
    stems = [w[: max(4, len(w) - 3)] for t in terms if not t.excluded and not t.exact for w in t.words if len(w) > 3]
    return [(start, end) for word, start, end in tokens if any(word.startswith(stem) for stem in stems)]


def _excerpt(text: str, hit: tuple[int, int], limit: int) -> tuple[int, int]:
    if len(text) <= limit * 1.25:
        return 0, len(text)
    left = 0 if hit[1] < limit * 0.8 else text.rfind(" ", 0, max(1, hit[0] - limit // 3)) + 1
    end = text.find(" ", min(len(text), left + limit))
    return left, len(text) if end < 0 else end
