"""Rules that go by the sentence around a quotation: the cue that governs it, or that reports the whole sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.attribution.linking import (
    TERM_WORDS,
    about,
    climb,
    has_finite_verb,
    linked,
    looks_direct,
    words_of,
)
from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.attribution.syntax import group_start, is_finite
from quotes.model import Attribution, Extent, Kind, QuoteSpan, Word

_JUDGED = re.compile(r"\b(?:c['’]est|ce (?:sera|serait|fut)|il s['’]agit (?:d['’]|de)) ?(?:une?|l[ea]|l['’])?$", re.I)
_CONTENT_RELATIONS = frozenset(
    {"ccomp", "xcomp", "obj", "obl", "iobj", "advmod", "dep", "nmod", "amod", "appos", "acl"}
)
_FINITE_CONTENT = frozenset({"ccomp", "parataxis"})
_THAT = frozenset({"que", "qu'", "qu’"})
_QUE = re.compile(r"\s+(?:\w+ment\s+|aussi\s+)?qu(?:e\s*|['’]\s*)")
_RELATIVE = re.compile(r"\s*,?\s*(?:qui|dont|où|lequel|laquelle)\b")


def governed(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The nearest cue that the quotation is a complement of: juge « inutile », a promis de « partir », que « … ».

    A weak cue (vouloir, trouver, répondre de) gives way to a stronger one around it, or to one that reports the whole
    sentence: Il a dit vouloir « partir »; X devra répondre de « vol », a indiqué le procureur.
    """
    found = _governing(scene, span, previous)
    if found is None:
        return _goes_on_with_que(scene, span)
    if not found.weak:
        leading = _led_to(scene, span)  # la victime a appelé son ami pour, selon celui-ci, « ... »
        return found.attribution if leading is None else leading
    scope = sentence_scope(scene, span, previous)
    if scope is not None:
        mentions = scope.mention, found.attribution.mention
        same = mentions[0] is not None and mentions[1] is not None and mentions[0].extent.overlaps(mentions[1].extent)
        return found.attribution if same else None  # selon la préfecture, qui évoque des « revendications »
    if found.nominal and len(words_of(scene, span.inner).split()) <= TERM_WORDS:
        return None
    return found.attribution


def nearer_clause(scene: Scene, span: QuoteSpan, decision: Attribution) -> Attribution | None:
    """The clause of its own that quoted words stand in, where the whole sentence is reported too: Elle refuse de se
    « laisser abattre », a-t-elle affirmé. The same source has two clauses then, and this one is the nearer."""
    if decision.rule not in ("incise-scope", "preposition") or decision.mention is None:
        return None
    found = _governing(scene, span, ())
    nearer = found.attribution if found is not None and found.weak else None
    return nearer if nearer is not None and nearer.mention is not None else None


def _goes_on_with_que(scene: Scene, span: QuoteSpan) -> Attribution | None:
    """X a assuré que le plan viendrait. Et qu'il serait « solide »: a sentence that is nothing but a clause of the cue
    before it."""
    i = scene.sentence_index(span.outer.start)
    if i < 1 or scene.sentences_of(span.outer).stop - i > 1:
        return None
    sentence = scene.sentences[i]
    opening = [w for w in sentence.words[:3] if w.text.lower() not in ("et", "mais", "ou", "puis")]
    if not opening or opening[0].text.lower() not in _THAT or opening[0].index == 0 and opening[0].upos != "SCONJ":
        return None
    for report in reversed(scene.reports[i - 1]):
        if report.source is not None and "que" in report.frames and not scene.quoted(report.anchor):
            following = report.sentence.words[report.last.index + 1 : report.last.index + 8]
            if any(w.text.lower() in _THAT for w in following):
                because = f"goes on with que from {about(scene, report)}"
                return linked(scene, span, report, "governed", because, "mixed")
    return None


