"""Rules for quotations without a cue of their own: they go on from somebody, or stand elsewhere in the article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from quotes.attribution.governed import passes_on
from quotes.attribution.linking import (
    SURELY_SPEECH,
    about,
    climb,
    has_finite_verb,
    linked,
    looks_direct,
    words_of,
)
from quotes.attribution.mentions import form_of, mention_at
from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import clitic, is_inverted_clitic, is_passive
from quotes.model import Attribution, Kind, Mention, QuoteSpan, Sentence, Word

_OPEN = frozenset({"unreported", "long-content", "intertitle"})
# a heading goes on from nothing: the same words further on say better whose they are
_GOES_ON = frozenset({"continuation", "previous-sentence", "title-like", "coordinated", "opening", "carried-on"})
_UTTERANCE = 4  # words; shorter openings are names and terms


_STEM = 4  # letters
_ASIDE = 10  # words
_OPENING = 3  # paragraphs: a title, a line above it, a date
_DATELINE = re.compile(r"(?:\w+\s*[,(]\s*)?\d{1,2}(?:er)?\s\w+\s\d{4}.{0,20}")
_UP_TO_CUE = re.compile(r"[^.!?;:«»\"“”]{0,80}")
_BESIDE = 200  # characters
_MEMORY = 3  # sentences that may stand between a person and the words that nobody else is said to say


def continuation(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Words without a cue of their own go on from the speaker before them: a whole utterance, or the quoted main
    clause or fragment of a sentence in which the writer asserts nothing."""
    if span.level or not _says_nothing_else(scene, span):
        return None
    content = words_of(scene, span.inner).split()
    if not has_finite_verb(scene, span) and (len(content) < 2 or scene.starts_paragraph(span.outer.start)):
        return None
    i = _sentence_before(scene, span)
    last = previous[-1] if previous else None
    between = last is not None and i >= 0 and last.extent.end > scene.sentences[i].extent.start
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    if i >= 0 and scene.paragraph(span.outer.start) - scene.paragraph(scene.sentences[i].extent.end - 1) <= 1:
        spoken = [
            r
            for r in scene.reports[i]
            if r.source is not None
            and not scene.quoted(r.anchor)
            and r.cue.category != "noun"
            and r.strength != "weak"
            or r.source is not None
            and (r.construction == "incise" or _opens_with_view(scene, r))
            and not scene.quoted(r.anchor)
        ]
        if spoken and between and last is not None and last.kind != "none":
            # the quotations of the sentence before tell its speaker better than a clause of it does
            main = [r for r in spoken if r.construction == "incise" or r.anchor.relation in ("root", "parataxis")]
            spoken = main or ([] if last.mention is not None else spoken)
        if last is not None and last.kind == "direct" and last.mention is not None and _near(scene, span, last):
            # « ... », raconte X. Elle a eu peur, rapporte Le Quotidien. « ... »: X goes on, not the paper
            spoken = [r for r in spoken if r.source is None or not passes_on(scene, r.source)]
        if spoken:
            best = min(spoken, key=_rank_of_speaking)
            topic = _topic(scene, i, frozenset({"name", "role"}))
            if best.source is not None and passes_on(scene, best.source) and topic not in (None, best.source):
                return spoken_of(scene, span, previous)  # X a pris la parole, rapporte Le Quotidien. « ... »
            because = f"goes on from the sentence before: {about(scene, best)}"
            return linked(scene, span, best, "previous-sentence", because, kind)
    if last is not None and last.kind in ("direct", "mixed"):
        gap = scene.paragraph(span.outer.start) - scene.paragraph(last.extent.end)
        if (between or gap <= (1 if kind == "direct" else 0)) and last.mention is not None:
            return Attribution(
                span.outer, kind, "continuation", "goes on from the quotation before it", mention=last.mention
            )
    return None


def _opens_with_view(scene: Scene, report: Report) -> bool:
    """Whether a sentence opens with whose view it is, by name: Pour Jeanne Martin, le projet est une menace."""
    named = report.mention is not None and report.mention.form == "name"
    return report.construction == "preposition" and named and report.start == report.sentence.extent.start


