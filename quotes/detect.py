"""Find the spans between quotation marks, on the raw characters of an article.

Each mark may open a quotation, close one, repeat the mark of a quotation that runs on (at the head of a line), or
be no quotation mark at all (an inch sign, a bullet ``»``, a ``"`` typed for an apostrophe). Every reading has a
cost that comes from the mark itself and from the characters around it; every oddity (an unclosed quotation, a
stray mark, marks of two kinds) has one too. The cheapest reading of the whole text is the answer, found by a beam
search from left to right, so that one odd mark is paid for once and the marks after it are read as usual.

The costs are not probabilities: 0 is what careful typesetting gives, 1 a common slip, 5 something rare. Time and
memory are linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from quotes.model import Extent, QuoteSpan

Family = Literal["guillemet", "reversed", "curly", "straight", "angle", "doubled", "single"]

IMPOSSIBLE = 1000.0
BEAM_WIDTH = 8
BEAM_SLACK = 6.0  # a reading this much dearer than the best one is given up
MAX_DEPTH = 4

STRAY_OPENER = 3.5
STRAY_CLOSER = 5.0
STRAY_BULLET = 0.3
FUSED_CLOSE = 2.0  # one mark closes two quotations: « Il a dit « jamais », raconte-t-il
FUSED_ACROSS_SENTENCES = 1.5
NESTED_OTHER = 0.1
NESTED_SAME: dict[Family, float] = {
    "guillemet": 1.0, "reversed": 1.0, "curly": 1.0, "straight": 2.5, "angle": 2.0, "doubled": 4.0, "single": 6.0,
}  # fmt: skip
UNCLOSED: dict[Family, float] = {
    "guillemet": 3.0, "reversed": 6.0, "curly": 3.0, "straight": 3.0, "angle": 5.0, "doubled": 6.0, "single": 8.0,
}  # fmt: skip
ABANDONED = 0.2  # on top of UNCLOSED: the next opening mark comes in a later sentence of the same paragraph
ABANDONED_IN_SENTENCE = 2.0
CROSSED_BREAK, CROSSED_MORE = 2.5, 0.6  # no mark at the head of the next paragraph; each further paragraph
REPEATED = 0.2
LONG, LONG_COST = 2000, 0.5  # a quotation in one paragraph longer than this is a little suspect, by this much each time
MIXED: dict[frozenset[str], float] = {
    frozenset(("guillemet", "curly")): 1.5,
    frozenset(("guillemet", "straight")): 1.5,
    frozenset(("curly", "straight")): 1.0,
    frozenset(("doubled", "straight")): 1.5,
    frozenset(("doubled", "curly")): 1.0,
    frozenset(("angle", "guillemet")): 3.0,
}

_MARK = re.compile(
    "«|»|<<|>>|‹‹|››|‹|›|[“”„‟]|‘‘|’’|,,(?=[^\\W\\d_])|``|(?<!')''(?!')|[\"″＂]|(?<!\\w)‘(?=\\w)|(?<=[\\w.!?…])’(?!\\w)"
)
_GLYPHS: dict[str, tuple[Family, str]] = {
    "«": ("guillemet", "open"), "<<": ("guillemet", "open"), "‹‹": ("guillemet", "open"),
    "»": ("guillemet", "close"), ">>": ("guillemet", "close"), "››": ("guillemet", "close"),
    "‹": ("angle", "open"), "›": ("angle", "close"),
    "“": ("curly", "open"), "‟": ("curly", "open"), "„": ("curly", "low"), ",,": ("curly", "low"),
    "‘‘": ("curly", "open"), "``": ("curly", "open"), "”": ("curly", "close"), "’’": ("curly", "close"),
    "''": ("doubled", "either"), '"': ("straight", "either"), "″": ("straight", "either"), "＂": ("straight", "either"),
    "‘": ("single", "open"), "’": ("single", "close"),
}  # fmt: skip
_MARK_CHARACTERS = frozenset("«»<>‹›“”„‟‘\"″＂")
_OPENING_NEIGHBOURS = frozenset("([{—–-/'’:|*•=+_")
_CLOSING_NEIGHBOURS = frozenset(".,;:!?…)]}—–-/|*")
_NEWLINES = re.compile(r"[\n\r\u2028\u2029]\s*")
_SENTENCE_END = re.compile(r"[.!?…](?=\s(?!\s*[a-zà-ÿ])|[A-ZÀ-Þ\"«“])")
_ELISION = re.compile(r"(?:^|\W)(?:[dlnsjmtc]|(?:jus|lors|puis|quoi)?qu)$", re.IGNORECASE)
_MINUTES = re.compile(r"\d['’′]\s?\d{1,2}$|\d['’′]$")


class _Mark(NamedTuple):
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


class _Open(NamedTuple):
    """A quotation that has been opened. ``paragraph`` is the last one in which its mark was written."""

    start: int
    end: int
    glyph: str
    family: Family
    paragraph: int
    first_paragraph: int
    sentence_end: int
    own_end: int


class _Found(NamedTuple):
    """A quotation found, with those found before it (which readings share)."""

    opened: _Open
    inner_end: int
    outer_end: int
    closing: str
    problem: str | None
    before: _Found | None


class _Reading(NamedTuple):
    """One way of reading the text up to here."""

    cost: float
    stack: tuple[_Open, ...]
    found: _Found | None


def find_spans(text: str) -> tuple[QuoteSpan, ...]:
    """Every span between quotation marks, sorted by start (the longer first); spans nest or are disjoint.

    A quotation that never closes ends where its paragraph ends, or with the last sentence before the next
    quotation of the paragraph; its ``problem`` is ``unclosed``. Other problems are ``mixed-marks`` (opened by one
    kind of mark, closed by another), ``fused-close`` (one mark closes two quotations) and ``reversed-marks``
    (»so«). A stray mark gives no span. Never raises; the extents are code-point offsets into ``text``.
    """
    paragraphs = _Paragraphs(text)
    beam = [_Reading(0.0, (), None)]
    for mark in _marks(text, paragraphs):
        best: dict[tuple[tuple[int, int], ...], _Reading] = {}
        limit = float("inf")
        for reading in beam:
            for following in _readings(reading, mark, paragraphs):
                if following.cost > limit:
                    continue
                limit = min(limit, following.cost + BEAM_SLACK)
                key = tuple((item.start, item.paragraph) for item in following.stack)
                known = best.get(key)
                if known is None or following.cost < known.cost:
                    best[key] = following
        kept = (reading for reading in best.values() if reading.cost <= limit)
        beam = sorted(kept, key=lambda reading: reading.cost)[:BEAM_WIDTH]
    last = min((_end_open(reading, 0, paragraphs) for reading in beam), key=lambda reading: reading.cost)
    return _levelled(_collect(text, last.found))


class _Paragraphs:
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


def _marks(text: str, paragraphs: _Paragraphs) -> Iterator[_Mark]:
    """The marks in text order, each with its costs."""
    has_single_opener = "‘" in text
    sentence_end = scanned = upcoming = 0
    matches = [match for match in _MARK.finditer(text) if match.group() != "’" or has_single_opener]
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
            yield _Mark(
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
        return (0.0 if context.opening or glyph == "„" else 2.0), IMPOSSIBLE, 0.5 if glyph == ",," else STRAY_OPENER
    if role == "open":
        opens = 3.0 if context.closing else 0.0
        if family == "curly":  # “ also closes „so“
            return opens, 4.0 if context.opening else 0.5 if context.closing else 1.5, STRAY_OPENER
        if family == "guillemet":  # « also closes »so«
            return opens, 0.0 if context.closing else IMPOSSIBLE, 1.0 if glyph == "<<" else STRAY_OPENER
        return opens, IMPOSSIBLE, 1.0
    closes = 3.0 if context.opening else 0.0
    stray = 0.5 if glyph in ("›", ">>") else STRAY_CLOSER
    if heads_line:
        bullet = not context.far_right or context.far_right not in _CLOSING_NEIGHBOURS
        return IMPOSSIBLE if not context.opening else 1.5, 2.0 if bullet else 0.0, min(stray, STRAY_BULLET)
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


def _readings(reading: _Reading, mark: _Mark, paragraphs: _Paragraphs) -> Iterator[_Reading]:
    """Every way of reading ``mark`` after ``reading``."""
    for depth in range(len(reading.stack), -1, -1):
        # The innermost quotations may have ended, unclosed, with their paragraphs.
        if depth < len(reading.stack) and reading.stack[depth].paragraph >= mark.paragraph:
            break
        current = _end_open(reading, depth, paragraphs) if depth < len(reading.stack) else reading
        if mark.heads_line and current.stack:
            yield from _repeat(current, mark)
        current = _cross_breaks(current, mark)
        yield current._replace(cost=current.cost + mark.stray)
        if mark.opens < IMPOSSIBLE:
            yield from _open(current, mark)
        if mark.closes < IMPOSSIBLE and current.stack:
            yield from _close(current, mark)


def _cross_breaks(reading: _Reading, mark: _Mark) -> _Reading:
    if not reading.stack:
        return reading
    cost = 0.0
    for item in reading.stack:
        breaks = mark.paragraph - item.paragraph
        if breaks > 0:
            cost = max(cost, CROSSED_BREAK + CROSSED_MORE * min(breaks - 1, 20))
    if not cost:
        return reading
    stack = tuple(item._replace(paragraph=mark.paragraph) for item in reading.stack)
    return _Reading(reading.cost + cost, stack, reading.found)


def _repeat(reading: _Reading, mark: _Mark) -> Iterator[_Reading]:
    """The mark only repeats, at the head of a line, that the quotation goes on."""
    top = reading.stack[-1]
    if mark.family != top.family or mark.paragraph - top.paragraph > 1 or mark.role == "close" and mark.closes == 0.0:
        return
    stack = tuple(item._replace(paragraph=mark.paragraph) for item in reading.stack)
    yield _Reading(reading.cost + REPEATED, stack, reading.found)


def _open(reading: _Reading, mark: _Mark) -> Iterator[_Reading]:
    family: Family = "reversed" if mark.family == "guillemet" and mark.role == "close" else mark.family
    opened = _Open(
        mark.start, mark.end, mark.glyph, family, mark.paragraph, mark.paragraph, mark.sentence_end, mark.own_end
    )  # fmt: skip
    cost = reading.cost + mark.opens
    if not reading.stack:
        yield _Reading(cost, (opened,), reading.found)
        return
    top = reading.stack[-1]
    if len(reading.stack) < MAX_DEPTH:
        same = any(item.family == family for item in reading.stack)
        yield _Reading(cost + (NESTED_SAME[family] if same else NESTED_OTHER), (*reading.stack, opened), reading.found)
    if len(reading.stack) == 1:
        in_later_sentence = mark.sentence_end > top.end
        end = min(mark.sentence_end, top.own_end) if in_later_sentence else mark.start
        if reading.found and reading.found.opened.start > top.start:  # never cut a quotation inside it
            end = max(end, reading.found.outer_end)
        price = UNCLOSED[top.family] + (ABANDONED if in_later_sentence else ABANDONED_IN_SENTENCE)
        yield _Reading(cost + price, (opened,), _Found(top, end, end, "", "unclosed", reading.found))


def _close(reading: _Reading, mark: _Mark) -> Iterator[_Reading]:
    top = reading.stack[-1]
    mixed = _mixed_cost(top, mark)
    if mixed is None:
        return
    length = mark.start - top.end if top.first_paragraph == mark.paragraph else 0
    cost = reading.cost + mark.closes + mixed + LONG_COST * min(length // LONG, 4)
    problem = "reversed-marks" if top.family == "reversed" else "mixed-marks" if mixed >= 1.0 else None
    found = _Found(top, mark.start, mark.end, mark.glyph, problem, reading.found)
    yield _Reading(cost, reading.stack[:-1], found)
    if len(reading.stack) > 1 and top.family == reading.stack[-2].family != "straight" and not mixed:
        outer = reading.stack[-2]
        found = _Found(outer, mark.start, mark.end, mark.glyph, "fused-close", found)
        apart = FUSED_ACROSS_SENTENCES if top.sentence_end > outer.end else 0.0
        yield _Reading(cost + FUSED_CLOSE + apart, reading.stack[:-2], found)


def _mixed_cost(opened: _Open, mark: _Mark) -> float | None:
    """What it costs that ``mark`` closes ``opened``; None if it cannot."""
    if mark.family == "guillemet" and mark.role == "open":
        return 0.0 if opened.family == "reversed" else None
    if opened.family == mark.family:
        return 0.5 if mark.role == "open" and opened.glyph not in ("„", ",,") else 0.0
    return MIXED.get(frozenset((opened.family, mark.family)))


def _end_open(reading: _Reading, depth: int, paragraphs: _Paragraphs) -> _Reading:
    """End the quotations of the stack beyond ``depth`` with the last paragraph that they are known to be in."""
    cost, found = reading.cost, reading.found
    for item in reversed(reading.stack[depth:]):
        end = paragraphs.end(item.paragraph)
        cost += UNCLOSED[item.family]
        found = _Found(item, end, end, "", "unclosed", found)
    return _Reading(cost, reading.stack[:depth], found)


def _collect(text: str, found: _Found | None) -> list[QuoteSpan]:
    spans = []
    while found is not None:
        span = _span(text, found)
        if span is not None:
            spans.append(span)
        found = found.before
    return sorted(spans, key=lambda span: (span.outer.start, -span.outer.end))


def _span(text: str, found: _Found) -> QuoteSpan | None:
    """The span of what was found, without the blanks inside the marks; None where there is nothing else."""
    start, end = found.opened.end, found.inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    outer = Extent(found.opened.start, found.outer_end if found.closing else end)
    return QuoteSpan(outer, Extent(start, end), (found.opened.glyph, found.closing), problem=found.problem)


def _levelled(spans: list[QuoteSpan]) -> tuple[QuoteSpan, ...]:
    """Give each of the sorted spans the number of spans around it as its level."""
    levelled: list[QuoteSpan] = []
    around: list[int] = []
    for span in spans:
        while around and around[-1] <= span.outer.start:
            around.pop()
        levelled.append(replace(span, level=len(around)))
        around.append(span.outer.end)
    return tuple(levelled)
