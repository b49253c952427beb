-- The views of the site: what people query. Their columns are described in pages/dictionary.py.

DROP VIEW IF EXISTS quotation_details;
CREATE VIEW quotation_details AS
SELECT q.id, a.date, a.outlet, a.title, a.url, q.article_id, q.speaker, q.speaker_id, q.speaker_type,
       q.speaker_gender, q.kind, q.text, q.cue, q.cue_lemma, q.cue_stance, q.modality, q.mention, q.mention_form,
       q.relayed_by, q.rule, q.confidence, q.start, q."end"
FROM quotations q
LEFT JOIN articles a ON a.id = q.article_id;

DROP VIEW IF EXISTS speaker_details;
CREATE VIEW speaker_details AS
SELECT t.speaker_key, t.speaker_id, t.name, t.type, t.gender, s.description, s.wikidata, t.quotations, t.articles,
       t.outlets, t.first, t.last
FROM summary_speakers t
LEFT JOIN speakers s ON s.id = t.speaker_id;

DROP VIEW IF EXISTS outlet_details;
CREATE VIEW outlet_details AS
SELECT outlet, articles, quotations, attributed, speakers, women, men, first, last,
       round(100.0 * women / nullif(women + men, 0), 1) AS women_percent
FROM summary_outlets;

DROP VIEW IF EXISTS verb_details;
CREATE VIEW verb_details AS
SELECT verb, category, stance, quotations, speakers
FROM summary_verbs;

DROP VIEW IF EXISTS monthly_quotations;
CREATE VIEW monthly_quotations AS
SELECT month, outlet, articles, quotations, attributed
FROM summary_months;

DROP VIEW IF EXISTS speaker_months;
CREATE VIEW speaker_months AS
SELECT t.name, m.speaker_key, m.month, m.quotations
FROM summary_speaker_months m
JOIN summary_speakers t ON t.speaker_key = m.speaker_key;

DROP VIEW IF EXISTS doubtful_quotations;
CREATE VIEW doubtful_quotations AS
SELECT d.*
FROM summary_facts f
JOIN quotation_details d ON d.id = f.id
WHERE f.kind <> 'none' AND (f.confidence < 0.5 OR f.speaker_key IS NULL);
