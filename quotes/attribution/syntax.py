"""Words and verb groups in French UD trees: clitics, times, auxiliaries, voice, where a reporting clause opens.

Functions take a sentence and a word of it; ``blocked`` says which words may not be chosen (those inside quotation
marks).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from quotes.model import Extent, Sentence, Word

Blocked = Callable[[Word], bool]

FIRST_SECOND_PERSON = frozenset({"je", "tu", "nous", "vous"})
_REMEMBERED = 50_000  # forms: the words of a text recur, and the rules ask for each many times

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})

_CLITICS = {
    "je": "je", "j'": "je", "j’": "je", "tu": "tu", "il": "il", "elle": "elle", "on": "on", "nous": "nous",
    "vous": "vous", "ils": "ils", "elles": "elles", "ce": "ce", "c'": "ce", "c’": "ce",
}  # fmt: skip

_INVERTED = ("-t-", "t-", "-")

_TIME = frozenset(
    """lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain matin soir midi après-midi janvier
    février mars avril mai juin juillet août septembre octobre novembre décembre début jour journée semaine mois année
    an heure minute veille lendemain soirée matinée nuit fois instant moment""".split()
)

_PAPERS = frozenset({"matin", "soir", "midi", "jour"})  # with a capital they name a paper

_OBJECT_CLITICS = frozenset("se s' me m' te t' nous vous lui leur le la les l' y en".split())

REFLEXIVE = frozenset({"se", "s'", "s’", "me", "m'", "nous", "vous", "te", "soi"})


def nobody(_: Word) -> bool:
    """No word is blocked."""
    return False


def clitic(word: Word) -> str | None:
    """The subject pronoun that a word is, hyphens aside: *-t-il* -> il."""
    return _clitic(word.text)


@lru_cache(maxsize=_REMEMBERED)
def _clitic(form: str) -> str | None:
    text = form.lower().replace("’", "'")
    for prefix in _INVERTED:
        if text.startswith(prefix):
            text = text[len(prefix) :]
            break
    return _CLITICS.get(text)


def is_inverted_clitic(word: Word) -> bool:
    """A subject pronoun written after its verb: *-t-il*, *-elle*."""
    return word.text.startswith(("-", "t-")) and clitic(word) is not None


def is_anaphoric_last(sentence: Sentence, word: Word) -> bool:
    """*ce dernier*, *cette dernière*: the one named last."""
    return word.index > 0 and sentence.words[word.index - 1].text.lower() in ("ce", "cette", "ces")


def is_time(word: Word) -> bool:
    """A noun of time or a date (mardi, soir, 2016), which is never a speaker; not *Le Soir*, *Midi Libre*."""
    return _is_time(word.text, word.lemma)


@lru_cache(maxsize=_REMEMBERED)
def _is_time(form: str, lemma: str) -> bool:
    if form[:1].isupper() and form.lower() in _PAPERS:
        return False
    return lemma.lower() in _TIME or form.lower().removeprefix("mi-") in _TIME or form[:1].isdigit()


def auxiliaries(sentence: Sentence, verb: Word) -> list[Word]:
    """The auxiliaries of a verb, in text order; for a past participle without one the finite avoir or être shortly
    before it, which parsers lose behind an insertion (a, de son côté, réagi X)."""
    found = [w for w in sentence.children(verb) if w.relation in ("aux", "cop") and w.upos in ("AUX", "VERB")]
    if found or verb.feats.get("VerbForm") != "Part" or verb.feats.get("Tense") == "Pres":
        return found
    head = sentence.head(verb)
    if head is not None and is_split_auxiliary(verb, head):
        return [head]
    near = sentence.words[max(0, verb.index - 6) : verb.index]
    inverted = any(is_inverted_clitic(w) for w in near)  # a-t-il en fin de journée | déploré
    for word in reversed(near):
        if word.lemma in ("avoir", "être") and word.feats.get("VerbForm") == "Fin":
            return [word] if word.index < verb.index - 1 or word.relation != "cop" else []
        if word.upos in ("VERB", "AUX", "SCONJ", "CCONJ") or word.text in ("»", "”", '"', ".", ";", ":"):
            break
        if word.upos == "NOUN" and not inverted and word.lemma not in _INSERTED and not is_time(word):
            break
    return []


_INSERTED = frozenset({"côté", "part", "tour", "fois", "foulée", "passage", "suite"})


def is_split_auxiliary(verb: Word, head: Word) -> bool:
    """*ont d'abord scandé*: the parser took the auxiliary for a verb that governs the participle."""
    near = 0 < verb.index - head.index <= 8 and verb.relation in ("xcomp", "acl", "ccomp", "dep", "advcl")
    return near and head.lemma == "avoir" and head.feats.get("VerbForm") == "Fin"


