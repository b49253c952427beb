"""Names that only tell of what or of whom something is: they neither act nor speak."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.lexicon import Lexicon
from quotes.model import Extent, Sentence, Word


def is_complement(sentence: Sentence, head: Word, extent: Extent, names: Iterable[Extent], lexicon: Lexicon) -> bool:
    """Whether a preposition introduces a mention, before its title too: l'avocate de M. | Morandini; not before
    another name of ``names`` that the tree hangs it on: le directeur de Paris Match | Jeanne Martin."""
    others = [name for name in names if not name.overlaps(extent)]
    top: Word | None = head
    parts = ("flat",) if head.text.isupper() else ("flat", "appos")  # initials gloss a whole phrase
    while top is not None:
        if any(c.relation == "case" and not extent.contains(c.extent) for c in sentence.children(top)):
            return True
        above = sentence.head(top) if top.relation in parts or _tells_of_a_matter(sentence, top, lexicon) else None
        if above is not None and any(name.contains(above.extent) for name in others) and top.relation == "flat":
            return False
        top = above
    return False


def _tells_of_a_matter(sentence: Sentence, name: Word, lexicon: Lexicon) -> bool:
    """Whether a name tells which affair, trial or age is meant: (sur) l'affaire | Jeanne Martin."""
    above = sentence.head(name)
    if name.relation != "nmod" or above is None or above.upos != "NOUN" or above.index > name.index:
        return False
    return lexicon.role(above.text.lower()) is None and lexicon.collective(above.lemma) is None


def is_whose_body(sentence: Sentence, head: Word, extent: Extent, lexicon: Lexicon) -> bool:
    """Whether a surname alone right behind a body's noun tells whose body it is: l'administration | Trump."""
    before = sentence.words[head.index - 1] if head.index and head.extent == extent else None
    return before is not None and before.upos == "NOUN" and lexicon.collective(before.lemma) is not None
