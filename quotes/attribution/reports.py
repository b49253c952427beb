"""Reports: every place of an article where somebody is said to say something, quoted or not.

A report links a cue to its source. Contents are linked to reports afterwards by the rules, so one cue can report
several quotations and one source can have several cues (content -> cue -> source, as in Pareti 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from quotes.attribution.cues import VERBAL, is_interrupted, verb_entry
from quotes.attribution.mentions import form_of, mention_at, speaks
from quotes.attribution.phrases import top_nominal
from quotes.attribution.sources import (
    has_subject,
    is_addressee,
    is_impersonal,
    named_apposition,
    nearer_subject,
    place_of_words,
    purposing_subject,
    speaking_antecedent,
)
from quotes.attribution.subjects import (
    agent_of,
    agrees_in_number,
    antecedent,
    inverted_subject,
    is_adverbial_participle,
    left_subject,
    subject_of,
)
from quotes.attribution.syntax import (
    Blocked,
    auxiliaries,
    clitic,
    group_start,
    is_finite,
    is_inverted_clitic,
    is_passive,
    is_time,
    nobody,
    opens_incise,
    verb_group,
)
from quotes.lexicon import Lexicon
from quotes.model import Cue, Extent, Mention, Modality, Sentence, Word

Construction = Literal["incise", "clause", "participle", "passive", "preposition", "noun"]
_FIRST_SECOND_PERSON = frozenset({"je", "tu", "nous", "vous"})
_NAMING = frozenset({"np_de", "attr"})
"""Frames of a verb that no incise is made of: *gratifier quelqu'un de « ... »*."""
_NEGATIONS = frozenset({"pas", "jamais", "rien", "guère", "nullement", "aucunement", "point"})


@dataclass(frozen=True)
class Report:
    """One cue with its source. ``anchor`` is the word that the cue hangs on, ``last`` the last word of the cue."""

    sentence: Sentence
    anchor: Word
    last: Word
    cue: Cue
    construction: Construction
    strength: str
    frames: frozenset[str]
    source: Word | None
    mention: Mention | None
    relayed_by: Mention | None = None

    @property
    def start(self) -> int:
        """Where the reporting words start: the cue, its auxiliary or a pronoun before it."""
        return min(self.cue.extent.start, group_start(self.sentence, self.anchor).extent.start)


def find_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> tuple[Report, ...]:
    """All reports of a sentence, in text order of their anchors."""
    found = [*_verb_reports(sentence, text, lexicon, blocked), *_preposition_reports(sentence, text, lexicon, blocked)]
    found += _noun_reports(sentence, text, lexicon, blocked, found)
    return tuple(sorted(found, key=lambda r: r.anchor.index))


# --- verbs ------------------------------------------------------------------------------------------------------


