"""What a name is one of: a person, a body, a place; and the gender that it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.lexicon import Lexicon
from quotes.model import Extent, Sentence, Word
from quotes.resolution.names import Gender

NameType = Literal["person", "organisation", "place", "unknown"]
_PREFIXED_NAME = re.compile(r"(?:Mc|Mac|Di|De|Du|Le|La|Van|O['’]|D['’])[A-ZÀ-Ý][a-zà-ÿ]+$")  # McCain, DiCaprio
_PLACE_NAME = re.compile(  # Saint-Hippolyte-du-Fort, Villeneuve-sur-Lot
    r"[A-ZÀ-Ý][\w'’]+(?:-[\w'’]+)*-(?:de|du|des|sur|sous|en|les|lès|la|le|aux|au|d'|l'|et|devant)-?[\w'’]+(?:-[\w'’]+)*"
)
_INITIAL = re.compile(r"[A-ZÀ-Ý]\.")
_LOCATIVES = frozenset("à en au aux vers depuis".split())
_SHORT_NAME = 5  # letters

# Particles that are no French words: a capital before them and one behind make a name whoever it is.
FOREIGN_PARTICLES = frozenset("von van ben bin al el di da dos del della dello degli dei delle ag ould".split())
_OF_SURNAMES = FOREIGN_PARTICLES - {"al", "el"}


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as it stands in the text. ``title`` is the civil or professional title right before it."""

    extent: Extent
    name: str
    head: Word
    sentence: int
    type: NameType
    gender: Gender | None
    title: str | None = None


def _noun_before(tokens: Sequence[Word], i: int) -> Word | None:
    """The noun that a name may stand in apposition to: le chercheur américain | Marc Martin, le groupe français | X."""
    while i > 0:
        i -= 1
        if tokens[i].upos != "ADJ" or tokens[i].text[:1].isupper():
            return tokens[i]
    return None


def _is_determiner(sentence: Sentence, word: Word) -> bool:
    """A determiner, also one inside a contraction (du, au: the token's first word is the preposition)."""
    following = sentence.words[word.index + 1 : word.index + 2]
    return word.upos == "DET" or bool(following) and following[0].extent == word.extent and following[0].upos == "DET"


def classify(
    number: int,
    sentence: Sentence,
    tokens: Sequence[Word],
    i: int,
    part: Sequence[Word],
    extent: Extent,
    name: str,
    lexicon: Lexicon,
) -> NameMention:
    """What ``name`` is one of, by its own form and the words around it.

    ``tokens`` are the sentence's, a contraction counted once, and ``part`` those of them from ``i`` on that the name is
    made of.
    """
    first = part[0]
    before = tokens[i - 1] if i else None
    determined = before is not None and _is_determiner(sentence, before)
    title = lexicon.title(before.text) if before is not None else None
    gender: Gender | None = title.gender if title is not None else None
    noun = _noun_before(tokens, i)
    role = lexicon.role(noun.text) if noun is not None else None
    from_name = lexicon.first_name_gender(first.text)
    if len(part) == 1 and lexicon.metonym(first.text.partition("-")[0]) is not None:
        from_name = None  # France-Presse
    kind: NameType = "unknown"
    capitals = is_acronym(first) or "-" in first.text and first.text.partition("-")[0].isupper()
    singular_role = role is not None and noun is not None and noun.feats.get("Number") != "Plur"
    if any(lexicon.medium(" ".join(name.split()[:n])) is not None for n in range(1, len(part) + 1)) and title is None:
        kind = "organisation"  # also France Bleu Hérault
    elif title is not None and (title.category == "civility" or not (len(part) == 1 and capitals)):
        kind = "person"  # le général Martin, but le maire LREM
    elif singular_role and not (len(part) == 1 and (capitals or _is_common(name, lexicon)) or first.text == "Europe"):
        kind = "person"
    elif _is_named_after(sentence, tokens, i, lexicon):
        kind = "place"
    elif _PLACE_NAME.fullmatch(name) or _is_gloss(tokens, i, len(part)) or _is_saint(name, lexicon):
        kind = "place"
    elif lexicon.metonym(name) is not None and not _is_bare_country(name, sentence, part, before, lexicon):
        kind = "place"
    elif (
        lexicon.collective(first.text.lower()) is not None
        and (from_name is None or len(part) == 1)
        or (determined and not (from_name is not None and len(part) > 1))
    ):
        kind = "organisation"
    elif len(part) == 1 and capitals:
        kind = "organisation"
    elif before is not None and before.text.lower() in _LOCATIVES and len(part) == 1:
        kind = "place"
    elif from_name is not None and (len(part) > 1 or first.upos == "PROPN"):
        kind = "person"
    elif len(part) > 1 and not determined and first.text.lower() in _OF_SURNAMES and first.text[:1].isupper():
        kind = "person"  # Ben Ali, Di Maio, but El Watan
    elif _body_precedes(tokens, i, lexicon):
        kind = "organisation"
    elif not determined and (
        _age_follows(tokens, i + len(part)) or any(_INITIAL.fullmatch(w.text) for w in part[1:-1])
    ):
        kind = "person"  # Audra D. Bridges
    elif len(part) > 1 and before is not None and not determined and _role_follows(tokens, i + len(part), lexicon):
        kind = "person"
    elif len(part) > 1 and before is not None and before.text == "," and _role_precedes(tokens, i - 1, lexicon):
        kind = "person"
    elif len(part) > 1 and noun is not None and not determined and is_portfolio(sentence, noun, lexicon):
        kind = "person"
    elif (
        len(part) > 1
        and before is not None
        and (_heads_body(sentence, before, lexicon) or _told_of(tokens, i + len(part), lexicon))
    ):
        kind = "person"
    elif (
        len(part) > 1
        and before is not None
        and before.text == ")"
        and _role_precedes(tokens, _opened(tokens, i - 1), lexicon)
    ):
        kind = "person"
    elif (
        len(part) > 1
        and all(w.upos == "PROPN" and not is_acronym(w) for w in part if w.text not in FOREIGN_PARTICLES)
        and _acts(sentence, part, before)
    ):
        kind = "person"
    if gender is None and from_name is not None and from_name.ratio > 0.9 and len(part) > 1:
        gender = from_name.gender
    if gender is None and from_name is not None and len(part) == 1 and from_name.ratio > 0.95 and title is None:
        gender = from_name.gender
    if gender is None and kind == "person" and len(part) > 1 and title is None:
        gender = _slavic_gender(part[-1].text)
    head = min(part, key=lambda w: _depth(sentence, w))
    return NameMention(extent, name, head, number, kind, gender, title.form if title is not None else None)


