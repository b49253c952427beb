"""Sentence ends that the tokenizer should not have seen: a sentence of the press ends with a mark, a heading need not.

The network reads characters and takes a capital for a beginning now and then: *raconte à l'AFP | Ali al-Ward*,
*la présidente | Les Républicains de la région*, *le bilan | - le plus lourd de l'année - atteint*. What it cuts without
a mark stays cut where a line ends, and where a heading stands before the first words of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.parse.networks.tokenizer import Token

_MARKS = frozenset('.!?…:;»”")')
_DASHES = frozenset("-–—")
_OPENING = frozenset('«“"')
_INNER = frozenset((",", "/", "(", "&", "+", "«", "“", "@", "#"))
_LONGEST_HEADING = 12
"""Tokens."""
_OPENERS = frozenset(
    """le la les l un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos quelque
    quelques plusieurs certains certaines chaque tout toute tous toutes aucun aucune il elle on ils elles je j nous vous
    c ça cela ceci celui celle ceux qui que qu quand lorsque lorsqu si s comme comment pourquoi où pour dans en à de d
    sur sous selon avec sans par entre chez vers dès après avant depuis lors pendant durant malgré contre parmi outre
    face mais et ou or donc car ni ainsi alors aussi enfin puis ensuite pourtant cependant toutefois néanmoins même déjà
    encore hier aujourd demain lundi mardi mercredi jeudi vendredi samedi dimanche interrogé interrogée invité invitée
    a-t-il ne n y""".split()
)
_LINKS = frozenset(
    "le la les l un une des du au aux de d à en dans par pour sur avec sans et ou the of and que qui".split()
)
"""Words that nothing ends with."""


def rejoined(sentences: Sequence[list[Token]], text: str) -> Iterator[list[Token]]:
    """The sentences of a text, those joined that were cut where none ends."""
    pending: list[Token] = []
    for sentence in sentences:
        if pending and not _is_end(pending, sentence, text):
            pending = [*pending, *sentence]
            continue
        if pending:
            yield pending
        pending = sentence
    if pending:
        yield pending


def _is_end(before: Sequence[Token], after: Sequence[Token], text: str) -> bool:
    gap = text[before[-1].end : after[0].start]
    last = before[-1].text
    if last in _INNER:
        return False
    first = after[0].text
    if last == ")" and gap == " " and _closes_gloss(before):
        return _plain(first) in _OPENERS  # la députée La France insoumise (LFI) | Jeanne Martin
    if not gap or "\n" in gap or "\r" in gap or last[-1:] in _MARKS or not any(c.isalnum() for c in last):
        return True  # glued text, a line's end, a mark, a bullet
    if "".join(token.text for token in before).isupper():
        return True
    if first[:1] in _DASHES:
        behind = text[after[0].start : after[0].start + 6].lstrip("-–—")[:1]  # - Récession et chômage | -Au Royaume-Uni
        return behind.isupper() or behind in _OPENING
    if len(before) > _LONGEST_HEADING or _plain(last) in _LINKS:
        return False
    if first[:1] in _OPENING:
        return not any(token.text[:1] in _OPENING for token in before)
    return first[:1].isupper() and (_plain(first) in _OPENERS or first.endswith("ment"))


def _closes_gloss(tokens: Sequence[Token]) -> bool:
    """Whether the bracket that ends some tokens opens behind their first, and holds no sentence."""
    opened = next((i for i in range(len(tokens) - 2, -1, -1) if tokens[i].text == "("), 0)
    return opened > 0 and tokens[-2].text not in (".", "!", "?", "…")


def _plain(form: str) -> str:
    return form.lower().rstrip("'’")
