"""Is it a quotation at all? Evidence that marked words are a name, a title, a term or a set phrase.

These rules come before those that look for a speaker, since such words may well stand in a reported sentence (Il a
salué la mobilisation des « gilets jaunes »).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.attribution.governed import governed
from quotes.attribution.linking import about, linked, words_of
from quotes.attribution.scene import Scene, fold_content
from quotes.attribution.subjects import agree
from quotes.attribution.syntax import is_inverted_clitic
from quotes.detect import glued_before
from quotes.lexicon import Lexicon
from quotes.model import Attribution, Extent, QuoteSpan, Word

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DEFINITE = frozenset("le la les l' l’ du des au aux ces cette ce d' d’ de".split())
_BEFORE_NAMES = _DEFINITE | frozenset({"un", "une", "chez", "autres", "nombreux", "premiers", "plusieurs"})
# After these, dit is a verb and no name follows: s'est dite « confiante », n'a pas dit « oui ».
_AUXILIARIES = frozenset("a ont avait avaient aurait auraient est s'est s’est sont été pas jamais".split())
_VERBAL = frozenset("se s' a ont avait il elle on qui ils elles lui nous me y en avoir".split())
_NEAR_CODE, _NEAR_KEY = 250, 30  # characters around marks in which program text shows
_KEY = re.compile(r"""['"] ?: ?(?:['"{\[]|\d|true|false|null)""")  # 'key': "value"
_MAX_TERM_WORDS = 4
_TWICE, _AN_ARTICLE = 2, 5  # spans, characters
_CALLED = re.compile(
    r"\b(?:nom|surnom|titre|statut|étiquette|label|qualité) (?:de\s*|d['’])$"
    r"|qu(?:e l)?['’]on (?:sur)?(?:nomme|appelle|nommait|appelait)\s*(?:l[ea]s?\s|l['’])?\s*$"
)
_SIGNED = re.compile(  # « Demain », de Jeanne Martin; « Demain » (Le Seuil, 2018); « Demain », sorti en 2018
    r"\s*(?:,?\s+(?:sorti|paru)e?s?\b|(?:de\s|d['’])[A-ZÀ-Ý][\w’'-]+\s+(?:[A-ZÀ-Ý]|et\b)|\([^()]{0,40}\b(?:19|20)\d\d\))"
)


def _none(span: QuoteSpan, rule: str, because: str) -> Attribution:
    return Attribution(span.outer, "none", rule, because)


def _words_before(scene: Scene, span: QuoteSpan, number: int) -> list[str]:
    """The last words before the span in its paragraph, the nearest last, lower case."""
    before = scene.text[max(0, span.outer.start - 80) : span.outer.start]
    return [w.lower() for w in _WORD.findall(before.rpartition("\n")[2])][-number:]