def is_reflexive(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb is used with a reflexive clitic (se dire, s'est félicité)."""
    return any(
        w.upos == "PRON" and w.index < verb.index and w.text.lower() in REFLEXIVE and w.relation != "nsubj"
        for w in sentence.children(verb)
        if w.text.lower() in ("se", "s'", "s’")
    )


_HAPPENING = frozenset({"voir", "faire", "laisser", "entendre"})
"""Verbs that with *se* make a passive of the infinitive they govern."""


def is_passive(sentence: Sentence, verb: Word) -> bool:
    """A past participle with être as auxiliary and no reflexive clitic, or one that modifies a noun; or what happens to
    the subject of *se voir*, *se faire*: s'est vu reprocher."""
    above = sentence.head(verb)
    if verb.feats.get("VerbForm") == "Inf" and above is not None and above.lemma in _HAPPENING:
        return verb.relation in ("xcomp", "ccomp", "obj") and is_reflexive(sentence, above)
    if verb.feats.get("VerbForm") != "Part" or verb.feats.get("Tense") == "Pres":
        return False
    if is_reflexive(sentence, verb):
        return False
    helpers = _shared_auxiliaries(sentence, verb)
    if helpers:
        return any(w.lemma == "être" or w.relation == "cop" for w in helpers)
    return verb.relation in ("acl", "amod", "advcl", "conj", "dislocated")


def is_finite(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb or its auxiliary carries a personal ending."""
    if verb.feats.get("VerbForm") == "Fin" or "Mood" in verb.feats:
        return True
    return any(w.feats.get("VerbForm") == "Fin" or "Mood" in w.feats for w in _shared_auxiliaries(sentence, verb))


def _shared_auxiliaries(sentence: Sentence, verb: Word) -> list[Word]:
    """A verb's auxiliaries, or those that it shares with the participle before it: a réitéré ses excuses et ajouté."""
    own, head = auxiliaries(sentence, verb), sentence.head(verb)
    shares = verb.relation == "conj" and verb.feats.get("Tense") != "Pres"  # s'est emporté, lui reprochant
    if own or head is None or not shares or head.feats.get("VerbForm") != "Part":
        return own
    return auxiliaries(sentence, head)


def group_start(sentence: Sentence, verb: Word) -> Word:
    """The first word of the verb group: auxiliaries, object clitics, negation and adverbs right before the verb."""
    first = verb
    for word in reversed(sentence.words[: verb.index]):
        lower = word.text.lower().replace("’", "'")
        own = word.upos == "AUX" or lower in _OBJECT_CLITICS or lower in ("ne", "n'", "-t") or is_inverted_clitic(word)
        if not own and not (word.upos == "ADV" and lower not in ("comme", "où", "quand")):
            break
        first = word
    helpers = [w for w in auxiliaries(sentence, verb) if w.index < first.index and verb.index - w.index < 8]
    return helpers[0] if helpers and helpers[0].index < first.index else first


def opens_incise(sentence: Sentence, verb: Word, blocked: Blocked = nobody) -> bool:
    """Whether the verb group stands first after a pause, as in « ... », a dit X.

    After a pause inside the writer's own words a subject before the verb rules it out (L'évêque, invité, appelle ...).
    """
    first = group_start(sentence, verb)
    before = sentence.words[first.index - 1] if first.index else None
    if before is None:
        return verb.feats.get("VerbForm") != "Part" or first is not verb  # Mis en cause par la justice, X a dit
    if before.upos != "PUNCT" and before.text not in ("»", "”", '"'):
        return False
    subjects = [w for w in sentence.children(verb) if w.relation == "nsubj" and not blocked(w)]
    own = [w for w in subjects if w.index < first.index]
    if len(own) < len(subjects):  # où les bars | retransmettent, a indiqué la préfecture: another verb was not seen
        own = [w for w in own if agrees_in_number(sentence, verb, w)]
    if not own or before.text != ",":
        return not own  # les « contrôles au faciès » ont trouvé ...
    # French sets no single comma between a subject and its verb: an odd number of them ends the subject's clause
    # (Les faits sont graves, a dit X), an even number encloses an insertion (X, qui part demain, a dit)
    between = sentence.words[own[-1].index : first.index]
    said = any(w.feats.get("VerbForm") == "Fin" and w.relation != "acl" for w in sentence.words[: first.index])
    behind = sentence.words[verb.index + 1].text.lower() if verb.index + 1 < len(sentence.words) else ""
    said = said or behind in ("celui", "celle", "ceux", "celles")  # pas question de céder, assure celui qui
    return said and sum(w.text == "," and not blocked(w) for w in between) % 2 == 1


def agrees_in_number(sentence: Sentence, verb: Word, subject: Word) -> bool:
    """Whether a finite verb may have a subject: not a plural verb with one singular noun, nor the reverse.

    A group may take either (*la plupart demandent*), and so may nouns joined by *et*.
    """
    finite = next((w for w in [*auxiliaries(sentence, verb), verb] if w.feats.get("VerbForm") == "Fin"), verb)
    numbers = finite.feats.get("Number"), subject.feats.get("Number")
    if None in numbers or numbers[0] == numbers[1] or subject.upos not in ("NOUN", "PROPN"):
        return True
    if numbers[0] == "Sing":
        return subject.upos == "PROPN"  # a dit Médecins sans frontières
    joined = any(c.relation in ("conj", "appos") for c in sentence.children(subject))
    group = any(c.relation == "nmod" and c.feats.get("Number") == "Plur" for c in sentence.children(subject))
    return joined or group or subject.upos == "PROPN"


def verb_group(sentence: Sentence, verb: Word, through: Word | None = None) -> Extent:
    """The extent of a cue: auxiliaries with the verb if nothing but adverbs lies between, to the last word of it."""
    first = verb
    for helper in reversed(auxiliaries(sentence, verb)):
        between = sentence.words[helper.index + 1 : first.index]
        if helper.index < first.index and all(_may_interrupt(w) for w in between):
            first = helper
    last = through or verb
    return Extent(min(first.extent.start, last.extent.start), max(last.extent.end, verb.extent.end))


def _may_interrupt(word: Word) -> bool:
    return clitic(word) is None and word.upos in ("ADV", "ADP", "DET", "NOUN", "PRON", "AUX", "ADJ", "PUNCT")