def _slavic_gender(surname: str) -> Gender | None:
    """The gender that a Slavic surname shows: Goloubeva, Tikhanovskaïa; Goloubev, Tikhanovski."""
    if re.search(r"[^aeiouyé](?:ova|eva|ieva|skaïa|skaya|skaia)$", surname):
        return "f"
    return "m" if re.search(r"[^aeiouyé](?:ov|ev|iev|ski|sky|skiy)$", surname) and len(surname) > _SHORT_NAME else None


def _is_named_after(sentence: Sentence, tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a name is what a place, a body or a storm is called: la tempête Dennis, le lycée Jean Moulin, la
    fondation Jean Jaurès, la rue de Lorraine."""
    first = i
    while first > max(0, i - 3) and (tokens[first - 1].lemma == "de" or tokens[first - 1].upos == "DET"):
        first -= 1
    noun = tokens[first - 1] if first else None
    if noun is None or noun.upos not in ("NOUN", "PROPN"):
        return False
    head = lexicon.title_head(noun.lemma.lower())
    if first < i:
        return head is not None and head.kind == "address" and tokens[first].lemma == "de"
    if head is not None and head.kind in ("place", "address"):
        return True
    office = sentence.head(noun)
    headed = office is not None and lexicon.role(office.text) is not None  # le directeur de l'institut | Jean Martin
    return lexicon.belongs(noun.lemma.lower(), "bears a name") and not headed


def _is_common(name: str, lexicon: Lexicon) -> bool:
    """Whether a word with a capital is a country, a capital or a party's adjective: le responsable | Insoumis."""
    known = lexicon.role(name.lower())
    return lexicon.metonym(name) is not None or known is not None and lexicon.first_name_gender(name) is None


def is_portfolio(sentence: Sentence, noun: Word, lexicon: Lexicon) -> bool:
    """Whether a noun with a capital is what somebody is in charge of: le ministre de la Justice | Jeanne Martin."""
    office = sentence.head(noun)
    if noun.upos != "NOUN" or not noun.text[:1].isupper() or noun.relation != "nmod" or office is None:
        return False
    return lexicon.role(office.text) is not None and office.lemma.endswith(("ministre", "secrétaire"))


def _heads_body(sentence: Sentence, adjective: Word, lexicon: Lexicon) -> bool:
    """Whether an adjective ends the name of a body that somebody heads: le chef de l'Union européenne | Josep B."""
    if adjective.upos != "ADJ":
        return False
    noun = sentence.head(adjective)
    while noun is not None and noun.relation == "nmod":
        noun = sentence.head(noun)
    return noun is not None and lexicon.role(noun.text.lower()) is not None and noun.feats.get("Number") != "Plur"


def _told_of(tokens: Sequence[Word], end: int, lexicon: Lexicon) -> bool:
    """Jeanne Martin, née à Lyon: words that are said of somebody."""
    behind = [w.text.lower() for w in tokens[end : end + 2]]
    return len(behind) == 2 and behind[0] == "," and lexicon.belongs(behind[1], "said of people")


def _role_follows(tokens: Sequence[Word], end: int, lexicon: Lexicon) -> bool:
    """Zhao Lijian, un porte-parole du ministère: a role noun at the head of the apposition after a name."""
    if end >= len(tokens) or tokens[end].text != ",":
        return False
    for word in tokens[end + 1 : end + 4]:
        if lexicon.role(word.text) is not None:
            return True
        if word.upos not in ("DET", "ADJ", "NUM"):
            return False
    return False


def _is_saint(name: str, lexicon: Lexicon) -> bool:
    """Saint-Étienne, Sainte-Anne: a town or a hospital of a saint's name."""
    first, _, rest = name.partition("-")
    return first in ("Saint", "Sainte") and lexicon.first_name_gender(rest) is not None


def _is_gloss(tokens: Sequence[Word], i: int, length: int) -> bool:
    """Trèbes (Aude): one word alone in brackets says where, or in which party."""
    around = [w.text for w in (*tokens[max(0, i - 1) : i], *tokens[i + length : i + length + 1])]
    return length == 1 and around == ["(", ")"] and not is_acronym(tokens[i])


def _age_follows(tokens: Sequence[Word], end: int) -> bool:
    """Ion, 56 ans, ...: only somebody has an age."""
    behind = [w.text.lower() for w in tokens[end : end + 4]]
    return len(behind) > 2 and behind[0] in (",", "(") and behind[1].isdigit() and behind[2] == "ans"


def _opened(tokens: Sequence[Word], closed: int) -> int:
    """Where the bracket opens that ``closed`` closes, a few words before; 0 if it doesn't."""
    return next((k for k in range(closed - 1, max(-1, closed - 5), -1) if tokens[k].text == "("), 0)


def _role_precedes(tokens: Sequence[Word], comma: int, lexicon: Lexicon) -> bool:
    """Le porte-parole du ministère, Zhao Lijian: a role noun heads the noun phrase before a comma."""
    for word in reversed(tokens[max(0, comma - 10) : comma]):
        if word.upos in ("VERB", "AUX", "PUNCT", "PRON", "SCONJ"):
            return False
        if lexicon.role(word.text) is not None and word.feats.get("Number") != "Plur":
            return True
    return False


def _body_precedes(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Son hôpital, al-Kindi, ...: a body heads the noun phrase before a comma."""
    if i < 2 or tokens[i - 1].text != ",":
        return False
    noun = tokens[i - 2]
    return noun.relation != "nmod" and lexicon.collective(noun.text.lower()) is not None


def _is_bare_country(
    name: str, sentence: Sentence, part: Sequence[Word], before: Word | None, lexicon: Lexicon
) -> bool:
    """A country's name without the article that countries take: Hollande est arrivé, but la Hollande."""
    metonym = lexicon.metonym(name)
    if metonym is None or metonym.kind != "country" or lexicon.belongs(name.lower(), "bare country"):
        return False
    return _acts(sentence, part, before)


def _acts(sentence: Sentence, part: Sequence[Word], before: Word | None) -> bool:
    """Whether a name that nothing is known of stands where people stand: a subject or agent without an article."""
    if before is not None and before.upos in ("DET", "ADP"):
        return False
    return any(w.relation == "nsubj" or w.deprel == "obl:agent" for w in part)


def is_acronym(word: Word) -> bool:
    """SNCF, LREM, MoDem: two capitals or more, no initials."""
    camel = sum(map(str.isupper, word.text)) > 1 and not _PREFIXED_NAME.match(word.text)
    return "." not in word.text and "-" not in word.text and camel


def _depth(sentence: Sentence, word: Word) -> int:
    depth, head = 0, sentence.head(word)
    while head is not None and depth < 80:
        depth, head = depth + 1, sentence.head(head)
    return depth
