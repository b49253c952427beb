"""A small database for the site's tests: invented people, and texts that try to be markup."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.store import open_database
from quotes.summaries import refresh_summaries

SCRIPT = '<script>alert("x")</script>'
SECRET = "zorglubine"
"""Stands wherever the public form must not look."""

ARTICLES: tuple[dict[str, Any], ...] = (
    {
        "id": "essai-1",
        "title": "Le barrage de Valombre",
        "outlet": "Le Journal d'Essai",
        "date": "2015-03-01",
        "url": "https://example.org/1",
        "author": f"{SECRET} Auteur",
        "text": "La ministre a parlé mardi. « Nous avons déclaré la source protégée », a affirmé Odile Marchetal.\n\n"
        f"Le chantier ({SECRET}) dure depuis deux ans. Selon Igor Brantsev, le barrage « fuit de partout ».\n\n"
        "Les habitants parlent du « grand trou ».",
    },
    {
        "id": "essai-2",
        "title": "Suite du barrage",
        "outlet": "Le Journal d'Essai",
        "date": "2015-05-20",
        "url": "javascript:alert(1)",
        "text": "« Nous avons déclaré la source protégée », a répété Odile Marchetal. « Elle mérite l'été des élus », "
        "a-t-elle ajouté.",
    },
    {
        "id": 'dossier/2016/"a&b" <i>.txt',
        "title": f"Titre {SCRIPT}",
        "outlet": "<b>",
        "date": "2016-01-02",
        "url": None,
        "text": f'« Du texte {SCRIPT} et <img src=x onerror=alert(1)> dedans », a dit O\'Neil <u> "Le Fou". '
        "« =SOMME(A1) », a-t-il ajouté. L'Institut des Brumes a annoncé que les lacs gèleraient.",
    },
    {
        "id": "essai-4",
        "title": None,
        "outlet": None,
        "date": None,
        "url": None,
        "text": "« Une phrase sans date ni média, que personne ne signe. »",
    },
)

MARCHETAL = {"speaker": "Odile Marchetal", "speaker_id": "odile-marchetal", "speaker_type": "person", "gender": "f"}
BRANTSEV = {"speaker": "Igor Brantsev", "speaker_id": "igor-brantsev", "speaker_type": "person", "gender": "m"}
ONEIL = {"speaker": 'O\'Neil <u> "Le Fou"', "speaker_type": "person"}
BRUMES = {"speaker": "Institut des Brumes", "speaker_id": "institut-des-brumes", "speaker_type": "organisation"}

#: article, the words with their marks, kind, the words that report, the mention, who, lemma, lemmas, confidence
QUOTATIONS: tuple[tuple[int, str, str, str | None, str | None, Mapping[str, Any], str | None, str, float], ...] = (
    (0, "« Nous avons déclaré la source protégée »", "direct", "a affirmé", "Odile Marchetal", MARCHETAL, "affirmer",
     "nous avoir déclarer le source protéger", 0.97),
    (0, "« fuit de partout »", "mixed", "Selon", "Igor Brantsev", BRANTSEV, "selon", "fuir de partout", 0.81),
    (0, "« grand trou »", "none", None, None, {}, None, "grand trou", 0.7),
    (1, "« Nous avons déclaré la source protégée »", "direct", "a répété", "Odile Marchetal", MARCHETAL, "répéter",
     "nous avoir déclarer le source protéger", 0.95),
    (1, "« Elle mérite l'été des élus »", "direct", "ajouté", "elle", MARCHETAL, "ajouter",
     "elle mériter le été de élu", 0.66),
    (2, f"« Du texte {SCRIPT} et <img src=x onerror=alert(1)> dedans »", "direct", "a dit", "O'Neil <u> \"Le Fou\"",
     ONEIL, "dire", "de texte script alert x script et img src x onerror alert 1 dedans", 0.9),
    (2, "« =SOMME(A1) »", "direct", "ajouté", "il", ONEIL, "ajouter", "somme a1", 0.4),
    (2, "les lacs gèleraient", "indirect", "a annoncé", "L'Institut des Brumes", BRUMES, "annoncer",
     "le lac geler", 0.88),
    (3, "« Une phrase sans date ni média, que personne ne signe. »", "direct", None, None, {}, None,
     "un phrase sans date ni média que personne ne signer", 0.2),
)  # fmt: skip


def quotation_id(article_id: str, start: int, end: int) -> int:
    digest = hashlib.blake2b(f"{article_id}\x00{start}\x00{end}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 11


def make_database(path: Path) -> Path:
    """The sample as a database with its summaries."""
    db = open_database(path, create=True)
    connection = db.conn
    with connection:
        for article in ARTICLES:
            _insert(
                connection,
                "articles",
                {**article, "words": len(article["text"].split()), "source": f"/{SECRET}.txt", "content_hash": "0"},
                added_at="2020-01-01",
            )
        who: Mapping[str, str]
        for who in (MARCHETAL, BRANTSEV, BRUMES):
            person = {"id": who["speaker_id"], "name": who["speaker"], "type": who["speaker_type"], "source": SECRET}
            _insert(connection, "speakers", person, gender=who.get("gender"))
        for alias in ("O. Marchetal", "la dame des lacs"):
            known_as = {"alias": alias, "speaker_id": "odile-marchetal", "kind": "variant", "source": SECRET}
            _insert(connection, "aliases", known_as)
        office = {"role": "ministre des Lacs", "place": "Valombre", "speaker_id": "odile-marchetal"}
        _insert(connection, "offices", office, valid_from="2014-04-02", valid_to="2017-05-10", source=SECRET)
        decision = {"verdict": "same", "form": SECRET, "by": SECRET, "why": SECRET}
        _insert(connection, "decisions", decision)
        parse = {"article_id": "essai-1", "model": SECRET, "data": SECRET.encode()}
        _insert(connection, "parses", parse)
        cursors: dict[int, int] = {}
        for number, words, kind, cue, mention, who, lemma, lemmas, confidence in QUOTATIONS:
            article = ARTICLES[number]
            text = article["text"]
            start = text.index(words, cursors.get(number, 0))
            end = start + len(words)
            cursors[number] = end
            marks = kind != "indirect"
            row: dict[str, Any] = {
                "id": quotation_id(article["id"], start, end),
                "article_id": article["id"],
                "start": start,
                "end": end,
                "inner_start": start + 2 * marks,
                "inner_end": end - 2 * marks,
                "text": text[start + 2 * marks : end - 2 * marks],
                "kind": kind,
                "level": 0,
                **{name: who.get(name) for name in ("speaker", "speaker_id", "speaker_type")},
                "speaker_gender": who.get("gender"),
                "speaker_forms": json.dumps([who["speaker"]]) if who else None,
                "mention": mention,
                "cue": cue,
                "cue_lemma": lemma,
                "cue_category": "preposition" if lemma == "selon" else "verb" if lemma else None,
                "cue_stance": {"affirmer": "assertive"}.get(lemma or "", "neutral" if lemma else None),
                "modality": "asserted" if lemma else None,
                "rule": "incise-after" if lemma else "unreported",
                "because": f"{SECRET} <b>parce que</b>",
                "confidence": confidence,
                "method": "name",
                "runners_up": json.dumps([{"name": "<b>Autre</b>", "score": 0.3, "evidence": SECRET}]),
                "lemmas": lemmas,
            }
            for part, value in (("cue", cue), ("mention", mention)):
                if value:
                    row[f"{part}_start"] = at = _nearest(text, value, start, end)
                    row[f"{part}_end"] = at + len(value)
            _insert(connection, "quotations", row)
    refresh_summaries(connection)
    connection.execute("PRAGMA journal_mode = DELETE")
    db.close()
    return path


def _nearest(text: str, words: str, start: int, end: int) -> int:
    after = text.find(words, end)
    return after if after >= 0 else text.rindex(words, 0, start)


def _insert(connection: Any, table: str, row: Mapping[str, Any], **more: Any) -> None:
    values = {**row, **more}
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))
