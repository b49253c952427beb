"""Whose verb it is in French UD trees: subjects (also inverted and shared ones), agents, antecedents of relatives.

Parsers often label an inverted subject (« a déclaré X ») obj, obl or even root, so a subject is looked for in an
ordered list of places rather than under one label. ``blocked`` says which words may not be chosen (those inside
quotation marks).
"""

from __future__ import annotations

from quotes.attribution.phrases import ADDRESSED, is_bare, top_nominal
from quotes.attribution.syntax import (
    NOMINAL,
    REFLEXIVE,
    Blocked,
    clitic,
    group_start,
    is_anaphoric_last,
    is_finite,
    is_inverted_clitic,
    is_passive,
    is_split_auxiliary,
    is_time,
    nobody,
    opens_incise,
)
from quotes.model import Sentence, Word

_STRESSING = frozenset({"lui", "eux"})
"""What behind a verb stresses a subject before it, and is none."""
_BY_NOBODY = frozenset({"rapport", "exemple", "conséquent", "erreur", "hasard", "définition", "principe"})
"""What *par* makes an adverb or another preposition of."""


def agent_of(sentence: Sentence, verb: Word, blocked: Blocked = nobody) -> Word | None:
    """The *par X* of a passive verb."""
    for word in sentence.children(verb):
        if word.relation in ("obl", "nmod", "obj") and word.upos in NOMINAL and not blocked(word):
            cases = [c.text.lower() for c in sentence.children(word) if c.relation == "case"]
            if word.deprel == "obl:agent" and "par" in cases or cases[:1] == ["par"]:
                if not is_time(word) and word.lemma not in _BY_NOBODY:
                    return word
    # qualifiées de « sérieuses » par la ministre: parsers hang the agent on the quoted words
    for word in sentence.words[verb.index + 1 :]:
        head = sentence.head(word)
        if word.upos in ("VERB", "AUX", "SCONJ") and not blocked(word) or word.text in (".", ";", ":"):
            return None
        if word.text.lower() == "par" and word.relation == "case" and head is not None and not blocked(head):
            governor = sentence.head(head)
            if governor is not None and blocked(governor) and head.upos in NOMINAL and not is_time(head):
                return head
    return None


