"""The text that a parser gets for an article: its sentences with long quotations shortened.

A long quotation wrecks the tree of the sentence that reports it, and needs no tree of its own. The skeleton keeps
the first words of a long quotation (they show how it joins its sentence) and any part that may hide a reporting
clause (« Oui, a-t-il dit, demain »), and drops the rest. It also separates sentences that a scraper glued together
and turns line ends into paragraph breaks where they are ones. The article itself is never rewritten: a skeleton
carries a map from its own offsets back to the article's.

The idea of parsing a sentence with its quotation put aside is that of the dependency sieve of Muzny et al. (2017).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quotes.detect import glued_after, glued_before
from quotes.model import INVISIBLE, Entity, Extent, Parse, QuoteSpan, Sentence, Word

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\u00a0\u202f]+[A-ZÀ-ÖØ-Þ«\"“(\[—–-])|\n+")
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ0-9»”\")\]])(?<![\s.(][a-zà-öø-ÿ])([.!?…]+[»”\")]?)(?=[A-ZÀ-ÖØ-Þ«“]|\"[A-ZÀ-ÖØ-Þ])")
_GLUED_NUMBER = re.compile(r"(?<=[a-zà-öø-ÿ]{3}\.)(?=\d{1,3}[\s.%\u00a0\u202f])")
# a heading glued to the sentence after it: ... selon MartinConcernant l'avenir, SA LIBERTÉSelon son entourage
_GLUED_HEADING = re.compile(
    r"(?:(?<=[a-zà-öø-ÿ]{3})|(?<=[A-ZÀ-ÖØ-Þ]{3})|(?<=\d{4}))(?=(?:L[ea]s?|L['’]|Une?|Des?|Du|Aux?|Dans|Pour|Selon|Mais|Ils?|Elles?|On|En|Ce|Cette|Ces|Sur|Par|"
    r"Après|Avant|Alors|Concernant|Autre|Interrogée?|Depuis|Avec|Si|Son|Sa|Ses|Quand|Et|D['’])[\s\u00a0A-ZÀ-Ý])"
    r"|(?:(?<=[a-zà-öø-ÿ]{3})|(?<=\d{4}))(?=[AÀ][\s\u00a0])"  # not la FNSE|A
)
# a word in small letters with a capital in it: des sanctions inconnuesMarie Martin
_GLUED_WORD = re.compile(r"(?<![^\s«»“”\"('’])[a-zà-öø-ÿ]{3,}(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])")
# a given name and a surname behind a word with a capital: en FranceJeanne Martin est arrivée
_GLUED_NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{3,}(?=([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?) [A-ZÀ-ÖØ-Þ])"
)
# a subject pronoun behind a verb in -t or -d is a token of its own (répond | -il), which tokenizers often miss
_CLITIC = re.compile(r"(?<=[^\W\d_][td])(?=-(?:ils?|elles?|on)\b)")
_COLON = re.compile(r"(?<=[^\W\d_]):(?=[\s\u00a0\u202f«\"“])")
_DASH = re.compile(r"(?<=[^\s\d][\s\u00a0])[-–—](?=[\s\u00a0][a-zà-öø-ÿ])")
_LINE_END = re.compile(r"[ \t\u00a0]*\r?\n\s*")
_STOP = re.compile(r"[.!?…](?=[\s\u00a0\u202f])|\n")
_LONGEST = 150
"""Words; sentences of the press are seldom half as long."""
_KEPT_WORDS = 12
_HEAD_WORDS = 6
_MARKS_TO_SPACE = "«»“”„‹›"
# a shortened quotation must not end on a word that calls for another one
_OPEN_ENDED = frozenset(
    """le la les l un une des du de d à au aux en et ou mais que qu qui dont où ne n se s y ce cet cette ces mon ton son
    ma ta sa mes tes ses notre votre leur nos vos leurs pour par sur sous dans avec sans entre vers chez très plus
    moins si comme c j je tu il elle on nous vous ils elles m t lui est suis es sommes êtes sont était étaient sera
    seront serait ai as a avons avez ont avait avaient aura auront peut peuvent doit doivent faut va vont fait font
    veut veulent pas jamais rien tout tous toute toutes quand lorsque parce afin""".split()
)


@dataclass(frozen=True)
class Skeleton:
    """A text for the parser and the way back: ``pieces`` are (offset here, offset in the article, length)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def to_article(self, offset: int, *, end: bool = False) -> int:
        """The article's offset of an offset here; for an extent's end give ``end=True``."""
        position = offset - 1 if end else offset
        here, there, length = self.pieces[max(0, bisect_right(self.pieces, (position, 1 << 60, 0)) - 1)]
        return there + min(max(position - here, 0), max(length - 1, 0)) + (1 if end else 0)

    def restore(self, parse: Parse) -> Parse:
        """The same trees with offsets into the article."""

        def back(extent: Extent) -> Extent:
            return Extent(self.to_article(extent.start), self.to_article(extent.end, end=True))

        def word_back(word: Word) -> Word:
            # field by field: there are millions of them
            return Word(
                word.index, word.text, word.lemma, word.upos, word.feats, word.head, word.deprel, back(word.extent)
            )

        return Parse(
            tuple(Sentence(tuple(map(word_back, s.words))) for s in parse.sentences),
            tuple(Entity(back(e.extent), e.label) for e in parse.entities),
        )


