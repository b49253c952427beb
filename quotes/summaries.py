"""The small tables that the site's pages are made from: totals, speakers, months, facets, typical words, repeats.

Everything here is derived from ``articles``, ``quotations``, ``speakers`` and ``aliases`` and can be thrown away and
made again. The SQL is in ``site/summaries.sql`` and ``site/views.sql``; what SQL says badly (folding accents, typical
words, the lemmas of a form) is done here.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import sqlite3
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import combinations, compress

from quotes.resources import data_path

TYPICAL_WORDS = 25
"""How many words are kept for a speaker."""

TYPICAL_MINIMUM = 5
"""How many quotations a speaker needs before words are called typical."""

REPEAT_MINIMUM = 4
"""How many words a quotation needs before its return elsewhere is called a repeat."""

FACET_ITEMS = 15
"""How many speakers, outlets and verbs are counted for each value of a filter."""

FACET_MINIMUM = 200
"""How many quotations a value needs before its facets are counted in advance: the page counts fewer itself."""

CONFIDENCES = (50, 70, 80, 90, 95)
"""The lower bounds of confidence, in per cent, that the search page offers."""

Facet = tuple[str, str, str, str, int]
"""Filter, its value, what is counted, the value counted, how many quotations."""

_WORD = re.compile(r"[^\W_]+")
_DIACRITIC = re.compile("[\u0300-\u036f]")
_EMPTY = frozenset(
    "aller aussi autre avec avoir bien cela ces cet cette comme dans des devoir dire donc elle entre est être faire"
    " falloir les leur mais même mettre moi mon nos notre nous pas plus pour pouvoir que quel qui rien sans savoir ses"
    " soi son sous sur très tout toute tous une venir vos votre vouloir vous été".split()
)
_CONTRACTIONS = frozenset(("du", "des", "au", "aux", "duquel", "desquels", "auquel", "auxquels"))


def fold(text: str) -> str:
    """Lower case without diacritics, as the full-text index folds (``unicode61 remove_diacritics 2``)."""
    lower = text.lower()
    if lower.isascii():
        return lower
    return unicodedata.normalize("NFC", _DIACRITIC.sub("", unicodedata.normalize("NFD", lower)))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def refresh_summaries(connection: sqlite3.Connection) -> None:
    """Make the ``summary_*`` tables, their indexes and the site's views anew, in one transaction.

    Call it at the end of a build. Raises ``sqlite3.Error`` where the database lacks the tables of the schema.
    """
    folder = files("quotes.site")
    connection.commit()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in ("summaries.sql", "views.sql"):
            for statement in _statements(folder.joinpath(script).read_text("utf-8")):
                connection.execute(statement)
        _fold_names(connection)
        _facets(connection)
        _offices(connection)
        _texts(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def summaries_current(connection: sqlite3.Connection) -> bool:
    """Whether the summary tables are there and count as many quotations as the database holds now."""
    try:
        marked = connection.execute("SELECT value FROM summary_totals WHERE name = 'marked'").fetchone()
        connection.execute("SELECT 1 FROM summary_forms, summary_facets LIMIT 1")
        return bool(marked == connection.execute("SELECT count(*) FROM quotations").fetchone())
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


def _fill(connection: sqlite3.Connection, definition: str, rows: Iterable[Sequence[object]]) -> None:
    """Make a table anew from rows in any order; sorted first, which a clustered table is filled fastest by."""
    name, _, columns = definition.partition(" ")
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute(f"CREATE TABLE {name} {columns} WITHOUT ROWID")
    marks = ", ".join("?" * len(connection.execute(f"PRAGMA table_info({name})").fetchall()))
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def _fold_names(connection: sqlite3.Connection) -> None:
    """Everything a speaker is called, folded, in one column that a name typed by a person is looked for in."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for speaker_id, alias in connection.execute("SELECT speaker_id, alias FROM aliases"):
        names[speaker_id].append(alias)
    rows = [
        (f"| {' | '.join(dict.fromkeys(' '.join(words_of(form)) for form in [name, *names.get(key, [])]))} |", key)
        for key, name in connection.execute("SELECT speaker_key, name FROM summary_speakers")
    ]
    connection.executemany("UPDATE summary_speakers SET folded = ? WHERE speaker_key = ?", rows)
    connection.execute("CREATE INDEX summary_speakers_names ON summary_speakers (quotations DESC, name, folded, type)")


