"""Cues of verbs: the lexicon's entry for a form in its context, of one word (*dire*) or several (*s'en prendre à*)."""

from __future__ import annotations

from quotes.attribution.syntax import Blocked, is_inverted_clitic, is_reflexive, opens_incise
from quotes.lexicon import Lexicon, ReportingVerb
from quotes.model import Sentence, Word

_CLITIC_LEMMAS = {"se": "se", "s'": "se", "en": "en", "y": "y", "le": "le", "l'": "le", "la": "la"}
# autrement dit, cela dit, c'est-à-dire, à vrai dire: no report
_FROZEN = {
    "dit": frozenset({"autrement", "cela", "ceci", "proprement", "soit", "aussitôt"}),
    "dire": frozenset({"vrai", "ainsi"}),
    "disant": frozenset({"soit", "soi"}),
    "compris": frozenset({"y"}),
}
_PREPOSITIONS = frozenset({"à", "de", "d'", "contre", "sur", "en", "que", "pour"})
_OBJECT_PRONOUNS = frozenset({"le", "la", "les", "l'", "l’"})
VERBAL = frozenset({"VERB", "AUX", "ADJ", "NOUN", "ADV"})
"""What a reporting verb may be tagged as."""
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’", "un", "une", "des"})
_ADJECTIVES = frozenset({"autre", "nouveau", "nouvelle", "dernier", "dernière", "premier", "première", "seul", "seule"})


def verb_entry(sentence: Sentence, word: Word, lexicon: Lexicon, blocked: Blocked) -> tuple[ReportingVerb, Word] | None:
    """The lexicon's entry for a verb in its context and the last word of it: *faire* + *valoir*, *se* + *dire*."""
    if word.upos not in VERBAL:
        return None
    lemmas = () if word.lemma in ("être", "avoir") else lexicon.verb_form(word.text)
    if word.upos in ("VERB", "AUX") and word.lemma not in lemmas:
        lemmas = (*lemmas, word.lemma)
    if not lemmas:
        return None
    before = sentence.words[word.index - 1].text.lower() if word.index else ""
    if before in _FROZEN.get(word.text.lower(), ()):
        return None
    if word.upos in ("ADJ", "NOUN", "ADV") and not _looks_verbal(sentence, word, lexicon):
        return None
    if word.index == 1 and before in _ARTICLES and sentence.words[0].upos == "DET":
        return None  # La tempête
    if word.lemma == "voir" and is_reflexive(sentence, word):
        return None  # s'est vu attribuer
    if word.index == 1 and before in _ADJECTIVES:
        return None  # Autre annonce
    if word.relation == "aux" and sentence.head(word) is not None:
        return None
    causing = _causative(sentence, word)
    preceding = sentence.words[max(0, word.index - 4) : word.index]
    clitics = {_CLITIC_LEMMAS.get(w.text.lower().replace("’", "'"), "") for w in preceding}
    for entry in lexicon.multiword("faire", clitics) if causing else ():
        if entry.tail == (word.text.lower(),):
            return entry, word
    for lemma in lemmas:
        for entry in lexicon.multiword(lemma, clitics):
            last = _matches(sentence, word, entry, blocked)
            if last is not None:
                return entry, last
    for lemma in lemmas:
        if is_reflexive(sentence, word):
            pronominal = lexicon.verb("s'" + lemma) or lexicon.verb("se " + lemma)
            if pronominal is not None:
                return pronominal, word
            if lemma == "trouver" or not opens_incise(sentence, word, blocked):
                continue  # le mouvement se poursuit; parmi les communes, se trouvent
        entry_or_none = lexicon.verb(lemma)
        if entry_or_none is not None:
            return entry_or_none, word
    return None


def _causative(sentence: Sentence, infinitive: Word) -> bool:
    """Whether a form of *faire* is the auxiliary of an infinitive: fait | valoir, ont fait | savoir."""
    if infinitive.feats.get("VerbForm") != "Inf":
        return False
    return any(w.lemma == "faire" and w.relation == "aux" for w in sentence.children(infinitive))