def _rank_of_speaking(report: Report) -> tuple[bool, bool, int]:
    """How well a report says who goes on: an incise first, a verb of its own before a gerund, then the topmost."""
    gerund = report.anchor.feats.get("VerbForm") == "Part" and report.anchor.feats.get("Tense") == "Pres"
    return report.construction != "incise", gerund, len(climb(report.sentence, report.anchor))


def _sentence_before(scene: Scene, span: QuoteSpan) -> int:
    """The index of the last sentence that ends before a span; -1 if there is none."""
    i = scene.sentences_of(span.outer).start - 1
    while i >= 0 and scene.sentences[i].extent.overlaps(span.outer):
        i -= 1
    return i


def _near(scene: Scene, span: QuoteSpan, last: Attribution) -> bool:
    """Whether two quotations stand in one paragraph, a sentence or two apart (their marks may take up one more)."""
    sentences = scene.sentence_index(span.outer.start) - scene.sentence_index(last.extent.end)
    return sentences <= 3 and scene.paragraph(span.outer.start) == scene.paragraph(last.extent.end)


def opening(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The words that an article opens with, before anybody is said to speak: the sentence after them says whose.

    « Nous entendons. » Au lendemain de la grève, le ministre Paul Martin joue l'apaisement.
    """
    if span.level or scene.paragraph(span.outer.start) > _OPENING or not scene.starts_paragraph(span.outer.start):
        return None
    if any(a.kind != "none" for a in previous):
        return None
    if not scene.closes_sentence(span) or len(words_of(scene, span.inner).split()) < _UTTERANCE:
        return None
    after = scene.sentences_of(span.outer).stop
    if after >= len(scene.sentences) or scene.paragraph(scene.sentences[after].extent.start) > _OPENING + 1:
        return None
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    if _DATELINE.fullmatch(scene.sentences[after].extent.of(scene.text)) and after + 1 < len(scene.sentences):
        after += 1
    topic = _topic(scene, after, frozenset({"name", "role"}))
    aside = topic is None and not any(r.source is not None for r in scene.reports[after])
    if aside and after + 1 < len(scene.sentences):  # « ... » Le ton est sévère. La préfète a découvert
        short = len(scene.sentences[after].words) <= _ASIDE
        after += short
        topic = _topic(scene, after, frozenset({"name", "role"}))
    if topic is not None:
        mention = mention_at(scene.sentences[after], topic, scene.text, scene.lexicon, scene.quoted)
        cue = next((r.cue for r in scene.reports[after] if r.source is topic), None)
        because = f"opens the article; the next sentence is about « {words_of(scene, mention.extent)} »"
        return Attribution(span.outer, kind, "opening", because, cue, mention)
    reports = [r for r in scene.reports[after] if r.source is not None and not scene.quoted(r.anchor)]
    best = min(reports, key=lambda r: (r.cue.category != "verb", len(climb(r.sentence, r.anchor))), default=None)
    if best is None:
        return None
    return linked(scene, span, best, "opening", f"opens the article; then {about(scene, best)}", kind)


def _topic(scene: Scene, i: int, forms: frozenset[str]) -> Word | None:
    """The subject of a sentence's main clause, or of one coordinated with it: the first that is of one of the forms."""
    sentence = scene.sentences[i]
    for word in sentence.words:
        head = sentence.head(word)
        main = head is not None and (head.relation == "root" or head.relation == "conj" and head.upos == "VERB")
        if (
            main
            and word.relation == "nsubj"
            and not scene.quoted(word)
            and form_of(sentence, word, scene.lexicon) in forms
        ):
            return word
    return None


def spoken_of(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """La gérante a dû limiter les achats. « Il ne restait plus rien. »: a whole utterance without a cue is likely of
    whom the sentence before it is about."""
    if span.level or not (scene.opens_sentence(span) and scene.closes_sentence(span) and has_finite_verb(scene, span)):
        return None
    i = _sentence_before(scene, span)
    if i < 0 or len(words_of(scene, span.inner).split()) < SURELY_SPEECH:
        return None
    topic, latest = None, i
    memory = 1 if any(a.kind != "none" for a in previous) else _MEMORY
    while topic is None and i >= 0 and latest - i < memory:
        if scene.paragraph(span.outer.start) - scene.paragraph(scene.sentences[i].extent.end - 1) > 1:
            return None
        topic = _topic(scene, i, frozenset({"name", "role", "pronoun"}))
        i -= topic is None
    if topic is None:
        return None
    mention = mention_at(scene.sentences[i], topic, scene.text, scene.lexicon, scene.quoted)
    because = f"the sentence before it is about « {words_of(scene, mention.extent)} »"
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    return Attribution(span.outer, kind, "spoken-of", because, mention=mention)


def carried_on(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Too many quoted words for a term, or a whole clause, no cue of their own, and somebody has just been quoted:
    likely the same."""
    if span.level or len(words_of(scene, span.inner).split()) < SURELY_SPEECH and not _is_clause(scene, span):
        return None
    last = next((a for a in reversed(previous) if a.kind != "none"), None)
    if last is None or last.mention is None or last.extent.overlaps(span.outer):
        return None
    paragraphs = scene.paragraph(span.outer.start) - scene.paragraph(last.extent.end)
    if paragraphs > (1 if last is previous[-1] else 0):
        return None
    whole = scene.opens_sentence(span) and scene.closes_sentence(span)
    if not whole and not has_finite_verb(scene, span):
        return None
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    return Attribution(span.outer, kind, "carried-on", "nothing says whose; who was quoted last", mention=last.mention)


def _is_clause(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the quoted words are a clause with its own pronoun for a subject: « ils resteront fermés »."""
    if len(words_of(scene, span.inner).split()) < _UTTERANCE or words_of(scene, span.inner).strip()[:1].isupper():
        return False
    words = [w for _, w in scene.words_in(span.inner)]
    opens = next((w for w in words if w.upos != "PUNCT"), None)
    return opens is not None and clitic(opens) is not None and has_finite_verb(scene, span)


def impersonal(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« ... », a-t-on ajouté: nobody says so but the body or group that has just been said to speak; « ... », peut-on y
    lire: the document that has just been named."""
    said = next((r for r in _behind(scene, span) if _is_impersonal(r)), None) or _read_there(scene, span)
    if said is None or span.level:
        return None
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    cue = f"« {words_of(scene, said.cue.extent)} »"
    before = said.sentence.words[max(0, said.anchor.index - 3) : said.anchor.index]
    behind = said.sentence.words[said.anchor.index + 1 : said.anchor.index + 2]
    ends = said.cue.lemma == "lire" and all(w.upos == "PUNCT" for w in behind)
    there = ends or _says_there(before)
    mention = _document_before(scene, span) if there else _body_before(scene, span)
    short = kind == "mixed" and len(words_of(scene, span.inner).split()) < SURELY_SPEECH
    if mention is None and (short or said.cue.lemma == "lire"):
        return None  # des « cours de peinture », est-il précisé; peut-on lire sur la banderole
    whose = f"; « {words_of(scene, mention.extent)} » before it" if mention is not None else ""
    because = f"{cue} names nobody{whose}"
    return Attribution(span.outer, kind, "impersonal", because, said.cue, mention)


def _behind(scene: Scene, span: QuoteSpan) -> Iterator[Report]:
    """The verbal reports whose clause stands right behind the marks."""
    i = scene.sentence_index(span.outer.end)
    for report in scene.reports[i] if i >= 0 else ():
        gap = scene.text[span.outer.end : max(report.start, span.outer.end)]
        if report.cue.category == "verb" and report.start >= span.outer.end and _UP_TO_CUE.fullmatch(gap):
            yield report


_READING = frozenset({"lire", "apprendre", "découvrir"})


def _read_there(scene: Scene, span: QuoteSpan) -> Report | None:
    """The verb before the marks that says where words stand: on y lit que « ... », on peut y apprendre que « ... »."""
    i = scene.sentence_index(span.outer.start)
    for report in reversed(scene.reports[i] if i >= 0 else ()):
        before = report.sentence.words[max(0, report.anchor.index - 3) : report.anchor.index]
        if report.cue.category == "verb" and report.anchor.extent.end <= span.outer.start:
            nobodys = report.source is None and any(clitic(w) == "on" for w in before)
            return report if nobodys and report.cue.lemma in _READING and _says_there(before) else None
    return None


def _says_there(before: Sequence[Word]) -> bool:
    """Whether *y* is among the words before a verb."""
    return any(w.text.lower() == "y" for w in before)


def _is_impersonal(report: Report) -> bool:
    """*a-t-on ajouté*, *peut-on y lire*, *est-il précisé*; *peut-on se demander* asks."""
    words = report.sentence.words[max(0, report.anchor.index - 4) : report.anchor.index + 3]
    on = any(is_inverted_clitic(w) and clitic(w) == "on" for w in words)
    passive = any(is_inverted_clitic(w) and clitic(w) == "il" for w in words) and is_passive(
        report.sentence, report.anchor
    )
    inverted = on or passive
    return report.source is None and inverted and report.cue.lemma not in ("demander", "se demander")


def _body_before(scene: Scene, span: QuoteSpan) -> Mention | None:
    """The last body or group that is said to speak, a few sentences before at most and in no earlier paragraph."""
    i = scene.sentence_index(span.outer.start)
    for number in range(i, max(-1, i - _MEMORY - 1), -1):
        if scene.paragraph(span.outer.start) != scene.paragraph(scene.sentences[number].extent.end - 1):
            return None
        for report in reversed(scene.reports[number]):
            if report.mention is None or scene.quoted(report.anchor) or report.mention.extent.end > span.outer.start:
                continue
            word = report.source.text if report.source is not None else ""
            body = scene.lexicon.metonym(word) is not None or len(word) > 1 and word.isupper()
            return report.mention if body or report.mention.form in ("organisation", "collective") else None
    return None


def _document_before(scene: Scene, span: QuoteSpan) -> Mention | None:
    """The last document that is said to say something a few sentences before; else that the sentence before names."""
    i = scene.sentence_index(span.outer.start)
    for number in range(i, max(-1, i - _MEMORY - 1), -1):
        for report in reversed(scene.reports[number]):
            source = report.source
            if source is None or scene.quoted(source) or source.extent.end > span.outer.start:
                continue
            if _is_document(scene, source):
                return report.mention
    found: list[tuple[Sentence, Word]] = []
    for sentence in reversed(scene.sentences[max(0, i - 1) : i + 1]):
        for word in reversed(sentence.words):
            if word.extent.end <= span.outer.start and _is_document(scene, word) and not scene.quoted(word):
                whole = [w for w in sentence.words[max(0, word.index - 3) : word.index] if w.upos != "DET"][-2:]
                of = len(whole) == 2 and whole[1].lemma == "de" and _is_document(scene, whole[0])
                found.append((sentence, whole[0] if of else word))  # une synthèse | de l'enquête
    stated = [(s, w) for s, w in found if any(c.text.lower() in ("dans", "sur") for c in s.children(w))]
    for sentence, word in stated or found:  # dans un communiqué, on apprend que le site est fermé
        return mention_at(sentence, word, scene.text, scene.lexicon, scene.quoted)
    return None


def _is_document(scene: Scene, word: Word) -> bool:
    noun = scene.lexicon.noun(word.lemma)
    return noun is not None and noun.document


def intertitle(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """- « Ça va finir » -: a heading quotes what the article says further on, not the sentence beside it."""
    if span.level or not scene.is_intertitle(span):
        return None
    kind: Kind = "direct" if has_finite_verb(scene, span) else "mixed"
    return Attribution(span.outer, kind, "intertitle", "a heading between dashes; nothing in it says whose words")


def long_content(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """So many quoted words are somebody's, though nothing says whose: likely of whoever was quoted in the sentence
    before; else the speaker stays open."""
    if len(words_of(scene, span.inner).split()) < SURELY_SPEECH or span.level:
        return None
    kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
    because = "too long for a name or a term"
    last = next((a for a in reversed(previous) if a.kind != "none"), None)
    if last is not None and last.mention is not None and not last.extent.overlaps(span.outer):
        same = scene.paragraph(last.extent.end) == scene.paragraph(span.outer.start)
        if same and scene.sentence_index(span.outer.start) - scene.sentence_index(last.extent.end - 1) <= 1:
            because += "; who was quoted right before"
            return Attribution(span.outer, kind, "long-content", because, mention=last.mention)
    return Attribution(span.outer, kind, "long-content", f"{because}; nothing says whose words")


def _says_nothing_else(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the writer asserts nothing in the sentence of the span: no finite verb outside quotation marks, but in
    subordinate clauses."""
    indices = scene.sentences_of(span.outer)
    for i in indices:
        sentence = scene.sentences[i]
        for word in sentence.words:
            if scene.quoted(word) or word.upos not in ("VERB", "AUX"):
                continue
            if word.feats.get("VerbForm") != "Fin" and "Mood" not in word.feats:
                continue
            clause = word
            head = sentence.head(word)
            if word.relation in ("aux", "cop") and head is not None:
                clause = head
            if clause.relation in ("acl", "advcl", "ccomp") and clause.deprel != "parataxis":
                continue
            if clause.relation in ("aux", "cop") or scene.quoted(clause):
                continue
            return False
    return True


def _bare(word: str) -> str:
    """A word without its accents, which capitals often lack."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _takes_up(heading: str, content: str) -> bool:
    """Whether a heading is made of words of a quotation in other forms: « Etape la plus dure » of « l'étape la plus
    dure », « Décalage incompréhensible » of « un décalage qui reste incompréhensible »."""
    words = [_bare(w) for w in heading.split() if len(w) >= _STEM]
    stems = [w[: max(_STEM, len(w) - 2)] for w in words]
    theirs = [_bare(w) for w in content.split()]
    return len(words) > 1 and all(any(t.startswith(stem) for t in theirs) for stem in stems)


def echo(scene: Scene, number: int, done: Sequence[Attribution]) -> Attribution | None:
    """The same words, or a part of them, are attributed elsewhere in the article: headlines, headings, summaries."""
    own, span = done[number], scene.spans[number]
    content = scene.folded_contents[number]
    alone = scene.is_heading(span) or scene.is_intertitle(span) or scene.ends_heading(span)
    alone = alone or scene.stands_between_dashes(span)
    if own.rule not in (_OPEN | _GOES_ON if alone else _OPEN) or len(content.split()) < (1 if alone else 2):
        return None
    heading = alone or scene.opens_sentence(span) or scene.stands_in_heading(span)
    for other, theirs in zip(done, scene.folded_contents, strict=True):
        if other.kind not in ("direct", "mixed") or other.extent == own.extent or other.rule in _OPEN | _GOES_ON:
            continue
        said = content == theirs or heading and f" {content} " in f" {theirs} "
        if said or alone and _takes_up(content, theirs):
            kind: Kind = "direct" if looks_direct(scene, span) or own.kind == "direct" else "mixed"
            because = "the same words are attributed elsewhere"
            return Attribution(own.extent, kind, "echo", because, other.cue, other.mention)
    return None


def _names_another(scene: Scene, own: Attribution, before: Attribution) -> bool:
    """Whether the sentence of a span has a subject with a name that is not in the mention before it."""
    said = before.mention.extent.of(scene.text) if before.mention is not None else ""
    for i in scene.sentences_of(own.extent):
        sentence = scene.sentences[i]
        for word in sentence.words:
            if word.relation == "nsubj" and not scene.quoted(word) and word.extent.start > before.extent.end:
                if form_of(sentence, word, scene.lexicon) == "name" and word.text not in said:
                    return True
    return False


def between(scene: Scene, number: int, done: Sequence[Attribution]) -> Attribution | None:
    """« ... », assure X. D'ailleurs, Y est « poli ». « Il n'est pas ainsi », a-t-il poursuivi: words that nothing
    reports, between two quotations of one speaker, are his too."""
    own = done[number]
    if own.rule != "unreported" or scene.spans[number].level:
        return None
    before = next((a for a in reversed(done[:number]) if a.kind != "none"), None)
    after = next((a for a in done[number + 1 :] if a.kind != "none"), None)
    if before is None or after is None or before.mention is None or after.mention is None:
        return None
    gaps = own.extent.start - before.extent.end, after.extent.start - own.extent.end
    inner = words_of(scene, scene.spans[number].inner).strip()
    if inner[:1].isupper() and not scene.opens_sentence(scene.spans[number]) or _names_another(scene, own, before):
        return None
    if max(gaps) > _BESIDE or scene.paragraph(before.extent.end) != scene.paragraph(after.extent.start):
        return None
    same = words_of(scene, before.mention.extent) == words_of(scene, after.mention.extent)
    if after.mention.form != "pronoun" and not same:
        return None
    because = "stands between two quotations of the same speaker"
    return Attribution(own.extent, "mixed", "between", because, mention=before.mention)
