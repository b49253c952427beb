"""Names in an article, outside its quotations: where they stand and whether they are people's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from quotes.attribution.syntax import is_time
from quotes.lexicon import Lexicon
from quotes.model import INVISIBLE, Extent, Sentence, Word
from quotes.resolution.kinds import FOREIGN_PARTICLES, NameMention, classify, is_acronym, is_portfolio
from quotes.resolution.names import flat
from quotes.resolution.people import retype

_PARTICLES = FOREIGN_PARTICLES | frozenset("de du d' d’ des der den la le".split())
_SINGULAR = frozenset("le la l' l’ un une ce cet cette".split())


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
    return tuple(retype(found))


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
        of_role = _belongs_to_role(tokens[max(0, i - 3) : i], lexicon)
        late = (
            _late_start(part, lexicon, of_role) or int(is_portfolio(sentence, part[0], lexicon)) if len(part) > 2 else 0
        )
        part = part[late:]
        extent = Extent(part[0].extent.start, part[-1].extent.end)
        name = flat(extent.of(text))
        if lexicon.collective(part[0].text) is None or lexicon.first_name_gender(part[0].text) is not None:
            yield classify(number, sentence, tokens, j - len(part), part, extent, name, lexicon)
        i = j


def _is_capital(word: Word) -> bool:
    return word.text[:1].isupper() or (word.text[:2].lower() in ("al", "el") and "-" in word.text[2:3])


def _may_start(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    word = tokens[i]
    if word.text.islower() and word.text not in _PARTICLES and word.text[:2] not in ("al", "el"):
        return False
    if word.text.lower() in _PARTICLES and " " not in word.text and len(word.text) < 4:
        foreign = word.text[:1].isupper() and word.text.lower() in FOREIGN_PARTICLES
        if foreign and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper():
            return True  # El Watan, Ben Ali, Di Maio
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


def _belongs_to_role(before: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether words end in a role and *de*: le procureur de la | République Dominique Martin."""
    linked = [w for w in before if w.upos != "DET"]
    return len(linked) > 1 and linked[-1].lemma == "de" and lexicon.role(linked[-2].text) is not None


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
        and all(w.upos == "PROPN" and w.text[:1].isupper() and not is_acronym(w) for w in following)
    )


def _is_numbered(part: Sequence[Word], lexicon: Lexicon) -> bool:
    """Europe 1, France 2: a channel whose name ends in its number."""
    return part[-1].text.isdigit() and lexicon.medium(" ".join(w.text for w in part)) is not None


def _continues(before: Word, word: Word, text: str) -> bool:
    gap = text[before.extent.end : word.extent.start]
    if len(gap) > 1:
        gap = INVISIBLE.sub("", gap)
    if gap.strip(" \u00a0\u202f") or len(gap) > 2 or word.upos in ("PUNCT", "CCONJ"):
        return False
    if word.upos in ("DET", "PRON", "ADP"):  # Marine | Le | Pen
        return word.text in ("Le", "La", "De", "Du", "Des", "Van", "Von", "Ben", "El", "Al")
    return _is_capital(word)


def _is_particle_before_name(tokens: Sequence[Word], i: int, j: int, lexicon: Lexicon) -> bool:
    if tokens[j].text.lower() not in _PARTICLES or j - i > 2 or j + 1 >= len(tokens):
        return False
    if tokens[j].text in ("d'", "d’", "de") and tokens[j - 1].upos == "PROPN" and not is_acronym(tokens[j - 1]):
        known = lexicon.first_name_gender(tokens[i].text) is not None or _is_titled(tokens, i, lexicon)
        following = tokens[j + 1]
        if known and following.text in ("la", "l'", "l’", "La") and j + 2 < len(tokens):  # Bernard de la Villardière
            following = tokens[j + 2]
        return known and following.upos == "PROPN" and not _names_place_or_body(following, lexicon)
    foreign = tokens[j].text in FOREIGN_PARTICLES and not is_acronym(tokens[j - 1])
    if not foreign and any(lexicon.first_name_gender(t.text) is None for t in tokens[i:j]):
        return False
    if j - i == 2 and "-" not in tokens[i].text and not foreign:
        return False
    if tokens[j + 1].text[:1].isupper() and tokens[j + 1].upos not in ("DET", "PRON"):
        return lexicon.metonym(tokens[j + 1].text) is None
    second = tokens[j + 1].text.lower() in _PARTICLES
    return second and j + 2 < len(tokens) and tokens[j + 2].text[:1].isupper()


def _names_place_or_body(word: Word, lexicon: Lexicon) -> bool:
    known = lexicon.metonym(word.text) or lexicon.medium(word.text) or lexicon.collective(word.text)
    return known is not None or is_acronym(word) or "-" in word.text


def _is_titled(tokens: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    return i > 0 and lexicon.title(tokens[i - 1].text) is not None
