"""Reports whose cue is a verb: who says what it reports, in an incise, a clause, a participle or a passive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from quotes.attribution.cues import VERBAL, is_interrupted, verb_entry
from quotes.attribution.mentions import form_of, mention_at, speaks
from quotes.attribution.report import Construction, Report
from quotes.attribution.sources import (
    has_subject,
    is_addressee,
    is_impersonal,
    named_apposition,
    nearer_subject,
    place_of_words,
    purposing_subject,
    relay_of,
    speaking_antecedent,
    whose_words,
)
from quotes.attribution.subjects import (
    agent_of,
    given_to,
    inverted_subject,
    is_adverbial_participle,
    left_subject,
    subject_of,
)
from quotes.attribution.syntax import (
    FIRST_SECOND_PERSON,
    Blocked,
    agrees_in_number,
    auxiliaries,
    clitic,
    group_start,
    is_finite,
    is_inverted_clitic,
    is_passive,
    nobody,
    opens_incise,
    verb_group,
)
from quotes.lexicon import Lexicon, ReportingVerb
from quotes.model import Cue, Modality, Sentence, Word

_NAMING = frozenset({"np_de", "attr"})
"""Frames of a verb that no incise is made of: *gratifier quelqu'un de « ... »*."""
_NEGATIONS = frozenset({"pas", "jamais", "rien", "guère", "nullement", "aucunement", "point"})


@dataclass(frozen=True)
class _Verb:
    """A reporting verb in its sentence, with the lexicon's entry and the last word of the cue. ``blocked`` are the
    words on the other side of the quotation marks."""

    sentence: Sentence
    word: Word
    last: Word
    entry: ReportingVerb
    blocked: Blocked
    text: str
    lexicon: Lexicon

    def can_say(self, source: Word, strength: str) -> bool:
        return speaks(self.sentence, source, self.text, self.lexicon, strength)

    def is_somebody(self, source: Word) -> bool:
        return form_of(self.sentence, source, self.lexicon) is not None


def verb_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
    """The reports of a sentence whose cue is a verb. ``blocked`` are the words between quotation marks."""
    speaking: set[int] = set()  # who says anything in this sentence can say more: écrit la bimbo, qui admet ...
    for word in sentence.words:
        if word.upos not in VERBAL:
            continue
        entry_and_last = verb_entry(sentence, word, lexicon, blocked)
        if entry_and_last is None:
            continue
        entry, last = entry_and_last
        inside = blocked(word)

        def side(other: Word, inside: bool = inside) -> bool:
            return blocked(other) != inside

        verb = _Verb(sentence, word, last, entry, side, text, lexicon)
        passive = is_passive(sentence, word)
        source = agent_of(sentence, word, side) if passive else None
        fragment = _fragment_before(sentence, word, side, lexicon)
        utters = fragment is None and (not entry.frames <= _NAMING or _introduced_by(sentence, word, "comme"))
        incise = False
        if source is None:
            source = _incise_source(verb, blocked, utters)
            incise = source is not None
            passive = passive and not incise
        if source is None and not passive:
            source = fragment or _clause_source(verb, utters)
        source = _nearer_source(verb, source, incise, passive)
        # en les voyant dans la rue, avant de comprendre que: only who can speak is the subject of a bare infinitive
        needed = "strong" if incise else "weak" if word.feats.get("VerbForm") == "Inf" else entry.strength
        if source is not None and source.index not in speaking and not verb.can_say(source, needed):
            source = None
        if source is not None:
            speaking.add(source.index)
        yield Report(
            sentence=sentence,
            anchor=word,
            last=last,
            cue=Cue(
                verb_group(sentence, word, None if is_interrupted(sentence, word) else last),
                entry.lemma,
                "verb",
                entry.stance,
                modality_of(sentence, word),
            ),
            construction=_construction(sentence, word, source, incise, passive),
            strength="weak" if _is_prospective(sentence, word, lexicon) else entry.strength,
            frames=entry.frames,
            source=source,
            mention=mention_at(sentence, source, text, lexicon, side) if source is not None else None,
            relayed_by=relay_of(sentence, source, text, lexicon, side),
        )


