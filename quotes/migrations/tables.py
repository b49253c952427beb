"""Tables, indexes and full-text search of ``quotes.db``. ``docs/architecture.md`` says what each column means."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("quotes-tables")

_TABLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT, outlet TEXT, author TEXT, date TEXT, url TEXT,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    source TEXT,
    content_hash TEXT NOT NULL,
    added_at TEXT NOT NULL
);
CREATE TABLE speakers (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL, gender TEXT, wikidata TEXT, description TEXT,
    source TEXT NOT NULL
);
CREATE TABLE quotations (
    id INTEGER PRIMARY KEY NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, inner_start INTEGER NOT NULL, inner_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    speaker TEXT, speaker_id TEXT REFERENCES speakers(id) ON DELETE SET NULL, speaker_type TEXT,
    speaker_forms TEXT, speaker_gender TEXT,
    mention TEXT, mention_start INTEGER, mention_end INTEGER, mention_form TEXT,
    cue TEXT, cue_start INTEGER, cue_end INTEGER, cue_lemma TEXT, cue_category TEXT, cue_stance TEXT, modality TEXT,
    relayed_by TEXT, rule TEXT NOT NULL, because TEXT, confidence REAL NOT NULL,
    method TEXT, score REAL, runners_up TEXT,
    problem TEXT,
    lemmas TEXT NOT NULL,
    resolved_name TEXT, resolved_id TEXT, resolved_method TEXT
);
CREATE TABLE aliases (
    id INTEGER PRIMARY KEY NOT NULL,
    alias TEXT NOT NULL,
    speaker_id TEXT NOT NULL REFERENCES speakers(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, valid_from TEXT, valid_to TEXT, source TEXT
);
CREATE TABLE offices (
    id INTEGER PRIMARY KEY NOT NULL,
    role TEXT NOT NULL, place TEXT,
    speaker_id TEXT NOT NULL REFERENCES speakers(id) ON DELETE CASCADE,
    valid_from TEXT, valid_to TEXT, known_until TEXT, source TEXT
);
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY NOT NULL,
    verdict TEXT NOT NULL, form TEXT, speaker_id TEXT, quotation_id INTEGER,
    scope TEXT, article_id TEXT, "by" TEXT, at TEXT, why TEXT, undone_at TEXT
);
CREATE TABLE parses (
    article_id TEXT PRIMARY KEY NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE stages (
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (article_id, stage)
) WITHOUT ROWID;
CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX idx_quotations_article ON quotations(article_id, start);
CREATE INDEX idx_quotations_speaker ON quotations(speaker_id, article_id);
CREATE INDEX idx_quotations_cue_lemma ON quotations(cue_lemma);
CREATE INDEX idx_quotations_kind ON quotations(kind);
CREATE INDEX idx_quotations_rule ON quotations(rule);
CREATE INDEX idx_quotations_resolved ON quotations(resolved_name);
CREATE INDEX idx_articles_date ON articles(date);
CREATE INDEX idx_articles_outlet ON articles(outlet, date);
CREATE INDEX idx_aliases_alias ON aliases(alias);
CREATE INDEX idx_aliases_speaker ON aliases(speaker_id);
CREATE INDEX idx_offices_speaker ON offices(speaker_id);
CREATE INDEX idx_offices_role ON offices(role, place);
CREATE INDEX idx_decisions_form ON decisions(form);
CREATE INDEX idx_stages_version ON stages(stage, version)
"""

# External content: the words are stored once, in quotations. Triggers keep the index in step within the same
# transaction, so that a kill at any moment leaves nothing to repair.
_SEARCH = """
CREATE VIRTUAL TABLE quotations_fts USING fts5(
    text, lemmas, content='quotations', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
)
---
CREATE TRIGGER quotations_fts_insert AFTER INSERT ON quotations BEGIN
    INSERT INTO quotations_fts(rowid, text, lemmas) VALUES (new.id, new.text, new.lemmas);
END
---
CREATE TRIGGER quotations_fts_delete AFTER DELETE ON quotations BEGIN
    INSERT INTO quotations_fts(quotations_fts, rowid, text, lemmas) VALUES ('delete', old.id, old.text, old.lemmas);
END
---
CREATE TRIGGER quotations_fts_update AFTER UPDATE OF id, text, lemmas ON quotations BEGIN
    INSERT INTO quotations_fts(quotations_fts, rowid, text, lemmas) VALUES ('delete', old.id, old.text, old.lemmas);
    INSERT INTO quotations_fts(rowid, text, lemmas) VALUES (new.id, new.text, new.lemmas);
END
"""


@migrations()
def tables(db: Database) -> None:
    for statement in _TABLES.split(";"):
        db.execute(statement)


@migrations()
def search(db: Database) -> None:
    for statement in _SEARCH.split("---"):
        db.execute(statement)
