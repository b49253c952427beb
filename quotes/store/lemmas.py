"""The lemma of a French word form without a parser, for the search index.

Most of what stands between quotation marks is never parsed, yet a search for *déclarer* has to find *déclaré*.
``data/forms.csv`` has the forms of the UD French-GSD treebank with their most frequent lemma (CC BY-SA 4.0); forms
that it lacks are undone by the regular endings, but only to a word that it knows.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from io import StringIO

_ENDINGS = (
    ("er", "e es ent ons ez ai as a âmes âtes èrent ais ait ions iez aient ant é ée és ées ât asse assent"),
    ("er", "erai eras era erons erez eront erais erait erions eriez eraient"),
    ("ger", "gea geait geais geaient geant geons geâmes"),
    ("cer", "ça çait çais çaient çant çons çai"),
    ("yer", "ie ies ient iera ieront ierait ieraient"),
    ("ir", "is it issons issez issent issait issais issaient issions issiez issant i ie ies irent ît isse"),
    ("ir", "ira irai iras irons irez iront irait irais iraient"),
    ("re", "s ons ez ent ait ais aient ant rai ra ras rons rez ront rait rais raient u ue us ues"),
    ("al", "aux ale ales"),
    ("eur", "euse euses rice rices eure eures"),
    ("eux", "euse euses"),
    ("if", "ive ives"),
    ("er", "ère ères"),
    ("el", "elle elles els"),
    ("en", "enne ennes ens"),
    ("on", "onne onnes ons"),
    ("et", "ette ettes ète ètes"),
    ("", "s x e es"),
)  # fmt: skip
_BY_ENDING = tuple((ending, lemma) for lemma, endings in _ENDINGS for ending in endings.split())


def lemmatiser(table: str) -> Callable[[str], str]:
    """A function from a form to its lemma; ``table`` is the text of ``forms.csv`` (an empty lemma is the form)."""
    lemmas = {row["form"]: row["lemma"] or row["form"] for row in csv.DictReader(StringIO(table))}
    known = frozenset(lemmas.values())

    @lru_cache(maxsize=65536)
    def lemma_of(form: str) -> str:
        plain = form.lower().replace("’", "'")
        return lemmas.get(plain) or next(_regular(plain, known, lemmas), plain.rstrip("'"))

    return lemma_of


def _regular(form: str, known: frozenset[str], lemmas: Mapping[str, str]) -> Iterator[str]:
    """The known words that ``form`` may be a regular form of."""
    for ending, lemma in _BY_ENDING:
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            candidate = form[: len(form) - len(ending)] + lemma
            if candidate in known:
                yield lemmas.get(candidate, candidate)