def _led_to(scene: Scene, span: QuoteSpan) -> Attribution | None:
    """The quotation of whom a preposition names right before the marks (selon X, « ... »), unless X passes it on."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.construction != "preposition" or report.source is None or report.strength == "weak":
                continue
            inserted = scene.before(span.outer.start).endswith(",")
            if inserted and _leads_to(scene, report, span) and not passes_on(scene, report.source):
                return linked(scene, span, report, "preposition", f"right after {about(scene, report)}", "mixed")
    return None


@dataclass(frozen=True)
class _Governing:
    """The nearest cue above a quotation. ``weak``: a cue that reports only sometimes; ``nominal``: it takes the quoted
    words as a noun phrase, so that they may be a term."""

    attribution: Attribution
    weak: bool = False
    nominal: bool = False


def _governing(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> _Governing | None:
    introduced = _introduced_by_que(scene, span)
    if introduced is not None:
        return _Governing(linked(scene, span, introduced, "governed", f"que after {about(scene, introduced)}", "mixed"))
    shouted = _shouted(scene, span)
    if shouted is not None:
        return _Governing(linked(scene, span, shouted, "governed", f"right after {about(scene, shouted)}", "direct"))
    undergone = _undergoing(scene, span)
    if undergone is not None:
        because = f"subject of {about(scene, undergone)}"
        return _Governing(linked(scene, span, undergone, "governed", because, "mixed"))
    inside = list(scene.words_in(span.outer))
    indices = {(id(s), w.index) for s, w in inside}
    tops = [(s, w) for s, w in inside if w.upos != "PUNCT" and (id(s), w.head) not in indices]
    weak: _Governing | None = None
    promised: Word | None = None  # the verb that a weak infinitive depends on: a décidé de lancer « ... »
    for sentence, top in tops:
        i = scene.sentence_index(sentence.extent.start)
        by_anchor = {r.anchor.index: r for r in scene.reports[i] if r.cue.category == "verb"}
        for ancestor, relation in climb(sentence, top):
            report = by_anchor.get(ancestor.index)
            if report is None or scene.quoted(report.anchor):
                continue
            if not _is_content(scene, report, relation, span, ancestor):
                if report.construction == "incise" and weak is not None:
                    break  # Y voient un tort : « ... », affirme X, évoquant une « discussion »: not what Y voient
                continue
            attribution = _governed_by(scene, span, report, previous)
            if attribution is None:
                continue
            if report.strength != "weak" or report.construction == "incise" or _says_that(report, relation):
                return _Governing(attribution)
            if weak is None or promised is not None and report.anchor is promised:
                promised = sentence.head(report.anchor) if _is_infinitive(report) else None
                judged = relation.startswith("obl") and report.cue.stance in ("praise", "critic")  # a félicité X pour
                nominal = not report.frames & {"np_de", "attr"} and relation != "ccomp" and not judged
                weak = _Governing(attribution, weak=True, nominal=nominal)
    return weak


def _says_that(report: Report, relation: str) -> bool:
    """Whether a weak verb takes a clause and somebody passes it on beside: ont conclu, selon un communiqué, que ..."""
    if (
        relation != "ccomp"
        or report.source is None
        or report.construction != "clause"
        or report.cue.stance == "thought"
    ):
        return False
    behind = report.sentence.words[report.last.index + 1 : report.last.index + 3]
    return [w.text.lower() for w in behind] in ([",", "selon"], [",", "d'après"])


def _introduced_by_que(scene: Scene, span: QuoteSpan) -> Report | None:
    """The report whose verb and *que* stand right before the marks: cite des sources qui estiment que « ... »."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.cue.category != "verb" or report.source is None or "que" not in report.frames:
                continue
            gap = scene.text[report.last.extent.end : span.outer.start]
            if _QUE.fullmatch(gap) and not scene.quoted(report.anchor):
                return report
    return None