def _incise_source(verb: _Verb, quoted: Blocked, utters: bool) -> Word | None:
    """Who stands behind the verb of an incise: « ... », a dit X; « ... », tente de se défendre X."""
    sentence, word, lexicon = verb.sentence, verb.word, verb.lexicon
    if not (utters and opens_incise(sentence, word, quoted) and _can_be_finite(sentence, word, lexicon)):
        if not _infinitive_incise(sentence, word, quoted):
            return None
        source = inverted_subject(sentence, word, verb.blocked, verb.last)
        return source if source is not None and verb.can_say(source, "strong") else None
    source = inverted_subject(sentence, word, verb.blocked, verb.last, lambda w: is_addressee(sentence, w, lexicon))
    first = group_start(sentence, word)
    negated = first.text.lower().replace("’", "'") in ("ne", "n'")
    paused = first.index > 0 and sentence.words[first.index - 1].text == "," and not negated
    # after a pause anybody may speak (« ... », soupire un pilier du parti); « ... » complètent ce plateau
    lenient = "strong" if paused or verb.entry.strength != "weak" else "weak"
    if source is None or not verb.can_say(source, lenient) or not agrees_in_number(sentence, word, source):
        return None
    if not verb.is_somebody(source) and has_subject(sentence, word, verb.blocked):
        return None  # Jeanne Martin, après avoir dit que ..., évoque la possibilité de
    return source


def _clause_source(verb: _Verb, utters: bool) -> Word | None:
    """The subject of the verb; not the object behind it that the tree takes for one."""
    sentence, word = verb.sentence, verb.word
    source = subject_of(sentence, word, verb.blocked)
    if source is None and verb.last is not word and is_finite(sentence, word):
        source = inverted_subject(sentence, word, verb.blocked, verb.last)  # fait valoir le tribunal
    if source is None or source.index < word.index:
        return source
    if not utters:
        return subject_of(sentence, word, partial(_or_within, verb.blocked, tuple(sentence.subtree(source))))
    return source if verb.is_somebody(source) else left_subject(sentence, word, verb.blocked)  # a réaffirmé sa volonté


def _nearer_source(verb: _Verb, source: Word | None, incise: bool, passive: bool) -> Word | None:
    """Who says it, where the tree's subject is none that does: an expletive, a noun beside a name, a thing."""
    sentence, word, lexicon = verb.sentence, verb.word, verb.lexicon
    if source is not None and clitic(source) in FIRST_SECOND_PERSON | {"ce"}:
        source = None
    if verb.entry.lemma == "convenir" and source is not None and clitic(source) == "il":
        source = source if is_inverted_clitic(source) else None  # il convient de
    announced = passive and source is None and _introduced_by(sentence, word, "comme")
    if announced or source is not None and is_impersonal(sentence, word, source, incise):
        seen = verb.entry.stance == "thought" and verb.entry.strength == "weak"  # on le verra | au théâtre
        source = None if seen else place_of_words(sentence, word, verb.blocked, lexicon)
    if source is not None and not incise:
        source = named_apposition(sentence, source, verb.blocked, lexicon)
    if source is not None and not incise and is_adverbial_participle(sentence, word):
        source = nearer_subject(sentence, word, source, verb.blocked, lexicon)
    infinitive = word.feats.get("VerbForm") == "Inf"
    adverbial = word.relation == "advcl" if infinitive else _introduced_by(sentence, word, "en")
    if adverbial and verb.entry.strength != "weak":
        source = purposing_subject(sentence, word, source, verb.blocked, lexicon)
    whose = given_to(sentence, word, verb.blocked) if infinitive else None
    if whose is not None and verb.is_somebody(whose):
        source = whose
    if source is not None and word.relation == "acl" and is_finite(sentence, word):
        source = speaking_antecedent(sentence, word, source, verb.blocked, lexicon)
    return whose_words(sentence, source, verb.blocked, lexicon) if source is not None else None


def _construction(sentence: Sentence, word: Word, source: Word | None, incise: bool, passive: bool) -> Construction:
    if incise:
        return "incise"
    if passive:
        return "passive"
    if not is_finite(sentence, word):
        return "participle"
    return "incise" if source is not None and is_incise(sentence, word, source) else "clause"


