"""The classes of errors that an evaluation finds, from what is wrong and how the annotated speaker is expressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.evaluate import Failure, expression

_BEFORE, _INSIDE, _AFTER = 90, 70, 90


@dataclass(frozen=True)
class ErrorClass:
    """A class of errors. ``holds`` is asked of a failure and of how the annotated speaker is expressed."""

    title: str
    holds: Callable[[Failure, str], bool]


def _wrong(part: str) -> Callable[[Failure, str], bool]:
    return lambda failure, expressed: part in failure.wrong


def _speaker(expressed_as: str) -> Callable[[Failure, str], bool]:
    """The right mention, but somebody else behind it."""
    return lambda failure, expressed: (
        "speaker" in failure.wrong and "mention" not in failure.wrong and expressed == expressed_as
    )


def _is_none(failure: Failure, says: bool) -> bool:
    found = failure.predicted
    return "reported" in failure.wrong and found is not None and (found["kind"] == "none") is says


CLASSES = (
    ErrorClass("a span that is not annotated so", _wrong("span")),
    ErrorClass("a quotation taken for none", lambda failure, _: _is_none(failure, True)),
    ErrorClass("none taken for a quotation", lambda failure, _: _is_none(failure, False)),
    ErrorClass("a speaker where the article names none", lambda f, e: f.wrong[:1] == ("speaker-precision",)),
    ErrorClass("another mention taken for the speaker", lambda f, e: {"speaker", "mention"} <= set(f.wrong)),
    ErrorClass("a pronoun taken for somebody else", _speaker("pronoun")),
    ErrorClass("a role or description taken for somebody else", _speaker("role")),
    ErrorClass("a body or common noun named otherwise", _speaker("common noun or body")),
    ErrorClass("a name taken for somebody else", _speaker("name")),
    ErrorClass("an unspoken speaker not carried over", _speaker("none")),
    ErrorClass("the right speaker through another mention", _wrong("mention")),
    ErrorClass("the right speaker with another cue or none", _wrong("cue")),
    ErrorClass("direct taken for mixed or the reverse", _wrong("kind")),
    ErrorClass("other", lambda failure, expressed: True),
)


def class_of(failure: Failure, text: str) -> ErrorClass:
    """The first class that holds."""
    expressed = expression(failure.gold, text) if failure.gold is not None else ""
    return next(c for c in CLASSES if c.holds(failure, expressed))


def excerpt(failure: Failure, texts: Mapping[str, str]) -> str:
    """A short excerpt with what was annotated and what was found, as one line of Markdown."""
    text = texts[failure.article_id]
    entry = failure.gold or failure.predicted or {}
    start, end = entry["start"], entry["end"]
    inside = text[start:end]
    if len(inside) > _INSIDE:
        inside = f"{inside[: _INSIDE - 20]} […] {inside[-15:]}"
    before = text[max(0, start - _BEFORE) : start].partition(" ")[2] if start > _BEFORE else text[:start]
    after = text[end : end + _AFTER].rpartition(" ")[0]
    shown = " ".join(f"{before}**{inside.strip()}**{after}".split())
    return f"…{shown}… Annotated: {_said(failure.gold, text)}; found: {_said(failure.predicted, text)}."


def _said(side: Mapping[str, Any] | None, text: str) -> str:
    if side is None:
        return "nothing"
    words = [side["kind"]]
    if side.get("speaker"):
        words.append(f"by {side['speaker']}")
    for part in ("mention", "cue"):
        if side.get(part):
            words.append(f"{part} “{' '.join(text[slice(*side[part])].split())}”")
    return ", ".join(words)
