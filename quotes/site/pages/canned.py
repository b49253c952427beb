"""Queries ready to run: each with a French title, a sentence, and parameters that Datasette asks for in a form."""

from __future__ import annotations

import re
from typing import Any

_PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")


def parameters_of(sql: str) -> list[str]:
    """The named parameters of a query, in order."""
    return list(dict.fromkeys(_PARAMETER.findall(sql)))


CANNED_QUERIES: dict[str, dict[str, Any]] = {
    "qui_a_dit": {
        "title": "Qui a dit ces mots ?",
        "description": "Citations qui contiennent ces mots à la suite, sans égard aux accents ni aux majuscules.",
        "sql": """SELECT d.speaker, d.text, d.cue, d.outlet, d.date, d.title, d.confidence, d.id
FROM quotations_fts
JOIN quotation_details d ON d.id = quotations_fts.rowid
WHERE quotations_fts MATCH '"' || replace(:mots, '"', '') || '"' AND d.kind <> 'none'
ORDER BY bm25(quotations_fts)
LIMIT 500""",
    },
    "citations_d_une_personne": {
        "title": "Toutes les citations d’une personne",
        "description": "Le nom, ou une partie du nom.",
        "sql": """SELECT d.*
FROM summary_speakers t
JOIN summary_facts f ON f.speaker_key = t.speaker_key
JOIN quotation_details d ON d.id = f.id
WHERE t.name LIKE '%' || :personne || '%' AND :personne <> ''
ORDER BY d.date DESC""",
    },
    "personnes_les_plus_citees": {
        "title": "Les personnes les plus citées sur une période",
        "description": "Dates AAAA-MM-JJ ; vides, toute la période.",
        "sql": """SELECT t.name, t.type, x.quotations, x.articles
FROM (
    SELECT speaker_key, count(*) AS quotations, count(DISTINCT article_id) AS articles
    FROM summary_facts
    WHERE speaker_key IS NOT NULL
      AND (:du = '' OR date >= :du) AND (:au = '' OR date <= :au)
    GROUP BY speaker_key
    ORDER BY quotations DESC
    LIMIT 200
) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
ORDER BY x.quotations DESC, t.name""",
    },
    "part_de_parole": {
        "title": "Part de parole dans un média",
        "description": "Ce que pèse chaque personne dans les citations attribuées d’un média (vide : tous).",
        "sql": """SELECT t.name, t.type, count(*) AS quotations,
       round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS percent
FROM summary_facts f
JOIN summary_speakers t ON t.speaker_key = f.speaker_key
WHERE :media = '' OR f.outlet = :media
GROUP BY f.speaker_key
ORDER BY quotations DESC
LIMIT 200""",
    },
    "femmes_et_hommes": {
        "title": "Femmes et hommes parmi les personnes citées, par média",
        "description": "Seules comptent les citations dont le genre de la personne est connu.",
        "sql": """SELECT outlet, women, men, women_percent
FROM outlet_details
WHERE women + men >= CAST(coalesce(nullif(:minimum, ''), '1') AS INTEGER)
ORDER BY women_percent DESC""",
    },
    "verbes_d_une_personne": {
        "title": "Les verbes qui rapportent une personne",
        "description": "Déclare-t-elle, prétend-elle, reconnaît-elle ?",
        "sql": """SELECT f.verb, f.stance, count(*) AS quotations
FROM summary_speakers t
JOIN summary_facts f ON f.speaker_key = t.speaker_key
WHERE t.name LIKE '%' || :personne || '%' AND :personne <> '' AND f.verb IS NOT NULL
GROUP BY f.verb
ORDER BY quotations DESC""",
    },
    "personnes_d_un_verbe": {
        "title": "Les personnes qu’un verbe rapporte plus que les autres",
        "description": "La part de ce verbe chez chaque personne citée au moins dix fois.",
        "sql": """SELECT t.name, x.uses, t.quotations, round(100.0 * x.uses / t.quotations, 1) AS percent
FROM (
    SELECT speaker_key, count(*) AS uses
    FROM summary_facts
    WHERE verb = :verbe AND speaker_key IS NOT NULL
    GROUP BY speaker_key
) x
JOIN summary_speakers t ON t.speaker_key = x.speaker_key
WHERE t.quotations >= 10
ORDER BY percent DESC
LIMIT 200""",
    },
    "citees_ensemble": {
        "title": "Qui est cité dans les mêmes articles ?",
        "description": "Les personnes citées à côté d’une autre, par nombre d’articles.",
        "sql": """SELECT t.name, count(DISTINCT g.article_id) AS articles
FROM summary_speakers s
JOIN summary_facts f ON f.speaker_key = s.speaker_key
JOIN summary_facts g ON g.article_id = f.article_id AND g.speaker_key <> f.speaker_key
JOIN summary_speakers t ON t.speaker_key = g.speaker_key
WHERE s.name LIKE '%' || :personne || '%' AND :personne <> ''
GROUP BY g.speaker_key
ORDER BY articles DESC
LIMIT 100""",
    },
    "citations_reprises": {
        "title": "Les citations les plus reprises",
        "description": "Les mêmes mots dans plusieurs articles.",
        "sql": """SELECT x.articles, d.speaker, d.text, x.first, x.last, d.id
FROM (
    SELECT min(r.id) AS id, count(DISTINCT f.article_id) AS articles, min(f.date) AS first, max(f.date) AS last
    FROM summary_repeats r
    JOIN summary_facts f ON f.id = r.id
    GROUP BY r.text_key
    HAVING count(DISTINCT f.article_id) >= CAST(coalesce(nullif(:minimum, ''), '2') AS INTEGER)
) x
JOIN quotation_details d ON d.id = x.id
ORDER BY x.articles DESC
LIMIT 200""",
    },
    "seconde_main": {
        "title": "Les citations de seconde main",
        "description": "Qui relaie la parole de qui (agence, journal, proche).",
        "sql": """SELECT relayed_by, speaker, count(*) AS quotations, min(text) AS example
FROM quotations
WHERE relayed_by IS NOT NULL
GROUP BY relayed_by, speaker
ORDER BY quotations DESC
LIMIT 200""",
    },
    "sources_sans_nom": {
        "title": "Les sources sans nom, par média",
        "description": "« Un diplomate », « une source proche du dossier » : combien, et quelle part.",
        "sql": """SELECT f.outlet, sum(t.type = 'unnamed') AS unnamed, count(*) AS attributed,
       round(100.0 * sum(t.type = 'unnamed') / count(*), 1) AS percent
FROM summary_facts f
JOIN summary_speakers t ON t.speaker_key = f.speaker_key
GROUP BY f.outlet
ORDER BY attributed DESC""",
    },
    "titulaires_a_une_date": {
        "title": "Qui occupait quelle fonction à une date ?",
        "description": "Date AAAA-MM-JJ ; la fonction ou le pays, en partie.",
        "sql": """SELECT o.role, o.place, s.name, o.valid_from, o.valid_to
FROM offices o
JOIN speakers s ON s.id = o.speaker_id
WHERE (o.valid_from IS NULL OR o.valid_from <= :date) AND (o.valid_to IS NULL OR o.valid_to >= :date)
  AND (o.role LIKE '%' || :fonction || '%' OR o.place LIKE '%' || :fonction || '%')
ORDER BY o.place, o.role""",
    },
    "noms_et_variantes": {
        "title": "Sous quels noms une personne apparaît-elle ?",
        "description": "Les mots des articles qui la désignent, par fréquence.",
        "sql": """SELECT q.mention, q.mention_form, count(*) AS quotations
FROM summary_speakers t
JOIN summary_facts f ON f.speaker_key = t.speaker_key
JOIN quotations q ON q.id = f.id
WHERE t.name LIKE '%' || :personne || '%' AND :personne <> '' AND q.mention IS NOT NULL
GROUP BY q.mention, q.mention_form
ORDER BY quotations DESC
LIMIT 200""",
    },
    "regles": {
        "title": "Les règles qui attribuent",
        "description": "Combien de citations chaque règle décide, et avec quelle confiance.",
        "sql": """SELECT rule, count(*) AS quotations, round(avg(confidence), 3) AS confidence,
       round(100.0 * sum(speaker IS NOT NULL) / count(*), 1) AS attributed_percent
FROM quotations
WHERE kind <> 'none'
GROUP BY rule
ORDER BY quotations DESC""",
    },
}
