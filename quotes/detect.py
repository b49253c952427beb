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

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from quotes.marks import IMPOSSIBLE, Family, Mark, Paragraphs, marks
from quotes.model import Extent, QuoteSpan

BEAM_WIDTH = 8
BEAM_SLACK = 6.0  # a reading this much dearer than the best one is given up
MAX_DEPTH = 4

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


class _Open(NamedTuple):
    """A quotation that has been opened. ``paragraph`` is the last one that it is known to be in."""

    mark: Mark
    family: Family
    paragraph: int


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


@lru_cache(maxsize=256)  # articles: a build asks for the spans of an article several times, chunk by chunk
def find_spans(text: str) -> tuple[QuoteSpan, ...]:
    """Every span between quotation marks, sorted by start (the longer first); spans nest or are disjoint.

    A quotation that never closes ends where its paragraph ends, or with the last sentence before the next
    quotation of the paragraph; its ``problem`` is ``unclosed``. Other problems are ``mixed-marks`` (opened by one
    kind of mark, closed by another), ``fused-close`` (one mark closes two quotations) and ``reversed-marks``
    (»so«). A stray mark gives no span. Never raises; the extents are code-point offsets into ``text``.
    """
    paragraphs = Paragraphs(text)
    beam = [_Reading(0.0, (), None)]
    for mark in marks(text, paragraphs):
        best: dict[tuple[tuple[int, int], ...], _Reading] = {}
        limit = float("inf")
        for reading in beam:
            for following in _readings(reading, mark, paragraphs):
                if following.cost > limit:
                    continue
                limit = min(limit, following.cost + BEAM_SLACK)
                key = tuple((item.mark.start, item.paragraph) for item in following.stack)
                known = best.get(key)
                if known is None or following.cost < known.cost:
                    best[key] = following
        kept = (reading for reading in best.values() if reading.cost <= limit)
        beam = sorted(kept, key=lambda reading: reading.cost)[:BEAM_WIDTH]
    last = min((_end_open(reading, 0, paragraphs) for reading in beam), key=lambda reading: reading.cost)
    return _levelled(_collect(text, last.found))


def _readings(reading: _Reading, mark: Mark, paragraphs: Paragraphs) -> Iterator[_Reading]:
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


def _cross_breaks(reading: _Reading, mark: Mark) -> _Reading:
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


def _repeat(reading: _Reading, mark: Mark) -> Iterator[_Reading]:
    """The mark only repeats, at the head of a line, that the quotation goes on."""
    top = reading.stack[-1]
    if mark.family != top.family or mark.paragraph - top.paragraph > 1 or mark.role == "close" and mark.closes == 0.0:
        return
    stack = tuple(item._replace(paragraph=mark.paragraph) for item in reading.stack)
    yield _Reading(reading.cost + REPEATED, stack, reading.found)


def _open(reading: _Reading, mark: Mark) -> Iterator[_Reading]:
    family: Family = "reversed" if mark.family == "guillemet" and mark.role == "close" else mark.family
    opened = _Open(mark, family, mark.paragraph)
    cost = reading.cost + mark.opens
    if not reading.stack:
        yield _Reading(cost, (opened,), reading.found)
        return
    top = reading.stack[-1]
    if len(reading.stack) < MAX_DEPTH:
        same = any(item.family == family for item in reading.stack)
        yield _Reading(cost + (NESTED_SAME[family] if same else NESTED_OTHER), (*reading.stack, opened), reading.found)
    if len(reading.stack) == 1:
        in_later_sentence = mark.sentence_end > top.mark.end
        end = min(mark.sentence_end, top.mark.own_end) if in_later_sentence else mark.start
        if reading.found and reading.found.opened.mark.start > top.mark.start:  # never cut a quotation inside it
            end = max(end, reading.found.outer_end)
        price = UNCLOSED[top.family] + (ABANDONED if in_later_sentence else ABANDONED_IN_SENTENCE)
        yield _Reading(cost + price, (opened,), _Found(top, end, end, "", "unclosed", reading.found))


def _close(reading: _Reading, mark: Mark) -> Iterator[_Reading]:
    top = reading.stack[-1]
    mixed = _mixed_cost(top, mark)
    if mixed is None:
        return
    length = mark.start - top.mark.end if top.mark.paragraph == mark.paragraph else 0
    cost = reading.cost + mark.closes + mixed + LONG_COST * min(length // LONG, 4)
    problem = "reversed-marks" if top.family == "reversed" else "mixed-marks" if mixed >= 1.0 else None
    found = _Found(top, mark.start, mark.end, mark.glyph, problem, reading.found)
    yield _Reading(cost, reading.stack[:-1], found)
    if len(reading.stack) > 1 and top.family == reading.stack[-2].family != "straight" and not mixed:
        outer = reading.stack[-2]
        found = _Found(outer, mark.start, mark.end, mark.glyph, "fused-close", found)
        apart = FUSED_ACROSS_SENTENCES if top.mark.sentence_end > outer.mark.end else 0.0
        yield _Reading(cost + FUSED_CLOSE + apart, reading.stack[:-2], found)


def _mixed_cost(opened: _Open, mark: Mark) -> float | None:
    """What it costs that ``mark`` closes ``opened``; None if it cannot."""
    if mark.family == "guillemet" and mark.role == "open":
        return 0.0 if opened.family == "reversed" else None
    if opened.family == mark.family:
        return 0.5 if mark.role == "open" and opened.mark.glyph not in ("„", ",,") else 0.0
    return MIXED.get(frozenset((opened.family, mark.family)))


def _end_open(reading: _Reading, depth: int, paragraphs: Paragraphs) -> _Reading:
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
    start, end = found.opened.mark.end, found.inner_end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    outer = Extent(found.opened.mark.start, found.outer_end if found.closing else end)
    return QuoteSpan(outer, Extent(start, end), (found.opened.mark.glyph, found.closing), problem=found.problem)


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


def glued_before(text: str, span: QuoteSpan) -> bool:
    """Whether a scraper lost the break before a quotation: ... par BFMTV"Voir des gens ..."""
    start = span.outer.start
    return start > 0 and text[start - 1].isalnum() and text[span.inner.start : span.inner.start + 1].isupper()


def glued_after(text: str, span: QuoteSpan) -> bool:
    """Whether a scraper lost the break after a quotation: "Colère légitime"Des maires ..."""
    end = span.outer.end
    following = text[end : end + 1]
    return bool(span.marks[1]) and bool(following) and (following.isupper() or following in '«“"')
