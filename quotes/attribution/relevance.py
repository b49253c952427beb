"""Which sentences need a tree: the parser takes half of the time of a build."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from quotes.lexicon import Lexicon
from quotes.model import Extent, QuoteSpan, Sentence, Word

Mode = Literal["fast", "full"]
"""``full``: a tree for every sentence. ``fast``: only for those of :func:`needs_tree`."""


def needs_tree(sentence: Sentence, spans: Sequence[QuoteSpan], lexicon: Lexicon) -> bool:
    """Whether a sentence has words inside quotation marks and outside them, or a cue that is strong enough to report
    without marks. ``spans`` are the quotations of the article, in order.

    Of the other sentences, the names and parts of speech are enough: nobody speaks there.
    """
    return _is_partly_quoted(sentence, spans) or any(_is_cue(sentence.words, word, lexicon) for word in sentence.words)


def _is_partly_quoted(sentence: Sentence, spans: Sequence[QuoteSpan]) -> bool:
    """Words between marks have to be there: the marks alone may belong to the sentences before and after."""
    near = _overlapping(sentence.extent, spans)
    if not near:
        return False
    sides = {any(e.start <= w.extent.start < e.end for e in near) for w in sentence.words if w.upos != "PUNCT"}
    return len(sides) == 2


def _overlapping(extent: Extent, spans: Sequence[QuoteSpan]) -> list[Extent]:
    """The outermost spans that share characters with ``extent``."""
    outer = [span.outer for span in spans if span.level == 0]
    last = bisect_right(outer, (extent.end, 0))
    return [e for e in outer[:last] if e.overlaps(extent)]


def _is_cue(words: Sequence[Word], word: Word, lexicon: Lexicon) -> bool:
    """A form of a verb or a preposition of the lexicon that reports more than weakly."""
    if word.upos in ("VERB", "AUX") and any(_reports(words, word, lemma, lexicon) for lemma in _lemmas(word, lexicon)):
        return True
    match = lexicon.preposition_at([w.text for w in words[word.index : word.index + 6]])
    return match is not None and match[0].strength != "weak"


def _lemmas(word: Word, lexicon: Lexicon) -> tuple[str, ...]:
    return () if word.lemma in ("être", "avoir") else lexicon.verb_form(word.text)


def _reports(words: Sequence[Word], word: Word, lemma: str, lexicon: Lexicon) -> bool:
    """The verb alone, with the pronouns before it, or with the words after it that make it report."""
    entries = [lexicon.verb(lemma)]
    before = {w.text.lower().replace("’", "'") for w in words[max(0, word.index - 4) : word.index]}
    if before & {"se", "s'"}:
        entries += [lexicon.verb(f"se {lemma}"), lexicon.verb(f"s'{lemma}")]
    clitics = {"se" if form == "s'" else form for form in before}
    after = {form for w in words[word.index + 1 : word.index + 8] for form in (w.text.lower(), w.lemma)}
    entries += [e for e in lexicon.multiword(lemma, clitics) if after.issuperset(e.tail)]
    return any(entry is not None and entry.strength != "weak" for entry in entries)
