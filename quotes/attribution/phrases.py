"""French noun phrases in UD trees: where they end, what heads them, whether a preposition introduces them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.attribution.syntax import NOMINAL, Blocked, is_time, nobody
from quotes.model import Extent, Sentence, Word

ADDRESSED = frozenset(
    """presse journaliste agence antenne micro chaîne radio télévision quotidien hebdomadaire magazine journal média
    site afp dernier""".split()
)

# those that are called by an acronym behind them
_NAMED = frozenset("agence chaîne radio télévision quotidien magazine journal site".split())

_MARKS = frozenset('«“"')  # au « Quotidien »

_OMITTED = frozenset({"acl:relcl", "advcl", "parataxis", "advcl:cleft", "dislocated", "discourse", "ccomp"})


def is_bare(sentence: Sentence, word: Word, addressee: Blocked = nobody) -> bool:
    """A nominal that heads its phrase and that no preposition introduces, whatever the tree calls it."""
    head = sentence.head(word)
    before = sentence.words[word.index - 1] if word.index else None
    if word.text.isupper() and len(word.text) > 1 and before is not None and before.lemma.lower() in _NAMED:
        return False  # à la télévision | RAI
    noun_before = before is not None and before.upos in ("NOUN", "PROPN") and before.lemma not in _ADVERBIAL
    if before is not None and noun_before and addressee(word) and not is_bare(sentence, before):
        return False  # sur sa page | Facebook, sur France | Bleu; but détaille par ailleurs | France Bleu
    if word.upos == "PRON" and word.text.lower() in ("celui", "celle", "ceux", "celles"):
        return before is None or before.upos not in ("ADP", "ADV")  # a confié à Gala | celle qui, whose part it isn't
    if word.relation in ("flat", "fixed", "compound", "goeswith") and head is not None and head.index < word.index:
        starts_anew = head.text.isupper() and len(head.text) > 1 and not word.text.isupper()
        # a déclaré à l'AFP | Marie Martin; avait lancé la semaine dernière | Marie Martin
        addressed = head.lemma.lower() in ADDRESSED and head.upos != "PROPN"  # but sur Radio | Classique
        beside = addressee(head) or is_time(head) or addressed
        if not (starts_anew or beside and word.text[:1].isupper()):
            return False
    if any(
        c.relation == "case" and c.index < word.index and not _is_adverb(sentence, c) for c in sentence.children(word)
    ):
        return False
    joined = word.relation == "conj" and any(c.relation == "cc" for c in sentence.children(word))
    if joined and head is not None and head.index < word.index and head.upos in NOMINAL:
        return is_bare(sentence, head, addressee)  # sur BFMTV et RMC
    first = word.index - 1
    while first >= 0 and (sentence.words[first].upos in ("DET", "ADJ", "NUM") or sentence.words[first].text in _MARKS):
        first -= 1
    return not (first >= 0 and sentence.words[first].upos == "ADP")


_ADVERBIAL = frozenset({"abord", "ailleurs", "emblée", "avance", "exemple"})
"""Nouns that a preposition makes adverbs of: d'ailleurs, par exemple."""


def _is_adverb(sentence: Sentence, case: Word) -> bool:
    """*d'abord*, *par ailleurs*, whose first word parsers hang on the name behind as its preposition."""
    behind = sentence.words[case.index + 1 : case.index + 2]
    return bool(behind) and behind[0].text.lower() in _ADVERBIAL


def top_nominal(sentence: Sentence, word: Word) -> Word:
    """The head of the noun phrase that a nominal is a part of (flat parts, appositions, complements)."""
    while word.relation in ("flat", "appos", "nmod", "compound", "fixed"):
        head = sentence.head(word)
        if head is None or head.upos not in ("NOUN", "PROPN", "PRON") or _is_according(sentence, word):
            break
        word = head
    return word


def _is_according(sentence: Sentence, word: Word) -> bool:
    """Whether *selon* introduces a noun, which is no complement then: un acte terroriste selon la police, | qui."""
    return any(c.relation == "case" and c.text.lower() == "selon" for c in sentence.children(word))


