"""How a body or a group is called: its noun phrase without determiner, gloss and what the parser hung behind it."""

from __future__ import annotations

import re
from collections.abc import Collection

from quotes.attribution.phrases import noun_phrase
from quotes.attribution.syntax import is_time
from quotes.lexicon import Lexicon
from quotes.model import Extent, Sentence, Word
from quotes.resolution.kinds import NameMention
from quotes.resolution.names import flat, without_gloss
from quotes.resolution.salience import determiner_of

_DEFINITE = frozenset("le la l' l’ les ce cet cette ces son sa ses leur leurs notre votre".split())
_INDEFINITE = frozenset("un une des plusieurs certains certaines quelques d' d’ de deux trois quatre cinq".split())
# where the name in a noun phrase ends: before an apposition, or what the parser took for one
_PHRASE_END = re.compile(
    r"(?<=\w)(?:,\s|\s*[:;«»“”\"]|\s(?:auprès|sur|lors|devant|via|depuis|pendant|en\scas|au\stravers|à\stravers|par\sla\svoix)\s|(?<=\w{4})[.!?](?=\s))"
)
_DETERMINERS = _DEFINITE | _INDEFINITE | frozenset("du au aux".split())
_KEPT = frozenset("plusieurs certains certaines deux trois".split())


def bare_name(phrase: str, sentence: Sentence, word: Word, extent: Extent) -> str:
    """A noun phrase without its determiner, on one line: « le ministère russe » -> « ministère russe »."""
    line = without_gloss(flat(_PHRASE_END.split(phrase, maxsplit=1)[0]) or flat(phrase))
    for form in ("l'", "l’", "d'", "d’"):
        if line.lower().startswith(form):
            return line[len(form) :]
    first, _, rest = line.partition(" ")
    if first.lower() in ("un", "une") and rest.startswith(("des ", "de ", "d'", "d’")):
        return f"{first.lower()} {rest}"  # une des sources
    return rest if first.lower() in _DETERMINERS - _KEPT and rest else line


def whole_name(text: str, sentence: Sentence, mention: NameMention, people: Collection[int], lexicon: Lexicon) -> str:
    """The name of a body with what follows it in small letters: l'Automobile club de Monaco. ``people`` are the offsets
    at which people's names start."""
    start, end = mention.extent
    article = text[:start].rstrip().rpartition(" ")[2] if start else ""
    elided = text[max(0, start - 2) : start].replace("’", "'").capitalize()  # L'|Équipe
    paper = lexicon.medium(f"{elided}{mention.name}" if elided == "L'" else f"{article.capitalize()} {mention.name}")
    if paper is not None and paper.name.startswith(("Le ", "La ", "Les ", "L'")):
        return paper.name
    if determiner_of(sentence, mention.head) is None:
        return mention.name
    own = {w.index for w in sentence.subtree(mention.head)}
    last = max(w.index for w in sentence.words if w.extent.end <= end)
    for word in sentence.words[last + 1 :]:
        if word.index not in own or word.upos not in ("NOUN", "ADJ", "ADP", "DET", "PROPN") or is_time(word):
            break
        if word.extent.start in people:
            break  # le président de la CNMI | Carlo Capasa
        if word.upos == "ADP" and word.text.lower() not in ("de", "d'", "d’", "pour", "contre", "sans"):
            break
        if word.upos in ("NOUN", "ADJ", "PROPN"):
            end = word.extent.end
    return flat(text[start:end])


def part_names(text: str, sentence: Sentence, heads: Collection[Word]) -> list[str]:
    """The names of several who are coordinated, each without the others: la préfète | et le président du conseil."""
    whole = {head.index: {w.index for w in sentence.subtree(head)} for head in heads}
    names = []
    for head in heads:
        others = [own for index, own in whole.items() if index != head.index and index in whole[head.index]]
        own = whole[head.index].difference(*others)
        part = noun_phrase(sentence, head, lambda w, own=own: w.index not in own)  # type: ignore[misc]
        names.append(bare_name(part.of(text), sentence, head, part))
    return names


def other_conjuncts(sentence: Sentence, noun: Word) -> frozenset[int]:
    """The indices of the words of whoever is named beside a noun with a determiner of their own: l'agence | et le
    préfet. What is said of them together names neither."""
    conjuncts = [c for c in sentence.children(noun) if c.relation == "conj"]
    determined = [c for c in conjuncts if determiner_of(sentence, c) is not None]
    return frozenset(w.index for c in determined for w in sentence.subtree(c))


def animate(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names somebody or a body of people rather than a text or a thing."""
    if word.upos == "PROPN" or lexicon.collective(word.lemma) or lexicon.role(word.text.lower()):
        return True
    return lexicon.noun(word.lemma) is None
