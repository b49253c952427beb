"""What a curator does: decide, merge, split, rename, link; every one can be undone.

Each function writes tables and decisions only; ``refresh`` then settles who speaks.
"""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from sqlite_utils import Database

from quotes.curation.speakers import read_decisions
from quotes.errors import QuotesError
from quotes.resolution.decisions import Decision, Scope, Verdict
from quotes.resolution.names import fold, slug
from quotes.resolution.tables import SPEAKERS

_COLUMNS = ("verdict", "form", "speaker_id", "quotation_id", "scope", "article_id", "by", "at", "why")


def decide(
    db: Database,
    verdict: Verdict,
    *,
    speaker_id: str | None = None,
    form: str | None = None,
    quotation_id: int | None = None,
    article_id: str | None = None,
    by: str | None = None,
    why: str | None = None,
) -> int:
    """Record a decision and return its number. With ``article_id`` or ``quotation_id`` it is for one article.

    Raises :class:`QuotesError` for a speaker that there is not, or where neither form nor quotation is given.
    """
    if not form and quotation_id is None:
        raise QuotesError("A decision needs a form or a quotation that it is about.")
    if speaker_id is not None:
        require_speaker(db, speaker_id)
    scope: Scope = "corpus" if article_id is None and quotation_id is None else "article"
    values = (verdict, form, speaker_id, quotation_id, scope, article_id, by or _user(), _now(), why)
    with db.atomic():
        names = ", ".join(f'"{column}"' for column in _COLUMNS)
        cursor = db.conn.execute(f"INSERT INTO decisions ({names}) VALUES ({', '.join('?' * len(values))})", values)
    return int(cursor.lastrowid or 0)


def undo(db: Database, decision_id: int) -> Decision:
    """Take a decision back; it stays on record. Raises :class:`QuotesError` if there is none that stands."""
    row = next(iter(db.query("SELECT * FROM decisions WHERE id = ? AND undone_at IS NULL", [decision_id])), None)
    if row is None:
        raise QuotesError(f"There is no decision {decision_id} that stands.", "See `quotes speakers decisions`.")
    with db.atomic():
        db.execute("UPDATE decisions SET undone_at = ? WHERE id = ?", [_now(), decision_id])
    return Decision.from_row(row)


def merge(db: Database, source: str, target: str, *, by: str | None = None, why: str | None = None) -> int:
    """Decide that everything found for ``source`` is said by ``target``. ``split_merged`` takes it back."""
    for speaker_id in (source, target):
        require_speaker(db, speaker_id)
    decisions = read_decisions(db)
    if decisions.followed(target) == source or source == target:
        raise QuotesError(f"{source} and {target} are the same speaker already.")
    if decisions.merge_of(source):
        raise QuotesError(f"{source} is merged into {decisions.followed(source)} already.", "Split it first.")
    return decide(db, "same", form=f"@{source}", speaker_id=target, by=by, why=why)


def split_merged(db: Database, target: str, source: str) -> Decision:
    """Take back that ``source``, given by id or name, was merged into ``target``."""
    decisions = read_decisions(db)
    decision = decisions.merge_of(source) or decisions.merge_of(slug(source))
    if decision is None or decision.id is None or decision.speaker_id != target:
        raise QuotesError(f"{source} was not merged into {target}.", "See `quotes speakers show` and `decisions`.")
    return undo(db, decision.id)


def split_form(
    db: Database,
    speaker_id: str,
    form: str,
    *,
    name: str | None = None,
    article_id: str | None = None,
    by: str | None = None,
    why: str | None = None,
) -> str:
    """Decide that whoever articles call ``form`` is not ``speaker_id`` but somebody else, of that ``name``.

    Returns the id of that other speaker, who is made if need be. With ``article_id``, in that article only.
    """
    speaker = require_speaker(db, speaker_id)
    other = _free_id(db, name or form, str(speaker["type"]), speaker_id)
    with db.atomic():
        db.execute(
            "INSERT INTO speakers (id, name, type, source) VALUES (?, ?, ?, 'user') ON CONFLICT (id) DO NOTHING",
            [other, name or form, speaker["type"]],
        )
    decide(db, "same", form=form, speaker_id=other, article_id=article_id, by=by, why=why)
    return other