def _verb_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
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

        passive = is_passive(sentence, word)
        source = agent_of(sentence, word, side) if passive else None
        incise = False
        fragment = _fragment_before(sentence, word, side, lexicon)
        utters = fragment is None and (not entry.frames <= _NAMING or _introduced_by(sentence, word, "comme"))
        if (
            source is None
            and utters
            and opens_incise(sentence, word, blocked)
            and _can_be_finite(sentence, word, lexicon)
        ):
            source = inverted_subject(sentence, word, side, last, lambda w: is_addressee(sentence, w, lexicon))
            first = group_start(sentence, word)
            negated = first.text.lower().replace("’", "'") in ("ne", "n'")
            paused = first.index > 0 and sentence.words[first.index - 1].text == "," and not negated
            # after a pause anybody may speak (« ... », soupire un pilier du parti); « ... » complètent ce plateau
            lenient = "strong" if paused or entry.strength != "weak" else "weak"
            if source is not None and not speaks(sentence, source, text, lexicon, lenient):
                source = None
            if source is not None and not agrees_in_number(sentence, word, source):
                source = None
            if source is not None and form_of(sentence, source, lexicon) is None and has_subject(sentence, word, side):
                source = None  # Jeanne Martin, après avoir dit que ..., évoque la possibilité de
            incise = source is not None
            passive = passive and not incise
        elif source is None and _infinitive_incise(sentence, word, blocked):
            source = inverted_subject(sentence, word, side, last)
            incise = source is not None and speaks(sentence, source, text, lexicon, "strong")
            source = source if incise else None
        if source is None and not passive:
            source = fragment or subject_of(sentence, word, side)
            if source is None and last is not word and is_finite(sentence, word):
                source = inverted_subject(sentence, word, side, last)  # fait valoir le tribunal
            if source is not None and source.index > word.index:
                if not utters:
                    source = subject_of(sentence, word, partial(_or_within, side, tuple(sentence.subtree(source))))
                elif form_of(sentence, source, lexicon) is None:
                    source = left_subject(sentence, word, side)  # a réaffirmé sa volonté: an object
        if source is not None and clitic(source) in _FIRST_SECOND_PERSON | {"ce"}:
            source = None
        if entry.lemma == "convenir" and source is not None and clitic(source) == "il":
            source = source if is_inverted_clitic(source) else None  # il convient de
        announced = passive and source is None and _introduced_by(sentence, word, "comme")
        if announced or source is not None and is_impersonal(sentence, word, source, incise):
            source = place_of_words(sentence, word, side, lexicon)
        if source is not None and not incise:
            source = named_apposition(sentence, source, side, lexicon)
        if source is not None and not incise and is_adverbial_participle(sentence, word):
            source = nearer_subject(sentence, word, source, side, lexicon)
        adverbial = (
            word.relation == "advcl" if word.feats.get("VerbForm") == "Inf" else _introduced_by(sentence, word, "en")
        )
        if adverbial and entry.strength != "weak":
            source = purposing_subject(sentence, word, source, side, lexicon)
        if source is not None and word.relation == "acl" and is_finite(sentence, word):
            source = speaking_antecedent(sentence, word, source, side, lexicon)
        # en les voyant dans la rue, avant de comprendre que: only who can speak is the subject of a bare infinitive
        needed = "strong" if incise else "weak" if word.feats.get("VerbForm") == "Inf" else entry.strength
        if source is not None and not speaks(sentence, source, text, lexicon, needed):
            source = None
        construction: Construction = "clause"
        if incise:
            construction = "incise"
        elif passive:
            construction = "passive"
        elif not is_finite(sentence, word):
            construction = "participle"
        elif source is not None and is_incise(sentence, word, source):
            construction = "incise"
        mention = mention_at(sentence, source, text, lexicon, side) if source is not None else None
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
            construction=construction,
            strength="weak" if _is_prospective(sentence, word, lexicon) else entry.strength,
            frames=entry.frames,
            source=source,
            mention=mention,
            relayed_by=_relay(sentence, source, text, lexicon, side),
        )


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
    requested = found is not None and (found[0].stance == "request" or found[0].stance == "promise" and marked)
    return requested or head.lemma in ("devoir", "pouvoir", "vouloir", "aller", "falloir")


def _relay(sentence: Sentence, source: Word | None, text: str, lexicon: Lexicon, blocked: Blocked) -> Mention | None:
    """Who passed the words on: « X, cité par l'agence Tass »."""
    if source is None:
        return None
    for word in sentence.words[source.index + 1 :]:
        if word.lemma in ("citer", "interroger", "rapporter") and word.feats.get("VerbForm") == "Part":
            agent = agent_of(sentence, word, blocked)
            if agent is not None and (word.lemma != "interroger"):
                return mention_at(sentence, agent, text, lexicon, blocked)
    return None


# --- prepositions -----------------------------------------------------------------------------------------------


def _preposition_reports(sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked) -> Iterator[Report]:
    words = sentence.words
    taken = -1
    for word in words:
        if word.index <= taken or not lexicon.opens_preposition(word.text) or not word.text[:1].isalpha():
            continue
        match = lexicon.preposition_at([w.text for w in words[word.index : word.index + 6]])
        if match is None:
            continue
        entry, length = match
        last = words[word.index + length - 1]
        taken = last.index
        inside = blocked(word)

        def side(other: Word, inside: bool = inside) -> bool:
            return blocked(other) != inside

        behind = words[last.index + 1].text.lower() if last.index + 1 < len(words) else ""
        if entry.strength == "weak" and behind.endswith(("quel", "quelle", "quels", "quelles")):
            continue  # les familles chez lesquelles
        complete = entry.complement == "none"
        source = (
            _own_source(words[word.index : last.index + 1]) if complete else _object_of(sentence, last, lexicon, side)
        )
        if source is None or is_time(source) and source.upos != "PROPN":
            continue
        source = source if complete else _whose(sentence, source, text, lexicon, side)
        if clitic(source) in _FIRST_SECOND_PERSON or source.text.lower() in ("moi", "toi", "vous", "que"):
            continue
        if not speaks(sentence, source, text, lexicon, "weak" if entry.needs_person else "strong"):
            continue
        related = last.index + 1 < len(words) and words[last.index + 1].text.lower() in _WHICH
        if _is_counted_measure(sentence, source) or related and form_of(sentence, source, lexicon) is None:
            continue  # selon trois niveaux; le principe selon lequel
        noun = lexicon.noun(source.lemma)
        if entry.needs_person and noun is not None and noun.document:
            continue  # via un communiqué
        if (entry.initial_only or entry.strength == "weak") and not _opens_clause(sentence, word, source):
            if not _closes_quotation(sentence, word, source, blocked) or form_of(sentence, source, lexicon) != "name":
                continue
        extent = Extent(word.extent.start, last.extent.end)
        yield Report(
            sentence=sentence,
            anchor=word,
            last=last,
            cue=Cue(extent, entry.form, "preposition"),
            construction="preposition",
            strength=entry.strength,
            frames=frozenset({"quote", "que"}),
            source=source,
            mention=mention_at(sentence, source, text, lexicon, side),
            relayed_by=_relay(sentence, source, text, lexicon, side),
        )