def _fragment_before(sentence: Sentence, verb: Word, blocked: Blocked, lexicon: Lexicon) -> Word | None:
    """Who stands before a verb that the tree took for an incise, though nothing is said before it: le président, Jeanne
    Martin, | a salué M. Durand."""
    first = group_start(sentence, verb).index
    before = sentence.words[:first]
    if verb.relation != "parataxis" or first < 3 or before[-1].text != ",":
        return None
    if any(blocked(w) or w.upos == "PUNCT" and w.text != "," for w in before):
        return None
    if any(is_finite(sentence, w) and w.relation != "acl" for w in before if w.upos in ("VERB", "AUX")):
        return None
    found = left_subject(sentence, verb, blocked)
    told = found is not None and form_of(sentence, found, lexicon) in ("role", "name")
    named = any(w.relation == "appos" for w in before)
    return found if told and named else None


def _introduced_by(sentence: Sentence, verb: Word, form: str) -> bool:
    """Whether a word stands right before a verb and what belongs to it: comme | la qualifie un témoin."""
    first = group_start(sentence, verb).index
    return first > 0 and sentence.words[first - 1].text.lower() == form


def _or_within(blocked: Blocked, words: Sequence[Word], word: Word) -> bool:
    return blocked(word) or word in words


def _infinitive_incise(sentence: Sentence, word: Word, blocked: Blocked) -> bool:
    """« ... », tente de se défendre X; « ... », tient à préciser X."""
    head = sentence.head(word)
    if word.feats.get("VerbForm") != "Inf" or head is None or head.upos != "VERB" or head.index > word.index:
        return False
    if word.relation == "advcl":
        return False  # a-t-il dit, avant d'évoquer X
    return is_finite(sentence, head) and word.index - head.index <= 4 and opens_incise(sentence, head, blocked)


def _can_be_finite(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    return is_finite(sentence, word) or lexicon.finite_form(word.text)


def is_incise(sentence: Sentence, verb: Word, source: Word) -> bool:
    """A finite verb followed by its subject, or one whose clause holds nothing but subject and adverbials."""
    if is_inverted_clitic(source):
        return True
    first = group_start(sentence, verb).index
    if any(w.text.lower() == "comme" for w in sentence.words[max(0, source.index - 3) : source.index]):
        return True  # comme il l'a expliqué
    if source.index < verb.index:
        return False
    return not any(w.text.lower() in ("que", "qu'", "qu’") for w in sentence.words[max(0, first - 1) : first])


def modality_of(sentence: Sentence, verb: Word) -> Modality:
    """Negated, conditional, future, interrogative or infinitive, else asserted."""
    children = sentence.children(verb)
    helpers = [verb, *auxiliaries(sentence, verb)]
    if any(w.text.lower() in _NEGATIONS for w in children) and any(
        w.text.lower() in ("ne", "n'", "n’") for w in sentence.words[max(0, verb.index - 4) : verb.index]
    ):
        return "negated"
    if any(w.feats.get("Mood") == "Cnd" for w in helpers):
        return "conditional"
    if any(w.feats.get("Tense") == "Fut" for w in helpers):
        return "future"
    if verb.feats.get("VerbForm") == "Inf" and verb.relation in ("xcomp", "root", "ccomp"):
        head = sentence.head(verb)
        if head is not None and head.lemma in ("devoir", "pouvoir", "refuser", "vouloir", "espérer"):
            return "infinitive"
    return "asserted"


def _is_prospective(sentence: Sentence, verb: Word, lexicon: Lexicon) -> bool:
    """An infinitive under a modal, a request or a promise (devra répondre, demande de préciser, promet de dire):
    not said, or not yet."""
    head = sentence.head(verb)
    if head is None or verb.feats.get("VerbForm") != "Inf":
        return False
    if verb.relation == "acl" and head.relation in ("obl", "obj", "iobj"):
        head = sentence.head(head) or head  # a demandé à l'association | de préciser
    found = verb_entry(sentence, head, lexicon, nobody)
    marked = any(w.relation == "mark" for w in sentence.children(verb))
    requested = found is not None and (
        found[0].stance in ("request", "critic") and marked  # reproche à X de ne pas répondre
        or found[0].stance == "request"
        or found[0].stance == "promise" and marked
    )  # fmt: skip
    return requested or head.lemma in ("devoir", "pouvoir", "vouloir", "aller", "falloir")
