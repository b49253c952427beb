"""Rules that go by the sentence around a quotation: the cue that governs it, or that reports the whole sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.attribution.linking import (
    SURELY_SPEECH,
    TERM_WORDS,
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
from quotes.attribution.subjects import agree, subject_of
from quotes.attribution.syntax import clitic, group_start, is_finite, is_passive, is_reflexive
from quotes.model import Attribution, Extent, Kind, QuoteSpan, Sentence, Word

_JUDGED = re.compile(r"\b(?:c['’]est|ce (?:sera|serait|fut)|il s['’]agit (?:d['’]|de)) ?(?:une?|l[ea]|l['’])?$", re.I)
_CONTENT_RELATIONS = frozenset(
    {"ccomp", "xcomp", "obj", "obl", "iobj", "advmod", "dep", "nmod", "amod", "appos", "acl"}
)
_FINITE_CONTENT = frozenset({"ccomp", "parataxis"})
_THAT = frozenset({"que", "qu'", "qu’"})
_QUE = re.compile(r"\s+(?:\w+ment\s+|aussi\s+)?qu(?:e\s*|['’]\s*)")
_RELATIVE = re.compile(r"\s*,?\s*(?:qui|dont|où|lequel|laquelle)\b")
_FEW_BETWEEN = 2  # the comma and a title
_LONG_CONTENT = 5  # words; so many quoted words are hardly a term


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
            if report.strength != "weak" or report.construction == "incise":
                return _Governing(attribution)
            if weak is None or promised is not None and report.anchor is promised:
                promised = sentence.head(report.anchor) if _is_infinitive(report) else None
                judged = relation.startswith("obl") and report.cue.stance in ("praise", "critic")  # a félicité X pour
                nominal = not report.frames & {"np_de", "attr"} and relation != "ccomp" and not judged
                weak = _Governing(attribution, weak=True, nominal=nominal)
    return weak


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
                if report.strength == "weak":
                    if not report.frames & {"np", "np_de", "attr", "de_inf"} and not has_finite_verb(scene, span):
                        return None  # dispose d'un « droit de tirage »; but en criant « je pars »
                    if sentence_scope(scene, span, previous) is not None:
                        return None
                return linked(
                    scene, span, report, "object-adjacent", f"in the phrase after {about(scene, report)}",
                    "direct" if looks_direct(scene, span) else "mixed",
                )  # fmt: skip
            return None
    return None


def _says_much(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the quoted words are too many for a term, or hold a verb."""
    verbal = any(word.upos == "VERB" for _, word in scene.words_in(span.inner))
    return verbal or len(words_of(scene, span.inner).split()) > TERM_WORDS


def _ends_object(word: Word) -> bool:
    if word.lemma in ("être", "avoir") and word.feats.get("VerbForm") == "Inf":
        return False  # a confié être « contre »
    return word.upos in ("VERB", "AUX", "PUNCT") or word.text.lower() in ("qui", "dont", "où", "selon", "car", "pour")


