"""What the written form of a name tells, without knowing anybody: pure functions over strings.

Used twice: to join the forms of a name within an article, and to look a name up in the speaker database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from quotes.model import INVISIBLE
from quotes.resolution.transliteration import loose_key

Gender = Literal["f", "m"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a surname, and part of it; those of the first row may be dropped (Villepin, Assad), the others never (Le Pen).
_LOOSE_PARTICLES = _words("de du des d della di da dos das do von van der den ter ten zu zur al el ul ad ben bin ibn")
_FIRM_PARTICLES = _words("le la les l lo mac mc saint sainte san santa abou abu")
_PARTICLES = _LOOSE_PARTICLES | _FIRM_PARTICLES
# Names written surname first (Xi Jinping); those that are also given names in the French press are left out.
_SURNAME_FIRST = _words(
    "xi li wang zhang liu chen yang zhao huang hu wen geng hua mao deng jiang qin xu zhou tsai ma lai"
)
_NUMERAL = re.compile(r"^(?:[IVX]+|1er|Ier|Ire)$")
_SUFFIXES = _words("jr sr junior senior fils pere")
_ARTICLE = re.compile(r"(?:l['’]|(?:le|la|les)\s+)")
_ARTICLE_OR_CAPITAL = re.compile(_ARTICLE.pattern, re.IGNORECASE)
_GLOSS = re.compile(r"\s*\([^()]*\)?\s*$")
_LONGEST_NAME = 120  # whole texts are folded too, and not kept
_COMBINING = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(d|l|qu)'")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʹ": "'", "′": "'"})
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})

# Before a name, said of anybody who bears the title; the table of the lexicon replaces these where it is at hand.
TITLES: Mapping[str, Gender | None] = {
    "m": "m", "mr": "m", "monsieur": "m", "mm": "m", "messieurs": "m",
    "mme": "f", "mrs": "f", "ms": "f", "madame": "f", "mmes": "f", "mesdames": "f", "mlle": "f", "mademoiselle": "f",
    "miss": "f", "dr": None, "docteur": None, "docteure": "f", "pr": None, "prof": None, "professeur": None,
    "professeure": "f", "me": None, "maitre": None, "mgr": "m", "monseigneur": "m", "sir": "m", "lord": "m",
    "lady": "f", "dame": "f", "general": None, "generale": "f", "general de brigade": None,
    "general de division": None, "general de corps d armee": None, "general d armee": None, "colonel": None,
    "colonelle": "f", "lieutenant colonel": None, "commandant": None, "commandante": "f", "capitaine": None,
    "lieutenant": None, "lieutenante": "f", "adjudant": None, "adjudant chef": None, "sergent": None,
    "sergente": "f", "marechal": None, "amiral": None, "vice amiral": None, "contre amiral": None, "major": None,
    "brigadier": None, "president": None, "presidente": "f", "ministre": None, "senateur": None, "senatrice": "f",
    "depute": None, "deputee": "f", "maire": None, "juge": None, "procureur": None, "procureure": "f", "prefet": None,
    "prefete": "f", "commissaire": None, "inspecteur": None, "inspectrice": "f", "prince": "m", "princesse": "f",
    "roi": "m", "reine": "f", "emir": "m", "cheikh": "m", "sheikh": "m", "ayatollah": "m", "imam": "m", "rabbin": None,
    "pape": "m", "cardinal": "m", "abbe": "m", "pere": "m", "frere": "m", "soeur": "f", "chancelier": None,
    "chanceliere": "f", "gouverneur": None, "gouverneure": "f", "secretaire": None,
}  # fmt: skip
# Titles after which *de* starts a name: le général de Villiers, but le préfet de Paris.
_BEFORE_PARTICLES = _words("m mr mme mlle monsieur madame dr docteur me maitre pr general colonel amiral marechal")


def fold(name: str) -> str:
    """``name`` without what writers vary freely: accents, case, hyphens, apostrophes, full stops, double spaces.

    The elided *d'* and *l'* become words of their own; any other apostrophe goes (*O'Brien* is ``obrien``).

    >>> fold("J.-P. d’Ormesson")
    'j p d ormesson'
    """
    return _fold_name(name) if len(name) <= _LONGEST_NAME else _fold(name)


@lru_cache(maxsize=65536)
def _fold_name(name: str) -> str:
    return _fold(name)


def _fold(text: str) -> str:
    plain = text.translate(_APOSTROPHES).lower().translate(_LETTERS)
    if not plain.isascii():
        plain = _COMBINING.sub("", unicodedata.normalize("NFKD", plain))
    plain = _ELISION.sub(r"\1 ", plain).replace("'", "")
    return " ".join(_WORD.findall(plain))


def flat(text: str) -> str:
    """``text`` on one line, with single spaces, without characters that take no room (a scraper's soft hyphens).

    >>> flat("Ban \u200bKi-\u00admoon")
    'Ban Ki-moon'
    """
    return " ".join(INVISIBLE.sub("", text).split())


def slug(name: str) -> str:
    """The identifier made from a name: ``sergueï Lavrov`` -> ``serguei-lavrov``; empty if nothing is left."""
    return fold(name).encode("ascii", "ignore").decode().replace(" ", "-")


class Titled(NamedTuple):
    """A mention taken apart; ``title`` is as written, or empty."""

    title: str
    name: str
    gender: Gender | None


def split_title(mention: str, titles: Mapping[str, Gender | None] = TITLES) -> Titled:
    """Take the titles, and the article before them, off the head of a mention.

    ``titles`` maps a folded title to the gender that it tells, or None. A title is only one if a name follows,
    that is, a word with a capital: *Pape* alone, and *le président du Sénat*, are left whole.

    >>> split_title("le général Viktor Poznikhir")
    Titled(title='général', name='Viktor Poznikhir', gender=None)
    """
    return _split_usual_title(mention) if titles is TITLES else _split_title(mention, titles)


@lru_cache(maxsize=65536)
def _split_usual_title(mention: str) -> Titled:
    return _split_title(mention, TITLES)


def _split_title(mention: str, titles: Mapping[str, Gender | None]) -> Titled:
    words = mention.split()
    taken: list[str] = []
    gender: Gender | None = None
    start = 0
    while start < len(words) - 1:
        if fold(words[start]) in ("le", "la", "les", "l") and _title_at(words, start + 1, titles):
            gender = gender or ("f" if fold(words[start]) == "la" else None)
            start += 1
            continue
        first, _, elided = words[start].translate(_APOSTROPHES).partition("'")
        if first.lower() == "l" and elided:  # l'ayatollah Khamenei
            words[start] = elided
            if not _title_at(words, start, titles):
                return _untitled(mention, taken, gender)
        length = _title_at(words, start, titles)
        if not length:
            break
        taken.append(" ".join(words[start : start + length]))
        gender = titles[fold(taken[-1])] or gender
        start += length
    return Titled(" ".join(taken), " ".join(words[start:]), gender) if taken else _untitled(mention, taken, gender)


def _untitled(mention: str, taken: Sequence[str], gender: Gender | None) -> Titled:
    return Titled(" ".join(taken), flat(mention), gender if taken else None)


def _title_at(words: Sequence[str], start: int, titles: Mapping[str, Gender | None]) -> int:
    """How many words at ``start`` are one title with a name, or a further title, after it; 0 for none."""
    for length in range(min(4, len(words) - start - 1), 0, -1):
        title, rest = fold(" ".join(words[start : start + length])), words[start + length :]
        if title not in titles:
            continue
        if rest[0][:1].isupper() or title in _BEFORE_PARTICLES and _starts_with_particle(rest):
            return length
        if fold(rest[0]) in ("le", "la") or _title_at(words, start + length, titles):
            return length
    return 0


def _starts_with_particle(words: Sequence[str]) -> bool:
    after = next((word for word in words if not _is_particle(word)), "")
    return _is_particle(words[0]) and after[:1].isupper()


class Parts(NamedTuple):
    """A name taken apart. ``given`` and ``family`` are words as written, particles at the head of ``family``."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@lru_cache(maxsize=65536)
def parts(name: str) -> Parts:
    """Given names and surname of a name without title, told by its form alone.

    The surname is what stands in capitals among other words (*Marine LE PEN*), else what starts at a particle
    (*Ursula von der Leyen*), else the last word; the first one in *Xi Jinping* and *Ban Ki-moon*. A name with a
    numeral (*Benoît XVI*) and a single word are surnames as a whole.
    """
    words = [word for word in name.replace("\u00a0", " ").split() if fold(word)]
    while len(words) > 2 and fold(words[-1]) in _SUFFIXES:
        words.pop()
    if len(words) < 2 or _NUMERAL.match(words[-1]):
        return Parts((), tuple(words))
    capitals = [index for index, word in enumerate(words) if word.isupper() and sum(map(str.isalpha, word)) > 1]
    if (
        0 < len(capitals) < len(words)
        and capitals[-1] - capitals[0] == len(capitals) - 1
        and "." not in words[capitals[0]]
    ):
        first, last = capitals[0], capitals[-1] + 1
        return Parts(tuple(words[:first] + words[last:]), tuple(words[first:last]))
    if _is_surname_first(words):
        return Parts(tuple(words[1:]), (words[0],))
    if all(_is_particle(word) for word in words[:-1]):
        return Parts((), tuple(words))
    start = next((index for index in range(1, len(words) - 1) if _is_particle(words[index])), len(words) - 1)
    return Parts(tuple(words[:start]), tuple(words[start:]))


def _is_particle(word: str) -> bool:
    return "." not in word and fold(word) in _PARTICLES


def _is_surname_first(words: Sequence[str]) -> bool:
    if len(words) != 2:
        return False
    _, hyphen, last = words[1].partition("-")
    return fold(words[0]) in _SURNAME_FIRST or bool(hyphen and last and last.islower())


def surname(name: str, titles: Mapping[str, Gender | None] = TITLES) -> str:
    """The surname as written, with its particles: ``Le Pen``, ``von der Leyen``, ``al-Assad``."""
    return " ".join(parts(split_title(name, titles).name).family)


@lru_cache(maxsize=65536)
def surname_key(name: str) -> str:
    """What the written forms of one surname share: folded, without loose particles, romanisations joined."""
    words = fold(" ".join(parts(name).family)).split()
    while len(words) > 1 and words[0] in _LOOSE_PARTICLES:
        words = words[1:]
    return " ".join(loose_key(word, surname=True) for word in words)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What the written forms of one full name share: romanisations joined, particles and word order settled."""
    given = fold(" ".join(parts(name).given)).split()
    return " ".join([*(loose_key(word) for word in given), surname_key(name)])


def compatible(a: str, b: str, titles: Mapping[str, Gender | None] = TITLES) -> bool:
    """Whether one person could bear both names: the surnames agree, and so do the given names where both have them.

    An initial agrees with a name that it starts, a middle name may be left out, a compound given name may not be
    cut (*Jean* is not *Jean-Pierre*). Titles of different gender (*M. Clinton*, *Mme Clinton*) never agree.
    A given name alone is not compared: see ``is_given_name_of``.
    """
    (_, name_a, gender_a), (_, name_b, gender_b) = split_title(a, titles), split_title(b, titles)
    if gender_a and gender_b and gender_a != gender_b:
        return False
    return _compatible(name_a, name_b)


@lru_cache(maxsize=65536)
def _compatible(a: str, b: str) -> bool:
    folded_a, folded_b = fold(a), fold(b)
    if not folded_a or not folded_b:
        return False
    if folded_a == folded_b:
        return True
    if _ends_with(b, folded_a) or _ends_with(a, folded_b):
        return True
    if surname_key(a) != surname_key(b):
        return False
    return _given_names_agree(parts(a).given, parts(b).given)


def _ends_with(name: str, folded: str) -> bool:
    """Whether the last whole words of ``name``, its surname at least, are ``folded``: *Peña Nieto*."""
    if _is_surname_first(name.split()):
        return False
    words = [fold(word) for word in name.split()]
    latest = len(words) - len(parts(name).family)
    return any(" ".join(words[start:]) == folded for start in range(1, latest + 1))


def _given_names_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    if not a or not b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return all(_one_given_name(x, y) for x, y in zip(shorter, longer, strict=False))


def _one_given_name(a: str, b: str) -> bool:
    words_a, words_b = fold(a).split(), fold(b).split()
    if len(words_a) == len(words_b):
        return all(_one_word(x, y) for x, y in zip(words_a, words_b, strict=True))
    # J. for Jean-Pierre, never Jean for Jean-Pierre
    shorter, longer = sorted((words_a, words_b), key=len)
    return len(shorter) == 1 and len(shorter[0]) == 1 and longer[0].startswith(shorter[0])


def _one_word(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or loose_key(a) == loose_key(b)


def is_given_name_of(word: str, name: str) -> bool:
    """Whether ``word`` is the given name, or all given names, of the fuller ``name``."""
    given = parts(name).given
    return bool(given) and fold(word) in (fold(given[0]), fold(" ".join(given)))


@lru_cache(maxsize=65536)
def is_name(form: str) -> bool:
    """Whether a form is written like a name: words with a capital, and particles between them."""
    words = form.split()
    return (
        bool(words)
        and words[-1][:1].isupper() | words[-1].partition("-")[2][:1].isupper()
        and all(_is_particle(word) or word[:1].isupper() or word.partition("-")[2][:1].isupper() for word in words)
    )


def without_gloss(form: str) -> str:
    """A form without what stands in brackets after it, closed or cut off: ``Damien Abad (LR)``, ``... santé (OMS``."""
    return _GLOSS.sub("", form) or form


@lru_cache(maxsize=65536)
def is_full_name(form: str) -> bool:
    """Whether a form, its title and article aside, is written like a given name and a surname."""
    name = split_title(without_article(form)).name
    return is_name(name) and bool(parts(name).given)


def without_article(form: str, *, capital: bool = False) -> str:
    """A form without *le*, *la*, *les*, *l'* before it; with ``capital`` also without *Le* and its like.

    A capital may be part of the name (*Le Pen*, *La Poste*), so it is left unless asked for.
    """
    match = _ARTICLE_OR_CAPITAL.match(form) if capital else _ARTICLE.match(form)
    return form[match.end() :] if match and form[match.end() :].strip() else form
