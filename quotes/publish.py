"""A folder that plain Datasette serves: the site and a database that holds only what may be shown.

The database is made anew, table by table, from the columns chosen below; nothing is copied and then deleted, so that
no page of the file keeps what was left out. Two forms: ``research`` has the text of the articles, ``public`` has for
each quotation at most the sentence around it, as the right of quotation allows.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from quotes.datapackage import published_package, write_package
from quotes.errors import DatabaseError, QuotesError
from quotes.site import SITE
from quotes.summaries import refresh_summaries

Form = Literal["research", "public"]

LONGEST = 1000
"""Characters of a quotation that the public form shows; a longer one is cut at a word."""

SIDE = 220
"""Characters of its sentence that the public form shows on either side of a quotation."""

_ARTICLES = ("id", "title", "outlet", "date", "url", "words")
_QUOTATIONS = (
    *("id", "article_id", "start", "end", "text", "kind", "level"),
    *("speaker", "speaker_id", "speaker_type", "speaker_gender"),
    *("mention", "mention_start", "mention_end", "mention_form"),
    *("cue", "cue_start", "cue_end", "cue_lemma", "cue_category", "cue_stance", "modality"),
    *("relayed_by", "rule", "confidence", "problem", "lemmas"),
)
COLUMNS: Mapping[Form, Mapping[str, tuple[str, ...]]] = {
    "research": {
        "articles": (*_ARTICLES, "author", "text"),
        "quotations": (
            *_QUOTATIONS,
            *("inner_start", "inner_end", "speaker_forms", "because", "method", "score", "runners_up"),
        ),
    },
    "public": {"articles": _ARTICLES, "quotations": (*_QUOTATIONS, "context", "context_start")},
}
"""What is published of articles and quotations; what is not named here stays behind."""

_SPEAKERS: Mapping[str, tuple[str, ...]] = {
    "speakers": ("id", "name", "type", "gender", "wikidata", "description"),
    "aliases": ("id", "alias", "speaker_id", "kind", "valid_from", "valid_to"),
    "offices": ("id", "role", "place", "speaker_id", "valid_from", "valid_to", "known_until"),
}
_NUMBERS = frozenset(("words", "start", "end", "inner_start", "inner_end", "level", "context_start")) | {
    f"{part}_{edge}" for part in ("mention", "cue") for edge in ("start", "end")
}
_INDEXES = """
CREATE INDEX articles_outlet ON articles (outlet, date);
CREATE INDEX quotations_article ON quotations (article_id, start);
CREATE INDEX quotations_speaker ON quotations (speaker_id);
CREATE INDEX quotations_cue ON quotations (cue_lemma);
CREATE INDEX aliases_speaker ON aliases (speaker_id);
CREATE INDEX offices_speaker ON offices (speaker_id);
CREATE VIRTUAL TABLE quotations_fts USING fts5(
    text, lemmas, content='quotations', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO quotations_fts (quotations_fts) VALUES ('rebuild');
INSERT INTO quotations_fts (quotations_fts) VALUES ('optimize');
"""

_STOP = re.compile(r"[.!?…][\"»”’)\]]*(?=\s|[A-ZÀÂÇÉÈÊËÎÏÔÙÛŒ«“\"]|$)|\n")
_MARKER = "quotes-site.json"


def publish(database: Path, folder: Path, form: Form = "research") -> Path:
    """Make ``folder`` (empty, new, or published before) from ``database``; the path of its database comes back.

    Raises :class:`DatabaseError` for a database that is not one of ours, :class:`QuotesError` for a folder that
    holds something else.
    """
    _check_database(database)
    _prepare(folder)
    for name in ("metadata.yaml", "settings.json"):
        shutil.copyfile(SITE / name, folder / name)
    for name in ("templates", "plugins", "pages", "static"):
        shutil.copytree(SITE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    target = folder / "quotes.db"
    _write_database(database, target, form)
    (folder / "inspect-data.json").write_text(_inspected(target), encoding="utf-8")
    with closing(_read_only(target)) as connection:
        write_package(published_package(connection, target.name, *_DESCRIPTION[form]), folder)
    (folder / "Dockerfile").write_text(_DOCKERFILE, encoding="utf-8")
    (folder / "LISEZMOI.md").write_text(_README[form], encoding="utf-8")
    return target


def _check_database(database: Path) -> None:
    if not database.is_file():
        raise DatabaseError(f"There is no database {database}.", "Make one with `quotes build`.")
    try:
        connection = _read_only(database)
        try:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{database} cannot be read: {error}.", "Is it a database of `quotes build`?") from error
    missing = {"articles", "quotations", *_SPEAKERS} - tables
    if missing:
        hint = "Give the database that `quotes build` made."
        raise DatabaseError(f"{database} is not a database of quotations: it lacks {', '.join(sorted(missing))}.", hint)


def _prepare(folder: Path) -> None:
    """Make the folder, or empty one that was published before. Anything else in it is left alone, and refused."""
    if folder.exists() and not folder.is_dir():
        raise QuotesError(f"{folder} is a file.", "Give a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / _MARKER).is_file():
            raise QuotesError(f"{folder} holds other files.", "Give an empty or new folder.")
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARKER).write_text('{"made_by": "quotes publish"}\n', encoding="utf-8")
    except OSError as error:
        raise QuotesError(f"{folder} cannot be written: {error.strerror}.", "Choose another folder.") from error


def _read_only(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def _write_database(source: Path, target: Path, form: Form) -> None:
    reading = _read_only(source)
    reading.row_factory = sqlite3.Row
    writing = sqlite3.connect(target)
    try:
        _copy(reading, writing, "articles", COLUMNS[form]["articles"], reading.execute("SELECT * FROM articles"))
        _copy(reading, writing, "quotations", COLUMNS[form]["quotations"], _quotations(reading, form))
        for table, columns in _SPEAKERS.items():
            key = "id" if table == "speakers" else "speaker_id"
            wanted = f"SELECT * FROM {table} WHERE {key} IN (SELECT speaker_id FROM quotations WHERE kind <> 'none')"
            _copy(reading, writing, table, columns, reading.execute(wanted))
        writing.executescript(_INDEXES)
        refresh_summaries(writing)
        writing.execute("ANALYZE")
        writing.commit()
        writing.execute("VACUUM")
    finally:
        reading.close()
        writing.close()


def _copy(
    reading: sqlite3.Connection,
    writing: sqlite3.Connection,
    table: str,
    columns: tuple[str, ...],
    rows: Iterator[Mapping[str, Any]] | sqlite3.Cursor,
) -> None:
    """Create a table of these columns and fill it; a column that the source lacks is empty."""
    definitions = ", ".join(f'"{column}" {_type(table, column)}' for column in columns)
    writing.execute(f"CREATE TABLE {table} ({definitions})")
    marks = ", ".join("?" * len(columns))
    known = {row[1] for row in reading.execute(f"PRAGMA table_info({table})")} | {"context", "context_start"}
    values = (tuple(row[column] if column in known else None for column in columns) for row in rows)
    writing.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


def _type(table: str, column: str) -> str:
    if column == "id":
        return "TEXT PRIMARY KEY" if table in ("articles", "speakers") else "INTEGER PRIMARY KEY"
    references = {"article_id": " REFERENCES articles (id)", "speaker_id": " REFERENCES speakers (id)"}
    kind = "INTEGER" if column in _NUMBERS else "REAL" if column in ("confidence", "score") else "TEXT"
    return kind + references.get(column, "")


def _quotations(reading: sqlite3.Connection, form: Form) -> Iterator[Mapping[str, Any]]:
    if form == "research":
        yield from reading.execute("SELECT * FROM quotations ORDER BY article_id, start")
        return
    sql = (
        "SELECT q.*, a.text AS article_text FROM quotations q JOIN articles a ON a.id = q.article_id"
        " WHERE q.kind <> 'none' ORDER BY q.article_id, q.start"
    )
    for row in reading.execute(sql):
        yield public_row(dict(row))


def public_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A quotation as the public may see it: cut where it is long, with its sentence, without what lies beyond it.

    ``row`` is a row of ``quotations`` with ``article_text``.
    """
    text, start, end = row["article_text"] or "", row["start"], row["end"]
    shown = dict(row)
    long = end - start > LONGEST
    if long:
        words = row["text"][:LONGEST].rpartition(" ")[0]
        shown["text"] = f"{words} […]"
        shown["lemmas"] = " ".join((row["lemmas"] or "").split()[: len(words.split())])
        end = start + len(words)
    left, right = sentence_around(text, start, end)
    right = end if long else right
    for part in ("cue", "mention"):
        edges = row[f"{part}_start"], row[f"{part}_end"]
        if None not in edges and not (left <= edges[0] and edges[1] <= right):
            shown[f"{part}_start"] = shown[f"{part}_end"] = shown[part] = None
    return shown | {"context": text[left:right], "context_start": left}


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds ``text[start:end]`` begins and ends; no more than ``SIDE`` on either side."""
    left = max(0, start - SIDE)
    stops = [match.end() for match in _STOP.finditer(text, left, start)]
    if stops:
        left = stops[-1]
    elif left:
        left = text.find(" ", left, start) + 1 or start
    if re.search(r"[.!?…]\W*$", text[start:end]) and re.match(r"\s*([A-ZÀÂÇÉÈÊËÎÏÔÙÛŒ«“\"]|$)", text[end:]):
        return left, end
    right = min(len(text), end + SIDE)
    stop = _STOP.search(text, end, right)
    if stop:
        right = stop.end()
    elif right < len(text):
        right = max(text.rfind(" ", end, right), end)
    return left + len(text[left:start]) - len(text[left:start].lstrip()), right


def _inspected(database: Path) -> str:
    """Datasette's inspect file: it makes the database immutable, so that counts are known and nothing is locked."""
    connection = _read_only(database)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: {"count": connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]} for name in names}
    finally:
        connection.close()
    entry = {"file": database.name, "size": database.stat().st_size, "tables": counts}
    return json.dumps({database.stem: entry}, indent=1)


