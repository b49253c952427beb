-- Small tables from which the site's pages are made; rebuilt whole by quotes.summaries.refresh_summaries().
-- A speaker's key is speakers.id where the speaker is known, else the name as resolved within the articles.

DROP TABLE IF EXISTS summary_facts;
CREATE TABLE summary_facts (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    date TEXT,
    outlet TEXT,
    speaker_key TEXT,
    type TEXT,
    gender TEXT,
    kind TEXT,
    verb TEXT,
    stance TEXT,
    confidence REAL
);
INSERT INTO summary_facts
SELECT q.id, q.article_id, a.date, a.outlet,
       CASE WHEN q.kind <> 'none' THEN coalesce(q.speaker_id, q.speaker) END,
       coalesce(s.type, q.speaker_type), coalesce(s.gender, q.speaker_gender), q.kind, q.cue_lemma, q.cue_stance, q.confidence
FROM quotations q
JOIN articles a ON a.id = q.article_id
LEFT JOIN speakers s ON s.id = q.speaker_id
ORDER BY q.id;
CREATE INDEX summary_facts_speaker ON summary_facts (speaker_key, date, article_id, kind);
CREATE INDEX summary_facts_outlet ON summary_facts (outlet, date, kind, speaker_key);
CREATE INDEX summary_facts_date ON summary_facts (date, kind, confidence);
CREATE INDEX summary_facts_verb ON summary_facts (verb, date, kind, speaker_key, outlet);
CREATE INDEX summary_facts_confidence ON summary_facts (confidence, kind);
CREATE INDEX summary_facts_article ON summary_facts (article_id, speaker_key);
CREATE INDEX IF NOT EXISTS quotations_problem ON quotations (problem) WHERE problem IS NOT NULL;