def subject_of(sentence: Sentence, verb: Word, blocked: Blocked = nobody, depth: int = 0) -> Word | None:
    """The word that heads the verb's subject, its own or that of the clause that controls it; None if there is none.

    A relative pronoun is followed to its antecedent.
    """
    if is_adverbial_participle(sentence, verb):
        governor = _governing_verb(sentence, verb)
        while governor is not None and governor.relation == "acl" and sentence.words[verb.index - 1].text == ",":
            governor = _governing_verb(sentence, governor)  # qu'elle avait su insuffler, | rendant hommage
        if governor is None:  # « ... », a dit X, | estimant que: the quotation that held the main verb was abridged
            governor = next(
                (w for w in sentence.children(verb) if w.relation == "parataxis" and w.index < verb.index), None
            )
        else:
            between = sentence.words[governor.index + 1 : verb.index]
            incises = [w for w in between if w.relation == "parataxis" and is_finite(sentence, w) and not blocked(w)]
            governor = incises[-1] if incises else governor  # tout va bien, a-t-il dit, | ajoutant que
        if governor is not None and not blocked(governor) and depth <= 6:
            return subject_of(sentence, governor, blocked, depth + 1)
    absolute = _absolute_subject(sentence, verb)
    if absolute is not None and not blocked(absolute):
        return absolute
    children = sentence.children(verb)
    upper = sentence.head(verb)
    if upper is not None and verb.feats.get("VerbForm") == "Part" and is_split_auxiliary(verb, upper):
        children = (*sentence.children(upper), *children)
    near = sentence.words[max(0, verb.index - 3) : verb.index + 3]
    inverted = [w for w in (*children, *near) if is_inverted_clitic(w) and not blocked(w)]
    inverted = [w for w in inverted if not _parted(sentence, w, verb)]
    own = [w for w in children if w.relation == "nsubj" and not blocked(w) and not w.text.startswith("-")]
    own = [w for w in own if not is_object_clitic(sentence, w, verb)]
    nominal = [w for w in own if clitic(w) != "ce" and w.upos in NOMINAL | {"DET", "VERB", "ADV"}]
    nominal = [w for w in nominal if not any(c.relation == "case" for c in sentence.children(w))]
    nominal = [w for w in nominal if w.index < verb.index or not _ends_noun_phrase(sentence, w)]
    nominal = [w for w in nominal if not _is_no_subject(sentence, w, verb)] or nominal[:1]
    if inverted and all(w.index > verb.index or w.upos not in ("NOUN", "PROPN") for w in nominal):
        return inverted[0]
    left = [w for w in nominal if w.index < verb.index]
    # a topic labelled as a subject stands before the real one: Au PS, X déplore ...
    for word in [*reversed(left), *(w for w in nominal if w.index > verb.index)]:
        if word.feats.get("PronType") == "Rel" or word.text.lower() in ("qui", "lequel", "laquelle", "lesquels"):
            return antecedent(sentence, verb, blocked)
        if not is_time(word):
            return word
    if inverted:
        return inverted[0]
    for word in children:
        if word.relation == "expl" and clitic(word) and not blocked(word) and word.text.lower() not in ("ce", "c'"):
            return word
    if depth > 6:
        return None
    if is_finite(sentence, verb):
        found = (
            _adjacent_subject(sentence, verb, blocked)
            or _noun_before(sentence, verb, blocked)
            or _shared_subject(sentence, verb, blocked, depth)
            or _inverted(sentence, verb, blocked)
            or left_subject(sentence, verb, blocked)
            or _described_subject(sentence, verb, blocked)
            or _asyndetic_subject(sentence, verb, blocked, depth)
        )
        if found is not None:
            return found
    bare_participle = verb.feats.get("VerbForm") == "Part" and not is_finite(sentence, verb)
    if bare_participle and (verb.relation in ("root", "parataxis") or _governs_its_head(sentence, verb)):
        return _subject_after(sentence, verb, blocked, depth)
    head = sentence.head(verb)
    if head is not None and blocked(head) and verb.index < 4 and verb.feats.get("Tense") == "Pres":
        return _subject_after(sentence, verb, blocked, depth)  # Tout en se félicitant « que ... », X souligne
    if head is None or blocked(head):
        return None
    if verb.relation == "conj" and head.upos in ("VERB", "AUX", "ADJ", "NOUN"):
        above = sentence.head(head) if _is_existential(sentence, head) else None  # née il y a vingt ans et | assurant
        return subject_of(sentence, above or head, blocked, depth + 1)
    if verb.relation == "acl" and head.upos in NOMINAL:
        if _in_adverbial(sentence, head):  # X a à son tour | réclamé
            governor = _governing_verb(sentence, head)
            return subject_of(sentence, governor, blocked, depth + 1) if governor is not None else None
        if is_passive(sentence, verb):
            return None
        return head
    if verb.relation in ("xcomp", "advcl", "ccomp", "acl", "obl", "advmod", "parataxis", "aux", "fixed"):
        if head.upos in ("VERB", "AUX", "ADJ") and not is_finite(sentence, verb):
            if is_passive(sentence, head) and agent_of(sentence, head, blocked) is not None:
                return agent_of(sentence, head, blocked)
            return subject_of(sentence, head, blocked, depth + 1)
        if head.upos in ("NOUN", "PROPN") and not is_finite(sentence, verb):
            if any(w.relation in ("cop", "nsubj") for w in sentence.children(head)):
                return subject_of(sentence, head, blocked, depth + 1)
            return head if verb.feats.get("VerbForm") == "Part" else None
    return None


def given_to(sentence: Sentence, infinitive: Word, blocked: Blocked) -> Word | None:
    """Who is to do what an infinitive says, told with *pour* before it: l'occasion pour le maire | de rappeler que."""
    mark = next((w for w in sentence.children(infinitive) if w.relation == "mark" and w.lemma == "de"), None)
    if mark is None or not mark.index:
        return None
    for word in reversed(sentence.words[max(0, mark.index - _FAR) : mark.index]):
        if blocked(word) or word.upos in ("VERB", "AUX", "PUNCT"):
            return None
        if word.upos in NOMINAL and any(c.text.lower() == "pour" for c in sentence.children(word)):
            return word
    return None


