"""How good are the attributions of this corpus? A random sample, checked by hand, and what it tells of the rest.

The quotations are divided into strata by how the speaker is expressed and how confident the attribution is; each
gets a part of the sample in proportion to its size, and at least a few. Precision is estimated as the mean of the
strata weighted by their sizes (Cochran, *Sampling Techniques*, 1977, chapter 5), with a 95 % interval: Wilson's
(1927) for the effective sample size, which stays sensible near 0 and 1 and for small samples.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from quotes.errors import TableError
from quotes.resolution.tables import LINE, Row, Table, parse_table, refuse

CONTEXT = 250
"""How many characters of the article stand on each side of a quotation in the sample."""
LEAST_PER_STRATUM = 5
CONFIDENT = 0.8
"""From which confidence on an attribution goes to the sure half of its stratum."""
_Z = 1.959963984540054  # 95 %
_YES = frozenset(("y", "yes", "o", "oui", "1", "true", "vrai"))
_NO = frozenset(("n", "no", "non", "0", "false", "faux"))
_BLANK = frozenset(("", "?"))


def _is_answer(cell: str) -> str | None:
    return None if cell.lower() in _YES | _NO | _BLANK else f"{cell!r} is neither yes nor no"


def _is_number(cell: str) -> str | None:
    return None if cell.isdigit() else f"{cell!r} is not a number"


_COLUMNS = (
    "quotation_id", "stratum", "stratum_size", "article_id", "outlet", "date", "before", "quotation", "after", "kind",
    "mention", "speaker", "speaker_id", "rule", "confidence", "is_reported", "is_speaker", "remark",
)  # fmt: skip
SAMPLE = Table(
    "audit",
    _COLUMNS,
    ("quotation_id", "stratum", "stratum_size"),
    {
        "stratum_size": _is_number,
        "is_reported": _is_answer,
        "is_speaker": _is_answer,
    },
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the ends of its 95 % interval; all in [0, 1]."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Stratum:
    """What was checked of one stratum: ``right`` of ``checked``, out of ``size`` quotations in the corpus."""

    name: str
    size: int
    checked: int
    right: int

    @property
    def interval(self) -> Interval:
        return wilson(self.right, self.checked)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The precision of one column over the corpus, with what each stratum contributes."""

    column: str
    interval: Interval
    strata: tuple[Stratum, ...]
    unchecked: int

    @property
    def checked(self) -> int:
        return sum(stratum.checked for stratum in self.strata)


def draw_sample(db: Database, size: int, seed: int = 1) -> list[dict[str, Any]]:
    """``size`` quotations that report somebody's words, as rows of the sample. The same seed draws the same rows."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, form, confidence in db.execute(
        "SELECT id, mention_form, confidence FROM quotations WHERE kind <> 'none' AND speaker IS NOT NULL ORDER BY id"
    ):
        members[f"{form or 'implied'}, {'sure' if confidence >= CONFIDENT else 'unsure'}"].append(number)
    drawn: dict[int, str] = {}
    chance = random.Random(seed)
    for stratum, count in _shares({name: len(ids) for name, ids in members.items()}, size).items():
        drawn |= dict.fromkeys(chance.sample(members[stratum], count), stratum)
    rows = [_row(db, number, stratum, len(members[stratum])) for number, stratum in drawn.items()]
    chance.shuffle(rows)  # so that what is checked first is a sample too
    return rows


def _shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw from each stratum: in proportion, at least a few, at most all."""
    total = sum(sizes.values())
    if total <= size:
        return dict(sizes)
    wanted = {name: max(min(LEAST_PER_STRATUM, count), round(size * count / total)) for name, count in sizes.items()}
    shares = {name: min(count, sizes[name]) for name, count in wanted.items()}
    while (excess := sum(shares.values()) - size) != 0:
        step = -1 if excess > 0 else 1
        least = {
            name: min(LEAST_PER_STRATUM, sizes[name]) if size >= LEAST_PER_STRATUM * len(sizes) else 0 for name in sizes
        }
        able = [n for n in sorted(shares) if (shares[n] > least[n] if step < 0 else shares[n] < sizes[n])]
        if not able:
            break
        shares[max(able, key=lambda name: -step * (shares[name] / sizes[name]))] += step
    return shares


