"""Mentions: what kind of phrase stands for a speaker, and whether such a thing can speak at all."""

from __future__ import annotations

from quotes.attribution.phrases import noun_phrase
from quotes.attribution.syntax import Blocked, clitic, is_time, nobody
from quotes.lexicon import Lexicon
from quotes.model import Mention, Sentence, Word

MentionForm = str
_DEMONSTRATIVES = frozenset(
    "celui-ci celle-ci ceux-ci celles-ci celui-là celle-là ceux-là celles-là celui celle ceux celles".split()
)
_BARE = frozenset({"celui", "celle", "ceux", "celles"})
_PERSONAL = frozenset("il elle ils elles lui eux on soi lui-même elle-même eux-mêmes elles-mêmes".split())
_INDEFINITES = frozenset(
    """certains certaines d'autres plusieurs beaucoup tous toutes quelques-uns quelques-unes autres autre aucun aucune
    chacun chacune nombreux personne quelqu'un l'un l'une les-uns un une plupart qui""".split()
)
_NEVER = frozenset("ce c' ça cela ceci que quoi rien tout y en se s' me te le la les leur leurs dont où lequel".split())


def form_of(sentence: Sentence, head: Word, lexicon: Lexicon) -> MentionForm | None:
    """What kind of mention a noun phrase is: name, role, pronoun, organisation, collective; None for anything else."""
    lower = head.text.lower().replace("’", "'")
    title = lexicon.title(head.text)
    if title is not None and head.text[:1].isupper() and any(c.upos == "PROPN" for c in sentence.children(head)):
        if title.category in ("civility", "profession"):
            return "name"  # Me Martin, though me is a pronoun
    if clitic(head) is not None:
        return "pronoun" if clitic(head) not in ("ce", "je", "tu", "nous", "vous") else None
    if lower in ("son", "sa", "ses", "leurs") and head.upos == "DET":
        return "pronoun"
    if lower in _NEVER:
        return None
    if lower in _BARE and sentence.words[head.index + 1 : head.index + 2]:
        if sentence.words[head.index + 1].text.lower() in ("de", "d'", "d’", "du", "des"):
            return None  # celle de la chanteuse: a thing of hers
    if lower in _PERSONAL or lower in _DEMONSTRATIVES:
        return "pronoun"
    if lower in ("dernier", "dernière", "derniers", "dernières", "intéressé", "intéressée", "intéressés"):
        return "pronoun"
    if head.upos == "PRON" or lower in _INDEFINITES and head.upos in ("DET", "ADJ", "ADV", "NOUN"):
        return "collective" if lower in _INDEFINITES else None
    if has_person_name(sentence, head, lexicon):
        return "name"
    if is_demonym(sentence, head, lexicon):
        return "role"
    if head.upos == "PROPN" or head.text[:1].isupper() and head.index > 0:
        name = head.text
        if lexicon.medium(name) or lexicon.metonym(name):
            return "organisation"
        if lexicon.role(lower) is not None:
            return "role"
        if lexicon.collective(lower) is not None:
            return "organisation"
        return "name"
    if lexicon.role(lower) is not None or lexicon.role(head.lemma) is not None or title is not None:
        return "role" if not _begins_event(sentence, head, lexicon) else None
    if lower == "numéro" and any(w.upos == "NUM" for w in sentence.words[head.index + 1 : head.index + 2]):
        return "role"  # le numéro deux du parti
    if lexicon.medium(head.text) is not None:
        return "organisation"  # franceinfo
    collective = lexicon.collective(head.lemma) or lexicon.collective(lower)
    if collective is not None:
        return "organisation" if collective.type == "organisation" else "collective"
    noun = lexicon.noun(head.lemma)
    if noun is not None and noun.document:
        return "organisation"
    if lexicon.belongs(lower, "group"):
        return "collective"
    return None


def _begins_event(sentence: Sentence, head: Word, lexicon: Lexicon) -> bool:
    """Whether a role noun and the two words behind it are one noun for something else: la garde à vue."""
    behind = [w.text for w in sentence.words[head.index + 1 : head.index + 3]]
    return len(behind) == 2 and lexicon.noun(" ".join([head.lemma, *behind])) is not None


def is_demonym(sentence: Sentence, word: Word, lexicon: Lexicon) -> bool:
    """*l'Espagnol*, *cette Congolaise*: one person told by a country, behind a determiner and with no name behind."""
    if not (word.text[:1].isupper() and word.text[1:].islower() and word.index) or lexicon.place_of(word.text) is None:
        return False
    start = word.index - 1
    while start > 0 and sentence.words[start].upos == "ADJ":
        start -= 1  # la jeune Suédoise
    before, behind = sentence.words[start], [w.text for w in sentence.words[word.index + 1 : word.index + 3]]
    named = behind[:1] and (behind[0][:1].isupper() or behind[0].lower() in ("de", "des") and not behind[-1].isdigit())
    singular = before.text.lower().replace("’", "'") in ("le", "la", "l'", "un", "une", "ce", "cet", "cette")
    known = lexicon.medium(f"{before.text} {word.text}") or lexicon.metonym(word.text) or lexicon.medium(word.text)
    return singular and not named and known is None


def has_person_name(sentence: Sentence, head: Word, lexicon: Lexicon) -> bool:
    """Whether the phrase holds a person's name as its head or beside it (le ministre Jean Martin, M. Martin)."""
    for word in _name_words(sentence, head):
        if word.upos == "PROPN" or word.text[:1].isupper():
            if lexicon.first_name_gender(word.text) is not None and (
                word is not head or any(c.relation == "flat" for c in sentence.children(head)) or _alone(sentence, head)
            ):
                return lexicon.metonym(word.text) is None
    before = sentence.words[head.index - 1 : head.index] if head.index else ()
    titles = [head.text, *(w.text for w in before)]
    return any(lexicon.title(t) is not None and lexicon.title(t).category == "civility" for t in titles)  # type: ignore[union-attr]


def _alone(sentence: Sentence, head: Word) -> bool:
    return not any(c.relation == "det" for c in sentence.children(head))


def _name_words(sentence: Sentence, head: Word) -> list[Word]:
    words = [head]
    for child in sentence.children(head):
        if child.relation in ("flat", "appos", "compound", "nmod") and child.upos in ("PROPN", "NOUN", "X", "ADJ"):
            if child.relation == "nmod" and any(c.relation == "case" for c in sentence.children(child)):
                continue
            words.append(child)
            words.extend(c for c in sentence.children(child) if c.relation in ("flat", "compound"))
    return words


def speaks(sentence: Sentence, head: Word, text: str, lexicon: Lexicon, strength: str) -> bool:
    """Whether the phrase can be a source: for a strong cue anything but times and expletives, else somebody or a
    body or a document."""
    if is_time(head):
        return False
    form = form_of(sentence, head, lexicon)
    if form is not None:
        return True
    return strength == "strong" and head.upos in ("NOUN", "PROPN", "ADJ")


def mention_at(sentence: Sentence, head: Word, text: str, lexicon: Lexicon, blocked: Blocked = nobody) -> Mention:
    """The mention headed by a word: its whole noun phrase, or the pronoun alone."""
    form = form_of(sentence, head, lexicon) or "collective"
    if form == "pronoun" and head.upos in ("PRON", "ADV", "DET"):
        return Mention(head.extent, "pronoun")
    return Mention(noun_phrase(sentence, head, blocked), form)  # type: ignore[arg-type]
