"""Reading quotations with their article and speaker, row by row."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

ColumnType = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export: its name, where it comes from, its type, and what it means."""

    name: str
    sql: str
    type: ColumnType
    meaning: str


#: The columns of ``quotes export``, in order. New ones are added at the end; none is renamed or removed.
COLUMNS: tuple[Column, ...] = (
    Column("id", "q.id", "integer", "Stable number of the quotation (53 bits, from article id and offsets)."),
    Column("article_id", "q.article_id", "string", "Identifier of the article."),
    Column("date", "a.date", "date", "Day on which the article appeared (YYYY-MM-DD)."),
    Column("outlet", "a.outlet", "string", "Newspaper, agency or site that published the article."),
    Column("title", "a.title", "string", "Title of the article."),
    Column("author", "a.author", "string", "Author of the article."),
    Column("url", "a.url", "string", "Address of the article."),
    Column("kind", "q.kind", "string", "direct, mixed, indirect, or none (marks that quote nobody)."),
    Column("text", "q.text", "string", "What is quoted, without the outer marks."),
    Column("speaker", "q.speaker", "string", "Who says it: canonical name where known, else the fullest form."),
    Column("speaker_id", "q.speaker_id", "string", "Key in the table of speakers."),
    Column("speaker_type", "q.speaker_type", "string", "person, organisation or unnamed."),
    Column("speaker_gender", "coalesce(s.gender, q.speaker_gender)", "string", "f, m, or empty where not known."),
    Column("speaker_wikidata", "s.wikidata", "string", "Wikidata id of the speaker."),
    Column("mention", "q.mention", "string", "The words in the attributing clause that stand for the speaker."),
    Column("mention_form", "q.mention_form", "string", "name, role, pronoun, organisation, collective or implied."),
    Column("cue", "q.cue", "string", "The words that report, as written."),
    Column("cue_lemma", "q.cue_lemma", "string", "The same as an entry of the lexicon."),
    Column("cue_category", "q.cue_category", "string", "verb, preposition or noun."),
    Column("cue_stance", "q.cue_stance", "string", "What the verb says about the report (neutral, doubting...)."),
    Column("modality", "q.modality", "string", "asserted, negated, conditional, future, interrogative, infinitive."),
    Column("relayed_by", "q.relayed_by", "string", "Who passed the words on, for second-hand reports."),
    Column("rule", "q.rule", "string", "Name of the rule that decided."),
    Column("confidence", "q.confidence", "number", "Estimated probability that the speaker is right, 0 to 1."),
    Column("level", "q.level", "integer", "0 for an outermost quotation, 1 for one inside it, and so on."),
    Column("problem", "q.problem", "string", "What was odd about the marks (unclosed...)."),
    Column("start", "q.start", "integer", "Offset of the first character in the article's text, marks included."),
    Column("end", 'q."end"', "integer", "Offset behind the last character."),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which quotations to read; empty fields let everything through. Dates are ISO, both included."""

    kinds: Sequence[str] = ()
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0


def read_quotations(
    db: Database, only: Filter = Filter(), columns: Sequence[Column] = COLUMNS
) -> Generator[tuple[Any, ...]]:
    """The values of ``columns`` for each quotation, by article and position; one row at a time."""
    where, values = _conditions(db, only)
    names = ", ".join(f'{column.sql} AS "{column.name}"' for column in columns)
    # the order of the index on (article_id, start): nothing has to be sorted, rows flow at once
    yield from db.execute(
        f"SELECT {names} FROM quotations q CROSS JOIN articles a ON a.id = q.article_id"
        f" LEFT JOIN speakers s ON s.id = q.speaker_id {where} ORDER BY q.article_id, q.start, q.id",
        values,
    )


def read_outlets(db: Database, only: Filter = Filter()) -> list[str]:
    """The outlets of the quotations that a filter lets through, in order."""
    where, values = _conditions(db, only)
    rows = db.execute(
        f"SELECT DISTINCT a.outlet FROM quotations q JOIN articles a ON a.id = q.article_id {where} ORDER BY 1", values
    )
    return [row[0] for row in rows if row[0]]


def _conditions(db: Database, only: Filter) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    if only.kinds:
        clauses.append(f"q.kind IN ({', '.join('?' * len(only.kinds))})")
        values += only.kinds
    if only.speaker is not None:
        ids = find_speakers(db, only.speaker)
        clauses.append(f"(q.speaker_id IN ({', '.join('?' * len(ids))}) OR q.speaker = ? COLLATE NOCASE)")
        values += [*ids, only.speaker]
    for column, operator, value in (
        ("a.outlet", "=", only.outlet),
        ("a.date", ">=", only.since),
        ("a.date", "<=", only.until),
    ):
        if value is not None:
            clauses.append(f"{column} {operator} ?")
            values.append(value)
    if only.min_confidence > 0:
        clauses.append("q.confidence >= ?")
        values.append(only.min_confidence)
    return (f"WHERE {' AND '.join(clauses)}" if clauses else ""), values


def find_speakers(db: Database, name: str) -> list[str]:
    """The ids of the speakers that ``name`` is the id, the name or an alias of (case does not count)."""
    rows = db.execute(
        "SELECT id FROM speakers WHERE id = ?1 OR name = ?1 COLLATE NOCASE"
        " UNION SELECT speaker_id FROM aliases WHERE alias = ?1 COLLATE NOCASE ORDER BY 1",
        [name],
    )
    return [row[0] for row in rows]
