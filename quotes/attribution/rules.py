"""The rules that attribute a quotation, each with a name, in the order in which they are tried.

A rule looks at one span in its scene and returns an attribution or None. The first that answers decides, and its
name and reason stay with the quotation. ``previous`` holds the attributions of the spans before, in text order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from quotes.attribution.mentions import form_of, mention_at
from quotes.attribution.reports import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import is_bare, is_inverted_clitic
from quotes.attribution.terms import named_thing, repeated_term, title_like
from quotes.model import Attribution, Extent, Kind, QuoteSpan, Sentence, Word

Rule = Callable[[Scene, QuoteSpan, Sequence[Attribution]], Attribution | None]

_GAP = re.compile(r"[\s,.;!?…()\u00a0\u202f»”\"–—-]*")
_CONTENT_RELATIONS = frozenset(
    {"ccomp", "xcomp", "obj", "obl", "iobj", "advmod", "dep", "nmod", "amod", "appos", "acl"}
)
_FINITE_CONTENT = frozenset({"ccomp", "parataxis"})
_LONG_CONTENT = 5  # words; so many quoted words are hardly a term
_TERM_WORDS = 2
_SURELY_SPEECH = 7
_LOOSE_BETWEEN = frozenset({"ADV", "PUNCT", "AUX", "PRON", "CCONJ"})


def _attribution(scene: Scene, span: QuoteSpan, report: Report, rule: str, because: str, kind: Kind) -> Attribution:
    return Attribution(
        extent=span.outer,
        kind=kind,
        rule=rule,
        because=because,
        cue=report.cue,
        mention=report.mention,
        relayed_by=report.relayed_by,
    )


def _words(scene: Scene, extent: Extent) -> str:
    return scene.text[extent.start : extent.end]


def _about(scene: Scene, report: Report) -> str:
    who = _words(scene, report.mention.extent) if report.mention else "?"
    return f"« {_words(scene, report.cue.extent)} », with « {who} »"


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


def interrogative(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """A-t-il dit « oui » ? asks, and reports nothing."""
    after = scene.after(span.outer.end)
    if span.level or not re.match(r"[^.!?«\"“]{0,60}\?", after):
        return None
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        before = [w for w in scene.sentences[i].words if w.extent.end <= span.outer.start]
        if any(is_inverted_clitic(w) for w in before[:6]):
            return Attribution(span.outer, "none", "interrogative", "the sentence asks whether it was said")
    return None


def nested(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Il m'a dit : “Partez” », raconte X: inside a quotation only what is said there can report."""
    if not span.level:
        return None
    parent = scene.span_at(span.outer.start)
    for i in scene.sentences_of(span.outer):
        for report in reversed(scene.reports[i]):
            if report.source is None or parent is None or not parent.inner.contains(report.cue.extent):
                continue
            if span.outer.contains(report.cue.extent) or report.cue.category == "noun" or report.strength == "weak":
                continue
            gap = scene.text[report.cue.extent.end : span.outer.start]
            if report.cue.extent.end <= span.outer.start and len(gap) < 40 and not re.search(r"[.!?]", gap):
                because = f"reported inside the quotation by {_about(scene, report)}"
                return _attribution(scene, span, report, "nested", because, "direct")
    return Attribution(span.outer, "none", "nested", "marked inside a quotation, and nobody is said to say it")


# --- incises ----------------------------------------------------------------------------------------------------


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
            because = f"reporting clause inside the marks: {_about(scene, report)}"
            return _attribution(scene, span, report, "incise-inside", because, "direct")
    return None


def _starts_after(scene: Scene, span: QuoteSpan, report: Report) -> bool:
    """Whether the report's clause starts right after the span, but for punctuation, adverbs and clitics."""
    if report.start < span.outer.end:
        return False
    if scene.paragraph(report.start) != scene.paragraph(span.outer.end):
        return False
    first = report.anchor
    gap = scene.text[span.outer.end : report.start]
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
                return _attribution(
                    scene, span, report, "incise-after", f"reporting clause after it: {_about(scene, report)}", kind
                )
    return None