_WHICH = frozenset("lequel laquelle lesquels lesquelles".split())
_MEASURES = frozenset(
    """niveau critère catégorie modalité type mode méthode modèle scénario axe étape phase degré seuil palier formule
    option variante angle principe règle""".split()
)


def _is_counted_measure(sentence: Sentence, noun: Word) -> bool:
    """Whether a number counts what something is measured by: selon trois niveaux, d'après plusieurs critères."""
    counted = any(
        c.upos == "NUM" or c.text.lower() in ("plusieurs", "différents", "différentes", "divers", "diverses")
        for c in sentence.children(noun)
    )
    return counted and noun.lemma in _MEASURES


_STATED = frozenset(
    """information détail chiffre donnée calcul estimation propos terme mot élément résultat constatation précision
    explication indication déclaration confidence affirmation""".split()
)


def _own_source(words: Sequence[Word]) -> Word | None:
    """Whose words a phrase without a complement gives: selon | ses | propres termes, de | sources | concordantes."""
    possessive = next((w for w in words if w.text.lower() in ("son", "sa", "ses", "leur", "leurs")), None)
    return possessive or next((w for w in words if w.lemma == "source"), None)


def _whose(sentence: Sentence, source: Word, text: str, lexicon: Lexicon, blocked: Blocked) -> Word:
    """Who gives what a preposition names: selon les chiffres du ministère, selon les détails fournis par X."""
    if source.lemma not in _STATED:
        return source
    for child in sentence.children(source):
        if child.relation == "acl" and is_passive(sentence, child):
            agent = agent_of(sentence, child, blocked)
            if agent is not None:
                return agent
        if child.relation == "acl" and is_finite(sentence, child):  # les informations que le procureur a données
            giver = subject_of(sentence, child, blocked)
            if giver is not None and giver is not source and speaks(sentence, giver, text, lexicon, "weak"):
                return giver
        if child.relation == "nmod" and not blocked(child) and speaks(sentence, child, text, lexicon, "weak"):
            if any(c.relation == "case" and c.text.lower() in ("de", "d'", "d’") for c in sentence.children(child)):
                return child
    return source


def _object_of(sentence: Sentence, last: Word, lexicon: Lexicon, blocked: Blocked) -> Word | None:
    """The noun phrase that a preposition introduces: by the tree, else the next nominal."""
    head = sentence.head(last)
    if last.relation in ("case", "mark") and head is not None and head.index > last.index and not blocked(head):
        if head.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            if head.feats.get("PronType") == "Rel" or head.text.lower() == "qui":
                return antecedent_of_pronoun(sentence, head, lexicon, blocked)
            return head
    for word in sentence.words[last.index + 1 : last.index + 6]:
        if blocked(word) or word.upos in ("VERB", "AUX", "SCONJ") or word.text in (",", ".", ":"):
            return None
        if word.text.lower() == "qui":
            return antecedent_of_pronoun(sentence, word, lexicon, blocked)
        if word.upos in ("NOUN", "PROPN", "PRON"):
            return top_nominal(sentence, word) if word.relation in ("flat", "appos") else word
    return None


def antecedent_of_pronoun(sentence: Sentence, pronoun: Word, lexicon: Lexicon, blocked: Blocked) -> Word | None:
    """The noun that a relative pronoun stands for, found from the pronoun (pour qui, selon lequel)."""
    verb = sentence.head(pronoun)
    while verb is not None and verb.relation not in ("acl", "root"):
        verb = sentence.head(verb)
    if verb is not None and verb.relation == "acl" and verb.index > pronoun.index:
        found = antecedent(sentence, verb, blocked)
        if found is not None and found.index < pronoun.index:
            return found
    for word in reversed(sentence.words[: pronoun.index]):
        if word.upos in ("PROPN", "NOUN") and not blocked(word):
            return _speaking_part(sentence, word, lexicon, blocked)
        if word.upos in ("VERB", "AUX"):
            return None
    return None


def _speaking_part(sentence: Sentence, word: Word, lexicon: Lexicon, blocked: Blocked) -> Word:
    """The head of the largest noun phrase around a word that somebody can be: le cas de | l'élu X, pour qui."""
    top = top_nominal(sentence, word)
    while top is not word and (blocked(top) or form_of(sentence, top, lexicon) is None):
        chain = [c for c in sentence.children(top) if word in tuple(sentence.subtree(c))]
        top = chain[0] if chain else word
    return top


