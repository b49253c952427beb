"""The rules that attribute a quotation, each with a name, in the order in which they are tried.

A rule looks at one span in its scene and returns an attribution or None. The first that answers decides, and its
name and reason stay with the quotation. ``previous`` holds the attributions of the spans before, in text order. The
rules themselves are grouped by what they go by: ``terms``, ``beside``, ``governed``, ``completing``, ``continuing``.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.beside import (
    colon,
    coordinated,
    followed,
    incise_after,
    incise_inside,
    noun_cue,
    preposition_after,
    signature,
)
from quotes.attribution.completing import (
    clause_subject,
    content_relative,
    cue_before,
    object_adjacent,
    quoted_predicate,
)
from quotes.attribution.continuing import (
    between,
    carried_on,
    continuation,
    echo,
    impersonal,
    intertitle,
    long_content,
    opening,
    spoken_of,
)
from quotes.attribution.governed import governed, sentence_scope
from quotes.attribution.linking import (
    Rule,
    words_of,
)
from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.attribution.terms import (
    charge,
    code,
    interrogative,
    named_before,
    named_thing,
    nested,
    repeated_term,
    title_like,
    unmarked_list,
    unreported,
)
from quotes.model import Attribution, QuoteSpan

RULES: tuple[tuple[str, Rule], ...] = (
    ("code", code),
    ("nested", nested),
    ("interrogative", interrogative),
    ("intertitle", intertitle),
    ("signature", signature),
    ("named-thing", named_thing),
    ("repeated-term", repeated_term),
    ("title-like", title_like),
    ("named-before", named_before),
    ("unmarked-list", unmarked_list),
    ("incise-inside", incise_inside),
    ("incise-after", incise_after),
    ("preposition-after", preposition_after),
    ("colon", colon),
    ("followed", followed),
    ("governed", governed),
    ("coordinated", coordinated),
    ("object-adjacent", object_adjacent),
    ("sentence-scope", sentence_scope),
    ("impersonal", impersonal),
    ("charge", charge),
    ("noun-cue", noun_cue),
    ("content-relative", content_relative),
    ("opening", opening),
    ("quoted-predicate", quoted_predicate),
    ("continuation", continuation),
    ("cue-before", cue_before),
    ("spoken-of", spoken_of),
    ("carried-on", carried_on),
    ("clause-subject", clause_subject),
    ("long-content", long_content),
    ("unreported", unreported),
)


def attribute(scene: Scene) -> tuple[Attribution, ...]:
    """One attribution for each span of the scene, in text order."""
    done: list[Attribution] = []
    for span in scene.spans:
        for _, rule in RULES:
            decision = rule(scene, span, done)
            if decision is not None:
                done.append(with_relay(scene, nearer_cue(scene, span, decision)))
                break
    afterwards = (echo, between)
    found = (
        next((found for rule in afterwards if (found := rule(scene, number, done)) is not None), decision)
        for number, decision in enumerate(done)
    )
    return tuple(
        nearer_cue(scene, span, decision) if decision.cue is None else decision
        for span, decision in zip(scene.spans, found, strict=True)
    )


def nearer_cue(scene: Scene, span: QuoteSpan, decision: Attribution) -> Attribution:
    """The decision with the cue of the same speaker that stands nearest: « ... », a-t-il ajouté, regrettant que ce soit
    « possible »; a nié les faits et rappelé que « ... »; a relevé que ..., avant d'ajouter que « ... »; tout en
    jugeant cela « possible », X a dit."""
    cue, mention = decision.cue, decision.mention
    if cue is not None and cue.category == "preposition" or mention is None or span.outer.contains(mention.extent):
        return decision
    i = scene.sentence_index(span.outer.start if cue is None else cue.extent.start)
    follows = cue is None or cue.extent.start >= span.outer.end
    after = scene.sentences[i].extent.start if cue is None or follows else cue.extent.end
    best: Report | None = None
    for report in scene.reports[i]:
        between = after <= report.cue.extent.start and report.cue.extent.end <= span.outer.start
        if not between or scene.quoted(report.anchor):
            continue
        own = report.source is not None and report.source.extent.overlaps(mention.extent)
        beside = own and report.construction == "preposition"  # « ... », a dit X, pour qui c'est « possible »
        if beside or _goes_on(report) and (own or not follows and report.source is None and not _is_conjunct(report)):
            best = report
    if best is None:
        return decision
    because = f"{decision.because}; « {words_of(scene, best.cue.extent)} » stands nearer"
    return replace(decision, cue=best.cue, because=because)


def _is_conjunct(report: Report) -> bool:
    return report.anchor.relation == "conj"


def _goes_on(report: Report) -> bool:
    """A cue that adds to the one before it: a present participle, *avant de* and an infinitive, a coordinated verb."""
    verb = report.anchor
    if report.cue.category != "verb":
        return False
    before = [w.text.lower() for w in report.sentence.words[max(0, verb.index - 2) : verb.index]]
    participle = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Pres"
    return participle or before[:1] == ["avant"] or verb.relation == "conj" and report.strength != "weak"


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
