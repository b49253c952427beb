"""Reported speech without quotation marks: X a déclaré que ..., ..., selon X, ..., a dit X.

The content is the clause that the cue reports. Clauses in which words are quoted are left to the quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import group_start
from quotes.model import Attribution, Extent, Word

_MIN_WORDS = 3


def indirect(scene: Scene) -> tuple[Attribution, ...]:
    """The indirect quotations of an article, in text order; they never overlap a quotation in marks or each other."""
    found: list[Attribution] = []
    for reports in scene.reports:
        for attribution in _in_sentence(scene, reports):
            if not any(attribution.extent.overlaps(other.extent) for other in found):
                found.append(attribution)
    return tuple(sorted(found, key=lambda a: a.extent))


def _in_sentence(scene: Scene, reports: tuple[Report, ...]) -> Iterator[Attribution]:
    for report in reports:
        if report.source is None or scene.quoted(report.anchor) or report.cue.category == "noun":
            continue
        if report.cue.modality in ("negated", "interrogative"):
            continue
        content = _content(scene, report)
        if content is None or any(s.outer.overlaps(content) for s in scene.outer_spans):
            continue
        if len(content.of(scene.text).split()) < _MIN_WORDS:
            continue
        rule, because = {
            "preposition": ("indirect-preposition", "the sentence is reported"),
            "incise": ("indirect-incise", "the sentence is reported"),
        }.get(report.construction, ("indirect-que", "a clause with que is reported"))
        yield Attribution(
            content,
            "indirect",
            rule,
            f"{because} by « {report.cue.extent.of(scene.text)} »",
            report.cue,
            report.mention,
            report.relayed_by,
        )


def _content(scene: Scene, report: Report) -> Extent | None:
    sentence = report.sentence
    if report.construction in ("preposition", "incise"):
        if report.construction == "preposition" and report.strength == "weak":
            return None
        return _rest_of_sentence(scene, report)
    if report.strength == "weak" or "que" not in report.frames:
        return None
    for child in sentence.children(report.anchor):
        if child.relation in ("ccomp", "advcl", "obj") and child.index > report.last.index:
            words = sorted(sentence.subtree(child), key=lambda w: w.index)
            if words[0].text.lower().replace("’", "'") in ("que", "qu'"):
                return _trimmed(words)
    return None


def _rest_of_sentence(scene: Scene, report: Report) -> Extent | None:
    """The longer part of the sentence before or after the reporting words."""
    sentence = report.sentence
    starts = [report.start, report.mention.extent.start if report.mention else report.start]
    ends = [report.cue.extent.end, report.mention.extent.end if report.mention else report.cue.extent.end]
    if report.cue.category == "verb":
        starts.append(group_start(sentence, report.anchor).extent.start)
    before = [w for w in sentence.words if w.extent.end <= min(starts)]
    after = [w for w in sentence.words if w.extent.start >= max(ends)]
    if report.construction == "incise":
        after = []
    best = max((before, after), key=len)
    return _trimmed(best) if any(w.upos in ("VERB", "AUX") for w in best) else None


def _trimmed(words: list[Word]) -> Extent | None:
    """The extent of the words without the punctuation at either end."""
    kept = list(words)
    while kept and kept[-1].upos == "PUNCT":
        kept.pop()
    while kept and kept[0].upos == "PUNCT":
        kept.pop(0)
    return Extent(kept[0].extent.start, max(w.extent.end for w in kept)) if kept else None
