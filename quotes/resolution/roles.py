"""Roles: which descriptions an article gives of its people, and which person a description stands for.

« le général Viktor Poznikhir ... a ajouté le général »; « Marc Hecker, directeur ... écrit le chercheur ». An
apposition in the article wins over any table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quotes.lexicon import Lexicon
from quotes.model import Sentence, Word
from quotes.resolution.kinds import NameMention
from quotes.resolution.names import fold
from quotes.resolution.people import Person

_GRAMMAR = frozenset(
    "le la les l un une des du de d au aux a en et ou son sa ses leur leurs ce cette cet par pour".split()
)
_OPENING = frozenset('«“"')
AFFILIATION = "(party or body)"
"""The role of a description that is only a body, given in brackets after a name."""
_IGNORED = frozenset(
    "haut haute ancien ancienne premier premiere actuel actuelle nouveau nouvelle jeune grand principal meme".split()
)


@dataclass(frozen=True, slots=True)
class Description:
    """A role as described: the role's lemma and the folded content words around it (russe, defense). ``former``: held
    no more (*l'ancien ministre*, *l'ex-maire*). ``names``: those of the words that name its town, region or body (le
    député | des Bouches-du-Rhône); a party's acronym is none."""

    role: str
    words: frozenset[str]
    former: bool = False
    names: frozenset[str] = frozenset()

    def fits(self, other: Description) -> bool:
        """Whether both may describe one office or profession."""
        return self.role == other.role and self.former == other.former and self.agrees(other)

    def agrees(self, other: Description) -> bool:
        """Whether the words around the two roles do not speak of different things."""
        return not self.words or not other.words or bool(self.words & other.words)

    def is_elsewhere(self, other: Description) -> bool:
        """Whether the two belong to towns, regions or bodies of different names."""
        return bool(self.names and other.names) and not self.names & other.names

    def overlap(self, other: Description) -> int:
        return len(self.words & other.words)


def role_of(word: Word, lexicon: Lexicon) -> str | None:
    """The role that a noun names, one key for its masculine and feminine forms; a participle (accusé) names none."""
    if word.upos == "VERB":
        return None
    found = lexicon.role(word.text.lower()) or lexicon.role(word.lemma)
    if found is None and word.text[:1].isupper() and word.text[1:].islower():  # l'Espagnol Rafael Fabre
        demonym = lexicon.place_of(word.text)
        return demonym.place if demonym is not None else None
    return found.lemma if found is not None else None


def two_word_role(before: Word, word: Word, lexicon: Lexicon) -> str | None:
    """*Premier ministre*, which is another office than *ministre*."""
    found = lexicon.role(f"{before.text} {word.text}".lower())
    return found.lemma if found is not None else None


def describe(words: Sequence[Word], lexicon: Lexicon) -> Description | None:
    """The description made of a run of words whose first role noun is its head."""
    for i, word in enumerate(words):
        role = two_word_role(words[i - 1], word, lexicon) if i else None
        role = role or role_of(word, lexicon)
        if role is not None:
            rest = words[i + 1 :]
            return Description(role, _content(rest), is_former(word, words[max(0, i - 1) : i]), _names(rest, lexicon))
    return None


