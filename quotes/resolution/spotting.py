"""Names in an article, outside its quotations: where they stand and whether they are people's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.attribution.syntax import is_time
from quotes.lexicon import Lexicon
from quotes.model import Extent, Sentence, Word
from quotes.resolution.names import Gender, compatible, fold, is_given_name_of, split_title, surname_key

NameType = Literal["person", "organisation", "place", "unknown"]
# Particles that are no French words: a capital before them and one behind make a name whoever it is.
_FOREIGN_PARTICLES = frozenset("von van ben bin al el di da dos del della dello degli dei delle ag ould".split())
_PARTICLES = _FOREIGN_PARTICLES | frozenset("de du d' d’ des der den la le".split())
_PREFIXED_NAME = re.compile(r"(?:Mc|Mac|Di|De|Du|Le|La|Van|O['’]|D['’])[A-ZÀ-Ý][a-zà-ÿ]+$")  # McCain, DiCaprio
_PLACE_NAME = re.compile(  # Saint-Hippolyte-du-Fort, Villeneuve-sur-Lot
    r"[A-ZÀ-Ý][\w'’]+(?:-[\w'’]+)*-(?:de|du|des|sur|sous|en|les|lès|la|le|aux|au|d'|l'|et|devant)-?[\w'’]+(?:-[\w'’]+)*"
)
_INITIAL = re.compile(r"[A-ZÀ-Ý]\.")
_SINGULAR = frozenset("le la l' l’ un une ce cet cette".split())
_LOCATIVES = frozenset("à en au aux vers depuis".split())


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


@dataclass(frozen=True)
class Person:
    """All the mentions by name of one person in an article. ``name`` is the fullest form."""

    name: str
    mentions: tuple[NameMention, ...]
    gender: Gender | None

    @property
    def forms(self) -> tuple[str, ...]:
        """The different forms of the name, fullest first."""
        seen = dict.fromkeys([self.name, *sorted((m.name for m in self.mentions), key=len, reverse=True)])
        return tuple(seen)


def spot_names(
    sentences: Sequence[Sentence],
    text: str,
    lexicon: Lexicon,
    quoted: Callable[[Word], bool],
    speaks: Callable[[int, Word], bool] = lambda number, word: False,
) -> tuple[NameMention, ...]:
    """Every proper name outside quotations, in text order.

    ``speaks`` tells which word of which sentence is the source of words: two capitals that nothing is known of are
    somebody's name then.
    """
    found: list[NameMention] = []
    for number, sentence in enumerate(sentences):
        for mention in _in_sentence(number, sentence, text, lexicon, quoted):
            unknown = mention.type == "unknown" and " " in mention.name and not mention.name.isupper()
            found.append(replace(mention, type="person") if unknown and speaks(number, mention.head) else mention)
    return tuple(_retype(found))


def _in_sentence(
    number: int, sentence: Sentence, text: str, lexicon: Lexicon, quoted: Callable[[Word], bool]
) -> Iterator[NameMention]:
    tokens = [w for i, w in enumerate(sentence.words) if i == 0 or w.extent != sentence.words[i - 1].extent]
    i = 0
    while i < len(tokens):
        word = tokens[i]
        if quoted(word) or not _may_start(tokens, i, lexicon):
            i += 1
            continue
        j = i + (2 if word.text.lower() in _PARTICLES else 1)
        while j < len(tokens) and not quoted(tokens[j]):
            following = tokens[j]
            if _is_body(tokens[i:j], lexicon) and lexicon.first_name_gender(following.text) is not None:
                break  # le porte-parole du Pentagone | Peter Cook
            if _is_addressed(tokens, i, j, lexicon):
                break  # a dit à l'AFP | Lovoria Williams
            if _leaves_capitals(tokens[i:j], following):
                break  # UN HABITUÉ DES TRIBUNAUX | Dieudonné
            if _begins_another(tokens, i, j, lexicon):
                break  # la conseillère de Paul Durand | Jeanne Martin
            title = lexicon.title(following.text)
            if title is not None and title.form == following.text:
                break  # au Parisien | Me Jeanne Martin
            if _continues(tokens[j - 1], following, text) or _is_numbered(tokens[i : j + 1], lexicon):
                j += 1
            elif _is_particle_before_name(tokens, i, j, lexicon):
                j += 2 if tokens[j + 1].text[:1].isupper() else 3
            else:
                break
        part = tokens[i:j]
        # l'eurodéputée Verts | Marie Martin, le ministre de la Justice | Jean-Charles Martin
        of_role = i > 1 and tokens[i - 1].lemma == "de" and lexicon.role(tokens[i - 2].text) is not None
        late = (
            _late_start(part, lexicon, of_role) or int(_is_portfolio(sentence, part[0], lexicon))
            if len(part) > 2
            else 0
        )
        part = part[late:]
        extent = Extent(part[0].extent.start, part[-1].extent.end)
        name = " ".join(extent.of(text).split())
        if lexicon.collective(part[0].text) is None or lexicon.first_name_gender(part[0].text) is not None:
            yield _classify(number, sentence, tokens, j - len(part), part, extent, name, lexicon)
        i = j


def _is_capital(word: Word) -> bool:
    return word.text[:1].isupper() or (word.text[:2].lower() in ("al", "el") and "-" in word.text[2:3])


def _may_start(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    word = tokens[i]
    if word.text.islower() and word.text not in _PARTICLES and word.text[:2] not in ("al", "el"):
        return False
    if word.text.lower() in _PARTICLES and " " not in word.text and len(word.text) < 4:
        if word.text in ("El", "Al") and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper():
            return True  # El Watan
        adjective = i > 0 and tokens[i - 1].upos == "ADJ"  # le secrétaire général du Syndicat
        title = lexicon.title(tokens[i - 1].text) if i and not adjective else None  # le général | de Gaulle
        named = title is not None and title.category in ("civility", "military")
        small = word.text[:1].islower() or title is not None and title.category == "civility"  # Mme | Le Pen
        if not named or not small or i + 1 == len(tokens) or not tokens[i + 1].text[:1].isupper():
            return False
        return lexicon.metonym(tokens[i + 1].text) is None  # la première dame | des États-Unis
    if word.upos == "ADJ" and i + 1 < len(tokens) and lexicon.collective(tokens[i + 1].text) is not None:
        return False  # le Haut conseil
    if _heads_compound(tokens, i, lexicon):
        return True
    if not _is_capital(word) or word.upos in ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "PUNCT", "ADV", "AUX", "NUM"):
        return False
    if i + 1 < len(tokens) and lexicon.role(f"{word.text} {tokens[i + 1].text}") is not None:
        return False  # Premier ministre
    if word.text.isupper() and lexicon.role(word.text) is not None:
        return False  # le PDG
    if i and tokens[i - 1].text.lower() in _SINGULAR and lexicon.place_of(word.text) is not None:
        following = [w.text for w in tokens[i + 1 : i + 3]]
        goes_on = bool(following) and (following[0][:1].isupper() or following[0] in ("de", "des"))
        if (not goes_on or following[-1].isdigit()) and lexicon.medium(word.text) is None:
            if lexicon.medium(f"{tokens[i - 1].text} {word.text}") is None and lexicon.metonym(word.text) is None:
                return False  # l'Espagnol
    if lexicon.title(word.text) is not None or is_time(word) or _in_capitals(tokens, i, lexicon):
        return False
    if word.upos == "NOUN" and lexicon.first_name_gender(word.text) is None and word.text.lower() == word.lemma.lower():
        known = lexicon.role(word.text) or lexicon.readings(word.text)
        if known and word.text[1:].islower():
            return False
    opens = i == 0 or tokens[i - 1].upos == "PUNCT"
    if word.upos == "PROPN" or not opens:
        return True
    return lexicon.first_name_gender(word.text) is not None


def _heads_compound(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """la Maison Blanche, l'Est Républicain: two capitals behind a determiner in mid-sentence name one thing, whatever
    the first word means."""
    if not 0 < i < len(tokens) - 1 or tokens[i - 1].upos != "DET" or lexicon.title(tokens[i].text) is not None:
        return False
    first, second = tokens[i].text, tokens[i + 1].text
    if not (first[:1].isupper() and first[1:].islower() and second[:1].isupper() and second[1:].islower()):
        return False
    adjoining = tokens[i + 1].extent.start - tokens[i].extent.end == 1
    return (
        adjoining
        and lexicon.role(first) is None
        and lexicon.first_name_gender(first) is None
        and not is_time(tokens[i])
    )


def _in_capitals(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """A common word of a heading in capitals: DES PRESSIONS SUR LE PARTI."""
    if not (tokens[i].text.isupper() and len(tokens[i].text) > 2 and lexicon.readings(tokens[i].text)):
        return False
    beside = (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])
    return any(w.text.isupper() and len(w.text) > 1 and lexicon.readings(w.text) for w in beside)


def _leaves_capitals(part: Sequence[Word], following: Word) -> bool:
    """A heading in capitals that a scraper glued to the name that opens its paragraph."""
    capitals = all(w.text.isupper() and len(w.text) > 3 for w in part if w.text.lower() not in _PARTICLES)
    shouted = len(part) > 1 or len(part[0].text) > 6
    return capitals and shouted and following.text[:1].isupper() and following.text[1:].islower()


def _late_start(part: Sequence[Word], lexicon: Lexicon, of_role: bool) -> int:
    """Where a person's name begins in a run of capitals: behind the name of a place or party (Verts | Marie Martin),
    with the given name; else at its first word. ``of_role``: the run belongs to a role (l'archevêque de Drave |
    Dominique Martin)."""
    for k, word in enumerate(part[:-1]):
        if lexicon.first_name_gender(word.text) is not None or "." in word.text:
            return k if k and (of_role or lexicon.clear_gender(word.text) is not None) else 0
    return 0


def _begins_another(tokens: Sequence[Word], i: int, j: int, lexicon: Lexicon) -> bool:
    """Whether a given name with a name behind it stands right behind a given name and a surname."""
    if j - i < 2 or j + 1 >= len(tokens) or lexicon.clear_gender(tokens[j].text) is None:
        return False
    named = lexicon.first_name_gender(tokens[i].text) and not lexicon.first_name_gender(tokens[j - 1].text)
    return bool(named) and _is_capital(tokens[j + 1]) and tokens[j + 1].upos == "PROPN"


def _is_body(part: Sequence[Word], lexicon: Lexicon) -> bool:
    name = " ".join(w.text for w in part)
    acronym = len(part) == 1 and name.isupper() and len(name) > 1
    return acronym or lexicon.metonym(name) is not None or lexicon.medium(name) is not None


def _is_addressed(tokens: Sequence[Word], i: int, j: int, lexicon: Lexicon) -> bool:
    """Whether a paper or channel behind *à*, *au*, *sur* stands right before a name of two words."""
    name, longer = " ".join(w.text for w in tokens[i:j]), " ".join(w.text for w in tokens[i : j + 1])
    before = [w for w in tokens[max(0, i - 2) : i] if w.upos == "ADP" or w.text.lower() in ("au", "aux")]
    following = tokens[j : j + 2]
    return (
        bool(before)
        and lexicon.medium(name) is not None
        and lexicon.medium(longer) is None
        and len(following) == 2
        and all(w.upos == "PROPN" and w.text[:1].isupper() and not _is_acronym(w) for w in following)
    )


def _is_numbered(part: Sequence[Word], lexicon: Lexicon) -> bool:
    """Europe 1, France 2: a channel whose name ends in its number."""
    return part[-1].text.isdigit() and lexicon.medium(" ".join(w.text for w in part)) is not None


def _continues(before: Word, word: Word, text: str) -> bool:
    gap = text[before.extent.end : word.extent.start]
    if gap.strip(" \u00a0\u202f") or len(gap) > 2 or word.upos in ("PUNCT", "CCONJ"):
        return False
    if word.upos in ("DET", "PRON", "ADP"):  # Marine | Le | Pen
        return word.text in ("Le", "La", "De", "Du", "Des", "Van", "Von", "Ben", "El", "Al")
    return _is_capital(word)


def _is_particle_before_name(tokens: Sequence[Word], i: int, j: int, lexicon: Lexicon) -> bool:
    if tokens[j].text.lower() not in _PARTICLES or j - i > 2 or j + 1 >= len(tokens):
        return False
    if tokens[j].text in ("d'", "d’", "de") and tokens[j - 1].upos == "PROPN" and not _is_acronym(tokens[j - 1]):
        known = lexicon.first_name_gender(tokens[i].text) is not None or _is_titled(tokens, i, lexicon)
        following = tokens[j + 1]
        if known and following.text in ("la", "l'", "l’", "La") and j + 2 < len(tokens):  # Bernard de la Villardière
            following = tokens[j + 2]
        return known and following.upos == "PROPN" and not _names_place_or_body(following, lexicon)
    foreign = tokens[j].text in _FOREIGN_PARTICLES and not _is_acronym(tokens[j - 1])
    if not foreign and any(lexicon.first_name_gender(t.text) is None for t in tokens[i:j]):
        return False
    if j - i == 2 and "-" not in tokens[i].text and tokens[j].text not in ("ben", "bin"):
        return False
    if tokens[j + 1].text[:1].isupper() and tokens[j + 1].upos not in ("DET", "PRON"):
        return lexicon.metonym(tokens[j + 1].text) is None
    second = tokens[j + 1].text.lower() in _PARTICLES
    return second and j + 2 < len(tokens) and tokens[j + 2].text[:1].isupper()


def _names_place_or_body(word: Word, lexicon: Lexicon) -> bool:
    known = lexicon.metonym(word.text) or lexicon.medium(word.text) or lexicon.collective(word.text)
    return known is not None or _is_acronym(word) or "-" in word.text


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


def _is_titled(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    return i > 0 and lexicon.title(tokens[i - 1].text) is not None


def _classify(
    number: int,
    sentence: Sentence,
    tokens: Sequence[Word],
    i: int,
    part: Sequence[Word],
    extent: Extent,
    name: str,
    lexicon: Lexicon,
) -> NameMention:
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
    capitals = _is_acronym(first) or "-" in first.text and first.text.partition("-")[0].isupper()
    singular_role = role is not None and noun is not None and noun.feats.get("Number") != "Plur"
    if any(lexicon.medium(" ".join(name.split()[:n])) is not None for n in range(1, len(part) + 1)) and title is None:
        kind = "organisation"  # also France Bleu Hérault
    elif title is not None and (title.category == "civility" or not (len(part) == 1 and capitals)):
        kind = "person"  # le général Martin, but le maire LREM
    elif singular_role and not (len(part) == 1 and (capitals or _is_common(name, lexicon)) or first.text == "Europe"):
        kind = "person"
    elif _is_named_after(tokens, i, lexicon):
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
    elif not determined and (
        _age_follows(tokens, i + len(part)) or any(_INITIAL.fullmatch(w.text) for w in part[1:-1])
    ):
        kind = "person"  # Audra D. Bridges
    elif len(part) > 1 and before is not None and not determined and _role_follows(tokens, i + len(part), lexicon):
        kind = "person"
    elif len(part) > 1 and before is not None and before.text == "," and _role_precedes(tokens, i - 1, lexicon):
        kind = "person"
    elif len(part) > 1 and noun is not None and not determined and _is_portfolio(sentence, noun, lexicon):
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
        and all(w.upos == "PROPN" and not _is_acronym(w) for w in part if w.text not in _FOREIGN_PARTICLES)
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


_SHORT_NAME = 5  # letters


def _is_named_after(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether a name is what a place or a storm is called: la tempête Dennis, le lycée Jean Moulin, la rue de
    Lorraine."""
    first = i
    while first > max(0, i - 3) and (tokens[first - 1].lemma == "de" or tokens[first - 1].upos == "DET"):
        first -= 1
    head = lexicon.title_head(tokens[first - 1].lemma) if first else None
    if head is None or tokens[first - 1].upos != "NOUN":
        return False
    if first < i:
        return head.kind == "address" and tokens[first].lemma == "de"
    return head.kind in ("place", "address") or lexicon.belongs(head.lemma, "storm")