_FAR = 8


def is_adverbial_participle(sentence: Sentence, verb: Word) -> bool:
    """*X a réagi, soulignant que ...*, *tout en rappelant ...*: its subject is that of the clause around it."""
    present = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Pres"
    first = group_start(sentence, verb).index
    taken_for_noun = verb.upos == "NOUN" and verb.text.endswith("ant") and first < verb.index  # la | taxant de
    if not first or not (present or taken_for_noun):
        return False
    if sentence.words[first].text.lower() == "en" and sentence.words[first].upos == "ADP":
        return True
    before = sentence.words[first - 1].text.lower()
    return before in (",", "en", "»", "”", '"', ")") or taken_for_noun and before == "et"


def _absolute_subject(sentence: Sentence, verb: Word) -> Word | None:
    """The subject of its own that a participle has right before it, which the tree gives to the verb before:
    L'institut a mis en garde, son dirigeant Jean Martin assurant que ..."""
    head = sentence.head(verb)
    if head is None or verb.relation != "advcl" or verb.feats.get("Tense") != "Pres" or head.index > verb.index - 2:
        return None
    word: Word | None = sentence.words[verb.index - 1]
    while word is not None and word.head != head.index:
        word = sentence.head(word)
    if word is None or word.index < head.index or word.relation not in ("nsubj", "obj"):
        return None
    first = min([word.index, *(c.index for c in sentence.children(word) if c.upos != "PUNCT")])
    return word if sentence.words[first - 1].text == "," else None


def _parted(sentence: Sentence, clitic_after: Word, verb: Word) -> bool:
    """Whether an inverted pronoun belongs to another verb, before a single comma: soient-elles, | veuillez."""
    between = sentence.words[clitic_after.index + 1 : verb.index]
    return sum(w.text == "," for w in between) == 1


def _opens_ago(sentence: Sentence, word: Word) -> bool:
    """*il y a* quinze jours; not *il y a* beaucoup de monde"""
    if [w.text.lower() for w in sentence.words[word.index : word.index + 3]] != ["il", "y", "a"]:
        return False
    behind = sentence.words[word.index + 3 : word.index + 6]
    return any(is_time(w) or w.text.lower() in ("longtemps", "peu") for w in behind)


def _is_existential(sentence: Sentence, verb: Word) -> bool:
    """*il y a*, whose pronoun is nobody."""
    return [w.text.lower() for w in sentence.words[max(0, verb.index - 2) : verb.index + 1]] == ["il", "y", "a"]


def _is_no_subject(sentence: Sentence, word: Word, verb: Word) -> bool:
    """*lui a répondu X*: a dative before its verb; *avait elle-même déclaré*, *X, lui, juge*: it only stresses X."""
    lower = word.text.lower()
    around = sentence.words[max(0, word.index - 1) : word.index + 2]
    if _opens_ago(sentence, word):
        return True
    if lower == "exemple" and around[0].text.lower() == "par":
        return True  # écrit par exemple un internaute
    if lower == "part" and around[0].text.lower() in ("autre", "une") and word.index > 1:
        if sentence.words[word.index - 2].text.lower() in ("d'", "d’"):
            return True  # s'est d'autre part dit
    if around[0].text.lower() == "dont" or word.index > 1 and sentence.words[word.index - 2].text.lower() == "dont":
        if sentence.words[group_start(sentence, verb).index - 1].text == ",":
            return True  # les pays du G7, dont la France, ont exhorté
    if lower.endswith(("-même", "-mêmes")) or word.upos == "PRON" and [w.text for w in around[::2]] == [",", ","]:
        return True
    return lower in ("lui", "leur") and word.index + 1 == group_start(sentence, verb).index + (
        1 if group_start(sentence, verb) is word else 0
    )


def _ends_noun_phrase(sentence: Sentence, word: Word) -> bool:
    """A name right behind a noun that it belongs to, whatever the tree says: sur sa page | Facebook."""
    before = sentence.words[word.index - 1] if word.index else None
    return word.upos == "PROPN" and before is not None and before.upos == "NOUN" and not is_time(before)


