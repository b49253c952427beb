"""The French of the site: numbers, dates, and what the codes of the database mean."""

from __future__ import annotations

import re
from datetime import date

NARROW = "\u202f"
"""Narrow no-break space: between thousands, before ; ! ? and %."""

NO_BREAK = "\u00a0"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

KINDS = {
    "direct": "directe",
    "mixed": "mixte",
    "indirect": "indirecte",
    "none": "sans parole",
}

KIND_HELP = {
    "direct": "une phrase entière entre guillemets",
    "mixed": "des mots cités dans la phrase du journaliste",
    "indirect": "un propos rapporté sans guillemets",
    "none": "des guillemets qui ne rapportent la parole de personne (titre, surnom, ironie…)",
}

STANCES = {
    "neutral": "neutre",
    "assertive": "affirmatif",
    "doubting": "dubitatif",
    "critic": "critique",
    "praise": "élogieux",
    "emotion": "ému",
    "promise": "promesse",
    "request": "demande",
    "question": "question",
    "answer": "réponse",
    "concession": "concession",
    "manner": "manière de dire",
    "thought": "pensée",
    "written": "par écrit",
    "naming": "désignation",
}
"""The classes of the lexicon's verbs, the most telling first."""

RULES = {
    "code": "un reste de programme dans le texte",
    "nested": "guillemets dans une citation",
    "interrogative": "la phrase demande si cela a été dit",
    "between": "entre deux citations de la même personne",
    "impersonal": "« a-t-on ajouté » : l’organisme ou le document nommé juste avant",
    "intertitle": "un intertitre : il cite ce que l’article dit plus loin",
    "signature": "signé à la ligne suivante (— Jeanne Martin)",
    "named-thing": "les mots entre guillemets nomment une chose (titre, surnom, terme)",
    "quoted-term": "une expression que la presse garde entre guillemets",
    "repeated-term": "un terme que l’article reprend",
    "named-before": "un nom déjà mis entre guillemets plus haut",
    "unmarked-list": "dans une énumération de noms ou de termes",
    "incise-inside": "incise entre les guillemets",
    "incise-after": "incise après la citation",
    "incise-scope": "dans une phrase rapportée par une incise",
    "preposition": "préposition (selon, pour, d’après) avec son complément",
    "preposition-after": "préposition après la citation",
    "colon": "deux-points devant la citation",
    "governed": "complément d’un verbe qui rapporte",
    "governed-participle": "complément d’un participe qui rapporte, dit de la personne citée avant",
    "coordinated": "une de plusieurs citations à la suite",
    "followed": "suivie d’une autre citation, dont l’incise vaut pour les deux",
    "content-relative": "dans une relative qui porte sur les mots cités",
    "title-like": "un titre ou un nom",
    "object-adjacent": "dans le groupe qui suit le verbe",
    "sentence-scope": "dans une phrase qui rapporte une parole",
    "noun-cue": "nom qui rapporte (communiqué, appel)",
    "charge": "un délit ou une peine, dans les mots de la justice",
    "opening": "citation en tête d’article, avec la première parole rapportée ensuite",
    "continuation": "suite de la citation précédente",
    "previous-sentence": "suite de la phrase précédente",
    "cue-before": "mot qui rapporte le plus proche avant la citation",
    "quoted-predicate": "attribut cité",
    "carried-on": "rien ne dit de qui : la dernière personne citée",
    "spoken-of": "rien ne dit de qui : la personne dont parle la phrase précédente",
    "clause-subject": "trop longue pour un simple terme : qui agit dans la phrase qu’elle complète",
    "long-content": "trop longue pour un simple terme : la personne citée juste avant, s’il y en a une",
    "unreported": "aucun mot ne rapporte ces guillemets",
    "echo": "mêmes mots attribués ailleurs dans l’article",
    "indirect-que": "proposition introduite par que après un verbe qui rapporte",
    "indirect-preposition": "phrase rapportée par une préposition (selon, d’après)",
    "indirect-incise": "phrase rapportée par une incise",
}
"""What the rules look at, in the order in which they are tried; a test compares them with ``quotes.attribution``."""