def _is_common(name: str, lexicon: Lexicon) -> bool:
    """Whether a word with a capital is a country, a capital or a party's adjective: le responsable | Insoumis."""
    known = lexicon.role(name.lower())
    return lexicon.metonym(name) is not None or known is not None and lexicon.first_name_gender(name) is None


def _is_portfolio(sentence: Sentence, noun: Word, lexicon: Lexicon) -> bool:
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
    return length == 1 and around == ["(", ")"] and not _is_acronym(tokens[i])


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


def _is_acronym(word: Word) -> bool:
    """SNCF, LREM, MoDem: two capitals or more, no initials."""
    camel = sum(map(str.isupper, word.text)) > 1 and not _PREFIXED_NAME.match(word.text)
    return "." not in word.text and "-" not in word.text and camel


def _depth(sentence: Sentence, word: Word) -> int:
    depth, head = 0, sentence.head(word)
    while head is not None and depth < 80:
        depth, head = depth + 1, sentence.head(head)
    return depth


def _retype(found: Sequence[NameMention]) -> Iterator[NameMention]:
    """A name that a person bears somewhere in the article is a person's elsewhere too, and so are its surname and, as a
    subject, its given name; what is clearly a place (à Orlando) is one in *la police d'Orlando*."""
    people = [m.name for m in found if m.type == "person" and " " in m.name]
    titled = {surname_key(m.name) for m in found if m.type == "person"}
    places = {m.name for m in found if m.type == "place"}
    for mention in found:
        alone = mention.type == "person" and " " not in mention.name and mention.title is None
        if alone and mention.name in places and mention.head.relation in ("nmod", "obl", "flat"):
            if not any(surname_key(mention.name) == surname_key(p) for p in people):
                yield replace(mention, type="place")  # la police d'Orlando
                continue
        if mention.type in ("unknown", "organisation", "place") and " " not in mention.name:
            given = mention.head.relation == "nsubj" and any(is_given_name_of(mention.name, p) for p in people)
            if given or any(surname_key(mention.name) == surname_key(p) for p in people):
                yield replace(mention, type="person")
                continue
            if mention.type == "unknown" and surname_key(mention.name) in titled:
                yield replace(mention, type="person")
                continue
        yield mention