def _in_adverbial(sentence: Sentence, noun: Word) -> bool:
    """*à son tour*, *de son côté*, *pour sa part*: set between an auxiliary and its participle."""
    before = sentence.words[max(0, noun.index - 2) : noun.index]
    possessive = len(before) == 2 and before[1].text.lower() in ("son", "sa", "ses", "leur", "leurs")
    return possessive and before[0].upos == "ADP" and noun.lemma in ("tour", "côté", "part", "manière", "façon")


def _described_subject(sentence: Sentence, verb: Word, blocked: Blocked) -> Word | None:
    """The noun before a participle that stands between it and its verb, where the tree makes the participle a clause:
    des manifestants | se trouvant sur place | ont clamé."""
    for clause in sentence.children(verb):
        present = clause.feats.get("VerbForm") == "Part" and clause.feats.get("Tense") == "Pres"
        if (
            not present
            or clause.index > verb.index
            or any(w.text == "," for w in sentence.words[clause.index : verb.index])
        ):
            continue
        for noun in sentence.children(clause):
            if noun.relation == "nsubj" and noun.index < clause.index and noun.upos in NOMINAL and not blocked(noun):
                return noun
    return None


def _shared_subject(sentence: Sentence, verb: Word, blocked: Blocked, depth: int) -> Word | None:
    """The subject of the first of two coordinated verbs: X parle de grève et réclame un audit."""
    head = sentence.head(verb)
    if verb.relation != "conj" or head is None or head.upos not in ("VERB", "AUX", "ADJ"):
        return None
    if blocked(head):  # la mairie « prend acte » et entend agir
        return next((w for w in sentence.children(head) if w.relation == "nsubj" and not blocked(w)), None)
    return subject_of(sentence, head, blocked, depth + 1)


def _governing_verb(sentence: Sentence, word: Word) -> Word | None:
    """The finite verb above a nominal, through infinitives."""
    head = sentence.head(word)
    while head is not None and not (head.upos == "VERB" and is_finite(sentence, head)):
        head = sentence.head(head)
    return head


def left_subject(sentence: Sentence, verb: Word, blocked: Blocked) -> Word | None:
    """The first bare noun phrase of the sentence, for a main verb after an insertion (X, qui part demain, a dit)."""
    if not verb.index or sentence.words[group_start(sentence, verb).index - 1].text != ",":
        return None
    found: Word | None = None
    for word in sentence.words[: group_start(sentence, verb).index]:
        if word.upos in ("VERB", "AUX") and word.feats.get("VerbForm") == "Fin" and word.relation != "acl":
            clause = sentence.head(word) if word.relation in ("aux", "cop") else word
            if clause is not None and clause.relation not in ("acl", "advcl"):
                found = None  # a clause of its own lies between
        if blocked(word) or word.upos not in ("NOUN", "PROPN", "PRON") or is_time(word) or not is_bare(sentence, word):
            continue
        first = word.index
        while first and sentence.words[first - 1].upos in ("DET", "ADJ", "NUM"):
            first -= 1
        if first == 0 or sentence.words[first - 1].text == ",":
            titled = found is not None and found.relation == "appos" and word.text in ("M.", "Mme", "Mlle", "Me", "MM.")
            if (word.upos != "PRON" or clitic(word)) and (found is None or titled):
                found = word  # à Gitega, la capitale, | M. Durand, 52 ans, a promis
    return found


def _adjacent_subject(sentence: Sentence, verb: Word, blocked: Blocked) -> Word | None:
    """A name or pronoun right before the verb group that the parser hung elsewhere (Pendant ce procès X a répété)."""
    i = group_start(sentence, verb).index - 1
    if i < 0 or blocked(sentence.words[i]):
        return None
    word = sentence.words[i]
    while word.relation == "flat" and word.head == word.index - 1:
        word = sentence.words[word.head]
    if word.upos == "PROPN" and not any(c.relation == "case" for c in sentence.children(word)) and not is_time(word):
        return word
    return None