def noun_phrase(sentence: Sentence, head: Word, blocked: Blocked = nobody) -> Extent:
    """The extent of the noun phrase that ``head`` heads, without preposition, relative or adverbial clauses."""
    kept = [w for w in _phrase_words(sentence, head) if not blocked(w) or w is head]
    kept.sort(key=lambda w: w.index)
    position = next(i for i, w in enumerate(kept) if w.index == head.index)
    first = last = position
    while first > 0 and kept[first].index - kept[first - 1].index <= 1:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1].index - kept[last].index <= 2:
        last += 1
    chosen = _before_open_bracket(kept[first : last + 1], head)
    while len(chosen) > 1 and chosen[-1].index != head.index and _ends_loosely(sentence, chosen[-1]):
        if chosen[-1].text == ")" and any(w.text == "(" for w in chosen if w.index > head.index):
            break  # Jeanne Martin (Moselle)
        chosen.pop()
    while len(chosen) > 1 and chosen[0].index != head.index and _begins_loosely(chosen):
        chosen.pop(0)
    start = min(w.extent.start for w in chosen)
    return Extent(start, max(w.extent.end for w in chosen))


def is_addressed(sentence: Sentence, word: Word) -> bool:
    """Whether *à* introduces a word: a dit | au ministre."""
    return any(c.relation == "case" and c.text.lower() == "à" for c in sentence.children(word))


def _ends_loosely(sentence: Sentence, word: Word) -> bool:
    """A last word that belongs to no noun phrase: punctuation, a conjunction, a day (la fondation | jeudi)."""
    if word.upos in ("PUNCT", "CCONJ", "ADP", "DET"):
        return True
    governed = any(c.relation in ("case", "nummod") for c in sentence.children(word))  # l'homme de 30 ans
    return is_time(word) and word.upos in ("NOUN", "PROPN", "ADV") and not governed


def _before_open_bracket(chosen: list[Word], head: Word) -> list[Word]:
    """The words before a bracket that the phrase opens and doesn't close: la Direction générale de la santé | (DGS"""
    opened = next((i for i in range(len(chosen) - 1, -1, -1) if chosen[i].text in ("(", ")")), None)
    if opened is None or chosen[opened].text == ")" or chosen[opened].index < head.index:
        return chosen
    return chosen[:opened]


def _begins_loosely(chosen: Sequence[Word]) -> bool:
    """A first word that belongs to no noun phrase: punctuation, a link, a channel's number (France 2 | le député)."""
    return chosen[0].upos in ("PUNCT", "ADP", "CCONJ", "ADV") or chosen[0].upos == "NUM" and chosen[1].upos == "DET"


def _name_beside(sentence: Sentence, head: Word) -> Word | None:
    """A name that the parser hung beside its title or role, as a second subject: a dit le lieutenant-colonel | Paul
    Martin; confirme l'avocate | au barreau de Paris, | Jeanne Martin."""
    governor = sentence.head(head)
    if head.upos != "NOUN" or head.relation != "nsubj" or governor is None or is_time(head):
        return None
    for child in sentence.children(governor):
        if child.index > head.index and child.upos == "PROPN" and child.relation == "nsubj":
            between = sentence.words[head.index + 1 : child.index]
            return child if not between or governor.index < head.index and _is_aside(between) else None
    return None


def _is_aside(words: Sequence[Word]) -> bool:
    """Whether words are what a preposition introduces, up to a comma: au barreau de Paris,"""
    *inside, comma = words
    plain = not any(w.upos in ("VERB", "AUX", "PUNCT", "SCONJ", "PRON") for w in inside)
    return comma.text == "," and bool(inside) and inside[0].upos == "ADP" and plain


def _phrase_words(sentence: Sentence, head: Word, nested: bool = False) -> Iterator[Word]:
    yield head
    if (name := _name_beside(sentence, head)) is not None:
        yield from sentence.words[head.index + 1 : name.index]
        yield from _phrase_words(sentence, name, nested=True)
    for child in sentence.children(head):
        if child.deprel in _OMITTED or child.relation in ("advcl", "parataxis", "cop", "nsubj", "aux", "mark", "expl"):
            continue
        if child.relation == "acl":
            continue
        inside = nested and child.relation in ("case", "cc")  # la Fédération de la couture | et de | la mode
        if child.relation in ("case", "cc", "advmod", "obl", "obj") and child.index < head.index and not inside:
            continue
        if child.relation == "nmod" and child.lemma.lower() in ADDRESSED and is_addressed(sentence, child):
            continue  # une source | au magazine
        if child.relation in ("obl", "advmod", "obj") and head.upos not in ("NOUN", "PROPN"):
            continue
        yield from _phrase_words(sentence, child, nested=True)