def _facets(connection: sqlite3.Connection) -> None:
    """For every value of a single filter that has many quotations: how they fall by each of the others."""
    rows = connection.execute(
        "SELECT outlet, speaker_key, verb, kind, substr(date, 1, 4), confidence FROM summary_facts"
    ).fetchall()
    *columns, confidences = list(zip(*rows, strict=True)) or [()] * 6
    everything = dict(zip(("media", "personne", "verbe", "genre", "annee"), columns, strict=True))
    speech = [kind != "none" for kind in everything["genre"]]
    reported = {field: list(compress(values, speech)) for field, values in everything.items()}
    counted: list[Facet] = [("tout", "", "total", "", sum(speech))]
    enough: dict[str, set[str]] = {}
    for field, values in reported.items():
        single = Counter(everything["genre"] if field == "genre" else values)
        least = 1 if field == "genre" else FACET_MINIMUM
        enough[field] = {value for value, n in single.items() if value is not None and n >= least}
        for value in enough[field]:
            counted += [(field, value, "total", "", single[value]), (field, value, field, value, single[value])]
        counted += _best("tout", field, ((("", item), n) for item, n in Counter(values).most_common()), {""})
    for one, other in combinations(reported, 2):
        source = everything if "genre" in (one, other) else reported
        pairs = Counter(zip(source[one], source[other], strict=True)).most_common()
        counted += _best(one, other, pairs, enough[one])
        counted += _best(other, one, (((b, a), n) for (a, b), n in pairs), enough[other])
    counted += _sure(
        reported, [bisect_right(CONFIDENCES, 100 * (c or 0) + 1e-9) for c in compress(confidences, speech)]
    )
    _fill(
        connection,
        "summary_facets (field TEXT, value TEXT, facet TEXT, item TEXT, number INTEGER,"
        " PRIMARY KEY (field, value, facet, item))",
        sorted(counted),
    )


def _best(
    field: str, facet: str, pairs: Iterable[tuple[tuple[str | None, str | None], int]], enough: set[str]
) -> Iterator[Facet]:
    """The most frequent items of a facet for each value of a filter; ``pairs`` come the most frequent first."""
    kept: Counter[str] = Counter()
    for (value, item), number in pairs:
        if value is None or item is None or value not in enough or (facet == "genre" and item == "none"):
            continue
        if facet == "annee" or kept[value] < FACET_ITEMS:
            kept[value] += 1
            yield field, value, facet, item, number


def _sure(reported: Mapping[str, Sequence[str | None]], bands: list[int]) -> Iterator[Facet]:
    """The facets of the quotations above each bound; ``bands`` has how many of the bounds each one reaches."""
    reached = Counter(bands)
    for i, bound in enumerate(CONFIDENCES):
        yield "confiance", str(bound), "total", "", sum(n for band, n in reached.items() if band > i)
    for facet, values in reported.items():
        pairs = Counter(zip(bands, values, strict=True))
        for i, bound in enumerate(CONFIDENCES):
            above: Counter[str | None] = Counter()
            for (band, item), number in pairs.items():
                if band > i:
                    above[item] += number
            value = str(bound)
            yield from _best("confiance", facet, (((value, item), n) for item, n in above.most_common()), {value})


def _offices(connection: sqlite3.Connection) -> None:
    """The offices in words: *foreign-minister* of *etats-unis* as « secrétaire d'État », « États-Unis »."""
    places = {row["place"]: row["name"] for row in _table("countries.csv")}
    wordings: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _table("roles.csv"):
        wordings[row["role"]].append(row)
    rows = []
    sql = "SELECT o.id, o.role, o.place, coalesce(s.gender, 'm') FROM offices o JOIN speakers s ON s.id = o.speaker_id"
    for identifier, role, place, gender in connection.execute(sql):
        fitting = [row for row in wordings[role] if row["place"] in ("", place) and row["gender"] in ("", gender)]
        # a wording of this place that needs its name, then one of any place, then one that says the place itself
        ranks = {(True, "no"): 0, (False, "no"): 1, (False, "yes"): 1, (True, "yes"): 2}
        fitting.sort(key=lambda row: ranks[bool(row["place"]), row["alone"]])
        found = fitting[0] if fitting else {"wording": role, "place": "", "alone": "no"}
        says_place = found["place"] and found["alone"] == "yes"
        rows.append((identifier, found["wording"], None if says_place else places.get(place, place)))
    _fill(connection, "summary_offices (id INTEGER PRIMARY KEY, role TEXT, place TEXT)", sorted(rows))


