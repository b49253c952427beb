"""What the rules look at: an article's spans, sentences and reports, and where a span stands among them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from quotes.attribution.report import Report
from quotes.attribution.reports import find_reports
from quotes.attribution.syntax import clitic
from quotes.detect import glued_after, glued_before
from quotes.lexicon import Lexicon
from quotes.model import Extent, Parse, QuoteSpan, Sentence, Word

_HEADING = 120  # characters
_LEAD = 12  # sentences
_HEADING_WORDS = 8  # before the quotation that ends it
_DASH_BEFORE = re.compile(r"(?:^|[.!?…»”\"\n])\s*[-–—]\s*$")
_DASH_AFTER = re.compile(r"\s*[-–—]\s*(?:[A-ZÀ-Ý«“\"\n]|$)")
_HEADED_BEFORE = re.compile(r"(?:[.!?…»”\"])\s*[-–—] [^.!?…\n–—]{0,45}$")
_HEADED_AFTER = re.compile(r"[^.!?…\n–—,]{0,30} [-–—](?=[A-ZÀ-Ý«“\"])")
_LONGEST_NAME, _NAME_WORDS = 40, 3  # characters, words
_ACCORDING_TO = re.compile(r"\b(?:selon|d['’]après)\s+$", re.IGNORECASE)
_SPACES = " \t\r\n\u00a0\u202f\u2009"


@dataclass(frozen=True)
class Scene:
    """One article laid out for attribution. Sentences are in text order; so are spans."""

    text: str
    spans: tuple[QuoteSpan, ...]
    sentences: tuple[Sentence, ...]
    lexicon: Lexicon

    @cached_property
    def outer_spans(self) -> tuple[QuoteSpan, ...]:
        return tuple(s for s in self.spans if s.level == 0)

    @cached_property
    def _outer_starts(self) -> list[int]:
        return [s.outer.start for s in self.outer_spans]

    def span_at(self, offset: int) -> QuoteSpan | None:
        """The outermost span that covers an offset."""
        i = bisect_right(self._outer_starts, offset) - 1
        if i >= 0 and self.outer_spans[i].outer.end > offset:
            return self.outer_spans[i]
        return None

    def spans_near(self, extent: Extent) -> tuple[QuoteSpan, ...]:
        """The outermost spans that overlap an extent."""
        first = max(0, bisect_right(self._outer_starts, extent.start) - 1)
        last = bisect_right(self._outer_starts, extent.end)
        return tuple(s for s in self.outer_spans[first:last] if s.outer.overlaps(extent))

    def quoted(self, word: Word) -> bool:
        """Whether a word stands inside quotation marks."""
        return self._covered[word.extent.start] == 1

    @cached_property
    def _covered(self) -> bytearray:
        """1 for each character of the outermost spans, but those that hold the name of a paper or channel (selon « Le
        Quotidien ») or a cue: every rule asks of every word."""
        covered = bytearray(len(self.text))
        for span in self.outer_spans:
            if span.outer in self.names_in_marks or self.is_quoted_cue(span):
                continue
            covered[span.outer.start : span.outer.end] = b"\1" * (span.outer.end - span.outer.start)
        return covered

    def is_quoted_cue(self, span: QuoteSpan) -> bool:
        """Whether the quoted word is the verb that reports, alone: la délégation « invite » le gouvernement à."""
        if len(self.text[span.inner.start : span.inner.end].split()) != 1:
            return False
        words = [word for _, word in self.words_in(span.inner)]
        if len(words) != 1 or words[0].upos != "VERB" or words[0].feats.get("Mood") != "Ind":
            return False
        entry = self.lexicon.verb(words[0].lemma)
        return entry is not None and (entry.strength != "weak" or entry.stance in ("critic", "request"))

    @cached_property
    def names_in_marks(self) -> Mapping[Extent, str]:
        """The names of sources that quotation marks hold, by the extent of their spans."""
        named = ((span.outer, _name_in_marks(self.text, span, self.lexicon)) for span in self.spans)
        return {extent: name for extent, name in named if name is not None}

    @cached_property
    def reports(self) -> tuple[tuple[Report, ...], ...]:
        """The reports of each sentence; none where it was not worth a tree."""
        return tuple(
            find_reports(s, self.text, self.lexicon, self.quoted) if s.has_tree else () for s in self.sentences
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.extent.start for s in self.sentences]

    def sentence_index(self, offset: int) -> int:
        """The index of the sentence that covers an offset, else of the last one before it; -1 if there is none."""
        return bisect_right(self._sentence_starts, offset) - 1

    def sentences_of(self, extent: Extent) -> range:
        """Indices of the sentences that overlap an extent."""
        first = max(self.sentence_index(extent.start), 0)
        last = max(self.sentence_index(max(extent.end - 1, extent.start)), first)
        if first < len(self.sentences) and self.sentences[first].extent.end <= extent.start and last > first:
            first += 1
        return range(first, min(last + 1, len(self.sentences)))

    def words_in(self, extent: Extent) -> Iterator[tuple[Sentence, Word]]:
        """The parsed words inside an extent, with their sentences."""
        for i in self.sentences_of(extent):
            sentence = self.sentences[i]
            for word in sentence.words:
                if extent.start <= word.extent.start and word.extent.end <= extent.end:
                    yield sentence, word

    def before(self, offset: int) -> str:
        """The text before an offset, without spaces at its end (at most 200 characters)."""
        return self.text[max(0, offset - 200) : offset].rstrip(_SPACES)

    def after(self, offset: int) -> str:
        """The text after an offset, without spaces at its start (at most 200 characters)."""
        return self.text[offset : offset + 200].lstrip(_SPACES)

    def opens_sentence(self, span: QuoteSpan) -> bool:
        """Whether nothing of the writer's own sentence stands before the span."""
        before = self.before(span.outer.start)
        if not before or before[-1] in '.!?…»”":' or glued_before(self.text, span):
            return True
        return self.starts_paragraph(span.outer.start)

    def starts_paragraph(self, offset: int) -> bool:
        """Whether only spaces stand between an offset and the line end before it."""
        start = offset
        while start > 0 and self.text[start - 1] in _SPACES:
            start -= 1
        return start == 0 or "\n" in self.text[start:offset]

    def closes_sentence(self, span: QuoteSpan) -> bool:
        """Whether nothing of the writer's own sentence follows the span."""
        after = self.after(span.outer.end)
        inner_end = self.text[span.inner.start : span.inner.end].rstrip(_SPACES)[-1:]
        gap = self.text[span.outer.end : span.outer.end + 3]
        if not after or "\n" in gap or glued_after(self.text, span):
            return True
        return after[0] in ".!?…" or (inner_end in ".!?…" and (after[0].isupper() or after[0] in '«“"'))

    def is_heading(self, span: QuoteSpan) -> bool:
        """Whether the span alone is a paragraph, or was one before a scraper glued it to the next."""
        starts = self.starts_paragraph(span.outer.start) or glued_before(self.text, span) or self.opens_sentence(span)
        end = self.text[span.outer.end : span.outer.end + 3].lstrip(_SPACES)
        return starts and (glued_after(self.text, span) or not end or end[0] == "\n")

    def ends_heading(self, span: QuoteSpan) -> bool:
        """Whether the span ends a heading that a scraper glued to the next paragraph: Un "parfait crétin"Le candidat"""
        if not glued_after(self.text, span):
            return False
        sentence = self.sentences[max(0, self.sentence_index(span.outer.start))]
        before = [w for w in sentence.words if w.extent.end <= span.outer.start]
        return len(before) <= _HEADING_WORDS and not any(w.feats.get("VerbForm") == "Fin" for w in before)

    def is_intertitle(self, span: QuoteSpan) -> bool:
        """Whether the span is a heading between dashes, as agencies set them: ... du pays.- "Ça va finir" -La police"""
        before, after = self.text[max(0, span.outer.start - 6) : span.outer.start], self.text[span.outer.end :][:6]
        return bool(_DASH_BEFORE.search(before) and _DASH_AFTER.match(after))

    def stands_between_dashes(self, span: QuoteSpan) -> bool:
        """Whether the span is a part of a heading between dashes: ... pandémie.- Menace de "crise" -Le secrétaire"""
        before, after = self.text[max(0, span.outer.start - 60) : span.outer.start], self.text[span.outer.end :][:40]
        return bool(_HEADED_BEFORE.search(before) and _HEADED_AFTER.match(after))

    def stands_in_heading(self, span: QuoteSpan) -> bool:
        """Whether the span stands among the first sentences, or in a paragraph too short to be more than a heading."""
        start = self.text.rfind("\n", 0, span.outer.start) + 1
        end = self.text.find("\n", span.outer.end)
        first = start == 0 and self.sentence_index(span.outer.start) < _LEAD
        return first or (len(self.text) if end < 0 else end) - start < _HEADING

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that an offset stands in."""
        return bisect_right(self._line_ends, offset)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [m.end() for m in re.finditer(r"\n\s*", self.text)]

    @cached_property
    def folded_contents(self) -> tuple[str, ...]:
        """The words of each span, lower case, for finding the same words again."""
        return tuple(fold_content(self.text[s.inner.start : s.inner.end]) for s in self.spans)

    @cached_property
    def spans_by_content(self) -> Mapping[str, tuple[QuoteSpan, ...]]:
        """The spans that quote the same words, under those words."""
        groups: dict[str, list[QuoteSpan]] = {}
        for span, content in zip(self.spans, self.folded_contents, strict=True):
            groups.setdefault(content, []).append(span)
        return {content: tuple(group) for content, group in groups.items()}


def _name_in_marks(text: str, span: QuoteSpan, lexicon: Lexicon) -> str | None:
    """The paper, channel or agency that the quoted words name, with its article or without; or the source whose name
    they are, whatever it is (selon « Quotidien »)."""
    inner = text[span.inner.start : span.inner.end].strip(_SPACES)
    if len(inner) > _LONGEST_NAME or not inner[:1].isupper() and inner[:1] != "l":
        return None
    media = (lexicon.medium(name) for name in (inner, f"Le {inner}", f"La {inner}", f"L'{inner}"))
    known = next((medium for medium in media if medium is not None), None)
    if known is not None:
        return known.name
    named = inner[:1].isupper() and inner[-1:].isalnum() and len(inner.split()) <= _NAME_WORDS
    return inner if named and _ACCORDING_TO.search(text[max(0, span.outer.start - 20) : span.outer.start]) else None


def fold_content(content: str) -> str:
    """A quotation's words in lower case, single spaces, without marks: what makes two quotations the same words."""
    return " ".join(re.findall(r"[^\W_]+", content.lower()))