def cue_before(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The nearest cue before the quotation in its sentence, where the tree does not link them."""
    best: Report | None = None
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.source is None or scene.quoted(report.anchor) or report.cue.category != "verb":
                continue
            if report.construction == "passive" and report.cue.stance == "question":
                continue  # interrogé par X, Y parle de « ... »
            long = len(words_of(scene, span.inner).split()) >= _LONG_CONTENT
            if report.cue.extent.end <= span.outer.start and (report.strength != "weak" or long):
                if best is None or report.cue.extent.end > best.cue.extent.end:
                    best = report
    if best is None:
        return _fronted(scene, span)
    return linked(scene, span, best, "cue-before", f"nearest cue before it: {about(scene, best)}", "mixed")


def _fronted(scene: Scene, span: QuoteSpan) -> Attribution | None:
    """« Ne pouvant assurer la sécurité », l'université indique y renoncer: a long quotation that opens a sentence is of
    whoever the main clause says to speak."""
    long = len(words_of(scene, span.inner).split()) >= SURELY_SPEECH
    if not long or not scene.opens_sentence(span) or not scene.after(span.outer.end).startswith(","):
        return None
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.source is None or report.cue.category != "verb" or scene.quoted(report.anchor):
                continue
            main = is_finite(report.sentence, report.anchor) and report.anchor.relation not in ("acl", "advcl", "ccomp")
            if main and report.source.extent.start >= span.outer.end:
                return linked(scene, span, report, "cue-before", f"opens the clause of {about(scene, report)}", "mixed")
    return None


def clause_subject(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """La mairie entend apporter « les explications utiles à la justice », X a « appelé à la modernisation du pays »: so
    many quoted words are somebody's, and who acts in the clause that they complete says them rather than nobody."""
    if span.level or len(words_of(scene, span.inner).split()) < SURELY_SPEECH:
        return None
    inside = list(scene.words_in(span.outer))
    indices = {(id(s), w.index) for s, w in inside}
    for sentence, top in inside:
        purpose = top.relation == "advcl" and top.feats.get("VerbForm") == "Inf"  # a saisi le conseil pour « vérifier »
        inserted = top.relation in ("advcl", "acl") and not purpose
        if top.upos == "PUNCT" or (id(sentence), top.head) in indices or inserted:
            continue
        verb = _clause_of(scene, sentence, top)
        source = subject_of(sentence, verb, scene.quoted) if verb is not None else None
        if verb is None or source is None or is_passive(sentence, verb):
            continue
        if form_of(sentence, source, scene.lexicon) is None or source.extent.start > span.outer.start:
            continue
        noun = scene.lexicon.noun(source.lemma)
        if noun is not None and noun.document:
            continue  # la décision concerne « ... »
        if clitic(source) == "on":
            continue
        mention = mention_at(sentence, source, scene.text, scene.lexicon, scene.quoted)
        because = f"too long for a term, and completes what « {words_of(scene, mention.extent)} » does"
        return Attribution(span.outer, "mixed", "clause-subject", because, None, mention)
    return None


def content_relative(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """X a pointé des « dysfonctionnements », qui ont pu « affecter » l'enquête: a relative clause about quoted words
    goes on with what their speaker said."""
    inside = list(scene.words_in(span.outer))
    indices = {(id(s), w.index) for s, w in inside}
    before = [a for a in previous if a.kind != "none" and a.cue is not None and a.extent.end <= span.outer.start]
    for sentence, top in inside:
        if top.upos == "PUNCT" or (id(sentence), top.head) in indices or span.level:
            continue
        chain = climb(sentence, top)
        for ancestor, relation in chain:
            if relation.startswith("acl"):
                said = next((a for a in before if a.extent.contains(ancestor.extent)), None)
                if said is not None and said.cue is not None and said.cue.extent.end <= said.extent.start:
                    because = "a relative clause about words that are quoted before"
                    return Attribution(span.outer, "mixed", "coordinated", because, said.cue, said.mention)
    return None


def _clause_of(scene: Scene, sentence: Sentence, word: Word) -> Word | None:
    """The finite verb whose clause a quoted word completes, or is the quoted participle of (a « appelé »); None where
    the word belongs to its subject."""
    participle = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") != "Pres"
    if word.upos == "VERB" and (participle or is_finite(sentence, word)):
        return word
    for ancestor, relation in climb(sentence, word):
        if relation.startswith(("nsubj", "csubj")):
            return None
        if ancestor.upos == "VERB" and is_finite(sentence, ancestor):
            return ancestor if not scene.quoted(ancestor) else None
    return None


def _says(scene: Scene, sentence: Sentence, verb: Word) -> bool:
    """Whether a verb is one of speech, or said of oneself (s'associe à): the quoted words are its subject's own."""
    reflexive = any(w.text.lower() in ("se", "s'", "s’") for w in sentence.children(verb))
    lemmas = (*scene.lexicon.verb_form(verb.text), verb.lemma)
    return reflexive or any(scene.lexicon.verb(lemma) is not None for lemma in lemmas)


def _reports(scene: Scene, sentence: Sentence, verb: Word) -> bool:
    """Whether a verb is one that mostly reports: regretter, dénoncer; not se signaler."""
    if is_reflexive(sentence, verb):
        return False
    entries = [scene.lexicon.verb(lemma) for lemma in (*scene.lexicon.verb_form(verb.text), verb.lemma)]
    return any(entry is not None and entry.strength != "weak" for entry in entries)


def _told_by(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« ... », a dit X. Ils « y ont rencontré le mal »: what somebody else does is told by whoever has just been
    quoted, in the sentence before."""
    last = next((a for a in reversed(previous) if a.kind != "none"), None)
    if last is None or last.mention is None or scene.paragraph(last.extent.end) != scene.paragraph(span.outer.start):
        return None
    if scene.sentence_index(span.outer.start) - scene.sentence_index(last.extent.end) > 1:
        return None
    because = "says what somebody does; whoever was quoted last tells it"
    return Attribution(span.outer, "mixed", "continuation", because, mention=last.mention)


def _fronted_predicate(scene: Scene, span: QuoteSpan, inside: Sequence[tuple[Sentence, Word]]) -> Attribution | None:
    """« Choquée par ces images », Jeanne Martin part: a participle or adjective that opens the sentence is said of the
    subject behind it, who says so."""
    if not scene.opens_sentence(span) or not scene.after(span.outer.end).startswith(","):
        return None
    indices = {w.index for _, w in inside}
    for sentence, word in inside:
        clause = sentence.head(word)
        described = word.upos == "ADJ" or word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") != "Pres"
        if not described or clause is None or clause.index in indices or word.relation not in ("advcl", "acl", "amod"):
            continue
        for subject in (clause, *sentence.children(clause)):
            if subject.relation != "nsubj" or subject.extent.start < span.outer.end or scene.quoted(subject):
                continue
            near = len(scene.text[span.outer.end : subject.extent.start].split()) <= _FEW_BETWEEN
            if near and form_of(sentence, subject, scene.lexicon) in ("name", "pronoun") and agree(subject, word):
                mention = mention_at(sentence, subject, scene.text, scene.lexicon, scene.quoted)
                because = f"opens the sentence and describes « {words_of(scene, mention.extent)} »"
                return Attribution(span.outer, "mixed", "quoted-predicate", because, None, mention)
    return None


def quoted_predicate(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Le pape « s'associe à la douleur », l'imam est « effaré »: quoted words say what somebody feels or does."""
    if len(words_of(scene, span.inner).split()) < 2 and not words_of(scene, span.inner).strip().endswith(
        ("é", "ée", "és")
    ):
        return None
    inside = list(scene.words_in(span.outer))
    fronted = _fronted_predicate(scene, span, inside)
    if fronted is not None:
        return fronted
    if words_of(scene, span.inner).strip()[:1].isupper():
        return None  # la bande de « Touche pas à mon poste »
    for sentence, word in inside:
        if word.upos not in ("VERB", "ADJ", "AUX", "NOUN") or word.relation in ("ccomp", "acl", "advcl"):
            continue  # X reconnaît que Y n'était « pas invité »
        for child in sentence.children(word):
            if child.relation == "nsubj" and not scene.quoted(child) and child.extent.end <= span.outer.start:
                form = form_of(sentence, child, scene.lexicon)
                one = form == "role" and word.upos == "VERB" and child.feats.get("Number") != "Plur"
                body = form in ("organisation", "collective", "role") and child.feats.get("PronType") != "Rel"
                utters = body and _reports(scene, sentence, word)  # le parti a « regretté » l'annonce
                if form not in ("name", "pronoun") and not one and not utters:
                    continue
                copular = any(c.relation == "cop" for c in sentence.children(word))
                if not copular and word.feats.get("VerbForm") != "Fin" and word.upos != "VERB":
                    continue
                much = form == "role" and len(inside) >= SURELY_SPEECH
                if form != "name" and word.upos == "VERB" and (much or not _says(scene, sentence, word)):
                    told = _told_by(scene, span, previous)
                    if told is not None:
                        return told
                mention = mention_at(sentence, child, scene.text, scene.lexicon, scene.quoted)
                return Attribution(
                    span.outer, "mixed", "quoted-predicate",
                    f"quoted words are said of « {words_of(scene, mention.extent)} » as their own", None, mention,
                )  # fmt: skip
    return None
