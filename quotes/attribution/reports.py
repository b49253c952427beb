"""Reports: every place of an article where somebody is said to say something, quoted or not.

A report links a cue to its source. Contents are linked to reports afterwards by the rules, so one cue can report
several quotations and one source can have several cues (content -> cue -> source, as in Pareti 2015).
"""

from __future__ import annotations

from quotes.attribution.nouns import noun_reports
from quotes.attribution.prepositions import preposition_reports
from quotes.attribution.report import Report
from quotes.attribution.syntax import Blocked
from quotes.attribution.verbs import verb_reports
from quotes.lexicon import Lexicon
from quotes.model import Sentence


def find_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> tuple[Report, ...]:
    """All reports of a sentence, in text order of their anchors."""
    found = [*verb_reports(sentence, text, lexicon, blocked), *preposition_reports(sentence, text, lexicon, blocked)]
    found += noun_reports(sentence, text, lexicon, blocked, found)
    return tuple(sorted(found, key=lambda r: r.anchor.index))