def make_scene(text: str, spans: Sequence[QuoteSpan], parse: Parse, lexicon: Lexicon) -> Scene:
    """Lay out an article for the rules."""
    outer = [s.outer for s in spans if s.level == 0]
    sentences = (_sever(_corrected(s), outer) for s in parse.sentences)
    return Scene(text, tuple(spans), tuple(sentences), lexicon)


def _corrected(sentence: Sentence) -> Sentence:
    """The sentence with what parsers get wrong again and again put right."""
    return _with_ranks(_with_titles(_with_former_heads(_with_whole_clitics(sentence))))


_RANKS = {"un": "un", "1": "un", "deux": "deux", "2": "deux", "trois": "trois", "3": "trois"}


def _with_ranks(sentence: Sentence) -> Sentence:
    """The sentence with *numéro deux* as the lemma of *numéro* in *le numéro 2 du parti*: a role in the lexicon."""
    if not any(word.lemma == "numéro" for word in sentence.words):
        return sentence
    words = list(sentence.words)
    for article, noun, rank in zip(words, words[1:], words[2:], strict=False):
        if noun.lemma == "numéro" and rank.text.lower() in _RANKS and article.upos == "DET":
            words[noun.index] = noun._replace(lemma=f"numéro {_RANKS[rank.text.lower()]}")
    return Sentence(tuple(words))