def _free_id(db: Database, name: str, type_: str, not_this: str) -> str:
    """The id of the speaker of that very name and type, else a new one."""
    base = slug(name)
    if not base:
        raise QuotesError(f"{name!r} cannot be the name of a speaker.", "Give one with letters or digits.")
    number = 1
    while True:
        candidate = base if number == 1 else f"{base}-{number}"
        row = next(iter(db.query("SELECT name, type FROM speakers WHERE id = ?", [candidate])), None)
        same = row is not None and (fold(row["name"]), row["type"]) == (fold(name), type_)
        if candidate != not_this and (row is None or same):
            return candidate
        number += 1


def speaker_for(db: Database, text: str) -> str:
    """The id of the speaker meant by an id, a name or an alias; a new person of that name where there is none.

    Raises :class:`QuotesError` where it may be more than one.
    """
    found = speakers_named(db, text)
    if len(found) > 1:
        raise QuotesError(f"{text!r} may be {', '.join(found)}.", "Give one of these ids.")
    if found:
        return found[0]
    name = " ".join(text.split())
    speaker_id = _free_id(db, name, "person", "")
    with db.atomic():
        db.execute("INSERT INTO speakers (id, name, type, source) VALUES (?, ?, 'person', 'user')", [speaker_id, name])
    return speaker_id


def speakers_named(db: Database, text: str) -> tuple[str, ...]:
    """The ids of the speakers with that id, else that name, else that alias; accents, case and hyphens aside."""
    if db.execute("SELECT 1 FROM speakers WHERE id = ?", [text]).fetchone():
        return (text,)
    wanted = fold(text)
    found = {str(row["id"]) for row in db.query("SELECT id, name FROM speakers") if fold(row["name"]) == wanted}
    rows = db.query("SELECT speaker_id, alias FROM aliases")
    return tuple(sorted(found or {str(row["speaker_id"]) for row in rows if fold(row["alias"]) == wanted}))


def rename(db: Database, speaker_id: str, name: str) -> str:
    """Give a speaker another canonical name; the old one stays an alias. The id does not change.

    Returns the old name.
    """
    speaker = require_speaker(db, speaker_id)
    old = str(speaker["name"])
    name = " ".join(name.split())
    if not name:
        raise QuotesError("The new name is empty.")
    with db.atomic():
        db.execute("UPDATE speakers SET name = ?, source = 'user' WHERE id = ?", [name, speaker_id])
        if fold(old) != fold(name):
            db.execute("DELETE FROM aliases WHERE speaker_id = ? AND alias = ? AND source = 'user'", [speaker_id, name])
            db.execute(
                "INSERT INTO aliases (alias, speaker_id, kind, source) VALUES (?, ?, 'name', 'user')", [old, speaker_id]
            )
    return old


def link_wikidata(db: Database, speaker_id: str, wikidata: str | None) -> None:
    """Set the Wikidata id of a speaker, or take it away with None."""
    require_speaker(db, speaker_id)
    if wikidata and (fault := SPEAKERS.checks["wikidata"](wikidata)):
        raise QuotesError(f"{fault}.")
    with db.atomic():
        db.execute("UPDATE speakers SET wikidata = ?, source = 'user' WHERE id = ?", [wikidata, speaker_id])


def require_speaker(db: Database, speaker_id: str) -> dict[str, object]:
    """The row of a speaker. Raises :class:`QuotesError` where there is none."""
    row = next(iter(db.query("SELECT * FROM speakers WHERE id = ?", [speaker_id])), None)
    if row is None:
        raise QuotesError(f"There is no speaker {speaker_id!r}.", "Find the id with `quotes speakers show NAME`.")
    return dict(row)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "unknown"
