"""The data dictionary: what every table, view and column of the database means, in French.

The schema page, Datasette's own pages and ``docs/site.md`` show this; a test compares it with a real database.
"""

from __future__ import annotations

from dataclasses import dataclass

_ARTICLE = {
    "id": "identifiant de l’article, tel que lu dans la source",
    "title": "titre",
    "outlet": "média",
    "author": "signature",
    "date": "date de parution, AAAA-MM-JJ",
    "url": "adresse de l’article",
    "text": "texte exact, tel que lu ; toutes les positions s’y rapportent",
    "words": "nombre de mots",
    "source": "fichier d’où vient l’article",
    "content_hash": "empreinte du contenu : ce qui n’a pas changé n’est pas retraité",
    "added_at": "moment de l’ajout à la base",
}

_QUOTATION = {
    "id": "numéro stable de la citation (53 bits, tiré de l’article et des positions)",
    "article_id": "article où elle se trouve",
    "start": "position du premier caractère, guillemet compris",
    "end": "position qui suit le dernier caractère, guillemet compris",
    "inner_start": "début sans le guillemet",
    "inner_end": "fin sans le guillemet",
    "text": "les mots cités, sans les guillemets extérieurs",
    "kind": "direct (phrase entière), mixed (mots dans la phrase), indirect (sans guillemets), none (aucune parole)",
    "level": "0 pour une citation, 1 pour une citation dans une citation…",
    "speaker": "qui parle, nom retenu ; vide si personne n’est nommé",
    "speaker_id": "clef dans speakers, si la personne y figure",
    "speaker_type": "person, organisation ou unnamed (source sans nom)",
    "speaker_forms": "toutes les formes de ce nom dans l’article (liste JSON)",
    "speaker_gender": "f ou m, si l’article ou le prénom le disent",
    "mention": "les mots de l’article qui désignent qui parle",
    "mention_start": "position de ces mots",
    "mention_end": "fin de ces mots",
    "mention_form": "name, role, pronoun, organisation, collective ou implied",
    "cue": "les mots qui rapportent (a déclaré, selon…)",
    "cue_start": "position de ces mots",
    "cue_end": "fin de ces mots",
    "cue_lemma": "entrée du lexique pour ces mots (déclarer)",
    "cue_category": "verb, preposition ou noun",
    "cue_stance": "attitude que le verbe prête : neutral, assertive, doubting…",
    "modality": "asserted, negated, conditional, future, interrogative ou infinitive",
    "relayed_by": "qui relaie le propos (citation de seconde main)",
    "rule": "règle qui a décidé",
    "because": "pourquoi, en une phrase",
    "confidence": "confiance de 0 à 1, étalonnée sur des articles annotés",
    "method": "étape qui a identifié la personne (name, pronoun, role, office, surname…)",
    "score": "score de cette étape",
    "runners_up": "les autres candidats, avec leurs indices (JSON)",
    "problem": "ce que les guillemets ont d’étrange (unclosed, mixed-marks…)",
    "lemmas": "lemmes du texte, pour la recherche",
    "resolved_name": "nom trouvé dans l’article, avant toute décision humaine",
    "resolved_id": "clef trouvée avant toute décision humaine",
    "resolved_method": "étape qui l’a trouvée",
    "context": "forme publique : la phrase qui entoure la citation",
    "context_start": "forme publique : position de cette phrase dans l’article",
}

_COUNTS = {
    "quotations": "nombre de citations rapportées",
    "articles": "nombre d’articles",
    "outlets": "nombre de médias",
    "speakers": "nombre de personnes, d’organisations et de sources",
    "attributed": "citations dont on sait qui parle",
    "women": "citations de femmes",
    "men": "citations d’hommes",
    "women_percent": "part des femmes, en % des citations de genre connu",
    "first": "première date",
    "last": "dernière date",
    "month": "mois, AAAA-MM",
    "outlet": "média ; vide si inconnu",
    "speaker_key": "speakers.id, ou le nom tel quel si la personne n’a pas de fiche",
    "speaker_id": "clef dans speakers",
    "name": "nom",
    "type": "person, organisation ou unnamed",
    "gender": "f ou m",
    "verb": "entrée du lexique (déclarer, selon…)",
    "category": "verb, preposition ou noun",
    "stance": "attitude : neutral, assertive, doubting…",
    "folded": "tous les noms, sans accents ni majuscules, pour la recherche",
    "description": "qui c’est, en quelques mots",
    "wikidata": "identifiant Wikidata",
}

