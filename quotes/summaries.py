"""The small tables that the site's pages are made from: totals, speakers, months, typical words, repeats.

Everything here is derived from ``articles``, ``quotations`` and ``speakers`` and can be thrown away and made
again. The SQL is in ``site/summaries.sql`` and ``site/views.sql``; what SQL says badly (folding accents, typical
words, the lemmas of a form) is done here. 300,000 quotations take about half a minute.
"""

from __future__ import annotations

import hashlib
import math
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files

WORD = re.compile(r"[^\W_]+")

TYPICAL_WORDS = 25
"""How many words are kept for a speaker."""

TYPICAL_MINIMUM = 5
"""How many quotations a speaker needs before words are called typical."""

REPEAT_MINIMUM = 4
"""How many words a quotation needs before its return elsewhere is called a repeat."""


def fold(text: str) -> str:
    """Lower case without diacritics, as the full-text index folds (``unicode61 remove_diacritics 2``)."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if not unicodedata.combining(c))
    )


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def refresh_summaries(connection: sqlite3.Connection) -> None:
    """Make the ``summary_*`` tables, their indexes and the site's views anew, in one transaction.

    Call it at the end of a build. Raises ``sqlite3.Error`` where the database lacks the tables of the schema.
    """
    folder = files("quotes.site")
    statements = [
        *_statements(folder.joinpath("summaries.sql").read_text("utf-8")),
        *_statements(folder.joinpath("views.sql").read_text("utf-8")),
    ]
    connection.commit()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            connection.execute(statement)
        _fold_names(connection)
        _texts(connection)
        connection.execute(
            "CREATE INDEX IF NOT EXISTS quotations_article ON quotations (article_id, start)"
        )
        connection.execute(
            "CREATE INDEX IF NOT EXISTS articles_outlet_date ON articles (outlet, date)"
        )
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def summaries_exist(connection: sqlite3.Connection) -> bool:
    """Whether the summary tables are there and count the quotations that the database holds now."""
    try:
        marked = connection.execute(
            "SELECT value FROM summary_totals WHERE name = 'marked'"
        ).fetchone()
        repeats = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'summary_repeats'"
        ).fetchone()
        return (
            bool(repeats[0])
            and marked
            == connection.execute("SELECT count(*) FROM quotations").fetchone()
        )
    except sqlite3.OperationalError:
        return False


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time: ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _fold_names(connection: sqlite3.Connection) -> None:
    """Everything a speaker is called, folded, in one column that a name typed by a person is looked for in."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for speaker_id, alias in connection.execute(
        "SELECT speaker_id, alias FROM aliases"
    ):
        names[speaker_id].append(alias)
    rows = [
        (
            f"|{'|'.join(dict.fromkeys(' '.join(words_of(form)) for form in [name, *names.get(key, [])]))}|",
            key,
        )
        for key, name in connection.execute(
            "SELECT speaker_key, name FROM summary_speakers"
        )
    ]
    connection.executemany(
        "UPDATE summary_speakers SET folded = ? WHERE speaker_key = ?", rows
    )


def _texts(connection: sqlite3.Connection) -> None:
    """One pass over the words of all quotations: typical words, repeats, and the lemmas of each form."""
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    quotations: Counter[str] = Counter()
    lemmas_of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: defaultdict[int, list[int]] = defaultdict(list)
    articles: dict[int, str] = {}
    everything: Counter[str] = Counter()
    rows = connection.execute(
        "SELECT q.id, q.article_id, q.text, q.lemmas, f.speaker_key FROM quotations q JOIN summary_facts f USING (id)"
        " WHERE q.kind <> 'none'"
    )
    for identifier, article_id, text, lemmas, key in rows:
        words = words_of(text or "")
        folded = words_of(lemmas or "")
        if len(words) == len(folded):
            for word, lemma in zip(words, folded, strict=True):
                lemmas_of[word][lemma] += 1
        content = [w for w in folded or words if len(w) > 2 and not w.isdigit()]
        everything.update(content)
        if key is not None:
            quotations[key] += 1
            spoken[key].update(content)
        if len(words) >= REPEAT_MINIMUM:
            digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
            seen[int.from_bytes(digest, "big") >> 11].append(identifier)
            articles[identifier] = article_id
    _fill(
        connection,
        "summary_words (speaker_key TEXT, word TEXT, count INTEGER, score REAL, PRIMARY KEY (speaker_key, word))",
        (
            (key, word, count, round(score, 2))
            for key, counts in spoken.items()
            if quotations[key] >= TYPICAL_MINIMUM
            for word, count, score in typical_words(counts, everything)
        ),
    )
    _fill(
        connection,
        "summary_repeats (id INTEGER PRIMARY KEY, text_key INTEGER)",
        (
            (identifier, text_key)
            for text_key, identifiers in seen.items()
            if len(identifiers) > 1 and len({articles[i] for i in identifiers}) > 1
            for identifier in identifiers
        ),
    )
    connection.execute(
        "CREATE INDEX summary_repeats_text ON summary_repeats (text_key)"
    )
    _fill(
        connection,
        "summary_forms (form TEXT, lemma TEXT, PRIMARY KEY (form, lemma))",
        (
            (form, lemma)
            for form, lemmas in lemmas_of.items()
            for lemma in _usual(lemmas)
        ),
    )
    connection.execute("CREATE INDEX summary_forms_lemma ON summary_forms (lemma)")


def _usual(lemmas: Counter[str]) -> list[str]:
    """The lemmas of a form that are more than a slip of the tagger: a tenth of its uses at least."""
    total = lemmas.total()
    return [lemma for lemma, count in lemmas.items() if count * 10 >= total]


def _fill(
    connection: sqlite3.Connection, definition: str, rows: Iterable[tuple[object, ...]]
) -> None:
    name, _, columns = definition.partition(" ")
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute(f"CREATE TABLE {name} {columns} WITHOUT ROWID")
    marks = ", ".join(
        "?" * len(connection.execute(f"PRAGMA table_info({name})").fetchall())
    )
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def typical_words(
    counts: Counter[str], everything: Counter[str]
) -> list[tuple[str, int, float]]:
    """The words that one speaker uses more than the others: (word, count, score), the most typical first.

    The score is Dunning's log-likelihood ratio of the word in this speaker's quotations against all the others';
    3.84 is the usual 5 % threshold. Words seen once, and those the others use as much, are left out.
    """
    own, total = counts.total(), everything.total()
    scored = []
    for word, count in counts.items():
        overall = everything[word]
        expected = own * overall / total
        if count < 2 or count <= expected:
            continue
        score = 2 * count * math.log(count / expected)
        if overall > count:
            score += (
                2
                * (overall - count)
                * math.log((overall - count) / ((total - own) * overall / total))
            )
        if score >= 3.84:
            scored.append((word, count, score))
    return sorted(scored, key=lambda item: (-item[2], item[0]))[:TYPICAL_WORDS]