DROP TABLE IF EXISTS summary_speakers;
CREATE TABLE summary_speakers (
    speaker_key TEXT PRIMARY KEY,
    speaker_id TEXT,
    name TEXT NOT NULL,
    type TEXT,
    gender TEXT,
    quotations INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    first TEXT,
    last TEXT,
    folded TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
INSERT INTO summary_speakers
SELECT f.speaker_key, s.id, coalesce(s.name, f.speaker_key), f.type, f.gender, f.quotations, f.articles, f.outlets,
       f.first, f.last, ''
FROM (
    SELECT speaker_key, max(type) AS type, max(gender) AS gender, count(*) AS quotations,
           count(DISTINCT article_id) AS articles, count(DISTINCT outlet) AS outlets,
           min(date) AS first, max(date) AS last
    FROM summary_facts
    WHERE speaker_key IS NOT NULL
    GROUP BY speaker_key
) f
LEFT JOIN speakers s ON s.id = f.speaker_key;
CREATE INDEX summary_speakers_type ON summary_speakers (type, quotations DESC);

DROP TABLE IF EXISTS summary_speaker_months;
CREATE TABLE summary_speaker_months (
    speaker_key TEXT NOT NULL,
    month TEXT NOT NULL,
    quotations INTEGER NOT NULL,
    PRIMARY KEY (speaker_key, month)
) WITHOUT ROWID;
INSERT INTO summary_speaker_months
SELECT speaker_key, substr(date, 1, 7), count(*)
FROM summary_facts
WHERE speaker_key IS NOT NULL AND date IS NOT NULL
GROUP BY 1, 2;

DROP TABLE IF EXISTS summary_stances;
CREATE TABLE summary_stances (
    speaker_key TEXT NOT NULL,
    stance TEXT NOT NULL,
    quotations INTEGER NOT NULL,
    PRIMARY KEY (speaker_key, stance)
) WITHOUT ROWID;
INSERT INTO summary_stances
SELECT speaker_key, stance, count(*)
FROM summary_facts
WHERE speaker_key IS NOT NULL AND stance IS NOT NULL
GROUP BY 1, 2;

DROP TABLE IF EXISTS summary_months;
CREATE TABLE summary_months (
    month TEXT NOT NULL,
    outlet TEXT NOT NULL,
    articles INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    attributed INTEGER NOT NULL,
    PRIMARY KEY (month, outlet)
) WITHOUT ROWID;
INSERT INTO summary_months
SELECT substr(date, 1, 7), coalesce(outlet, ''), count(DISTINCT article_id), count(*), count(speaker_key)
FROM summary_facts
WHERE kind <> 'none' AND date IS NOT NULL
GROUP BY 1, 2;

DROP TABLE IF EXISTS summary_outlets;
CREATE TABLE summary_outlets (
    outlet TEXT PRIMARY KEY,
    articles INTEGER NOT NULL,
    quotations INTEGER NOT NULL,
    attributed INTEGER NOT NULL,
    speakers INTEGER NOT NULL,
    women INTEGER NOT NULL,
    men INTEGER NOT NULL,
    first TEXT,
    last TEXT
) WITHOUT ROWID;
INSERT INTO summary_outlets
SELECT a.outlet, count(*), coalesce(f.quotations, 0), coalesce(f.attributed, 0), coalesce(f.speakers, 0),
       coalesce(f.women, 0), coalesce(f.men, 0), min(a.date), max(a.date)
FROM (SELECT coalesce(outlet, '') AS outlet, date FROM articles) a
LEFT JOIN (
    SELECT coalesce(outlet, '') AS outlet, sum(kind <> 'none') AS quotations, count(speaker_key) AS attributed,
           count(DISTINCT speaker_key) AS speakers,
           sum(speaker_key IS NOT NULL AND gender = 'f') AS women,
           sum(speaker_key IS NOT NULL AND gender = 'm') AS men
    FROM summary_facts
    GROUP BY 1
) f ON f.outlet = a.outlet
GROUP BY a.outlet;

DROP TABLE IF EXISTS summary_verbs;
CREATE TABLE summary_verbs (
    verb TEXT PRIMARY KEY,
    category TEXT,
    stance TEXT,
    quotations INTEGER NOT NULL,
    speakers INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO summary_verbs
SELECT f.verb, (SELECT q.cue_category FROM quotations q WHERE q.cue_lemma = f.verb LIMIT 1), f.stance, f.quotations,
       f.speakers
FROM (
    SELECT verb, max(stance) AS stance, count(*) AS quotations, count(DISTINCT speaker_key) AS speakers
    FROM summary_facts
    WHERE verb IS NOT NULL AND kind <> 'none'
    GROUP BY verb
) f;

DROP TABLE IF EXISTS summary_cues;
CREATE TABLE summary_cues (
    verb TEXT NOT NULL,
    cue TEXT NOT NULL,
    quotations INTEGER NOT NULL,
    PRIMARY KEY (verb, cue)
) WITHOUT ROWID;
INSERT INTO summary_cues
SELECT cue_lemma, lower(cue), count(*)
FROM quotations
WHERE cue_lemma IS NOT NULL AND cue IS NOT NULL AND kind <> 'none'
GROUP BY 1, 2;

DROP TABLE IF EXISTS summary_totals;
CREATE TABLE summary_totals (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO summary_totals
SELECT 'articles', count(*) FROM articles
UNION ALL SELECT 'words', coalesce(sum(words), 0) FROM articles
UNION ALL SELECT 'marked', count(*) FROM summary_facts
UNION ALL SELECT 'quotations', count(*) FROM summary_facts WHERE kind <> 'none'
UNION ALL SELECT 'attributed', count(speaker_key) FROM summary_facts
UNION ALL SELECT 'fragile', count(*) FROM summary_facts WHERE kind <> 'none' AND confidence < 0.5
UNION ALL SELECT 'nameless', count(*) FROM summary_facts WHERE kind <> 'none' AND speaker_key IS NULL
UNION ALL SELECT 'odd', count(*) FROM quotations WHERE problem IS NOT NULL AND kind <> 'none'
UNION ALL SELECT 'speakers', count(*) FROM summary_speakers
UNION ALL SELECT 'outlets', count(*) FROM summary_outlets WHERE outlet <> ''
UNION ALL SELECT 'first', min(date) FROM articles
UNION ALL SELECT 'last', max(date) FROM articles;