def repeated_term(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Les « gilets jaunes » ... des « gilets jaunes »: a short phrase marked again and again after an article."""
    content = fold_content(scene.text[span.inner.start : span.inner.end])
    if not content or len(content.split()) > _MAX_TERM_WORDS:
        return None
    same = scene.spans_by_content[content]
    definite = [s for s in same if set(_words_before(scene, s, 1)) & _DEFINITE or _elided(scene, s)]
    before = (_words_before(scene, span, 1) or [""])[-1]
    if content in scene.lexicon.quoted_terms and (
        before in _BEFORE_NAMES or before.isdigit() or scene.before(span.outer.start).endswith(",")
    ):
        return _none(span, "quoted-term", "a name that the press keeps in quotation marks, whoever speaks")
    often = len(same) >= (2 if " " in content else 3)
    if often and 2 * len(definite) > len(same):
        said = governed(scene, span, previous) if len(same) == _TWICE else None
        if said is not None and said.cue is not None and said.mention is not None:
            if 0 <= span.outer.start - said.cue.extent.end <= _AN_ARTICLE:
                return None  # s'est émue du « contrôle très étroit »
        return _none(span, "repeated-term", f"marked {len(same)} times in the article, as a name")
    return None


def _elided(scene: Scene, span: QuoteSpan) -> bool:
    return scene.text[max(0, span.outer.start - 2) : span.outer.start].lower() in ("l'", "l’", "d'", "d’")


def named_thing(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Le film « Demain », intitulé « Tous ensemble », Jean « le Grand » Martin: a title, a name or a nickname."""
    before = _words_before(scene, span, 2)
    gap = scene.before(span.outer.start)[-1:]
    inner = scene.text[span.inner.start : span.inner.end].strip(" \u00a0\u202f")
    if span.outer in scene.names_in_marks:
        return _none(span, "named-thing", "the name of a paper, a channel or another source")
    if _in_apposition(scene, span, before[-1] if before else "", gap, inner):
        return _none(span, "named-thing", "stands in apposition to a work")
    if _in_incise(scene, span):
        return _none(span, "named-thing", "stands between a reporting verb and its subject, as where it was said")
    if not before or gap in '.:;!?»”")-–—' or glued_before(scene.text, span):
        return None
    if _CALLED.search(scene.text[max(0, span.outer.start - 40) : span.outer.start]):
        return _none(span, "named-thing", "what something or somebody is called")
    if scene.lexicon.belongs(before[-1], "naming") and not (before[-1].startswith("dit") and before[0] in _AUXILIARIES):
        return _none(span, "named-thing", f"named by « {before[-1]} »")
    dubbed = before[-1] in ("dit", "dite", "dits", "dites") and not set(before[:-1]) & _VERBAL
    if dubbed and len(inner.split()) <= 3 and (inner[:1].isupper() or _modifies_noun(scene, span)):
        return _none(span, "named-thing", f"named by « {before[-1]} »")
    head = scene.lexicon.title_head(before[-1])
    of = before[-1] in ("de", "d'", "d’") and inner[:1].isupper() and inner[-1:] not in ".!…"
    if of and (scene.lexicon.belongs(before[0], "release") or scene.lexicon.is_role(before[0])):
        return _none(span, "named-thing", f"after « {before[0]} de », which takes a work, a programme, a body")
    if _names_by_itself(scene, span, before[-1], inner):
        return _none(span, "named-thing", f"« {inner} » is the name of a law, an affair, an operation")
    slogan = head is not None and head.kind == "slogan" and scene.lexicon.noun(head.lemma) is None
    indeed = before == ["en", "effet"]
    named = head is not None and head.kind == "name" and _is_apposed(scene, span)
    lower = slogan or named or head is not None and head.kind == "term" and not indeed and not _has_clause(scene, span)
    if head is not None and gap != "," and (inner[:1].isupper() or lower):
        if not _has_clause(scene, span) or _cannot_speak(scene, before[-1], inner):
            return _none(span, "named-thing", f"after « {before[-1]} », which takes a title or a name")
    carrier = scene.lexicon.noun(before[-1])
    if carrier is not None and carrier.document and gap != "," and inner.lower().startswith(("pour ", "contre ")):
        return _none(span, "named-thing", f"after « {before[-1]} », whose cause it names")
    if inner[:1].isupper() and not scene.opens_sentence(span):
        governor = _title_head_of(scene, span)
        if governor is not None and (not _has_clause(scene, span) or _cannot_speak(scene, governor, inner)):
            return _none(span, "named-thing", f"belongs to « {governor} », which takes a title or a name")
        if _SIGNED.match(scene.text[span.outer.end : span.outer.end + 60]):
            return _none(span, "named-thing", "its author, its year or its release stands behind it")
    if before[-1] == "dans" and inner[:1].isupper() and inner[-1:] not in ".!?…":
        return _none(span, "named-thing", "what something stands in, with a capital: a paper, a show, a film")
    word_before, word_after = _neighbours(scene, span)
    if word_before is not None and word_after is not None and len(inner.split()) <= 4:
        adjacent = scene.text[word_before.extent.end : span.outer.start].strip() == ""
        follows = scene.text[span.outer.end : word_after.extent.start].strip() == ""
        if adjacent and follows and scene.lexicon.first_name_gender(word_before.text) and word_after.text[:1].isupper():
            return _none(span, "named-thing", "a nickname between given name and surname")
    return None


def _names_by_itself(scene: Scene, span: QuoteSpan, before: str, inner: str) -> bool:
    """La « loi Martin », un « acte VIII »: a noun that takes names, and a name or a number behind it."""
    noun, *name = inner.split()
    head = scene.lexicon.title_head(noun.lower())
    if head is None or len(name) != 1 or before not in _BEFORE_NAMES | {"pleine", "plein"}:
        return False
    numbered = re.fullmatch(r"[IVX]+|\d+", name[0]) is not None
    return numbered or head.kind in ("law", "name") and name[0][:1].isupper() and before not in ("un", "une")


def _is_apposed(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the quoted words are nouns without a determiner, behind a noun: une opération | « péage gratuit »."""
    words = [w for _, w in scene.words_in(span.inner) if w.upos != "PUNCT"]
    before = _neighbours(scene, span)[0]
    nouns = bool(words) and words[0].upos == "NOUN" and len(words) <= _MAX_TERM_WORDS
    if nouns and scene.lexicon.is_role(words[0].text):
        return False  # une opération | « créatrice de valeur »
    return nouns and before is not None and before.upos == "NOUN"


def _in_incise(scene: Scene, span: QuoteSpan) -> bool:
    """« ... », a confié au « Monde » Jeanne Martin; a déclaré dans l'émission « C à vous » Paul Martin."""
    i = scene.sentence_index(span.outer.start)
    short = len(scene.text[span.inner.start : span.inner.end].split()) <= _MAX_TERM_WORDS
    return short and any(
        r.construction == "incise"
        and r.source is not None
        and not scene.quoted(r.anchor)
        and r.last.extent.end <= span.outer.start
        and span.outer.end <= r.source.extent.start
        for r in (scene.reports[i] if i >= 0 else ())
    )


_NOUN_BEHIND = re.compile(r"\s*,\s*(?:l['’]|(?:le|la|un|une|son|sa)\s+)([^\W_]+(?:-[^\W_]+)*)")


def _in_apposition(scene: Scene, span: QuoteSpan, before: str, gap: str, inner: str) -> bool:
    """La peinture, « Le Jardin », a été volée; « Demain », le film de Jeanne Martin: a work and its title, parted by a
    comma, in either order."""
    after = scene.text[span.outer.end : span.outer.end + 60]
    if not inner[:1].isupper() or inner[-1:] in ".!?…":
        return False
    head = scene.lexicon.title_head(before)
    if gap == "," and head is not None and head.kind == "work" and not _has_clause(scene, span):
        return after.lstrip()[:1] == ","
    noun = _NOUN_BEHIND.match(after)
    behind = scene.lexicon.title_head(noun.group(1).lower()) if noun is not None else None
    return behind is not None and behind.kind == "work"


def _modifies_noun(scene: Scene, span: QuoteSpan) -> bool:
    """Whether the word before the marks is a participle right behind its noun: la prise | dite « d'étranglement »."""
    word = _neighbours(scene, span)[0]
    if word is None or not word.index or word.relation != "acl" and word.text.lower() == "dit":
        return False
    before = scene.sentences[scene.sentence_index(span.outer.start)].words[word.index - 1]
    return before.upos in ("NOUN", "ADJ") and agree(before, word)


def _cannot_speak(scene: Scene, noun: str, inner: str) -> bool:
    """Whether a noun takes a title or a name even if that is a clause (le film « Tu es où »), not what it says (une
    lettre « Je pars »)."""
    return scene.lexicon.noun(noun) is None and inner[-1:] not in ".…"


def _title_head_of(scene: Scene, span: QuoteSpan) -> str | None:
    """The noun for works or names that the tree makes the words of the span an apposition of."""
    inside = list(scene.words_in(span.outer))
    indices = {(id(s), w.index) for s, w in inside}
    for sentence, word in inside:
        if word.upos == "PUNCT" or (id(sentence), word.head) in indices:
            continue
        head = sentence.head(word)
        if (
            head is None
            or head.extent.start > span.outer.start
            or word.relation not in ("appos", "nmod", "flat", "dep")
        ):
            continue
        found = scene.lexicon.title_head(head.lemma)
        if (
            found is not None
            and found.kind in ("work", "name")
            and not any(c.relation == "case" for c in sentence.children(word))
        ):
            return head.text
    return None


def unmarked_list(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Les modes « Wet », « Sport » et « Race »: what stands in a row with names is a name."""
    last = previous[-1] if previous else None
    if span.level or last is None or last.kind != "none" or last.rule in ("unreported", "nested", "interrogative"):
        return None
    gap = scene.text[last.extent.end : span.outer.start]
    inner = scene.text[span.inner.start : span.inner.end].strip(" \u00a0\u202f")
    named = (inner[:1].isupper() or inner[:1].isdigit()) and last.rule in ("named-thing", "title-like", "unmarked-list")
    short = len(_WORD.findall(inner)) <= (3 * _MAX_TERM_WORDS if named else _MAX_TERM_WORDS) or last.rule == "charge"
    if (
        not short
        or _has_clause(scene, span)
        or not re.fullmatch(r"\s*(?:,|et|ou|,\s*et|\()\s*(?:d['’]|de\s|l['’]|l[ea]s?\s)?", gap)
    ):
        return None
    return _none(span, "unmarked-list", "in a row with a name or a term")


def charge(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Une enquête pour « abus de confiance », condamné à « six mois de prison », une accusation de « viol »."""
    before = _words_before(scene, span, 6)
    link = (before[-1] if before else "").rstrip("'’")
    if _elided(scene, span):
        link = "d"
    if words_of(scene, span.inner).lstrip().lower().startswith("pour "):
        link, before = "pour", [*before, "pour"]  # mis en examen « pour recel »
    before = [w.partition("'")[2] or w for w in (w.replace("’", "'") for w in before)]
    nouns = [*before[:-1], *(before[-1:] and [before[-1].removeprefix("d'").removeprefix("d’")])]
    near = nouns if link == "pour" else before[-3:] if link in ("de", "d", "à") else []
    charged = any(_is_charge(w, scene.lexicon) for w in near)
    words = [w for _, w in scene.words_in(span.inner) if w.upos not in ("PUNCT", "ADV", "PRON", "ADP")]
    forms = [w.feats.get("VerbForm") for w in words]
    if span.level or not charged or "Fin" in forms or forms[:1] == ["Inf"]:
        return None
    return _none(span, "charge", "names an offence or a penalty")


def _is_charge(word: str, lexicon: Lexicon) -> bool:
    """Whether the name of an offence, which a court or a code gives, follows a word and its preposition."""
    singular = word.removesuffix("s")
    return lexicon.belongs(singular, "offence") or lexicon.belongs(singular.removesuffix("e"), "offence")


def title_like(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """Capital letter in the middle of a sentence, no clause inside: the title of a work or the name of a thing."""
    inner = scene.text[span.inner.start : span.inner.end].strip(" \u00a0\u202f")
    before = scene.before(span.outer.start)
    if not inner[:1].isupper() or scene.opens_sentence(span) or not before or before[-1] in ':,«“"(':
        return None
    if _is_called(scene, span) or _is_cried(scene, span):
        return None
    if _is_said_at_once(scene, span) or _is_predicated(scene, span) or _is_another_utterance(scene, span, previous):
        return None
    if _has_clause(scene, span) or inner[-1:] in "!?." or len(inner.split()) > 12:
        return None
    first = _WORD.search(inner)
    if first is not None and first.group().isupper() and len(first.group()) > 1:
        return None
    return _none(span, "title-like", "starts with a capital in mid-sentence and holds no clause")


def _is_another_utterance(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> bool:
    """Whether only *et* or a comma stands between it and an utterance: des conseils : « Restez » et « Attention »."""
    if not previous or previous[-1].kind != "direct":
        return False
    return (
        re.fullmatch(
            r"\s*(?:,|et|ou|puis|,\s*(?:et|ou|puis))\s*", scene.text[previous[-1].extent.end : span.outer.start]
        )
        is not None
    )


def _is_called(scene: Scene, span: QuoteSpan) -> bool:
    """Whether somebody calls somebody so: la taxant de « Tartuffe »."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            gap = span.outer.start - report.last.extent.end
            if report.source is not None and report.last is not report.anchor and "np_de" in report.frames:
                if 0 <= gap <= 2 and not scene.quoted(report.anchor):
                    return True
    return False


def _is_cried(scene: Scene, span: QuoteSpan) -> bool:
    """Whether a verb that takes words and no title stands right before the marks: a crié « Allah Akbar »."""
    for i in scene.sentences_of(Extent(span.outer.start, span.outer.start + 1)):
        for report in scene.reports[i]:
            if (
                report.source is not None
                and scene.lexicon.belongs(report.cue.lemma, "cry")
                and not scene.quoted(report.anchor)
            ):
                if 0 <= span.outer.start - report.last.extent.end <= 2:
                    return True
    return False


def _is_said_at_once(scene: Scene, span: QuoteSpan) -> bool:
    """Whether a reporting clause stands right behind the marks: et de « Paul Martin lui-même », a-t-il affirmé."""
    i = scene.sentence_index(span.outer.end)
    for report in scene.reports[i] if i >= 0 else ():
        gap = scene.text[span.outer.end : max(report.start, span.outer.end)].strip(" \u00a0\u202f")
        said = report.construction == "incise" and report.source is not None and report.strength != "weak"
        if said and gap == ",":
            return not scene.quoted(report.anchor)
    return False


def _is_predicated(scene: Scene, span: QuoteSpan) -> bool:
    """Whether it says in a reported clause what somebody is: estime que Jeanne Martin est une « Parisienne »."""
    if not set(_words_before(scene, span, 1)) & {"un", "une"}:
        return False
    for sentence, word in scene.words_in(span.inner):
        copula = any(c.lemma == "être" and c.extent.end <= span.outer.start for c in sentence.children(word))
        if word.relation == "ccomp" and copula:
            return True
    return False


def named_before(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """« Demain » a été primé: the title or name that the article has marked before."""
    content = fold_content(scene.text[span.inner.start : span.inner.end])
    inner = scene.text[span.inner.start : span.inner.end].strip(" \u00a0\u202f")
    if len(content.split()) > 2 * _MAX_TERM_WORDS or not inner[:1].isupper():
        return None
    for decision, theirs in zip(previous, scene.folded_contents, strict=False):
        if theirs == content and decision.rule in ("named-thing", "title-like", "named-before"):
            return _none(span, "named-before", "a title or name that the article has marked before")
    return None


def _has_clause(scene: Scene, span: QuoteSpan) -> bool:
    return any(w.feats.get("VerbForm") == "Fin" for _, w in scene.words_in(span.inner))


def _neighbours(scene: Scene, span: QuoteSpan) -> tuple[Word | None, Word | None]:
    i = scene.sentence_index(span.outer.start)
    if i < 0:
        return None, None
    words = scene.sentences[i].words
    before = [w for w in words if w.extent.end <= span.outer.start]
    after = [w for w in words if w.extent.start >= span.outer.end]
    return (before[-1] if before else None), (after[0] if after else None)


def code(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """{'mute': "true"}: what a scraper left of a page's program."""
    before, after = span.outer.start - _NEAR_CODE, span.outer.end + _NEAR_CODE
    keyed = _KEY.search(scene.text[max(0, span.outer.start - _NEAR_KEY) : span.outer.end + _NEAR_KEY])
    braces = {"{", "}"} & set(scene.text[max(0, before) : after]) if keyed else None
    return _none(span, "code", "stands in program text") if braces else None


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
                because = f"reported inside the quotation by {about(scene, report)}"
                return linked(scene, span, report, "nested", because, "direct")
    return Attribution(span.outer, "none", "nested", "marked inside a quotation, and nobody is said to say it")


def unreported(scene: Scene, span: QuoteSpan, previous: Sequence[Attribution]) -> Attribution | None:
    """No cue governs the span: a title, a name, a term, irony."""
    return Attribution(span.outer, "none", "unreported", "no reporting words govern it")