def _noun_before(sentence: Sentence, verb: Word, blocked: Blocked) -> Word | None:
    """The noun right before a finite verb that the tree makes a relative clause of it, though no relative pronoun
    stands between them: Le texte | charge le ministre de."""
    noun, first = sentence.head(verb), group_start(sentence, verb)
    if verb.relation != "acl" or noun is None or noun.upos != "NOUN" or blocked(noun) or not is_bare(sentence, noun):
        return None
    between = sentence.words[noun.index + 1 : first.index]
    return noun if noun.index < first.index and all(w.upos == "ADJ" for w in between) else None


def _governs_its_head(sentence: Sentence, participle: Word) -> bool:
    """Whether a participle that opens the sentence was hung on the clause that it governs: Assurant | que la barre est
    atteinte, X a ..."""
    behind, head = sentence.words[participle.index + 1 : participle.index + 2], sentence.head(participle)
    if participle.index or not behind or head is None or participle.feats.get("Tense") != "Pres":
        return False
    return behind[0].text.lower() in ("que", "qu'", "qu’") and behind[0].head == head.index


def _subject_after(sentence: Sentence, participle: Word, blocked: Blocked, depth: int) -> Word | None:
    """The subject of the main clause that follows a participle at the head of its sentence: Se disant prêt, X a ..."""
    for word in sentence.words[participle.index + 1 :]:
        if (
            word.upos == "VERB"
            and not blocked(word)
            and is_finite(sentence, word)
            and word.relation not in ("acl", "ccomp")
            and not any(
                c.relation == "mark" and c.text.lower() in ("que", "qu'", "qu’") for c in sentence.children(word)
            )
        ):
            return subject_of(sentence, word, blocked, depth + 1)
    if participle.index > 1:
        return None
    return next(  # the main verb was lost: the noun phrase right after the comma, if it agrees
        (
            word
            for word in sentence.words[participle.index + 1 :]
            if word.upos in ("NOUN", "PROPN", "PRON")
            and not blocked(word)
            and is_bare(sentence, word)
            and _opens_phrase_after_comma(sentence, word)
            and agree(word, participle)
        ),
        None,
    )


def _opens_phrase_after_comma(sentence: Sentence, noun: Word) -> bool:
    first = noun.index
    while first and sentence.words[first - 1].upos in ("DET", "ADJ", "NUM"):
        first -= 1
    return first > 0 and sentence.words[first - 1].text == ","


def agree(noun: Word, other: Word) -> bool:
    """Whether nothing that two words show of gender and number speaks against their agreeing."""
    return all(
        noun.feats.get(name) in (None, other.feats.get(name)) or other.feats.get(name) is None
        for name in ("Gender", "Number")
    )


def antecedent(sentence: Sentence, verb: Word, blocked: Blocked = nobody) -> Word | None:
    """The noun that a relative clause modifies, found from the clause's verb."""
    word: Word | None = verb
    while word is not None:
        head = sentence.head(word)
        if word.relation == "acl" and head is not None:
            if _is_set_off(sentence, head, word):
                head = _described(sentence, top_nominal(sentence, head))  # le ministre de l'Intérieur, | qui
            return None if blocked(head) else head
        if word.relation not in ("conj", "aux", "cop", "xcomp"):
            break
        word = head
    # a relative clause that the parser hung elsewhere: the nominal right before its pronoun
    for word in reversed(sentence.words[: verb.index]):
        if word.text.lower() == "qui":
            for before in reversed(sentence.words[: word.index]):
                if before.upos in ("NOUN", "PROPN", "PRON") and not blocked(before):
                    return top_nominal(sentence, before)
                if before.upos in ("VERB", "AUX"):
                    return None
    return None


def _is_set_off(sentence: Sentence, noun: Word, verb: Word) -> bool:
    """Whether a comma stands before the pronoun of a relative clause, which then is about the whole noun phrase."""
    between = sentence.words[noun.index + 1 : verb.index]
    pronoun = next((w for w in between if w.text.lower() in ("qui", "lequel", "laquelle")), None)
    return pronoun is not None and sentence.words[pronoun.index - 1].text == ","


def _described(sentence: Sentence, noun: Word) -> Word:
    """The noun that a participle beside it is about: sa mère, invitée dans l'émission, | qui."""
    participle = sentence.head(noun)
    if participle is None or participle.relation != "acl" or participle.feats.get("VerbForm") != "Part":
        return noun
    before = [w for w in sentence.words[: participle.index] if w.upos != "ADV"]
    if not before or before[-1].text != ",":
        return noun  # une hypothèse confirmée par la direction, | qui
    return sentence.head(participle) or noun


