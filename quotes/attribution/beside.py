"""Rules that go by what stands beside a quotation: incises, colons, selon, nouns for words, enumerations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.attribution.governed import nearer_source, passes_on
from quotes.attribution.linking import (
    about,
    climb,
    has_finite_verb,
    linked,
    looks_direct,
    words_of,
)
from quotes.attribution.mentions import form_of, mention_at
from quotes.attribution.phrases import is_bare
from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import is_finite, is_inverted_clitic, verb_group
from quotes.model import Attribution, Cue, Extent, Kind, QuoteSpan, Sentence, Word

_GAP = re.compile(r"[\s,.;!?…()\u00a0\u202f»”\"–—-]*")
_NEXT_SENTENCE = re.compile(r"(?:[\s\u00a0\u202f]*[.!?…][\s\u00a0\u202f]*)?[A-ZÀ-Ý]\w*")
_LOOSE_BETWEEN = frozenset({"ADV", "PUNCT", "AUX", "PRON", "CCONJ"})
_FEW, _TITLE = 3, 6  # words
_DASH_BELOW = re.compile(r"[ \t.\u00a0]*\n\s*(?:—|–|--?)\s+(?=[A-ZÀ-Ý])")
_LONGEST_SIGNATURE = 120  # characters
_LINKS = frozenset(
    (
        "et ou voire mais puis encore ni comme aussi même enfin ne n' n’ se s' s’ "
        "de du des d' d’ que qu' qu’ à aux au le la les l' l’ un une"
    ).split()
)


_THAT_OF = tuple([pronoun, of] for pronoun in ("celui", "celle", "ceux", "celles") for of in ("de", "d'", "d’"))


def incise_inside(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Nous partons, a dit X, dès demain. »"""
    for i in scene.sentences_of(span.outer):
        for report in scene.reports[i]:
            inside = span.inner.contains(report.cue.extent) and report.source is not None
            if not inside or report.construction != "incise" or report.source is None or "quote" not in report.frames:
                continue
            if not span.inner.contains(report.source.extent) or scene.span_at(report.start) is not span:
                continue
            before = scene.text[span.inner.start : report.start].rstrip()
            clitic_first = re.search(r"[,.!?…;:–—-]\s*(?:[smtln][e]?['’ ]\s*)?$", before)
            if clitic_first is None or len(before.split()) < 1:
                continue
            after = scene.after(max(report.source.extent.end, report.cue.extent.end))
            if is_inverted_clitic(report.source) and after[:1] == "?":
                continue
            weaker = (
                _to_the_speaker(report) or report.strength == "weak"
            )  # « ..., ajoute le compte X », suggère le texte
            if weaker and incise_after(scene, span, previous) is not None:
                continue
            because = f"reporting clause inside the marks: {about(scene, report)}"
            return linked(scene, span, report, "incise-inside", because, "direct")
    return None


def _to_the_speaker(report: Report) -> bool:
    """Whether a clause tells what somebody said to the first person: « "Non", me répond-elle »."""
    before = report.sentence.words[max(0, report.anchor.index - 2) : report.anchor.index]
    return any(w.text.lower().replace("’", "'") in ("me", "m'", "nous") for w in before)