def _names(words: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    """The proper names that a preposition introduces among the words behind a role; none where they are a party's,
    whose people have seats and towns besides."""
    places = [
        i
        for i, w in enumerate(words)
        if w.text[:1].isupper() and not w.text.isupper() and any(v.upos == "ADP" for v in words[max(0, i - 2) : i])
    ]
    found = [words[i] for i in places]
    beside = [w for i in places for w in words[i : i + 2]]  # la France | insoumise
    party = any(lexicon.role(w.text.lower()) is not None or w.text in _PARTY_WORDS for w in beside)
    return frozenset() if party else _content(found)


_PARTY_WORDS = frozenset("Parti Rassemblement Front Mouvement Union Renaissance Reconquête Verts Républicains".split())


def is_former(word: Word, before: Sequence[Word]) -> bool:
    """Whether a role noun names one that is past: *l'ancien ministre*, *l'ex-Premier ministre*, *alors ministre*."""
    former = any(w.text.lower().startswith("ex-") for w in (word, *before[-1:]))
    return former or any(w.lemma in ("ancien", "ex", "ex-", "alors") for w in before)


def _content(words: Sequence[Word]) -> frozenset[str]:
    """The folded words of substance; a compound is one word (*état-major* says nothing of an *État*)."""
    folded = {fold(w.text).replace(" ", "-") for w in words if w.upos in ("NOUN", "PROPN", "ADJ", "X", "NUM", "VERB")}
    return frozenset(folded - _GRAMMAR - _IGNORED - {""})


def descriptions(person: Person, sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Description, ...]:
    """Every role that the article gives a person by apposition, title or copula."""
    found: list[Description] = []
    for mention in person.mentions:
        found.extend(_around(mention, sentences[mention.sentence], lexicon))
    return tuple(dict.fromkeys(found))


def role_words(mention: NameMention, sentence: Sentence, lexicon: Lexicon) -> tuple[Word, ...]:
    """The role nouns that stand in apposition to a name: the words that head a mention of the same person."""
    found = []
    for run, needs_first in _runs(mention, sentence, lexicon):
        if needs_first and not role_of_first(run, lexicon):
            continue
        first = next((w for w in run if role_of(w, lexicon) is not None), None)
        if first is not None:
            found.append(first)
            above = sentence.head(first)
            determined = any(c.relation == "det" for c in sentence.children(first))
            if (
                first.relation == "conj"
                and above is not None
                and not determined
                and role_of(above, lexicon) is not None
            ):
                found.append(above)  # l'eurodéputé et ancien conseiller Paul Martin
    return tuple(found)


def renamed_source(mention: NameMention, sentence: Sentence, sources: Collection[int], lexicon: Lexicon) -> Word | None:
    """The noun without a name of its own that a name takes up after a comma: une spécialiste qui n'a pas pris part à
    l'étude, la Pr Jeanne Martin; sa fille, l'actrice Jeanne Martin; un de ses porte-parole, Paul Durand.

    ``sources`` are the indices of words that report.
    """
    words = sentence.words
    first = next(w.index for w in words if w.extent.start >= mention.extent.start)
    last = max(w.index for w in words if w.extent.end <= mention.extent.end)
    while first > 0 and lexicon.title(words[first - 1].text) is not None:
        first -= 1
    while first > 0 and words[first - 1].upos in ("DET", "ADJ", "NOUN") and words[first - 1].text != ",":
        first -= 1
    closed = last + 1 >= len(words) or words[last + 1].upos == "PUNCT" and words[last + 1].text not in _OPENING
    if not closed or first < 2 or words[first - 1].text != ",":
        return None
    for word in reversed(words[: first - 1]):
        if word.index in sources:
            between = words[word.index + 1 : first - 1]
            if any(w.upos == "PROPN" and w.relation in ("appos", "flat") for w in between):
                return None
            one = word.text.lower() in ("un", "une") and any(role_of(w, lexicon) for w in between)
            return word if one or word.upos == "NOUN" and role_of(word, lexicon) else None
        if word.upos in ("VERB", "AUX") and word.feats.get("VerbForm") == "Fin":
            clause = sentence.head(word) if word.relation in ("aux", "cop") else word
            if clause is None or clause.relation != "acl":
                return None
    return None


def _runs(mention: NameMention, sentence: Sentence, lexicon: Lexicon) -> tuple[tuple[list[Word], bool], ...]:
    """The words before and after a name that may describe its bearer; whether the role must stand first in them."""
    words = sentence.words
    first = next(w.index for w in words if w.extent.start >= mention.extent.start)
    last = max(w.index for w in words if w.extent.end <= mention.extent.end)
    while first > 0 and _only_title(words[first - 1], lexicon):
        first -= 1
    title = lexicon.title(mention.title) if mention.title is not None else None
    before = _nearest_role(_run_before(words, first), lexicon, title.role if title is not None else None)
    role = next((w for w in before if role_of(w, lexicon) is not None), None)
    if role is not None and role.feats.get("Number") == "Plur" and words[first - 1].text == ",":
        before = []  # parmi les hommes du groupe, | Ion
    if role is not None and words[first - 1].text == "," and _is_topic(sentence, role, mention.head, last):
        before = []  # selon l'élue de la Somme, | Jeanne Martin est
    return (before, False), (_run_after(words, last), True)


def _is_topic(sentence: Sentence, role: Word, name: Word, last: int) -> bool:
    """Whether a preposition introduces a role in front of a name that is the subject of the verb right behind it."""
    introduced = any(c.relation == "case" and c.index < role.index for c in sentence.children(role))
    behind = sentence.words[last + 1 : last + 2]
    acts = (
        bool(behind) and behind[0].upos in ("VERB", "AUX", "PRON", "ADV") or bool(behind) and behind[0].text in _OPENING
    )
    return introduced and acts and name.relation == "nsubj"


def _nearest_role(run: list[Word], lexicon: Lexicon, titled: str | None) -> list[Word]:
    """The part of a run that describes the name behind it: l'oncle du | lieutenant-colonel | Jean Martin; what the
    title says, where it says a role: l'avocat de la caissière Me Jeanne Martin."""
    if titled is not None and any(role_of(w, lexicon) == titled for w in run):
        return run
    for k in range(len(run) - 1, 1, -1):
        governed = run[k - 1].upos == "ADP" or run[k - 1].upos == "DET" and run[k - 2].upos == "ADP"
        body = run[k].upos == "PROPN" and run[k].text[:1].isupper()  # le président du MoDem et allié Paul Martin
        if governed and not body and run[k].feats.get("Number") != "Plur" and role_of(run[k], lexicon) is not None:
            return run if _serves(run[:k], lexicon) else run[k:]
    return run


def _serves(before: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a role *à* another is what is told: l'adjoint au maire | Jeanne Martin is the deputy."""
    if not any(w.upos == "ADP" and w.text.lower() == "à" for w in before[-2:]):
        return False
    role = next((w for w in reversed(before) if w.upos in ("NOUN", "PROPN")), None)
    return role is not None and role_of(role, lexicon) == "adjoint"


def _only_title(word: Word, lexicon: Lexicon) -> bool:
    """*M.*, *Me*: a title that is no role; a *maire* is one before his name too."""
    title = lexicon.title(word.text)
    return title is not None and (title.category == "civility" or role_of(word, lexicon) is None)


def _around(mention: NameMention, sentence: Sentence, lexicon: Lexicon) -> list[Description]:
    found: list[Description] = []
    for run, needs_first in _runs(mention, sentence, lexicon):
        description = describe(run, lexicon)
        if description is not None and (not needs_first or role_of_first(run, lexicon)):
            found.append(description)
    title = lexicon.title(mention.title) if mention.title is not None else None
    if title is not None and title.role is not None:
        found.append(Description(title.role, frozenset()))
    affiliation = _in_brackets(mention, sentence)
    if affiliation:
        found.append(Description(AFFILIATION, affiliation))
    copular = sentence.head(mention.head) if mention.head.relation == "nsubj" else None
    if (
        copular is not None
        and role_of(copular, lexicon)
        and any(c.relation == "cop" for c in sentence.children(copular))
    ):
        found.append(
            Description(
                role_of(copular, lexicon) or "",
                _content([w for w in sentence.subtree(copular) if w.index > copular.index]),
            )
        )
    return found


def _in_brackets(mention: NameMention, sentence: Sentence) -> frozenset[str]:
    """The words in brackets after a name: Jeanne Martin (EELV)."""
    words = sentence.words
    last = max(w.index for w in words if w.extent.end <= mention.extent.end)
    if last + 1 >= len(words) or words[last + 1].text != "(":
        return frozenset()
    closed = next((w.index for w in words[last + 2 : last + 6] if w.text == ")"), None)
    return _content(words[last + 2 : closed]) if closed is not None else frozenset()


def role_of_first(run: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a role noun stands at the head of a run, after at most a determiner and an adjective or two."""
    one_of = len(run) > 1 and _is_one(run[0]) and run[1].text.lower() in ("de", "des")
    for word in run[3:6] if one_of else run[:4]:  # un de les | rares surfeurs italiens
        if role_of(word, lexicon) is not None:
            return True
        if word.upos not in ("DET", "ADJ", "ADV", "NUM", "ADP"):
            return False
    return False


def _run_before(words: Sequence[Word], first: int) -> list[Word]:
    """The words of the noun phrase that a name ends: le porte-parole adjoint du département d'État | Mark Toner."""
    i = first - 1
    if i > 3 and words[i].text == ")":  # le vice-président du parti (RN) | Paul Durand
        opened = next((w.index for w in reversed(words[max(0, i - 4) : i]) if w.text == "("), None)
        i = i if opened is None else opened - 1
    if i < 0:
        return []
    if words[i].text == ",":
        i -= 1  # Le porte-parole adjoint du département d'État, Mark Toner, ...
        comma = True
    else:
        comma = False
    if i < 0 or words[i].upos in ("ADP", "CCONJ", "VERB", "AUX", "SCONJ", "PUNCT", "DET"):
        return []
    run: list[Word] = []
    while i >= 0 and len(run) < 16:
        if words[i].text == ")":  # le maire Rassemblement national | (RN) | de Hénin-Beaumont
            opened = next((w.index for w in reversed(words[max(0, i - 4) : i]) if w.text == "("), None)
            i = i if opened is None else opened - 1
        if i < 0 or not _in_noun_phrase(words[i]):
            break
        run.insert(0, words[i])
        if i and _opens_phrase(words, i):
            break
        i -= 1
    if comma:  # met 6 buts et | son capitaine, | Jean Martin
        joined = [k for k, w in enumerate(run) if k and w.upos == "DET" and run[k - 1].upos == "CCONJ"]
        run = run[joined[-1] :] if joined else run
    if comma and not any(w.upos == "DET" for w in run[:2]):
        return _governed_phrase(run)
    return run


def _governed_phrase(run: list[Word]) -> list[Word]:
    """The noun phrase behind the last preposition of a run that links no parts of one: pas question pour | la candidate
    de la gauche, Jeanne Martin."""
    for k in range(len(run) - 2, -1, -1):
        if run[k].upos == "ADP" and run[k].lemma not in ("de", "à", "en") and run[k + 1].upos == "DET":
            return run[k + 1 :]
    return []


def _is_one(word: Word) -> bool:
    """*un* (des avocats de X), which may be tagged as a pronoun."""
    return word.text.lower() in ("un", "une")


def _opens_phrase(words: Sequence[Word], i: int) -> bool:
    """Whether a determiner begins a noun phrase right behind another: aux journalistes | le ministre Jean Martin; not
    where it is a part of a name (le député La République en marche Jeanne Martin, le président de Debout la France)."""
    before, word = words[i - 1], words[i]
    ends = before.upos in ("NOUN", "PROPN", "ADJ", "NUM") and before.lemma != "tout"
    named = before.upos == "PROPN" and i + 1 < len(words) and words[i + 1].text[:1].isupper()
    return ends and word.upos == "DET" and word.text.islower() and not named


def _in_noun_phrase(word: Word) -> bool:
    participle = word.upos == "VERB" and word.feats.get("VerbForm") == "Part" and word.relation == "acl"
    return participle or word.upos not in ("VERB", "AUX", "PUNCT", "SCONJ", "PRON")


def _run_after(words: Sequence[Word], last: int) -> list[Word]:
    """The apposition after a name: Mark Toner | , porte-parole adjoint du département d'État ,"""
    i = last + 1
    if i >= len(words) or words[i].text not in (",", "(", "–", "-", "—"):
        return []
    run: list[Word] = []
    i += 1
    while i < len(words) and (_in_noun_phrase(words[i]) or not run and _is_one(words[i])) and len(run) < 16:
        run.append(words[i])
        i += 1
    # l'évasion de Paul Martin, | la mère de la victime dit: the subject of the verb behind it
    acts = any(w.relation == "nsubj" and w.head >= i for w in run)
    return [] if acts and i < len(words) and words[i].upos in ("VERB", "AUX", "PRON") else run