_HYPHENS = frozenset("-‐‑–")


def _with_whole_clitics(sentence: Sentence) -> Sentence:
    """The sentence with the hyphen of an inverted clitic in its word, as UD has it, where the tokenizer cut it off
    (s'est | - | il réjoui)."""
    if not any(word.text in _HYPHENS for word in sentence.words):
        return sentence
    words = list(sentence.words)
    for hyphen, word in pairwise(sentence.words):
        adjoining = hyphen.extent.end == word.extent.start
        if hyphen.text in _HYPHENS and adjoining and clitic(word) is not None and sentence.head(hyphen) is not None:
            extent = Extent(hyphen.extent.start, word.extent.end)
            words[word.index] = word._replace(text=f"-{word.text}", extent=extent)
    return Sentence(tuple(words)) if words != list(sentence.words) else sentence


_FIRST = frozenset({"ex-premier", "ex-première"})


def _with_former_heads(sentence: Sentence) -> Sentence:
    """The sentence with *ministre* as the head of *ex-Premier ministre*, as it heads *Premier ministre*; taggers take
    the first word for a name."""
    words = list(sentence.words)
    for first, minister in pairwise(sentence.words):
        if first.text.lower() not in _FIRST or first.upos != "PROPN" or minister.head != first.index:
            continue
        words = [w._replace(head=minister.index) if w.head == first.index else w for w in words]
        words[minister.index] = words[minister.index]._replace(head=first.head, deprel=first.deprel)
        words[first.index] = first._replace(upos="ADJ", head=minister.index, deprel="amod")
    return Sentence(tuple(words)) if words != list(sentence.words) else sentence