def _shouted(scene: Scene, span: QuoteSpan) -> Report | None:
    """The report whose verb takes nothing but words and stands right before a clause: aurait lancé « c'est fini »."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            takes_words = report.frames == {"quote"} and report.source is not None and not scene.quoted(report.anchor)
            gap = scene.text[report.last.extent.end : span.outer.start]
            if takes_words and report.construction == "clause" and not gap.strip() and has_finite_verb(scene, span):
                return report
    return None


def _undergoing(scene: Scene, span: QuoteSpan) -> Report | None:
    """The report of a passive verb right behind the marks: ce « désastre » est déploré par X."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.end)):
        for report in scene.reports[i]:
            said = report.construction == "passive" and report.source is not None and report.strength != "weak"
            if said and is_finite(report.sentence, report.anchor) and report.start >= span.outer.end:
                if not scene.quoted(report.anchor) and not scene.text[span.outer.end : report.start].strip():
                    return report
    return None


def _is_infinitive(report: Report) -> bool:
    """*de lancer*, *à assurer*; a bare infinitive (entend décrire, ose lancer) is said all the same."""
    marks = [w for w in report.sentence.children(report.anchor) if w.relation == "mark"]
    return report.anchor.feats.get("VerbForm") == "Inf" and report.anchor.relation == "xcomp" and bool(marks)


def nearer_source(scene: Scene, span: QuoteSpan, relay: Report, previous: Sequence[Attribution]) -> Attribution | None:
    """Who says the words that a paper or agency passes on: X demande « une enquête », rapporte Le Quotidien.

    None where ``relay`` is no such source, or where the sentence has no nearer one.
    """
    if relay.source is None or not passes_on(scene, relay.source):
        return None
    governing = _governing(scene, span, previous)
    found = governing.attribution if governing is not None else None
    if found is None or found.mention is None or found.cue is None:
        return None
    if (
        relay.mention is None
        or found.mention.extent.overlaps(relay.mention.extent)
        or found.mention.form == "collective"
    ):
        return None
    return replace(found, relayed_by=relay.mention)


def passes_on(scene: Scene, source: Word) -> bool:
    """A paper, an agency, a channel, a poll, by name or noun: it relays rather than speaks."""
    known = scene.lexicon.collective(source.lemma)
    named = scene.lexicon.medium(source.text)
    medium = named is not None and named.kind != "platform" or known is not None and known.kind == "media"
    return medium or scene.lexicon.belongs(source.lemma, "poll")


def _governed_by(scene: Scene, span: QuoteSpan, report: Report, previous: Sequence[Attribution]) -> Attribution | None:
    because = f"complement of {about(scene, report)}"
    if report.source is not None:
        direct = looks_direct(scene, span) and (report.construction == "incise" or "que" not in report.frames)
        return linked(scene, span, report, "governed", because, "direct" if direct else "mixed")
    last = next((a for a in reversed(previous) if a.kind != "none"), None)
    if last is None or last.mention is None:
        return None
    if report.construction == "participle" and last is previous[-1] and report.anchor.feats.get("Tense") == "Pres":
        if 0 <= report.start - last.extent.end <= 40:  # « ... », critiquant une opposition « perroquet »
            because = f"« {words_of(scene, report.cue.extent)} », said of the speaker of the quotation before"
            return Attribution(span.outer, "mixed", "governed-participle", because, report.cue, last.mention)
    before = report.sentence.words[: group_start(report.sentence, report.anchor).index]
    opens = is_finite(report.sentence, report.anchor) and not before and report.construction == "passive"
    joins = is_finite(report.sentence, report.anchor) and [w.upos for w in before] == ["CCONJ"]  # Et a répété que
    near = scene.paragraph(span.outer.start) - scene.paragraph(last.extent.end) <= 1
    if (opens or joins) and near:
        because = f"« {words_of(scene, report.cue.extent)} » opens the sentence: goes on from who was quoted last"
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
    if universal == "obl" and report.construction == "passive" and span.outer.end <= report.start:
        return False  # depuis le début de sa « tournée », X a été interpellé par Y
    whole = report.last is report.anchor  # not ironise | sur
    if universal == "obl" and whole and report.strength != "strong" and not report.frames & {"np_de", "attr", "de_inf"}:
        return False
    if universal in _CONTENT_RELATIONS or universal in _FINITE_CONTENT:
        return not (universal == "advmod" and span.outer.end <= report.start)
    if universal == "nsubj":
        return report.construction == "passive" or relation == "nsubj:pass"
    return False