def _looks_verbal(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """A form of a reporting verb that was tagged noun or adjective, standing where an incise's verb stands: before a
    clitic, or after a pause and before a noun phrase (« ... », pointe l'étude)."""
    following = sentence.words[word.index + 1 : word.index + 5]
    if following and word.text.endswith("ant") and following[0].text.lower().replace("’", "'") in ("que", "qu'"):
        return not word.index or sentence.words[word.index - 1].text in (",", "en")  # Rappelant que
    if following and (following[0].upos == "ADV" or following[0].text == "-"):
        following = following[1:]  # juge encore le ministre, lit | - | on
    if len(following) > 3 and following[0].upos == "ADP" and following[1].text.lower() in ("sa", "son", "leur"):
        following = following[3:]  # complète pour sa part le ministre
    elif following and following[0].upos == "ADP" and _behind_marks(sentence, word):
        following = _behind_phrase(sentence, following[0])  # « ... », analyse dans le JDD le directeur
    if following and is_inverted_clitic(following[0]):
        return True
    if following and opens_incise(sentence, word) and word.index and not word.text[:1].isupper():
        named = following[0].upos in ("DET", "PROPN") or lexicon.title(following[0].text) is not None
        if named and following[0].text.lower() not in ("de", "des", "du"):
            return True
    if word.text.endswith("ant") and word.index and sentence.words[word.index - 1].text.lower() in _OBJECT_PRONOUNS:
        return bool(following) and following[0].upos == "ADP"  # la taxant de
    return word.upos == "ADJ" and any(w.relation == "aux" for w in sentence.children(word))


def _behind_marks(sentence: Sentence, word: Word) -> bool:
    """Whether a comma and a closing mark stand before a word: « ... », | analyse"""
    before = [w.text for w in sentence.words[max(0, word.index - 2) : word.index]]
    return len(before) == 2 and before[1] == "," and before[0] in ("»", "”", '"')


def _behind_phrase(sentence: Sentence, preposition: Word) -> tuple[Word, ...]:
    """The words behind a prepositional phrase whose noun is a name or comes soon."""
    for word in sentence.words[preposition.index + 1 : preposition.index + 5]:
        if word.upos in ("NOUN", "PROPN"):
            return sentence.words[word.index + 1 : word.index + 5]
    return ()


def _matches(sentence: Sentence, word: Word, entry: ReportingVerb, blocked: Blocked) -> Word | None:
    """The last word of a multi-word cue whose further words follow ``word``, at most three words apart.

    A final preposition need not be there: *se féliciter (de)*, *s'en prendre (à)* are often cut off by a quotation.
    One right behind the verb is not looked for beyond a noun (a dit la porte-parole | de), but where the verb takes an
    object before it (qualifier X de Y), and never beyond the subject (a accusé l'élu | de la Somme).
    """
    position = word.index
    inverted = [w for w in sentence.children(word) if w.relation == "nsubj"]
    inverted = inverted if all(w.index > word.index for w in inverted) else []
    last = word
    for number, part in enumerate(entry.tail):
        near = number == 0 and part in _PREPOSITIONS and "np_de" not in entry.frames
        position = _behind_insertion(sentence, position)
        while position + 1 < len(sentence.words) and _is_inverted(sentence.words[position + 1]):
            position += 1  # fait-elle par ailleurs valoir
        for candidate in sentence.words[position + 1 : position + 5]:
            if blocked(candidate) != blocked(word):
                continue
            if near and candidate.upos in ("NOUN", "PROPN", "DET", "VERB"):
                return None
            if number == 0 and part in _PREPOSITIONS and candidate in inverted:
                return None
            if candidate.text.lower().replace("’", "'") == part or candidate.lemma.lower() == part:
                position, last = candidate.index, candidate
                break
        else:
            final = number == len(entry.tail) - 1
            return last if final and number and part in _PREPOSITIONS else None
    return last


def _is_inverted(word: Word) -> bool:
    return word.text in ("-", "-t") or is_inverted_clitic(word)


def _behind_insertion(sentence: Sentence, position: int) -> int:
    """The index of the comma that closes an insertion right behind a word (a parlé | , en mai 2016, | de), else the
    word's own."""
    following = sentence.words[position + 1 : position + 10]
    if not following or following[0].text != ",":
        return position
    for word in following[1:]:
        if word.text == ",":
            return word.index
        if word.upos in ("PUNCT", "VERB", "AUX", "SCONJ", "CCONJ"):
            break
    return position


def is_interrupted(sentence: Sentence, verb: Word) -> bool:
    return _behind_insertion(sentence, verb.index) != verb.index