def signature(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Nous partons. » and on the next line: — Jeanne Martin, présidente"""
    match = _DASH_BELOW.match(scene.text, span.outer.end)
    if match is None or span.level or not scene.starts_paragraph(span.outer.start):
        return None
    end = scene.text.find("\n", match.end())
    line = Extent(match.end(), len(scene.text) if end < 0 else end)
    found = list(scene.words_in(line))
    if line.end - line.start > _LONGEST_SIGNATURE or any(w.feats.get("VerbForm") == "Fin" for _, w in found):
        return None
    for sentence, word in found:
        if form_of(sentence, word, scene.lexicon) in ("name", "role", "organisation", "collective"):
            mention = mention_at(sentence, word, scene.text, scene.lexicon, scene.quoted)
            because = f"signed by « {words_of(scene, mention.extent)} » on the next line"
            kind: Kind = "direct" if has_finite_verb(scene, span) else "mixed"
            return Attribution(span.outer, kind, "signature", because, mention=mention)
    return None


def _starts_after(scene: Scene, span: QuoteSpan, report: Report) -> bool:
    """Whether the report's clause starts right after the span, but for punctuation, adverbs and clitics."""
    if report.start < span.outer.end:
        return False
    if scene.paragraph(report.start) != scene.paragraph(span.outer.end):
        return False
    first = report.anchor
    gap = scene.text[span.outer.end : report.start]
    if _NEXT_SENTENCE.match(scene.text[span.outer.end : report.start + 1]):
        return False  # « ... ». Mais, ajoute X, ...; « ... »Comme le rapporte X
    if any(span.outer.end <= s.outer.start < report.start for s in scene.outer_spans):
        return False
    if _GAP.fullmatch(gap):
        return True
    if len(gap) > 60 or ":" in gap:
        return False
    between = [w for w in report.sentence.words if span.outer.end <= w.extent.start < report.start]
    if report.source in between:
        return False
    allowed = all(
        w.upos in _LOOSE_BETWEEN or w.lemma in ("comme", "ainsi", "que", "de", "pour", "part", "côté", "tout")
        for w in between
    )
    return allowed and first.index >= 0


def incise_after(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Nous partons », a dit X."""
    first = scene.sentence_index(span.outer.end)
    for i in range(max(first, 0), min(first + 2, len(scene.sentences))):
        for report in scene.reports[i]:
            if report.source is None or scene.quoted(report.anchor) or report.cue.category != "verb":
                continue
            if report.construction != "incise" or "quote" not in report.frames:
                continue
            if _starts_after(scene, span, report):
                kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
                nearer = nearer_source(scene, span, report, previous) or _introduced(scene, span, report, previous)
                if nearer is not None:
                    return nearer
                return linked(
                    scene, span, report, "incise-after", f"reporting clause after it: {about(scene, report)}", kind
                )
    return None


def _introduced(scene: Scene, span: QuoteSpan, relay: Report, previous: Sequence[Attribution]) -> Attribution | None:
    """Certains ont crié : « ... », raconte Le Quotidien: who is introduced with a colon, not the paper."""
    if relay.source is None or relay.mention is None or not passes_on(scene, relay.source):
        return None
    found = colon(scene, span, previous)
    if found is None or found.mention is None or found.mention.extent.overlaps(relay.mention.extent):
        return None
    return replace(found, relayed_by=relay.mention)


def followed(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« ... » « ... », a dit X: the first of two utterances that nothing parts, where nobody goes on from before."""
    opens = scene.starts_paragraph(span.outer.start) and scene.closes_sentence(span)
    if span.level or not opens or not has_finite_verb(scene, span):
        return None
    after = next((s for s in scene.outer_spans if s.outer.start >= span.outer.end), None)
    if after is None or scene.text[span.outer.end : after.outer.start].strip(" .\u00a0\u202f"):
        return None
    if scene.paragraph(after.outer.start) != scene.paragraph(span.outer.end):
        return None
    said = incise_after(scene, after, previous)
    if said is None:
        return None
    because = f"goes on in the quotation behind it: {said.because}"
    return Attribution(span.outer, "direct", "followed", because, said.cue, said.mention, said.relayed_by)


def preposition_after(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Tout va bien », selon X."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.end + 12)):
        for report in scene.reports[i]:
            if report.construction != "preposition" or report.source is None:
                continue
            gap = scene.text[span.outer.end : max(report.start, span.outer.end)]
            closed = scene.text[span.inner.start : span.inner.end].rstrip()[-1:] in ".!?…"  # a heading is not
            if (closed or "\n" in gap) and "," not in gap and scene.text[report.start].isupper():
                continue  # « ... » Selon X, ...: a new sentence
            if report.start >= span.outer.end and re.fullmatch(r"[\s,\u00a0\u202f]*", gap):
                kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
                nearer = nearer_source(scene, span, report, previous)
                if nearer is not None:
                    return nearer
                because = f"right before {about(scene, report)}"
                return linked(scene, span, report, "preposition", because, kind)
    return None


def colon(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """X prévient : « … »"""
    before = scene.before(span.outer.start)
    if not before.endswith(":"):
        return None
    position = scene.text.rfind(":", 0, span.outer.start)
    i = scene.sentence_index(position)
    if i < 0:
        return None
    candidates = [
        r
        for r in scene.reports[i]
        if r.anchor.extent.start < position and r.source is not None and not scene.quoted(r.anchor) and not _asks(r)
    ]
    candidates = [r for r in candidates if not _in_brackets(scene.text, r.anchor.extent.start, position)]
    sentence = scene.sentences[i]
    if not candidates:
        return _elliptic_colon(scene, span, previous, i, position) or _named_before_colon(scene, span, i, position)

    def depth(report: Report) -> int:
        return len(climb(sentence, report.anchor))

    def adjoins(report: Report) -> bool:
        """Whether nothing stands between cue (and subject) and colon: a-t-il relevé, avant de conclure : « ... »"""
        ends = [report.cue.extent.end, *([report.mention.extent.end] if report.mention else [])]
        return report.cue.category == "verb" and not scene.text[max(ends) : position].strip()

    def rank(report: Report) -> tuple[bool, bool, bool, int, int]:
        participle = report.construction == "participle"
        loose = report.cue.category == "noun" or report.cue.category == "preposition" and report.strength == "weak"
        return not adjoins(report), loose, participle, depth(report), -report.anchor.index

    best = min(candidates, key=rank)
    return linked(scene, span, best, "colon", f"introduced with a colon by {about(scene, best)}", "direct")


def _in_brackets(text: str, offset: int, end: int) -> bool:
    """Whether brackets that close before ``end`` hold an offset: (mille euros, selon elle), il gémit : « ... »"""
    opened = text.rfind("(", max(0, offset - 80), offset)
    closed = text.rfind(")", max(0, offset - 80), offset)
    return opened > closed and ")" in text[offset:end]


def _elliptic_colon(
    scene: Scene, span: QuoteSpan, previous: Sequence[Attribution], i: int, position: int
) -> Attribution | None:
    """Et de poursuivre : « ... », Avant d'ajouter : « ... »: the speaker of the quotation before goes on."""
    said = next(
        (
            r
            for r in scene.reports[i]
            if r.cue.category == "verb" and r.construction == "participle" and not scene.quoted(r.anchor)
        ),
        None,
    )
    if said is None or said.anchor.extent.end > position:
        return None
    because = f"« {words_of(scene, said.cue.extent)} : », said of the speaker before"
    last = previous[-1] if previous and previous[-1].kind in ("direct", "mixed") else None
    if last is not None and scene.paragraph(position) - scene.paragraph(last.extent.end) <= 1:
        return Attribution(span.outer, "direct", "colon", because, said.cue, last.mention, last.relayed_by)
    for report in reversed(scene.reports[i - 1] if i else ()):  # X a nié. Et d'ajouter : « ... »
        if report.cue.category == "verb" and report.source is not None and not scene.quoted(report.anchor):
            return replace(linked(scene, span, report, "colon", because, "direct"), cue=said.cue)
    return None


def _whose_told(sentence: Sentence, position: int) -> list[Word]:
    """Whose account ends right before a colon: autre récit, celui de | Jeanne :"""
    before = [w for w in sentence.words if w.extent.end <= position and w.upos != "PUNCT"]
    return [w for w in before[-3:] if _is_that_of(sentence, w)]


def _is_that_of(sentence: Sentence, word: Word) -> bool:
    """Whether *celui de*, *celle de* stands right before a word."""
    return word.index > 1 and [w.text.lower() for w in sentence.words[word.index - 2 : word.index]] in _THAT_OF


def _named_before_colon(scene: Scene, span: QuoteSpan, i: int, position: int) -> Attribution | None:
    """X sur les réseaux sociaux : « ... », X a eu ce mot : « ... »: whoever the introducing sentence is about; a few
    words that assert nothing are what it names (l'exposition : « Michael 50 »)."""
    sentence = scene.sentences[i]
    last = next((w for w in reversed(sentence.words) if w.extent.end <= position and w.upos != "PUNCT"), None)
    naming = scene.lexicon.title_head(last.lemma) if last is not None else None
    if naming is not None and naming.kind == "slogan":
        return Attribution(span.outer, "none", "named-thing", "a slogan, which is nobody's statement")
    content = words_of(scene, span.inner).strip()
    titled = content[:1].isupper() and content[-1:] not in ".!?…" and len(content.split()) <= _TITLE
    few = titled or len(content.split()) <= _FEW
    if few and not has_finite_verb(scene, span) and not any(r.source is not None for r in scene.reports[i]):
        return None
    for word in (*_whose_told(sentence, position), *sentence.words):
        if word.extent.start >= position:
            break
        owner = word.head >= 0 and _is_that_of(sentence, word)
        if scene.quoted(word) or not (owner or is_bare(sentence, word)) or word.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        form = form_of(sentence, word, scene.lexicon)
        speaks_up = form == "organisation" and word.relation == "nsubj" and has_finite_verb(scene, span)
        if form in ("name", "role", "pronoun") or speaks_up:
            head = sentence.head(word)
            if word.relation == "appos" and head is not None and head.upos == "PROPN" and not scene.quoted(head):
                word = head  # comme celle de Jeanne Martin, une analyste : « ... »
            mention = mention_at(sentence, word, scene.text, scene.lexicon, scene.quoted)
            said = [r for r in scene.reports[i] if r.cue.category == "verb" and not scene.quoted(r.anchor)]
            cue = next((r.cue for r in said if not _asks(r)), None) or _introducing(scene, sentence, word)
            because = f"introduced with a colon after « {words_of(scene, mention.extent)} »"
            return Attribution(span.outer, "direct", "colon", because, cue, mention)
    return None


def _asks(report: Report) -> bool:
    """*Invitée de X, Jeanne Martin est revenue sur ce choix :* what was asked, not what was said."""
    addressed = report.anchor.feats.get("VerbForm") == "Part" and report.anchor.feats.get("Tense") == "Past"
    return (
        addressed and report.cue.stance in ("question", "request") and report.construction in ("participle", "passive")
    )


def _introducing(scene: Scene, sentence: Sentence, subject: Word) -> Cue | None:
    """The finite verb of whoever a colon gives the word to, though it is none of speech: Jeanne Martin abdique :"""
    verb = sentence.head(subject)
    if subject.relation != "nsubj" or verb is None or verb.upos != "VERB" or scene.quoted(verb):
        return None
    return Cue(verb_group(sentence, verb), verb.lemma, "verb") if is_finite(sentence, verb) else None


def noun_cue(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Dans un appel à « … », les propos de X, « … »: a noun that names words stands right before the quotation."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in reversed(scene.reports[i]):
            if report.cue.category != "noun" or report.source is None or scene.quoted(report.anchor):
                continue
            if not report.frames & {"statement", "words"}:
                continue
            end = report.cue.extent.end
            if report.mention is not None and report.mention.extent.end <= span.outer.start:
                end = max(end, report.mention.extent.end)
            gap = scene.text[end : span.outer.start]
            if end <= span.outer.start and len(re.findall(r"\w+", gap)) <= 3 and not re.search(r"[.;!?]", gap):
                because = f"words named by {about(scene, report)}"
                return linked(scene, span, report, "noun-cue", because, "mixed")
    return None


def coordinated(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« A », « B » ou encore « C »: members of one enumeration have one speaker."""
    if span.level or not previous:
        return None
    last = previous[-1]
    gap = scene.text[last.extent.end : span.outer.start]
    if last.kind not in ("direct", "mixed") or span.outer.start < last.extent.end or len(gap) > 40 or "\n" in gap:
        return None
    ended = scene.text[: last.extent.end].rstrip('»”" \u00a0\u202f')[-1:] in ".!?…"
    if re.search(r"[.!?:;]", gap) or ended and not gap.strip():
        return None  # « ... est prévu. » « LE BUREAU »: a heading, or somebody else
    words = re.findall(r"[^\W_]+['’]?", gap.lower())
    if any(w not in _LINKS for w in words) or last.rule == "unreported":
        return None
    because = "one of several quotations in a row"
    return Attribution(span.outer, last.kind, "coordinated", because, last.cue, last.mention, last.relayed_by)
