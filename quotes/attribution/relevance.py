"""Which sentences need a tree: the parser takes half of the time of a build."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from quotes.lexicon import Lexicon
from quotes.model import Extent, QuoteSpan, Sentence, Word

Mode = Literal["fast", "full"]
"""``full``: a tree for every sentence. ``fast``: only for those of :func:`needs_tree`."""

_GAP = 2
"""Spaces between a sentence and the quotation behind it, in characters."""

_SUBJECT = 3
"""Among so many words a sentence's subject begins, where nothing stands before it."""


def needs_tree(sentence: Sentence, spans: Sequence[QuoteSpan], lexicon: Lexicon) -> bool:
    """Whether a sentence touches a quotation or leads to one, has a cue that is strong enough to report without marks,
    or may say who somebody is. ``spans`` are the quotations of the article, in order.

    Of the other sentences the names and parts of speech are enough: nobody speaks there.
    """
    return (
        _touches(sentence.extent, spans)
        or sentence.words[-1].text == ":"
        or _introduces(sentence, lexicon)
        or any(_is_cue(sentence.words, word, lexicon) for word in sentence.words)
    )


def _touches(extent: Extent, spans: Sequence[QuoteSpan]) -> bool:
    """Whether an outermost quotation shares characters with ``extent`` or comes right behind it: it may say whose."""
    last = bisect_right(spans, extent.end + _GAP, key=lambda span: span.outer.start)
    return any(span.level == 0 and span.outer.end > extent.start for span in reversed(spans[:last]))


def _introduces(sentence: Sentence, lexicon: Lexicon) -> bool:
    """A name with a role (la ministre des Ports, Claire Aubray, est venue), or a role where subjects stand (La ministre
    est venue)."""
    roles = [w.index for w in sentence.words if w.upos in ("NOUN", "PROPN") and lexicon.role(w.text) is not None]
    return bool(roles) and (roles[0] < _SUBJECT or any(word.upos == "PROPN" for word in sentence.words))


def _is_cue(words: Sequence[Word], word: Word, lexicon: Lexicon) -> bool:
    """A form of a verb or a preposition of the lexicon that reports more than weakly."""
    if word.upos in ("VERB", "AUX") and any(_reports(words, word, lemma, lexicon) for lemma in _lemmas(word, lexicon)):
        return True
    if not lexicon.opens_preposition(word.text):
        return False
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
