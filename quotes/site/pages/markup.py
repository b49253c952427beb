"""Marks over a stretch of an article, as HTML in which every character of the article is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch: offsets into the article, the CSS class, and what follows it (a link, already HTML)."""

    start: int
    end: int
    css: str
    anchor: str = ""
    after: Markup = field(default_factory=Markup)


def marked_paragraphs(text: str, marks: Iterable[Mark], base: int = 0) -> list[Markup]:
    """The paragraphs of ``text`` with its marks; ``base`` is the offset of its first character in the article.

    Marks may nest or overlap and may run over paragraphs: the text is cut at every boundary and each piece carries
    the classes of all marks over it.
    """
    shifted = sorted(
        (
            Mark(
                max(m.start - base, 0),
                min(m.end - base, len(text)),
                m.css,
                m.anchor,
                m.after,
            )
            for m in marks
        ),
        key=lambda m: (m.start, -m.end),
    )
    visible = [m for m in shifted if m.start < m.end]
    paragraphs = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(_paragraph(text, position, position + len(line), visible))
        position += len(line) + 1
    return paragraphs


def _paragraph(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    here = [m for m in marks if m.start < end and m.end > start]
    cuts = sorted({start, end, *(c for m in here for c in (m.start, m.end) if start < c < end)})
    pieces = []
    for left, right in pairwise(cuts):
        piece = escape(text[left:right])
        over = [m for m in here if m.start <= left and m.end >= right]
        if over:
            names = " ".join(dict.fromkeys(name for m in over for name in m.css.split()))
            anchor = next((m.anchor for m in over if m.anchor and m.start == left), "")
            identifier = f' id="{escape(anchor)}"' if anchor else ""
            piece = f'<mark class="{escape(names)}"{identifier}>{piece}</mark>'
        pieces.append(piece + "".join(m.after for m in here if m.end == right))
    return Markup("".join(pieces))


def window(text: str, start: int, end: int, reach: int) -> tuple[int, int]:
    """Where to cut around a stretch so that at most ``reach`` characters show on either side, between sentences."""
    left, right = max(0, start - reach), min(len(text), end + reach)
    if left:
        stops = [p for p in (text.find(stop, left, start) for stop in ("\n", ". ", "! ", "? ")) if p >= 0]
        left = min(stops) + 1 if stops else text.rfind(" ", 0, left) + 1
    if right < len(text):
        stop = max(text.rfind(stop, end, right) for stop in ("\n", ". ", "! ", "? ", "."))
        right = stop + 1 if stop >= 0 else right
    return left, right