def _opens_clause(sentence: Sentence, word: Word, source: Word) -> bool:
    """*Pour X* reports only at the head of its clause, set off by a comma (Pour Carter, « c'est fini ») or as
    *pour qui*."""
    if source.index < word.index:
        return True
    before = [w for w in sentence.words[: word.index] if w.upos not in ("PUNCT", "CCONJ", "ADV", "SCONJ")]
    clause_start = not before or sentence.words[word.index - 1].text in (",", ":", ";", "-", "–", "—")
    phrase_end = max(w.index for w in sentence.subtree(source))
    following = sentence.words[phrase_end + 1 : phrase_end + 2]
    inside = any(w.text == "," for w in sentence.words[source.index : phrase_end + 1])
    return clause_start and (inside or bool(following) and following[0].text in (",", "«", '"', "“"))


def _closes_quotation(sentence: Sentence, word: Word, source: Word, blocked: Blocked) -> bool:
    """« De l'intox », pour X."""
    before = [w for w in sentence.words[max(0, word.index - 2) : word.index] if w.text != ","]
    after = sentence.words[max(w.index for w in sentence.subtree(source)) + 1 :]
    return bool(before) and blocked(before[-1]) and (not after or after[0].upos == "PUNCT")


# --- nouns ------------------------------------------------------------------------------------------------------


def _noun_reports(
    sentence: Sentence, text: str, lexicon: Lexicon, blocked: Blocked, verbs: list[Report]
) -> Iterator[Report]:
    anchors = {r.anchor.index for r in verbs}
    for word in sentence.words:
        if word.upos != "NOUN" or word.index in anchors or blocked(word):
            continue
        entry = lexicon.noun(word.lemma) or lexicon.noun(word.text.lower())
        if word.index and word.text[:1].isupper() and word.text[1:].islower():
            continue  # le Conseil, présidé par Jeanne Martin
        if entry is None or word.index and (sentence.words[word.index - 1].text.lower(), word.lemma) == ("à", "propos"):
            continue  # à propos de X: what is spoken of, not whose words
        source = next(
            (
                c
                for c in (*sentence.children(word), *_behind_quoted(sentence, word, blocked))
                if c.relation == "nmod"
                and not blocked(c)
                and c.upos in ("NOUN", "PROPN")
                and any(
                    k.relation == "case" and k.text.lower() in ("de", "d'", "d’", "par") for k in sentence.children(c)
                )
                and speaks(sentence, c, text, lexicon, "weak")
            ),
            None,
        )
        if source is None:
            source = _agent_of_words(sentence, word, blocked, lexicon) or _possessor(sentence, word, blocked)
            if source is not None and not speaks(sentence, source, text, lexicon, "weak"):
                source = None
        yield Report(
            sentence=sentence,
            anchor=word,
            last=word,
            cue=Cue(word.extent, entry.lemma, "noun"),
            construction="noun",
            strength="weak",
            frames=frozenset({entry.kind}),
            source=source,
            mention=mention_at(sentence, source, text, lexicon, blocked) if source is not None else None,
        )


def _behind_quoted(sentence: Sentence, word: Word, blocked: Blocked) -> Iterator[Word]:
    """What a noun's quoted complement has as its own: l'appel à la « pause » | du bureau."""
    for child in sentence.children(word):
        if blocked(child):
            yield from sentence.children(child)


_UTTERED = frozenset(
    "lancer tenir adresser envoyer signer rédiger écrire prononcer proférer émettre porter utiliser employer".split()
)


def _agent_of_words(sentence: Sentence, word: Word, blocked: Blocked, lexicon: Lexicon) -> Word | None:
    """Who launched or addressed the words that a noun names: des appels à la « résistance » lancés par X."""
    for child in sentence.subtree(word):
        uttered = bool(lexicon.verb_form(child.text)) or child.lemma in _UTTERED
        if child.relation == "acl" and child.feats.get("VerbForm") == "Part" and uttered and not blocked(child):
            agent = agent_of(sentence, child, blocked)
            if agent is not None:
                return agent
    return None


def _possessor(sentence: Sentence, word: Word, blocked: Blocked) -> Word | None:
    """The subject of the clause for *selon ses propres mots*, *dans son discours*."""
    if not any(c.text.lower() in ("son", "sa", "ses", "leur", "leurs") for c in sentence.children(word)):
        return None
    head = sentence.head(word)
    while head is not None and head.upos not in ("VERB", "AUX"):
        head = sentence.head(head)
    subject = subject_of(sentence, head, blocked) if head is not None and word.relation != "nsubj" else None
    if subject is not None:
        return subject
    owner = next(c for c in sentence.children(word) if c.text.lower() in ("son", "sa", "ses", "leur", "leurs"))
    return owner  # Son analyse : « ... »
