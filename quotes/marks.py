"""Quotation marks, and what looks like them, with the cost of each reading of each mark.

A mark may open, close, or be no quotation mark at all (an inch sign, a bullet ``»``, a ``"`` typed for an
apostrophe). The costs come from the mark itself and from the characters around it; they are not probabilities:
0 is what careful typesetting gives, 1 a common slip, 5 something rare. ``detect.py`` adds them up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Family = Literal["guillemet", "reversed", "curly", "straight", "angle", "doubled", "single"]

IMPOSSIBLE = 1000.0
_STRAY_OPENER = 3.5
_STRAY_CLOSER = 5.0
_STRAY_BULLET = 0.3

_BUT_SINGLE = "«|»|<<|>>|‹‹|››|‹|›|[“”„‟]|‘‘|’’|,,(?=[^\\W\\d_])|``|(?<!')''(?!')|[\"″＂]"
_MARK_BUT_SINGLE = re.compile(_BUT_SINGLE)  # a text that never opens a single mark has apostrophes only
_MARK = re.compile(_BUT_SINGLE + r"|(?<!\w)‘(?=\w)|(?<=[\w.!?…])’(?!\w)")
_GLYPHS: dict[str, tuple[Family, str]] = {
    "«": ("guillemet", "open"), "<<": ("guillemet", "open"), "‹‹": ("guillemet", "open"),
    "»": ("guillemet", "close"), ">>": ("guillemet", "close"), "››": ("guillemet", "close"),
    "‹": ("angle", "open"), "›": ("angle", "close"),
    "“": ("curly", "open"), "‟": ("curly", "open"), "„": ("curly", "low"), ",,": ("curly", "low"),
    "‘‘": ("curly", "open"), "``": ("curly", "open"), "”": ("curly", "close"), "’’": ("curly", "close"),
    "''": ("doubled", "either"), '"': ("straight", "either"), "″": ("straight", "either"), "＂": ("straight", "either"),
    "‘": ("single", "open"), "’": ("single", "close"),
}  # fmt: skip
_OPENING_NEIGHBOURS = frozenset("([{—–-/'’:|*•=+_")
_CLOSING_NEIGHBOURS = frozenset(".,;:!?…)]}—–-/|*")
_NEWLINES = re.compile(r"[\n\r\u2028\u2029]\s*")
_SENTENCE_END = re.compile(r"[.!?…](?=\s(?!\s*[a-zà-ÿ])|[A-ZÀ-Þ\"«“])")
_ELISION = re.compile(r"(?:^|\W)(?:[dlnsjmtc]|(?:jus|lors|puis|quoi)?qu)$", re.IGNORECASE)
_MINUTES = re.compile(r"\d['’′]\s?\d{1,2}$|\d['’′]$")


class Mark(NamedTuple):
    """A quotation mark (or what looks like one) with the costs of its readings."""

    start: int
    end: int
    glyph: str
    family: Family
    role: str
    opens: float
    closes: float
    stray: float
    paragraph: int
    heads_line: bool
    sentence_end: int  # end of the last sentence that ends before the mark
    own_end: int  # end of the sentence that the mark stands in, where the text after the mark goes on in lower case


class Paragraphs:
    """Where paragraphs end. A line break in the middle of a sentence of hard-wrapped text ends none."""

    def __init__(self, text: str) -> None:
        matches = (match.span() for match in _NEWLINES.finditer(text))
        breaks = [(_before_blanks(text, start), end) for start, end in matches if end < len(text)]
        blank = {pair for pair in breaks if _has_blank_line(text[slice(*pair)])}
        single = [pair for pair in breaks if pair not in blank]
        soft = {pair for pair in single if _is_inside_sentence(text, *pair)}
        if len(soft) >= 3 and 2 * len(soft) >= len(single):  # hard-wrapped: only blank lines part paragraphs
            soft = set(single)
        hard = [pair for pair in breaks if pair not in soft]
        self.line_heads = frozenset(end for _, end in breaks) | {len(text) - len(text.lstrip())}
        self._ends = [start for start, _ in hard] + [len(text.rstrip())]
        self._starts = [end for _, end in hard]

    def index(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def end(self, index: int) -> int:
        return self._ends[index]


def _before_blanks(text: str, offset: int) -> int:
    while offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return offset


def _has_blank_line(gap: str) -> bool:
    return len(re.findall(r"\r\n|[\n\r\u2028\u2029]", gap)) > 1 or "\u2029" in gap


def _is_inside_sentence(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] not in '.!?…:;»"”' and (text[end].islower() or text[end].isdigit())


def marks(text: str, paragraphs: Paragraphs) -> Iterator[Mark]:
    """The marks in text order, each with its costs."""
    sentence_end = scanned = upcoming = 0
    matches = (_MARK if "‘" in text else _MARK_BUT_SINGLE).finditer(text)
    for run in _runs(matches):
        start, end = run[0].start(), run[-1].end()
        if len(run) > 3:  # a row of marks is an ornament
            continue
        for match in _SENTENCE_END.finditer(text, scanned, start):
            sentence_end = match.end()
        scanned = start
        if upcoming <= end:
            following = _SENTENCE_END.search(text, end)
            upcoming = following.end() if following else len(text)
        context = _Context(text, start, end)
        own_end = upcoming if context.far_right.islower() else len(text)
        for match in run:
            glyph = match.group()
            family, role = _GLYPHS[glyph]
            heads_line = match.start() in paragraphs.line_heads
            opens, closes, stray = _costs(glyph, family, role, context, heads_line)
            yield Mark(
                match.start(), match.end(), glyph, family, role, opens, closes, stray,
                paragraphs.index(match.start()), heads_line, sentence_end, own_end,
            )  # fmt: skip


def _runs(matches: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Marks that touch each other, such as ”» or "", share their context."""
    run: list[re.Match[str]] = []
    for match in matches:
        if run and match.start() != run[-1].end():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