def inverted_subject(
    sentence: Sentence, verb: Word, blocked: Blocked, after: Word | None = None, addressee: Blocked = nobody
) -> Word | None:
    """The first bare noun phrase after a finite verb that has no subject before it (a déclaré mardi à Genève X).

    The search starts behind ``after``, the last word of the cue. ``addressee`` tells words (papers, channels) that a
    name may follow without belonging to them: a indiqué au Parisien | Marie Martin.
    """
    for word in sentence.words[max(0, verb.index - 4) : verb.index + 3]:
        if is_inverted_clitic(word) and not blocked(word) and not _parted(sentence, word, verb):
            return word
    before = [w for w in sentence.children(verb) if w.index < verb.index and w.relation == "nsubj" and not blocked(w)]
    before = [w for w in before if not is_object_clitic(sentence, w, verb)]
    for word in before:
        together = not any(w.text == "," for w in sentence.words[word.index : verb.index])
        if (
            word.upos == "PRON"
            and together
            and not word.text.startswith("-")
            and not _is_no_subject(sentence, word, verb)
        ):
            return None
    ago = 0  # where a date of the form il y a quinze jours goes on
    for word in sentence.words[(after or verb).index + 1 :]:
        if _opens_ago(sentence, word):
            ago = word.index + 3
        if word.text.lower() == "-t" or word.index < ago:
            continue
        if blocked(word) and (
            _names_place(sentence, word, blocked) or _describes(sentence, word, after or verb, blocked)
        ):
            continue  # a confié au « Monde » | Jeanne Martin; a déclaré « très émue » | Jeanne Martin
        if blocked(word) or word.text in (";", ":", ".", "?", "!") or word.text.lower() in ("que", "qu'", "qui", "si"):
            return None
        if word.upos in ("VERB", "AUX") and word.feats.get("VerbForm") in ("Fin", "Inf"):
            return None
        if is_inverted_clitic(word):
            return word
        if word.text.lower() in ("dernier", "dernière", "derniers", "dernières") and is_anaphoric_last(sentence, word):
            return word
        bare = is_bare(sentence, word, addressee) or word.relation == "flat" and word.head == verb.index
        bare = bare or _behind_addressee(sentence, word, addressee)
        bare = bare or after is not None and _behind_cue(sentence, word, after)
        nominal = word.upos in ("NOUN", "PROPN", "PRON") or _is_nominalised(sentence, word)
        if word.text.lower() in _STRESSING:
            continue  # X dénonce, lui, ...; X voit lui la France ...
        if nominal and clitic(word) is None and bare:
            if word.upos == "PRON" and word.feats.get("PronType") in ("Rel", "Int"):
                return None
            around = [w.text for w in sentence.words[word.index - 1 : word.index + 2 : 2]]
            if around == [",", ","] and word.text[:1].islower():
                continue  # a jugé, acerbe, X
            behind = [w.text.lower() for w in sentence.words[word.index + 1 : word.index + 3]]
            if behind[-1:] == ["qui"] and behind[0] in _DEMONSTRATIVE:
                continue  # a confié sur Voltage | celui qui
            reflexive = word.upos == "PRON" and word.text.lower() in REFLEXIVE
            if reflexive or is_time(word) or word.text.lower() == "exemple":
                continue
            return word
    return None


_NAME_WORDS = 4


def _names_place(sentence: Sentence, quoted: Word, blocked: Blocked) -> bool:
    """Whether a word stands in a few quoted words behind a preposition: the title of a paper, a programme, a book."""
    first = last = quoted.index
    while first and blocked(sentence.words[first - 1]):
        first -= 1
    while last + 1 < len(sentence.words) and blocked(sentence.words[last + 1]):
        last += 1
    before = [w for w in sentence.words[max(0, first - 4) : first] if w.upos not in ("PUNCT", "DET")]
    named = [w for w in sentence.words[first : last + 1] if w.upos != "PUNCT"]
    few = len(named) <= _NAME_WORDS and not any(w.upos in ("VERB", "AUX") for w in named)
    return few and bool(before) and before[-1].upos in ("ADP", "NOUN")