def build_skeleton(
    text: str, spans: Sequence[QuoteSpan], may_report: Callable[[str], bool], is_given_name: Callable[[str], bool]
) -> Skeleton:
    """The skeleton of ``text`` whose quotations are ``spans``.

    ``may_report`` says whether a stretch of quoted text may hide a reporting clause and has to be kept.
    """
    dropped: list[Extent] = []
    deep = sorted(s.outer for s in spans if s.level)
    for span in spans:
        if span.level == 0:
            nested = deep[bisect_right(deep, span.outer) : bisect_right(deep, (span.outer.end, 0))]
            dropped.extend(_dropped_inside(text, span, nested, may_report))
    edits: list[tuple[int, int, str]] = [(e.start, e.end, "") for e in dropped]
    edits.extend((match.start(), match.end(), "") for match in INVISIBLE.finditer(text))
    for match in _GLUED.finditer(text):
        edits.append((match.end(), match.end(), " "))
    for pattern in (_GLUED_NUMBER, _GLUED_HEADING, _GLUED_WORD):
        edits.extend((match.end(), match.end(), "\n\n") for match in pattern.finditer(text))
    names = (match for match in _GLUED_NAME.finditer(text) if is_given_name(match[1]))
    edits.extend((match.end(), match.end(), "\n\n") for match in names)
    for match in _CLITIC.finditer(text):
        edits.append((match.start(), match.start(), " "))
    for match in _COLON.finditer(text):
        edits.append((match.start(), match.start(), " "))
    edits.extend((match.start(), match.end(), ",") for match in _DASH.finditer(text))  # else a sentence might end there
    for match in _LINE_END.finditer(text):
        following = text[match.end() : match.end() + 1]
        wrapped = following.islower() and match.group().count("\n") == 1
        edits.append((match.start(), match.end(), " " if wrapped else "\n\n"))
    edits.extend(_spaces_at_marks(text, spans))
    edits.extend(_breaks_at_quotations(text, spans))
    edits.extend((place, place, "\n\n") for place in _breaks_without_end(text, sorted(dropped)))
    pieces: list[tuple[int, int, int]] = []
    parts: list[str] = []
    here = there = 0
    for start, end, inserted in sorted(edits):
        if start < there:
            continue
        if start > there:
            pieces.append((here, there, start - there))
            parts.append(text[there:start])
            here += start - there
        parts.append(inserted)
        here += len(inserted)
        there = end
    if there < len(text):
        pieces.append((here, there, len(text) - there))
        parts.append(text[there:])
    return Skeleton("".join(parts), tuple(pieces) or ((0, 0, 0),))


def _breaks_without_end(text: str, dropped: Sequence[Extent]) -> Iterator[int]:
    """Where to cut words that go on without a full stop (tables, lists, junk): the time that a tree takes grows with
    the cube of its words, so that one endless line would cost more than a library. After a comma, if there is one."""
    count = last = 0
    comma: int | None = None
    starts = [extent.start for extent in dropped]
    for match in _WORD.finditer(text):
        i = bisect_right(starts, match.start()) - 1
        if i >= 0 and match.start() < dropped[i].end:
            continue
        between = text[last : match.start()]
        last = match.end()
        if _STOP.search(between):
            count, comma = 0, None
        elif count > _LONGEST // 2 and ("," in between or ";" in between):
            comma = match.start()
        count += 1
        if count > _LONGEST:
            yield match.start() if comma is None else comma
            count, comma = 1, None