def _row(db: Database, number: int, stratum: str, size: int) -> dict[str, Any]:
    row = next(
        iter(
            db.query(
                "SELECT q.*, a.text AS article_text, a.outlet, a.date FROM quotations q"
                " JOIN articles a ON a.id = q.article_id WHERE q.id = ?",
                [number],
            )
        )
    )
    text, start, end = row["article_text"], row["start"], row["end"]
    return {
        **{column: row.get(column) for column in _COLUMNS},
        "quotation_id": number,
        "stratum": stratum,
        "stratum_size": size,
        "before": " ".join(text[max(0, start - CONTEXT) : start].split()),
        "quotation": " ".join(text[start:end].split()),
        "after": " ".join(text[end : end + CONTEXT].split()),
        "is_reported": "",
        "is_speaker": "",
        "remark": "",
    }


def sample_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The sample as a file for a spreadsheet (UTF-8 with a byte-order mark); ``is_...`` are to be filled in."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def read_sample(path: Path) -> tuple[Row, ...]:
    """A sample that was filled in. Raises TableError with the lines of what cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    return parse_sample(data, str(path))


def parse_sample(data: bytes, where: str) -> tuple[Row, ...]:
    """Like :func:`read_sample` for the bytes of a file."""
    rows = parse_table(data, SAMPLE, where)
    faults: list[str] = []
    seen: dict[str, str] = {}
    sizes: dict[str, str] = {}
    for row in rows:
        number = row["quotation_id"]
        if number in seen:
            faults.append(f"line {row[LINE]}: quotation {number} stands already in line {seen[number]}")
        seen.setdefault(number, row[LINE])
        if sizes.setdefault(row["stratum"], row["stratum_size"]) != row["stratum_size"]:
            faults.append(f"line {row[LINE]}: stratum_size is not that of the other rows of {row['stratum']!r}")
    refuse(faults, where)
    return rows


def estimate(rows: Sequence[Row], column: str) -> Estimate:
    """The precision that the checked rows tell for ``is_reported`` or ``is_speaker``.

    A speaker counts as wrong where the quotation is no report at all. Strata of which nothing was checked are left
    out of the mean. Raises TableError where nothing was checked.
    """
    checked: defaultdict[str, list[bool]] = defaultdict(list)
    sizes = {row["stratum"]: int(row["stratum_size"]) for row in rows}
    unchecked = 0
    for row in rows:
        answer = _answer(row, column)
        if answer is None:
            unchecked += 1
        else:
            checked[row["stratum"]].append(answer)
    if not checked:
        raise TableError(f"Nothing is filled in under {column}.", "Write y or n there, save as CSV, and try again.")
    strata = tuple(Stratum(name, sizes[name], len(a), sum(a)) for name, a in sorted(checked.items()))
    return Estimate(column, stratified(strata), strata, unchecked)


def _answer(row: Row, column: str) -> bool | None:
    cell = row[column].lower()
    if column == "is_speaker" and cell in _BLANK and row["is_reported"].lower() in _NO:
        return False
    return None if cell in _BLANK else cell in _YES


def wilson(right: float, of: float) -> Interval:
    """Wilson's score interval for a share, 95 %. ``of`` may be an effective sample size, not a whole number."""
    if not of:
        return Interval(0.0, 0.0, 1.0)
    share = right / of
    denominator = 1 + _Z**2 / of
    centre = (share + _Z**2 / (2 * of)) / denominator
    half = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2)) / denominator
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def stratified(strata: Sequence[Stratum]) -> Interval:
    """The share over all strata: their means weighted by size, with Wilson's interval for the effective sample.

    The variance of a stratum uses (right + 1) / (checked + 2), so that a few checks without an error are not taken
    for certainty; what was checked whole has none.
    """
    total = sum(stratum.size for stratum in strata)
    checked = sum(stratum.checked for stratum in strata)
    value = variance = 0.0
    for stratum in strata:
        weight = stratum.size / total
        value += weight * stratum.right / stratum.checked
        shrunk = (stratum.right + 1) / (stratum.checked + 2)
        unseen = 1 - stratum.checked / stratum.size if stratum.size else 0.0
        variance += weight**2 * max(0.0, unseen) * shrunk * (1 - shrunk) / stratum.checked
    value = min(1.0, value)  # rounding
    if variance <= 0:
        return Interval(value, value, value)
    pooled = (value * checked + 1) / (checked + 2)
    return wilson(value * pooled * (1 - pooled) / variance, pooled * (1 - pooled) / variance)