def preposition_after(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Tout va bien », selon X."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.end + 12)):
        for report in scene.reports[i]:
            if report.construction != "preposition" or report.source is None or report.strength == "weak":
                continue
            gap = scene.text[span.outer.end : max(report.start, span.outer.end)]
            if report.start >= span.outer.end and re.fullmatch(r"[\s,\u00a0\u202f]*", gap):
                kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
                because = f"right before {_about(scene, report)}"
                return _attribution(scene, span, report, "preposition", because, kind)
    return None


# --- governed by a cue ------------------------------------------------------------------------------------------


def _climb(sentence: Sentence, word: Word) -> list[tuple[Word, str]]:
    """The ancestors of a word with the relation of the child through which each is reached."""
    chain: list[tuple[Word, str]] = []
    current, seen = word, 0
    while (head := sentence.head(current)) is not None and seen < 60:
        chain.append((head, current.deprel))
        current = head
        seen += 1
    return chain


def governed(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The nearest cue that the quotation is a complement of: juge « inutile », a promis de « partir », que « … ».

    A weak cue (vouloir, trouver, répondre de) gives way to a stronger one around it, or to one that reports the whole
    sentence: Il a dit vouloir « partir »; X devra répondre de « vol », a indiqué le procureur.
    """
    inside = list(scene.words_in(span.outer))
    indices = {(id(s), w.index) for s, w in inside}
    tops = [(s, w) for s, w in inside if w.upos != "PUNCT" and (id(s), w.head) not in indices]
    weak: tuple[Report, Attribution, str] | None = None
    for sentence, top in tops:
        i = scene.sentence_index(sentence.extent.start)
        by_anchor = {r.anchor.index: r for r in scene.reports[i] if r.cue.category == "verb"}
        for ancestor, relation in _climb(sentence, top):
            report = by_anchor.get(ancestor.index)
            if report is None or scene.quoted(report.anchor):
                continue
            if not _is_content(scene, report, relation, span, ancestor):
                continue
            attribution = _governed_by(scene, span, report, previous)
            if attribution is None:
                continue
            if report.strength != "weak" or report.construction == "incise":
                return attribution
            if weak is None:
                weak = report, attribution, relation
    if weak is None or sentence_scope(scene, span, previous) is not None:
        return None
    nominal = not weak[0].frames & {"np_de", "attr"} and weak[2] != "ccomp"
    if nominal and len(_words(scene, span.inner).split()) <= _TERM_WORDS:
        return None
    return weak[1]


def _governed_by(scene: Scene, span: QuoteSpan, report: Report, previous: Sequence[Attribution]) -> Attribution | None:
    because = f"complement of {_about(scene, report)}"
    if report.source is not None:
        direct = looks_direct(scene, span) and (report.construction == "incise" or "que" not in report.frames)
        return _attribution(scene, span, report, "governed", because, "direct" if direct else "mixed")
    if report.construction == "participle" and previous and report.anchor.feats.get("Tense") == "Pres":
        last = previous[-1]
        close = 0 <= report.start - last.extent.end <= 40
        if last.kind in ("direct", "mixed") and close:  # « ... », critiquant une opposition « perroquet »
            because = f"« {_words(scene, report.cue.extent)} », said of the speaker of the quotation before"
            return Attribution(span.outer, "mixed", "governed-participle", because, report.cue, last.mention)
    return None


def _is_content(scene: Scene, report: Report, relation: str, span: QuoteSpan, ancestor: Word) -> bool:
    universal = relation.partition(":")[0]
    if span.outer.contains(report.source.extent if report.source else report.cue.extent):
        return False
    if relation.startswith("advcl") and span.outer.end <= report.start:
        return False
    if report.mention and report.mention.extent.overlaps(span.outer):
        return False
    if relation in ("obl:agent", "acl:relcl"):
        return False
    if universal == "advcl":
        following = report.sentence.words[report.last.index + 1 : report.last.index + 4]
        marks = {w.text.lower().replace("’", "'") for w in following}
        return bool(marks & {"que", "qu'", "de", "d'", "à"}) and span.outer.start >= report.last.extent.end
    if universal == "obl" and report.strength != "strong" and not report.frames & {"np_de", "attr", "de_inf"}:
        return False
    if universal in _CONTENT_RELATIONS or universal in _FINITE_CONTENT:
        return not (universal == "advmod" and span.outer.end <= report.start)
    if universal == "nsubj":
        return report.construction == "passive" or relation == "nsubj:pass"
    return False


# --- colon, prepositions, scope ---------------------------------------------------------------------------------


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
        if r.anchor.extent.start < position and r.source is not None and not scene.quoted(r.anchor)
    ]
    sentence = scene.sentences[i]
    if not candidates:
        return _elliptic_colon(scene, span, previous, i, position) or _named_before_colon(scene, span, i, position)

    def depth(report: Report) -> int:
        return len(_climb(sentence, report.anchor))

    best = min(candidates, key=lambda r: (r.cue.category == "noun", depth(r), -r.anchor.index))
    return _attribution(scene, span, best, "colon", f"introduced with a colon by {_about(scene, best)}", "direct")


def _elliptic_colon(
    scene: Scene, span: QuoteSpan, previous: Sequence[Attribution], i: int, position: int
) -> Attribution | None:
    """Et de poursuivre : « ... », Avant d'ajouter : « ... »: the speaker of the quotation before goes on."""
    if not previous or previous[-1].kind not in ("direct", "mixed"):
        return None
    last = previous[-1]
    for report in scene.reports[i]:
        if report.cue.category == "verb" and report.construction == "participle" and not scene.quoted(report.anchor):
            near = scene.paragraph(position) - scene.paragraph(last.extent.end) <= 1
            if near and report.anchor.extent.end <= position:
                because = f"« {_words(scene, report.cue.extent)} : », said of the speaker before"
                return Attribution(span.outer, "direct", "colon", because, report.cue, last.mention, last.relayed_by)
    return None


def _named_before_colon(scene: Scene, span: QuoteSpan, i: int, position: int) -> Attribution | None:
    """X sur les réseaux sociaux : « ... », X a eu ce mot : « ... »: whoever the introducing sentence is about."""
    sentence = scene.sentences[i]
    for word in sentence.words:
        if word.extent.start >= position:
            break
        if scene.quoted(word) or not is_bare(sentence, word) or word.upos not in ("NOUN", "PROPN", "PRON"):
            continue
        if form_of(sentence, word, scene.lexicon) in ("name", "role", "pronoun"):
            mention = mention_at(sentence, word, scene.text, scene.lexicon, scene.quoted)
            cue = next(
                (r.cue for r in scene.reports[i] if r.cue.category == "verb" and not scene.quoted(r.anchor)), None
            )
            because = f"introduced with a colon after « {_words(scene, mention.extent)} »"
            return Attribution(span.outer, "direct", "colon", because, cue, mention)
    return None


def sentence_scope(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """A sentence that is reported as a whole (selon X; …, a dit X) reports the words quoted in it."""
    verbal = any(word.upos == "VERB" for _, word in scene.words_in(span.inner))
    short = len(_words(scene, span.inner).split()) <= _TERM_WORDS and not verbal
    for i in scene.sentences_of(span.outer):
        candidates = [
            r
            for r in scene.reports[i]
            if r.source is not None
            and not scene.quoted(r.anchor)
            and r.construction in ("incise", "preposition")
            and not (r.mention and r.mention.extent.overlaps(span.outer))
            and not (r.construction == "preposition" and r.strength == "weak" and short)
        ]
        if candidates:
            best = min(candidates, key=lambda r: (r.construction == "preposition", _distance(span, r)))
            rule = "preposition" if best.construction == "preposition" else "incise-scope"
            kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
            return _attribution(scene, span, best, rule, f"in a sentence reported by {_about(scene, best)}", kind)
    return None


def _distance(span: QuoteSpan, report: Report) -> int:
    if report.cue.extent.start >= span.outer.end:
        return report.cue.extent.start - span.outer.end
    return span.outer.start - report.cue.extent.end


def object_adjacent(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Évoque un « attentat », annonce un traitement « vendu ... »: the quotation starts in the phrase after the cue.

    What the tree should say; it stands here because parsers attach marked words badly.
    """
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in reversed(scene.reports[i]):
            if report.source is None or scene.quoted(report.anchor) or report.cue.category != "verb":
                continue
            if report.construction == "incise" or report.last.extent.end > span.outer.start:
                continue
            if report.mention and report.mention.extent.start >= report.last.extent.end:
                continue
            between = [
                w for w in report.sentence.words
                if report.last.extent.end <= w.extent.start and w.extent.end <= span.outer.start
            ]  # fmt: skip
            if len(between) <= 8 and not any(_ends_object(w) for w in between):
                if report.strength == "weak" and sentence_scope(scene, span, previous) is not None:
                    return None
                return _attribution(
                    scene, span, report, "object-adjacent", f"in the phrase after {_about(scene, report)}",
                    "direct" if looks_direct(scene, span) else "mixed",
                )  # fmt: skip
            return None
    return None


def _ends_object(word: Word) -> bool:
    if word.lemma in ("être", "avoir") and word.feats.get("VerbForm") == "Inf":
        return False  # a confié être « contre »
    return word.upos in ("VERB", "AUX", "PUNCT") or word.text.lower() in ("qui", "dont", "où", "selon", "car", "pour")


_LINKS = frozenset(
    (
        "et ou voire mais puis encore ni comme aussi même enfin "
        "de du des d' d’ que qu' qu’ à aux au le la les l' l’ un une"
    ).split()
)


def coordinated(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« A », « B » ou encore « C »: members of one enumeration have one speaker."""
    if span.level or not previous:
        return None
    last = previous[-1]
    gap = scene.text[last.extent.end : span.outer.start]
    if last.kind not in ("direct", "mixed") or span.outer.start < last.extent.end or len(gap) > 40 or "\n" in gap:
        return None
    if re.search(r"[.!?:;]", gap):
        return None
    words = re.findall(r"[^\W_]+['’]?", gap.lower())
    if any(w not in _LINKS for w in words) or last.rule == "unreported":
        return None
    because = "one of several quotations in a row"
    return Attribution(span.outer, last.kind, "coordinated", because, last.cue, last.mention, last.relayed_by)


def quoted_predicate(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Le pape « s'associe à la douleur », l'imam est « effaré »: quoted words say what somebody feels or does."""
    if len(_words(scene, span.inner).split()) < 2 and not _words(scene, span.inner).strip().endswith(("é", "ée", "és")):
        return None
    inside = list(scene.words_in(span.outer))
    for sentence, word in inside:
        if word.upos not in ("VERB", "ADJ", "AUX", "NOUN"):
            continue
        for child in sentence.children(word):
            if child.relation == "nsubj" and not scene.quoted(child) and child.extent.end <= span.outer.start:
                if form_of(sentence, child, scene.lexicon) not in ("name", "pronoun"):
                    continue
                copular = any(c.relation == "cop" for c in sentence.children(word))
                if not copular and word.feats.get("VerbForm") != "Fin" and word.upos != "VERB":
                    continue
                mention = mention_at(sentence, child, scene.text, scene.lexicon, scene.quoted)
                return Attribution(
                    span.outer, "mixed", "quoted-predicate",
                    f"quoted words are said of « {_words(scene, mention.extent)} » as their own", None, mention,
                )  # fmt: skip
    return None


def cue_before(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The nearest cue before the quotation in its sentence, where the tree does not link them."""
    best: Report | None = None
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.source is None or scene.quoted(report.anchor) or report.cue.category != "verb":
                continue
            long = len(_words(scene, span.inner).split()) >= _LONG_CONTENT
            if report.cue.extent.end <= span.outer.start and (report.strength != "weak" or long):
                if best is None or report.cue.extent.end > best.cue.extent.end:
                    best = report
    if best is None:
        return None
    return _attribution(scene, span, best, "cue-before", f"nearest cue before it: {_about(scene, best)}", "mixed")


# --- continuation -----------------------------------------------------------------------------------------------


def continuation(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Words without a cue of their own go on from the speaker before them: a whole utterance, or the quoted main
    clause or fragment of a sentence in which the writer asserts nothing."""
    if span.level or not _says_nothing_else(scene, span):
        return None
    content = _words(scene, span.inner).split()
    if not has_finite_verb(scene, span) and (len(content) < 2 or scene.starts_paragraph(span.outer.start)):
        return None
    i = scene.sentences_of(span.outer).start - 1
    while i >= 0 and scene.sentences[i].extent.overlaps(span.outer):
        i -= 1
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
            and r.construction == "incise"
            and not scene.quoted(r.anchor)
        ]
        if spoken and between and last is not None and last.kind != "none":
            # the quotations of the sentence before tell its speaker better than a clause of it does
            main = [r for r in spoken if r.construction == "incise" or r.anchor.relation in ("root", "parataxis")]
            spoken = main or ([] if last.mention is not None else spoken)
        if spoken:
            best = min(spoken, key=lambda r: (r.construction != "incise", len(_climb(r.sentence, r.anchor))))
            because = f"goes on from the sentence before: {_about(scene, best)}"
            return _attribution(scene, span, best, "previous-sentence", because, kind)
    if last is not None and last.kind in ("direct", "mixed"):
        gap = scene.paragraph(span.outer.start) - scene.paragraph(last.extent.end)
        if between or gap <= (1 if kind == "direct" else 0):
            return Attribution(
                span.outer, kind, "continuation", "goes on from the quotation before it", mention=last.mention
            )
    return None


def long_content(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """So many quoted words are somebody's: whoever spoke last nearby, where nothing in the sentence says who."""
    words = len(_words(scene, span.inner).split())
    if words < _SURELY_SPEECH or span.level:
        return None
    first = scene.sentences_of(span.outer).start
    for i in range(first - 1, max(first - 4, -1), -1):
        if scene.paragraph(span.outer.start) - scene.paragraph(scene.sentences[i].extent.end - 1) > 1:
            break
        spoken = [
            r for r in scene.reports[i]
            if r.source is not None and not scene.quoted(r.anchor) and r.cue.category != "noun"
            and (r.strength != "weak" or r.construction == "incise")
        ]  # fmt: skip
        if spoken:
            best = min(spoken, key=lambda r: (r.construction != "incise", len(_climb(r.sentence, r.anchor))))
            because = f"long, and nearest to {_about(scene, best)}"
            return _attribution(
                scene, span, best, "long-content", because, "direct" if looks_direct(scene, span) else "mixed"
            )
    last = previous[-1] if previous else None
    if last is not None and last.kind in ("direct", "mixed") and last.mention is not None:
        if scene.paragraph(span.outer.start) - scene.paragraph(last.extent.end) <= 1:
            because = "long, and next to a quotation with a speaker"
            return Attribution(span.outer, "mixed", "long-content", because, mention=last.mention)
    return None


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


def noun_cue(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Dans un appel à « … », les propos de X, « … »: a noun that names words stands right before the quotation."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in reversed(scene.reports[i]):
            if report.cue.category != "noun" or report.source is None or scene.quoted(report.anchor):
                continue
            if not report.frames & {"statement", "words"}:
                continue
            end = max(report.cue.extent.end, report.mention.extent.end if report.mention else 0)
            gap = scene.text[end : span.outer.start]
            if end <= span.outer.start and len(re.findall(r"\w+", gap)) <= 3 and not re.search(r"[.;!?]", gap):
                because = f"words named by {_about(scene, report)}"
                return _attribution(scene, span, report, "noun-cue", because, "mixed")
    return None


# --- no quotation -----------------------------------------------------------------------------------------------


def unreported(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """No cue governs the span: a title, a name, a term, irony."""
    return Attribution(span.outer, "none", "unreported", "no reporting words govern it")


RULES: tuple[tuple[str, Rule], ...] = (
    ("nested", nested),
    ("interrogative", interrogative),
    ("named-thing", named_thing),
    ("repeated-term", repeated_term),
    ("incise-inside", incise_inside),
    ("incise-after", incise_after),
    ("preposition-after", preposition_after),
    ("colon", colon),
    ("governed", governed),
    ("coordinated", coordinated),
    ("title-like", title_like),
    ("object-adjacent", object_adjacent),
    ("sentence-scope", sentence_scope),
    ("noun-cue", noun_cue),
    ("continuation", continuation),
    ("cue-before", cue_before),
    ("quoted-predicate", quoted_predicate),
    ("long-content", long_content),
    ("unreported", unreported),
)


def nearer_participle(scene: Scene, span: QuoteSpan, decision: Attribution) -> Attribution:
    """The decision with the cue that stands nearest: « ... », a-t-il ajouté, regrettant que ce soit « possible »."""
    cue = decision.cue
    if cue is None or cue.category != "verb" or cue.extent.end > span.outer.start or decision.mention is None:
        return decision
    best: Report | None = None
    for report in scene.reports[scene.sentence_index(cue.extent.start)]:
        between = cue.extent.end <= report.cue.extent.start and report.cue.extent.end <= span.outer.start
        participle = report.anchor.feats.get("VerbForm") == "Part" and report.anchor.feats.get("Tense") == "Pres"
        if not between or not participle or scene.quoted(report.anchor):
            continue
        if report.source is None or report.source.extent.overlaps(decision.mention.extent):
            best = report
    if best is None:
        return decision
    because = f"{decision.because}; « {_words(scene, best.cue.extent)} » stands nearer"
    return replace(decision, cue=best.cue, because=because)


def with_relay(scene: Scene, decision: Attribution) -> Attribution:
    """The decision with whoever passed the words on: Selon Kerry, Lavrov a promis de « partir »; a-t-il dit, selon
    l'AFP."""
    cue = decision.cue
    if cue is None or cue.category != "verb" or decision.mention is None or decision.relayed_by is not None:
        return decision
    for report in scene.reports[scene.sentence_index(cue.extent.start)]:
        if report.construction == "preposition" and report.strength != "weak" and not scene.quoted(report.anchor):
            if report.mention is not None and not report.mention.extent.overlaps(decision.mention.extent):
                return replace(decision, relayed_by=report.mention)
    return decision


def attribute(scene: Scene) -> tuple[Attribution, ...]:
    """One attribution for each span of the scene, in text order."""
    done: list[Attribution] = []
    for span in scene.spans:
        for _, rule in RULES:
            decision = rule(scene, span, done)
            if decision is not None:
                done.append(with_relay(scene, nearer_participle(scene, span, decision)))
                break
    return tuple(echo(scene, number, done) or decision for number, decision in enumerate(done))


def echo(scene: Scene, number: int, done: Sequence[Attribution]) -> Attribution | None:
    """The same words, or a part of them, are attributed elsewhere in the article: headlines, headings, summaries."""
    own = done[number]
    content = scene.folded_contents[number]
    if own.rule != "unreported" or len(content.split()) < 2:
        return None
    span = scene.spans[number]
    heading = scene.opens_sentence(span) or scene.stands_in_heading(span)
    for other, theirs in zip(done, scene.folded_contents, strict=True):
        if other.kind not in ("direct", "mixed") or other.extent == own.extent:
            continue
        if content == theirs or heading and f" {content} " in f" {theirs} ":
            kind: Kind = "direct" if looks_direct(scene, scene.spans[number]) else "mixed"
            because = "the same words are attributed elsewhere"
            return Attribution(own.extent, kind, "echo", because, mention=other.mention)
    return None