def _breaks_at_quotations(text: str, spans: Sequence[QuoteSpan]) -> list[tuple[int, int, str]]:
    """Sentence breaks that quotations make certain: ... fin. | « Oui. » | Il part."""
    breaks: list[tuple[int, int, str]] = []
    for span in spans:
        if span.level:
            continue
        start, end = span.outer
        before = text[max(0, start - 6) : start].rstrip(" \u00a0\u202f")
        ended = before[-1:] in (".", "!", "?", "…") and not before.endswith((" M.", " Mme."))
        if ended or glued_before(text, span):
            breaks.append((start, start, "\n\n"))
        after = text[end : end + 3].lstrip(" \u00a0\u202f")
        closed = text[span.inner.start : span.inner.end].rstrip(" \u00a0\u202f")[-1:]
        if closed in (".", "!", "?", "…") and after[:1].isupper() or glued_after(text, span):
            breaks.append((end, end, "\n\n"))
    return breaks


def _spaces_at_marks(text: str, spans: Sequence[QuoteSpan]) -> list[tuple[int, int, str]]:
    """Spaces that keep a quotation mark a token of its own (l’«ultra droite»)."""
    edges: list[tuple[int, int, str]] = []
    for span in spans:
        opens, closes = span.marks[0] in _MARKS_TO_SPACE, bool(span.marks[1]) and span.marks[1] in _MARKS_TO_SPACE
        places = [span.outer.start, span.inner.start] if opens else []
        places += [span.inner.end] if closes else []
        for place in places:
            if 0 < place < len(text) and not text[place - 1].isspace() and not text[place].isspace():
                edges.append((place, place, " "))
    return edges


def _dropped_inside(
    text: str, span: QuoteSpan, nested: Sequence[Extent], may_report: Callable[[str], bool]
) -> list[Extent]:
    """The stretches of a quotation that the parser need not see."""
    inner = span.inner
    stretches: list[Extent] = []
    start = inner.start
    for match in _SENTENCE_END.finditer(text, inner.start, inner.end):
        stretches.append(Extent(start, match.end()))
        start = match.end()
    if start < inner.end:
        stretches.append(Extent(start, inner.end))
    if not stretches:
        return []
    words = len(_WORD.findall(text, inner.start, inner.end))
    if len(stretches) == 1 and words <= _KEPT_WORDS:
        return []
    dropped: list[Extent] = []
    for i, stretch in enumerate(stretches):
        if may_report(stretch.of(text)) or any(stretch.overlaps(extent) for extent in nested):
            continue
        if i == 0:
            kept_to = _head_end(text, stretch)
            last = i == len(stretches) - 1
            end = len(text[: stretch.end].rstrip(" \u00a0\u202f\n")) if last else stretch.end
            dropped.append(Extent(kept_to, max(kept_to, _before_final_mark(text, kept_to, end, span, last))))
        else:
            last = i == len(stretches) - 1
            end = len(text[: stretch.end].rstrip(" \u00a0\u202f\n")) if last else stretch.end
            kept_before = not dropped or dropped[-1].end < stretch.start
            final = end if kept_before else _before_final_mark(text, stretch.start, end, span, last)
            dropped.append(Extent(stretch.start, final))
    return [e for e in dropped if e.end > e.start]


def _head_end(text: str, stretch: Extent) -> int:
    """Where the kept beginning of a shortened quotation ends: after a word that can end a phrase."""
    words = list(_WORD.finditer(text, stretch.start, stretch.end))
    if len(words) <= _KEPT_WORDS:
        return words[-1].end() if words else stretch.start
    last = _HEAD_WORDS
    while last < _KEPT_WORDS and words[last - 1].group().lower().rstrip("'’") in _OPEN_ENDED:
        last += 1
    return words[last - 1].end()


def _before_final_mark(text: str, start: int, end: int, span: QuoteSpan, last: bool) -> int:
    """Where dropping stops: a full stop before the closing mark stays if a new sentence follows the quotation."""
    if not last:
        return end
    rest = text[span.outer.end : span.outer.end + 4].lstrip(" \u00a0\u202f")
    ends_sentence = text[end - 1 : end] in ".!?…" and (not rest or rest[0].isupper() or rest[0] == "\n")
    return max(start, end - 1) if ends_sentence else end
