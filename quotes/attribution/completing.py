"""Rules for quoted words that complete a clause where the tree does not make them a cue's complement.

They go by the nearest cue before, by who acts in the clause, by whom the words are said of.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from quotes.attribution.cues import verb_entry
from quotes.attribution.governed import sentence_scope
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
from quotes.attribution.subjects import agree, subject_of
from quotes.attribution.syntax import clitic, is_finite, is_passive, is_reflexive, nobody
from quotes.model import Attribution, Extent, QuoteSpan, Sentence, Word

_FEW_BETWEEN = 2  # the comma and a title
_LONG_CONTENT = 5  # words; so many quoted words are hardly a term


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


def _ends_object(word: Word) -> bool:
    if word.lemma in ("être", "avoir") and word.feats.get("VerbForm") == "Inf":
        return False  # a confié être « contre »
    return word.upos in ("VERB", "AUX", "PUNCT") or word.text.lower() in ("qui", "dont", "où", "selon", "car", "pour")


def cue_before(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """The nearest cue before the quotation in its sentence, where the tree does not link them."""
    best: Report | None = None
    long = len(words_of(scene, span.inner).split()) >= _LONG_CONTENT
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if report.source is None or scene.quoted(report.anchor) or report.cue.category != "verb":
                continue
            if report.construction == "passive" and report.cue.stance == "question":
                continue  # interrogé par X, Y parle de « ... »
            if _is_said_of(scene, span, report):
                continue  # confirmé par X, le site de « vérification »
            goes_on = best is not None and best.source is report.source  # a jugé X, qui souhaite ...
            if report.cue.extent.end <= span.outer.start and (report.strength != "weak" or long or goes_on):
                if best is None or report.cue.extent.end > best.cue.extent.end:
                    best = report
    if best is None:
        return _fronted(scene, span)
    return linked(scene, span, best, "cue-before", f"nearest cue before it: {about(scene, best)}", "mixed")


def _is_said_of(scene: Scene, span: QuoteSpan, report: Report) -> bool:
    """Whether the quoted words stand in the noun phrase of a source, behind its head."""
    for sentence, word in scene.words_in(span.inner):
        path = [] if sentence is not report.sentence else [word, *(above for above, _ in climb(sentence, word))]
        nominal = list(takewhile(lambda w: w.upos not in ("VERB", "AUX"), path))
        return report.source in nominal
    return False


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


def _opens_with_verb(scene: Scene, span: QuoteSpan, verb: Word) -> bool:
    """Si le comité | « souligne l'amélioration », il ne recommande pas ...: the marks open before a finite verb that
    reports, behind its subject."""
    first = next((w for _, w in scene.words_in(span.inner)), None)
    return first is verb and "Mood" in verb.feats and scene.lexicon.verb(verb.lemma) is not None


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
    whole = verb_entry(sentence, verb, scene.lexicon, nobody)  # prend acte
    entries.append(whole[0] if whole is not None else None)
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
    words, cue = words_of(scene, span.inner).split(), scene.is_quoted_cue(span)
    if len(words) < 2 and not "".join(words).endswith(("é", "ée", "és")) and not cue:
        return None
    inside = list(scene.words_in(span.outer))
    fronted = _fronted_predicate(scene, span, inside)
    if fronted is not None:
        return fronted
    if words_of(scene, span.inner).strip()[:1].isupper():
        return None  # la bande de « Touche pas à mon poste »
    for sentence, word in inside:
        if word.upos not in ("VERB", "ADJ", "AUX", "NOUN") or word.relation in ("ccomp", "acl"):
            continue  # X reconnaît que Y n'était « pas invité »
        if word.relation == "advcl" and not _opens_with_verb(scene, span, word):
            continue
        for child in sentence.children(word):
            if child.relation == "nsubj" and not scene.quoted(child) and child.extent.end <= span.outer.start:
                form = form_of(sentence, child, scene.lexicon)
                one = form == "role" and word.upos == "VERB" and child.feats.get("Number") != "Plur"
                body = form in ("organisation", "collective", "role") and child.feats.get("PronType") != "Rel"
                utters = body and (cue or _reports(scene, sentence, word))  # le parti a « regretté » l'annonce
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