_BETWEEN_NAMES = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|et|,\s*et|ou|ainsi que)\s*(?:M\.|Mme)?\s*")
_BETWEEN_BODIES = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|et|,\s*et|ou|ainsi que)\s+(?:l[ea]s?\s|l['’])?")


def joined(named: Sequence[NameMention], sentence: Sentence, text: str) -> Iterator[tuple[NameMention, ...]]:
    """The names of people that a sentence joins with *et* or *ou*, and those of bodies: Jeanne Martin (PS), Paul Durand
    et Luc Vidal; la CGT et la CFDT."""
    yield from _joined([m for m in named if m.type == "person"], _BETWEEN_NAMES, sentence, text)
    yield from _joined([m for m in named if m.type != "person"], _BETWEEN_BODIES, sentence, text)


def _joined(
    named: Sequence[NameMention], between: re.Pattern[str], sentence: Sentence, text: str
) -> Iterator[tuple[NameMention, ...]]:
    group: list[NameMention] = []
    for mention in named:
        gap = text[group[-1].extent.end : mention.extent.start] if group else ""
        if group and between.fullmatch(gap) and group[-1].name != mention.name:
            group.append(mention)
            if re.search(r"\bet\b|\bou\b|ainsi que", gap):
                if not any(c.relation == "case" for c in sentence.children(group[0].head)):
                    yield tuple(group)
                group = []
        else:
            group = [mention]


def cluster_people(mentions: Sequence[NameMention]) -> tuple[Person, ...]:
    """The people of an article: mentions by name joined where one person could bear both forms.

    Fuller names come first; a bare surname, or a surname with M. or Mme, joins the fitting person named last before
    it (else first after it); a given name joins the person who bears it.
    """
    people = [m for m in mentions if m.type == "person"]
    groups: list[list[NameMention]] = []
    for mention in sorted(people, key=lambda m: (-len(fold(m.name).split()), m.extent.start)):
        fitting = [g for g in groups if _fits(mention, g)]
        if fitting:
            _nearest(mention, fitting).append(mention)
        else:
            groups.append([mention])
    return tuple(sorted((_person(g) for g in groups), key=lambda p: p.mentions[0].extent.start))


def _fits(mention: NameMention, group: Sequence[NameMention]) -> bool:
    fullest = group[0]
    genders = {m.gender for m in group if m.gender}
    if mention.gender and genders and mention.gender not in genders and mention.title is not None:
        return False
    given = mention.title is None and " " not in mention.name and " " in fullest.name  # le pape François is nobody else
    return compatible(fullest.name, mention.name) or given and is_given_name_of(mention.name, fullest.name)


def _nearest(mention: NameMention, groups: Sequence[list[NameMention]]) -> list[NameMention]:
    def distance(group: Sequence[NameMention]) -> tuple[bool, int]:
        gaps = [mention.extent.start - m.extent.start for m in group]
        before = [g for g in gaps if g >= 0]
        return (not before, min(before) if before else min(-g for g in gaps))

    return min(groups, key=distance)


def _person(group: Sequence[NameMention]) -> Person:
    ordered = tuple(sorted(group, key=lambda m: m.extent.start))
    name = split_title(group[0].name).name or group[0].name
    votes: list[Gender] = [m.gender for m in ordered if m.gender]
    gender: Gender | None = None
    if votes:
        gender = "f" if 2 * votes.count("f") > len(votes) else "m"
    return Person(name, ordered, gender)