def _table(name: str) -> Iterator[dict[str, str]]:
    with data_path(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _texts(connection: sqlite3.Connection) -> None:
    """One pass over the words of all quotations: typical words, repeats, and the lemmas of each form."""
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    quotations: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    seen: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    everything: Counter[str] = Counter()
    rows = connection.execute(
        "SELECT q.id, q.article_id, q.text, q.lemmas, f.speaker_key FROM quotations q JOIN summary_facts f USING (id)"
        " WHERE q.kind <> 'none'"
    )
    folds, contents = _Folds(), _Contents()
    for identifier, article_id, text, lemmas, key in rows:
        spelt = _WORD.findall(lemmas or text or "")
        words = [folds[word] for word in _WORD.findall(_composed(text or ""))]
        pairs.update(_aligned(words, [folds[word] for word in spelt]))
        content = [word for word in map(contents.__getitem__, spelt) if word]
        everything.update(content)
        if key is not None:
            quotations[key] += 1
            spoken[key].update(content)
        if len(words) >= REPEAT_MINIMUM:
            digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
            seen[int.from_bytes(digest, "big") >> 11].append((identifier, article_id))
    _fill(
        connection,
        "summary_words (speaker_key TEXT, word TEXT, count INTEGER, score REAL, PRIMARY KEY (speaker_key, word))",
        _typical(spoken, quotations, everything),
    )
    _fill(
        connection,
        "summary_repeats (id INTEGER PRIMARY KEY, text_key INTEGER)",
        sorted(
            (identifier, text_key)
            for text_key, found in seen.items()
            if len({article for _, article in found}) > 1
            for identifier, _ in found
        ),
    )
    connection.execute("CREATE INDEX summary_repeats_text ON summary_repeats (text_key)")
    _fill(
        connection,
        "summary_forms (form TEXT, lemma TEXT, PRIMARY KEY (form, lemma))",
        sorted(_forms(pairs, everything)),
    )
    connection.execute("CREATE INDEX summary_forms_lemma ON summary_forms (lemma)")


def _composed(text: str) -> str:
    """Letters with their accents in one: a combining accent would split a word."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


class _Folds(dict[str, str]):
    """Words folded, each spelling once."""

    def __missing__(self, word: str) -> str:
        self[word] = folded = fold(word)
        return folded


class _Contents(dict[str, str]):
    """Words in lower case, those that say nothing about what is spoken of as the empty string."""

    def __missing__(self, word: str) -> str:
        lower = word.lower()
        self[word] = content = "" if len(lower) < 3 or lower.isdigit() or lower in _EMPTY else lower
        return content


def _aligned(words: list[str], lemmas: list[str]) -> Iterable[tuple[str, str]]:
    """Each word with its lemma, where the lists match one to one (*du* may have two lemmas); else nothing."""
    if len(words) == len(lemmas):
        return zip(words, lemmas, strict=True)
    if len(words) + sum(word in _CONTRACTIONS for word in words) != len(lemmas):
        return ()
    doubled = [copy for word in words for copy in ([word, ""] if word in _CONTRACTIONS else [word])]
    return [(w, lemma) for w, lemma in zip(doubled, lemmas, strict=True) if w and w not in _CONTRACTIONS]


def _forms(pairs: Counter[tuple[str, str]], vocabulary: Iterable[str]) -> set[tuple[str, str]]:
    """Form and lemma, folded: those seen in at least a tenth of the form's uses, and those of the form table.

    Of the form table only what leads to a word of the corpus is kept.
    """
    uses: Counter[str] = Counter()
    for (form, _), number in pairs.items():
        uses[form] += number
    found = {(form, lemma) for (form, lemma), number in pairs.items() if number * 10 >= uses[form]}
    known = {lemma for _, lemma in found} | {fold(word) for word in vocabulary}
    for row in _table("forms.csv"):
        form, lemma = fold(row["form"]), fold(row["lemma"] or row["form"])
        if lemma in known and _WORD.fullmatch(form):
            found.add((form, lemma))
    return found


def _typical(
    spoken: Mapping[str, Counter[str]], quotations: Mapping[str, int], everything: Counter[str]
) -> Iterator[tuple[str, str, int, float]]:
    total = everything.total()
    for key in sorted(spoken):
        if quotations[key] >= TYPICAL_MINIMUM:
            for word, count, score in typical_words(spoken[key], everything, total):
                yield key, word, count, round(score, 2)


def typical_words(counts: Counter[str], everything: Mapping[str, int], total: int) -> list[tuple[str, int, float]]:
    """The words that one speaker uses more than the others: (word, count, score), the most typical first.

    The score is Dunning's log-likelihood ratio (1993) of the word in this speaker's quotations against all the
    others'; 3.84 is the usual 5 % threshold. Words seen once, and those the others use as much, are left out.
    ``total`` is the sum of ``everything``, the counts of the whole corpus, this speaker included.
    """
    own = counts.total()
    scored = []
    for word, count in counts.items():
        if count < 2:
            continue
        overall = everything[word]
        expected = own * overall / total
        if count <= expected:
            continue
        score = 2 * count * math.log(count / expected)
        if overall > count:
            score += 2 * (overall - count) * math.log((overall - count) / (overall - expected))
        if score >= 3.84:
            scored.append((word, count, score))
    return sorted(scored, key=lambda item: (-item[2], item[0]))[:TYPICAL_WORDS]
