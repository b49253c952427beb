"""What the rules share: tying a quotation to a report, and what kind of quotation it looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.model import Attribution, Extent, Kind, QuoteSpan, Sentence, Word

Rule = Callable[[Scene, QuoteSpan, Sequence[Attribution]], Attribution | None]

TERM_WORDS = 2  # so few quoted words may well be a term
SURELY_SPEECH = 7  # words; so many quoted words are somebody's


def linked(scene: Scene, span: QuoteSpan, report: Report, rule: str, because: str, kind: Kind) -> Attribution:
    return Attribution(
        extent=span.outer,
        kind=kind,
        rule=rule,
        because=because,
        cue=report.cue,
        mention=report.mention,
        relayed_by=report.relayed_by,
    )


def words_of(scene: Scene, extent: Extent) -> str:
    return scene.text[extent.start : extent.end]


def about(scene: Scene, report: Report) -> str:
    who = words_of(scene, report.mention.extent) if report.mention else "?"
    return f"« {words_of(scene, report.cue.extent)} », with « {who} »"


def looks_direct(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the quotation is a clause of its own: it opens its sentence with a capital and holds a finite verb, or
    is a whole utterance."""
    inner = scene.text[span.inner.start : span.inner.end].lstrip(" \u00a0\u202f\n[(….")
    if not inner:
        return False
    own = scene.opens_sentence(span)
    if own and (inner[0].isupper() or scene.before(span.outer.start)[-1:] == ":"):
        return True
    return own and has_finite_verb(scene, span) and len(inner.split()) > 4


def has_finite_verb(scene: Scene, span: QuoteSpan) -> bool:
    return any(w.feats.get("VerbForm") == "Fin" or "Mood" in w.feats for _, w in scene.words_in(span.inner))


def climb(sentence: Sentence, word: Word) -> list[tuple[Word, str]]:
    """The ancestors of a word with the relation of the child through which each is reached."""
    chain: list[tuple[Word, str]] = []
    current, seen = word, 0
    while (head := sentence.head(current)) is not None and seen < 60:
        chain.append((head, current.deprel))
        current = head
        seen += 1
    return chain