class _Context:
    """The characters around a mark, as far as they tell whether it opens or closes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        before, after = text[max(0, start - 12) : start], text[end : end + 4]
        self.before, self.after = before, after
        self.left, self.right = before[-1:], after[:1]
        ellipsis = after.startswith(("...", "…", "(", "["))
        self.open_left = not self.left or self.left.isspace() or self.left in _OPENING_NEIGHBOURS
        self.closed_right = not ellipsis and (
            not self.right or self.right.isspace() or self.right in _CLOSING_NEIGHBOURS
        )
        self.far_left, self.far_right = before.rstrip()[-1:], after.lstrip()[:1]

    @property
    def opening(self) -> bool:
        return self.open_left and not self.closed_right

    @property
    def closing(self) -> bool:
        return self.closed_right and not self.open_left


def _costs(glyph: str, family: Family, role: str, context: _Context, heads_line: bool) -> tuple[float, float, float]:
    """What it costs to read a mark as opening, as closing, and as no quotation mark."""
    if family == "single":
        return (0.0, IMPOSSIBLE, 1.0) if role == "open" else (IMPOSSIBLE, 0.0, 0.0)
    if role == "either":
        opens, closes, stray = _costs_of_straight(context)
        return (opens, closes, min(stray, 0.5) if family == "doubled" else stray)
    if role == "low":
        return (0.0 if context.opening or glyph == "„" else 2.0), IMPOSSIBLE, 0.5 if glyph == ",," else _STRAY_OPENER
    if role == "open":
        opens = 3.0 if context.closing else 0.0
        if family == "curly":  # “ also closes „so“
            return opens, 4.0 if context.opening else 0.5 if context.closing else 1.5, _STRAY_OPENER
        if family == "guillemet":  # « also closes »so«
            return opens, 0.0 if context.closing else IMPOSSIBLE, 1.0 if glyph == "<<" else _STRAY_OPENER
        return opens, IMPOSSIBLE, 1.0
    closes = 3.0 if context.opening else 0.0
    stray = 0.5 if glyph in ("›", ">>") else _STRAY_CLOSER
    if heads_line:
        bullet = not context.far_right or context.far_right not in _CLOSING_NEIGHBOURS
        return IMPOSSIBLE if not context.opening else 1.5, 2.0 if bullet else 0.0, min(stray, _STRAY_BULLET)
    opens = 1.5 if context.opening and family in ("guillemet", "curly") else IMPOSSIBLE
    return opens, closes, stray


def _costs_of_straight(context: _Context) -> tuple[float, float, float]:
    left, right = context.left, context.right
    stray = 4.0
    if left.isdigit() and context.closed_right:  # 27" is a size, 5'30" a time, but "en 2017" ends in a year
        if _MINUTES.search(context.before[:-1] + left):
            return 6.0, 3.0, 0.2
        stray = 1.5
    if context.before.endswith(("'", "’")) and _MINUTES.search(context.before) and context.closed_right:
        return 6.0, 6.0, 0.2
    if context.opening:
        return 0.0, 4.0, stray
    if context.closing:
        return 4.0, 0.0, stray
    if context.open_left:  # room on both sides: look further
        opens = 2.5 if context.far_right and context.far_right in ".,;)" else 0.3
        closes = 2.5 if context.far_left in (":", "(") else 0.3
        return opens, closes, stray
    if left.isalpha() and (right.isalpha() or right.isdigit()):
        if _ELISION.search(context.before):
            return 1.2, 3.0, 1.0
        return (1.5, 1.5, 2.5) if right.isupper() else (2.5, 2.0, 1.2)
    if left in ".!?…":  # sentences glued together
        return 0.4 if right.isupper() else 0.8, 0.8, stray
    return 2.0, 0.8, stray