METHODS = {
    "name": "nom",
    "apposition": "apposition",
    "pronoun": "pronom",
    "cataphora": "pronom, la personne vient ensuite",
    "unresolved": "pronom, personne ne s’impose",
    "role": "fonction donnée dans l’article",
    "role-alike": "fonction semblable à celle donnée dans l’article",
    "role-again": "fonction déjà reconnue plus haut",
    "role-by-elimination": "fonction, par élimination",
    "role-kind": "fonction plus générale (l’élu, pour un maire)",
    "role-by-salience": "fonction, la personne dont il est question",
    "office": "fonction, à la date de l’article",
    "joint": "plusieurs personnes qui parlent ensemble",
    "phrase": "groupe de mots, tel quel",
    "alias": "nom connu",
    "normalised": "nom connu, aux accents et majuscules près",
    "transliteration": "nom connu, dans une autre transcription",
    "initials": "nom connu, à un prénom ou une initiale près",
    "surname": "nom de famille, avec la fonction",
    "fuzzy": "nom connu, à une lettre près",
    "decision": "décision d’une personne",
}
"""How a mention became a person; a test compares them with ``quotes.resolution`` and ``quotes.curation``."""

TYPES = {
    "person": "personne",
    "organisation": "organisation",
    "unnamed": "source sans nom",
}

MODALITIES = {
    "negated": "nié",
    "conditional": "au conditionnel",
    "future": "au futur",
    "interrogative": "en question",
    "infinitive": "à l’infinitif",
}

ALIAS_KINDS = {
    "name": "nom",
    "variant": "variante",
    "acronym": "sigle",
    "nickname": "surnom",
}


_SPACES = re.compile(r" (?=[;!?%])")


def french(text: str) -> str:
    """Our own sentences with the no-break spaces of French printing; not for the words of an article."""
    wide = text.replace("« ", f"«{NO_BREAK}").replace(" »", f"{NO_BREAK}»").replace(" :", f"{NO_BREAK}:")
    return _SPACES.sub(NARROW, wide)


def number(value: float | None) -> str:
    """1234567 as « 1 234 567 », with narrow no-break spaces; a fraction with its decimal comma."""
    if value is None:
        return "–"
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")
    return text.replace(",", NARROW).replace(".", ",")


def percent(value: float | None) -> str:
    """0.934 as « 93 % »."""
    return "–" if value is None else f"{round(100 * value)}{NARROW}%"


def count(value: int, singular: str, plural: str | None = None) -> str:
    """« 1 citation », « 2 citations »; zero is singular in French."""
    word = singular if abs(value) < 2 else plural or f"{singular}s"
    return f"{number(value)}{NO_BREAK}{word}"


def day(iso: str | None) -> str:
    """2016-09-28 as « 28 septembre 2016 », 2016-09 as « septembre 2016 »; what is no date as it stands."""
    if not iso:
        return "sans date"
    parts = iso[:10].split("-")
    try:
        if len(parts) == 3:
            parsed = date(int(parts[0]), int(parts[1]), int(parts[2]))
            first = "1ᵉʳ" if parsed.day == 1 else str(parsed.day)
            return f"{first}{NO_BREAK}{MONTHS[parsed.month - 1]} {parsed.year}"
        if len(parts) == 2:
            return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    except (ValueError, IndexError):
        pass
    return iso


def period(first: str | None, last: str | None) -> str:
    """« du 3 mai 2015 au 9 juin 2016 »; an open end is said as such."""
    if not first and not last:
        return "période inconnue"
    if first and last:
        if first[:10] == last[:10]:
            return f"le {day(first)}"
        return f"du {day(first)} au {day(last)}"
    return f"depuis le {day(first)}" if first else f"jusqu’au {day(last)}"


def trust(confidence: float | None) -> str:
    """A word for a confidence, so that no bar or colour carries it alone."""
    if confidence is None:
        return "inconnue"
    if confidence >= 0.9:
        return "très sûre"
    if confidence >= 0.7:
        return "sûre"
    if confidence >= 0.5:
        return "moyenne"
    return "fragile"