_LAWYERS = frozenset({"Me", "Mes"})


def _with_titles(sentence: Sentence) -> Sentence:
    """The sentence with *Me* as a title that heads its name, as *M.* does; taggers take it for a pronoun, and the name
    for something else."""
    words = list(sentence.words)
    for title, name in pairwise(sentence.words):
        if title.text not in _LAWYERS or title.upos != "PRON" or not sentence.has_tree:
            continue
        if name.upos != "PROPN" or not name.text[:1].isupper():
            continue
        above = name if title.head == name.index else title
        words[title.index] = title._replace(upos="NOUN", head=above.head, deprel=above.deprel)
        words[name.index] = name._replace(head=title.index, deprel="nmod")
    return Sentence(tuple(words)) if words != list(sentence.words) else sentence


_GRAMMATICAL = frozenset({"aux", "cop", "expl", "mark", "cc", "case", "det"})


def _sever(sentence: Sentence, outer: Sequence[Extent]) -> Sentence:
    """The sentence without the grammatical ties that cross a quotation mark.

    A shortened quotation may lend its auxiliary or its pronoun to the verb of the reporting clause
    (« C'est », a dit X); such a tie is a parsing error.
    """
    i = bisect_right(outer, (sentence.extent.end, 0)) - 1
    near = []
    while i >= 0 and outer[i].end > sentence.extent.start:
        near.append(outer[i])
        i -= 1
    if not near:
        return sentence

    starts = [word.extent.start for word in sentence.words]
    sides = [next((e for e in near if e.start <= start < e.end), None) for start in starts]
    words = []
    for word, side in zip(sentence.words, sides, strict=True):
        if word.head >= 0 and side != sides[word.head]:
            pronoun = word.upos == "PRON" and word.relation in ("nsubj", "obj", "iobj", "obl")
            if word.relation in _GRAMMATICAL or pronoun and side is not None:
                word = word._replace(deprel="dep")
        words.append(word)
    return Sentence(tuple(words))