def _describes(sentence: Sentence, quoted: Word, verb: Word, blocked: Blocked) -> bool:
    """Whether a word stands in a quoted adjective or participle right behind the verb, said of who speaks."""
    last = quoted.index
    while last + 1 < len(sentence.words) and blocked(sentence.words[last + 1]):
        last += 1
    words = [w for w in sentence.words[verb.index + 1 : last + 1] if w.upos != "PUNCT"]
    if not words or len(words) > _NAME_WORDS or not all(blocked(w) for w in words):
        return False
    participle = words[-1].feats.get("VerbForm") == "Part"
    return (words[-1].upos == "ADJ" or participle) and all(w.upos == "ADV" for w in words[:-1])


_DEMONSTRATIVE = frozenset({"celui", "celle", "ceux", "celles"})


def is_object_clitic(sentence: Sentence, pronoun: Word, verb: Word) -> bool:
    """Whether *nous* or *vous* before a verb that does not agree with it is its object: nous | a confié X."""
    ending = {"nous": ("ons", "mes"), "vous": ("ez", "tes")}.get(pronoun.text.lower())
    if ending is None or pronoun.index > verb.index:
        return False
    finite = next((w for w in sentence.words[pronoun.index + 1 : verb.index + 1] if w.upos in ("AUX", "VERB")), verb)
    return not finite.text.lower().endswith(ending)


_INVERTING = frozenset("que qu' qu’ comme dont où ainsi quand tel telle aussi".split())


def _inverted(sentence: Sentence, verb: Word, blocked: Blocked) -> Word | None:
    """An inverted subject; what the tree calls an object is one only where something makes a subject come last (comme
    l'a dit X), or at the head of a clause."""
    found = inverted_subject(sentence, verb, blocked)
    if found is None or found.relation != "obj" or opens_incise(sentence, verb, blocked):
        return found
    first = group_start(sentence, verb).index
    before = [w.text.lower() for w in sentence.words[max(0, first - 4) : first]]
    return found if first == 0 or _INVERTING.intersection(before) else None


def _asyndetic_subject(sentence: Sentence, verb: Word, blocked: Blocked, depth: int) -> Word | None:
    """The subject of the clause before, where nothing joins the two: X s'est dit contre | a dénoncé une annonce."""
    head = sentence.head(verb)
    joined = verb.relation in ("ccomp", "parataxis")
    if not joined or head is None or head.upos != "VERB" or head.index > verb.index or blocked(head):
        return None
    marked = any(c.relation in ("mark", "nsubj") and c.index < verb.index for c in sentence.children(verb))
    return None if marked else subject_of(sentence, head, blocked, depth + 1)


def _is_nominalised(sentence: Sentence, word: Word) -> bool:
    """*un proche du président*: an adjective behind its own determiner, with no noun behind it."""
    around = sentence.words[max(0, word.index - 1) : word.index + 2]
    alone = len(around) < 3 or around[-1].upos not in ("NOUN", "PROPN", "ADJ")
    return word.upos == "ADJ" and word.index > 0 and around[0].upos == "DET" and alone


def _behind_cue(sentence: Sentence, word: Word, last: Word) -> bool:
    """Whether all that introduces a noun are the words of the cue before it: met en avant | le groupe."""
    cases = [c for c in sentence.children(word) if c.relation == "case"]
    return bool(cases) and last.relation == "fixed" and all(c.index <= last.index for c in cases)


def _behind_addressee(sentence: Sentence, word: Word, addressee: Blocked) -> bool:
    """A plural behind a paper, an agency or a day: *des* is its article (a dit mardi à l'AFP | des témoins)."""
    case = next((c for c in sentence.children(word) if c.relation == "case" and c.index < word.index), None)
    following = sentence.words[case.index + 1] if case is not None else None
    if case is None or following is None or following.extent != case.extent or following.text.lower() != "les":
        return False
    before = sentence.words[case.index - 1] if case.index else None
    return before is not None and (addressee(before) or is_time(before) or before.lemma.lower() in ADDRESSED)