_DETAILS = [
    "id",
    "date",
    "outlet",
    "title",
    "url",
    "article_id",
    "speaker",
    "speaker_id",
    "speaker_type",
    "speaker_gender",
    "kind",
    "text",
    "cue",
    "cue_lemma",
    "cue_stance",
    "modality",
    "mention",
    "mention_form",
    "relayed_by",
    "rule",
    "confidence",
    "start",
    "end",
]

_DETAIL_COLUMNS = {name: _QUOTATION.get(name) or _ARTICLE[name] for name in _DETAILS}


def _counts(names: str) -> dict[str, str]:
    return {name: _COUNTS[name] for name in names.split()}


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view: its kind (``table``, ``view``, ``summary``), what a row is, and its columns."""

    kind: str
    description: str
    columns: dict[str, str]


TABLES: dict[str, Table] = {
    "quotation_details": Table(
        "view",
        "Une citation par ligne, avec son article : la vue à interroger d’abord, et la forme des CSV du site.",
        _DETAIL_COLUMNS,
    ),
    "speaker_details": Table(
        "view",
        "Une personne, une organisation ou une source par ligne, avec ses comptes.",
        _counts("speaker_key speaker_id name type gender description wikidata quotations articles outlets first last"),
    ),
    "outlet_details": Table(
        "view",
        "Un média par ligne.",
        _counts("outlet articles quotations attributed speakers women men first last women_percent"),
    ),
    "verb_details": Table(
        "view", "Un mot qui rapporte par ligne.", _counts("verb category stance quotations speakers")
    ),
    "monthly_quotations": Table(
        "view", "Citations par mois et par média.", _counts("month outlet articles quotations attributed")
    ),
    "speaker_months": Table(
        "view", "Citations par mois et par personne.", _counts("name speaker_key month quotations")
    ),
    "doubtful_quotations": Table(
        "view", "Les citations à vérifier : confiance sous 0,5 ou personne de nommé.", _DETAIL_COLUMNS
    ),
    "articles": Table("table", "Un article par ligne.", _ARTICLE),
    "quotations": Table(
        "table",
        "Tout ce qui est entre guillemets ou rapporté.",
        _QUOTATION,
    ),
    "speakers": Table(
        "table",
        "Les fiches : une identité par personne ou organisation.",
        {
            "id": "clef lisible (serguei-lavrov)",
            "name": "nom retenu",
            "type": "person, organisation ou unnamed",
            "gender": "f ou m",
            "wikidata": "identifiant Wikidata",
            "description": "qui c’est, en quelques mots",
            "source": "seed (fournie), auto (tirée du corpus) ou user (saisie)",
        },
    ),
    "aliases": Table(
        "table",
        "Les autres noms d’une fiche.",
        {
            "id": "numéro",
            "alias": "forme",
            "speaker_id": "fiche",
            "kind": "name, variant, acronym ou nickname",
            "valid_from": "valable à partir de",
            "valid_to": "valable jusqu’à",
            "source": "origine",
        },
    ),
    "offices": Table(
        "table",
        "Les fonctions, avec leurs dates : qui était ministre quand.",
        {
            "id": "numéro",
            "role": "fonction",
            "place": "pays ou institution",
            "speaker_id": "fiche",
            "valid_from": "depuis",
            "valid_to": "jusqu’à",
            "known_until": "date jusqu’à laquelle le titulaire est connu, si rien ne dit la fin",
            "source": "origine",
        },
    ),
    "decisions": Table(
        "table",
        "Ce qu’une personne a décidé ; cela l’emporte sur tout calcul.",
        {
            "id": "numéro",
            "verdict": "same, different ou unsure",
            "form": "forme jugée",
            "speaker_id": "fiche",
            "quotation_id": "citation",
            "scope": "article ou corpus",
            "article_id": "article",
            "by": "par qui",
            "at": "quand",
            "why": "pourquoi",
            "undone_at": "annulée le",
        },
    ),
    "parses": Table(
        "table",
        "Analyses syntaxiques compressées, pour réattribuer sans reparser.",
        {"article_id": "article", "model": "modèle", "data": "analyse"},
    ),
    "stages": Table(
        "table",
        "Version de chaque étape par article : ce qui est périmé se sait.",
        {"article_id": "article", "stage": "parse, attribute ou resolve", "version": "version"},
    ),
    "meta": Table("table", "Réglages de la base.", {"key": "nom", "value": "valeur"}),
    "summary_facts": Table(
        "summary",
        "Les colonnes filtrables de chaque citation, serrées.",
        {
            "id": _QUOTATION["id"],
            "article_id": _QUOTATION["article_id"],
            "date": _ARTICLE["date"],
            "outlet": _ARTICLE["outlet"],
            "speaker_key": _COUNTS["speaker_key"],
            "type": _COUNTS["type"],
            "gender": "f ou m",
            "kind": _QUOTATION["kind"],
            "verb": _COUNTS["verb"],
            "stance": _COUNTS["stance"],
            "confidence": _QUOTATION["confidence"],
        },
    ),
    "summary_speakers": Table(
        "summary",
        "Comptes par personne.",
        _counts("speaker_key speaker_id name type gender quotations articles outlets first last folded"),
    ),
    "summary_speaker_months": Table(
        "summary", "Comptes par personne et mois.", _counts("speaker_key month quotations")
    ),
    "summary_stances": Table(
        "summary", "Comptes par personne et attitude du verbe.", _counts("speaker_key stance quotations")
    ),
    "summary_months": Table(
        "summary", "Comptes par mois et média.", _counts("month outlet articles quotations attributed")
    ),
    "summary_outlets": Table(
        "summary", "Comptes par média.", _counts("outlet articles quotations attributed speakers women men first last")
    ),
    "summary_verbs": Table(
        "summary", "Comptes par mot qui rapporte.", _counts("verb category stance quotations speakers")
    ),
    "summary_words": Table(
        "summary",
        "Mots typiques d’une personne (rapport de vraisemblance de Dunning).",
        {
            "speaker_key": _COUNTS["speaker_key"],
            "word": "lemme",
            "count": "emplois",
            "score": "rapport de vraisemblance",
        },
    ),
    "summary_repeats": Table(
        "summary",
        "Citations reprises mot pour mot dans plusieurs articles.",
        {"id": _QUOTATION["id"], "text_key": "empreinte des mots"},
    ),
    "summary_forms": Table(
        "summary",
        "Formes et lemmes, pour la recherche.",
        {"form": "forme, sans accents", "lemma": "lemme, sans accents"},
    ),
    "summary_offices": Table(
        "summary",
        "Les fonctions en toutes lettres.",
        {"id": "numéro dans offices", "role": "fonction", "place": "pays ou institution, s’il n’est pas dit déjà"},
    ),
    "summary_facets": Table(
        "summary",
        "Comptes faits d’avance pour chaque filtre seul.",
        {
            "field": "filtre : media, personne, verbe, genre, annee, confiance ou tout",
            "value": "valeur du filtre",
            "facet": "ce qui est compté",
            "item": "valeur comptée",
            "number": "nombre de citations",
        },
    ),
    "summary_cues": Table(
        "summary",
        "Formes de chaque mot qui rapporte.",
        {"verb": "entrée du lexique", "cue": "forme, en minuscules", "quotations": "nombre de citations"},
    ),
    "summary_totals": Table("summary", "Totaux de la première page.", {"name": "nom", "value": "valeur"}),
}
HIDDEN = frozenset(
    {
        "parses",
        "stages",
        "meta",
        "_sqlite_migrations",
        *(n for n, t in TABLES.items() if t.kind == "summary"),
    }
)


def metadata(databases: list[str]) -> dict[str, object]:
    """The descriptions in the shape of Datasette's metadata."""
    tables: dict[str, dict[str, object]] = {
        name: {
            "description": table.description,
            "columns": table.columns,
            "hidden": name in HIDDEN,
        }
        for name, table in TABLES.items()
    }
    tables["_sqlite_migrations"] = {"hidden": True}
    for name in ("articles", "quotations", "quotation_details"):
        tables[name]["size"] = 50
    return {"databases": {name: {"tables": tables} for name in databases}}