def sentence_scope(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """A sentence that is reported as a whole (selon X; …, a dit X) reports the words quoted in it."""
    short = not _says_much(scene, span)
    judged = _JUDGED.search(scene.before(span.outer.start)) is not None  # pour la famille, c'est « un soulagement »
    for i in scene.sentences_of(span.outer):
        candidates = [
            r
            for r in scene.reports[i]
            if r.source is not None
            and not scene.quoted(r.anchor)
            and r.construction in ("incise", "preposition")
            and not (r.mention and r.mention.extent.overlaps(span.outer))
            and not _tells_more(scene, r, span)
            and not _leaves_relative(scene, r, span)
            and not (
                r.construction == "preposition" and r.strength == "weak" and short and not _names(r) and not judged
            )
        ]
        if candidates:
            best = min(candidates, key=lambda r: (not _leads_to(scene, r, span), _distance(span, r)))
            nearer = nearer_source(scene, span, best, previous)
            if nearer is not None:
                return nearer
            rule = "preposition" if best.construction == "preposition" else "incise-scope"
            kind: Kind = "direct" if looks_direct(scene, span) else "mixed"
            return linked(scene, span, best, rule, f"in a sentence reported by {about(scene, best)}", kind)
    return None


def _tells_more(scene: Scene, report: Report, span: QuoteSpan) -> bool:
    """Whether a relative clause about the speaker precedes the span: « ... », a dit X, qui dirige « l'Atelier »."""
    if report.mention is None or report.construction != "incise" or span.outer.start < report.mention.extent.end:
        return False
    return _RELATIVE.match(scene.text, report.mention.extent.end) is not None


def _leaves_relative(scene: Scene, report: Report, span: QuoteSpan) -> bool:
    """Whether a comma behind other quoted words closes the relative clause that a preposition reports: sa mère, pour
    qui l'école « est la clé », Bella « prie »."""
    if report.construction != "preposition" or report.source is None or report.source.index > report.anchor.index:
        return False
    between = scene.spans_near(Extent(report.cue.extent.end, span.outer.start))
    ends = [s.outer.end for s in between if report.cue.extent.end <= s.outer.start and s.outer.end <= span.outer.start]
    return bool(ends) and scene.text[max(ends) : span.outer.start].lstrip().startswith(",")


def _leads_to(scene: Scene, report: Report, span: QuoteSpan) -> bool:
    """A reporting clause, or a preposition with its source right before the marks (a dit X, mais pour Y, « ... »)."""
    if report.construction != "preposition":
        return True
    if report.mention is None:
        return False
    gap = scene.text[report.mention.extent.end : span.outer.start]
    return report.start < span.outer.start and len(gap) <= 4 and not any(c.isalnum() for c in gap)


def _names(report: Report) -> bool:
    return report.mention is not None and report.mention.form in ("name", "pronoun")


def _distance(span: QuoteSpan, report: Report) -> int:
    if report.cue.extent.start >= span.outer.end:
        return report.cue.extent.start - span.outer.end
    return span.outer.start - report.cue.extent.end


def _says_much(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the quoted words are too many for a term, or hold a verb."""
    verbal = any(word.upos == "VERB" for _, word in scene.words_in(span.inner))
    return verbal or len(words_of(scene, span.inner).split()) > TERM_WORDS