_DOCKERFILE = """FROM python:3.11-slim
RUN pip install --no-cache-dir "datasette>=0.65,<1"
COPY . /site
EXPOSE 8001
CMD ["datasette", "serve", "/site", "--host", "0.0.0.0", "--port", "8001"]
"""

_SERVE = """
Pour servir ce dossier :

    pip install "datasette>=0.65,<1"
    datasette serve .

ou avec Docker :

    docker build -t citations . && docker run -p 8001:8001 citations
"""
_README: Mapping[Form, str] = {
    "research": "# Citations, forme de recherche\n\nCe dossier contient le texte des articles : il n’est pas destiné à"
    " être rendu public sans l’accord de leurs éditeurs.\n" + _SERVE,
    "public": "# Citations, forme publique\n\nCe dossier ne contient pas le texte des articles : chaque citation est"
    " donnée avec au plus la phrase qui l’entoure, sa source et un lien.\n" + _SERVE,
}
_DESCRIPTION: Mapping[Form, tuple[str, str]] = {
    "research": (
        "Les citations trouvées dans des articles de presse, avec le texte des articles.",
        "Les articles et les citations appartiennent à leurs éditeurs et auteurs : pour la recherche seulement",
    ),
    "public": (
        "Les citations trouvées dans des articles de presse, chacune avec au plus la phrase qui l’entoure.",
        "Citations au titre du droit de citation ; les articles appartiennent à leurs éditeurs",
    ),
}
"""What the folder holds, and under which terms, for its ``datapackage.json``."""
