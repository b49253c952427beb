"""``quotes speakers``: look at the speakers of a database, and correct them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotes.curation import Profile

_db_option = click.option(
    "--db", "path", type=click.Path(path_type=Path), default=Path("quotes.db"), show_default=True, help="The database."
)
_by_option = click.option("--by", help="Who decides. Default: your user name.")
_why_option = click.option("--why", help="A word on the reason, for the record.")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def speakers() -> None:
    """Look at the speakers and correct them.

    Corrections are kept as decisions: they hold at every build and can be undone. A speaker is given by id, name or
    alias.
    """


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The database, for looking only."""
    from quotes import store

    with store.database_errors(path):
        db = store.open_readonly(path)
        try:
            yield db
        finally:
            db.close()


@contextmanager
def changing(path: Path, *, tables: bool = False) -> Iterator[Database]:
    """The database for a correction; then the speakers and the summaries are brought up to date.

    ``tables`` says that names or offices change, so that every name is looked up again.
    """
    from quotes import store
    from quotes.curation import refresh
    from quotes.loading import stage_versions
    from quotes.summaries import refresh_summaries

    with store.build_lock(path), store.database_errors(path):
        db = store.open_database(path)
        try:
            before = stage_versions(database=path)["resolve"]
            yield db
            done = refresh(db, tables_changed=tables)
            after = stage_versions(database=path)["resolve"]
            with db.atomic():
                db.execute("UPDATE stages SET version = ? WHERE stage = 'resolve' AND version = ?", [after, before])
            refresh_summaries(db.conn)
        finally:
            db.close()
    changed = max(done.resolved, done.identified.changed)
    click.echo(f"{changed:,} quotation{'' if changed == 1 else 's'} changed.", err=True)


@speakers.command()
@_db_option
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--type", "type_", type=click.Choice(("person", "organisation", "unnamed")))
@_json_option
def top(path: Path, limit: int, type_: str | None, as_json: bool) -> None:
    """The most quoted speakers."""
    from quotes.curation import top as most_quoted

    with reading(path) as db:
        found = most_quoted(db, limit, type_)
    rows = [(r.quotations, r.articles, r.id, r.name, r.type, r.source) for r in found]
    _print(("quotations", "articles", "id", "name", "type", "source"), rows, as_json)


@speakers.command()
@click.argument("speaker")
@_db_option
@_json_option
def show(speaker: str, path: Path, as_json: bool) -> None:
    """Names, offices, decisions and forms of one SPEAKER."""
    import json
    from dataclasses import asdict

    from quotes.curation import find_speaker, profile

    with reading(path) as db:
        found = profile(db, find_speaker(db, speaker))
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else "\n".join(_profile(found)))


def _profile(found: Profile) -> Iterator[str]:
    speaker = found.speaker
    yield f"{speaker['name']}  ({speaker['id']})"
    details = [str(speaker[key]) for key in ("type", "gender", "wikidata", "description", "source") if speaker[key]]
    yield "  " + ", ".join(details)
    yield f"  {found.quotations:,} quotations in {found.articles:,} articles"
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("aliases", (f"{a['alias']} ({a['kind']}{_period(a)})" for a in found.aliases)),
        ("offices", (f"{o['role']}, {o['place']}{_period(o)}" for o in found.offices)),
        ("merged into this one", found.merged),
        ("called", (f"{form} ({count:,})" for form, count in found.forms[:20])),
        ("resolved by", (f"{method} ({count:,})" for method, count in found.methods)),
        ("decisions", (_decision_line(d) for d in found.decisions)),
    )
    for title, lines in sections:
        for number, line in enumerate(lines):
            yield f"{title + ':' if not number else '':22}{line}"


def _period(row: dict[str, Any]) -> str:
    start, end = row.get("valid_from"), row.get("valid_to") or row.get("known_until")
    return f", {start or '…'} to {end or '…'}" if start or end else ""


@speakers.command()
@_db_option
@click.option("-n", "--limit", type=click.IntRange(1), default=30, show_default=True, help="Of each kind.")
@_json_option
def suggest(path: Path, limit: int, as_json: bool) -> None:
    """What to look at first: likely one person, likely two, names without a speaker."""
    from quotes.curation import suggest as suggestions

    with reading(path) as db:
        found = suggestions(db, limit)
    rows = [(s.kind, s.speaker_id or "", s.other, s.count, round(s.score, 2), s.why) for s in found]
    _print(("kind", "speaker", "other", "quotations", "score", "why"), rows, as_json)
    click.echo(
        "same: quotes speakers merge SPEAKER OTHER. split: quotes speakers split SPEAKER --form OTHER."
        " unresolved: quotes speakers name OTHER SPEAKER.",
        err=True,
    )


@speakers.command()
@click.argument("source")
@click.argument("target")
@_db_option
@_by_option
@_why_option
def merge(source: str, target: str, path: Path, by: str | None, why: str | None) -> None:
    """SOURCE and TARGET are one: all that SOURCE says is said by TARGET. `split TARGET SOURCE` takes it back."""
    from quotes.curation import find_speaker
    from quotes.curation import merge as merged

    with changing(path) as db:
        number = merged(db, find_speaker(db, source), find_speaker(db, target), by=by, why=why)
    click.echo(f"Decision {number}.", err=True)


@speakers.command()
@click.argument("speaker")
@click.argument("merged", required=False)
@click.option("--form", help="The name, as articles have it, that is somebody else.")
@click.option("--as", "name", help="Who that is: a name, known or new. Default: the form.")
@click.option("--article", help="In this article only.")
@_db_option
@_by_option
@_why_option
def split(
    speaker: str,
    merged: str | None,
    form: str | None,
    name: str | None,
    article: str | None,
    path: Path,
    by: str | None,
    why: str | None,
) -> None:
    """Take MERGED out of SPEAKER again; or with --form, give a form of SPEAKER to somebody else."""
    from quotes.curation import find_speaker, split_form, split_merged

    if bool(merged) == bool(form):
        raise click.UsageError("Give either MERGED, which was merged before, or --form.")
    with changing(path, tables=bool(form)) as db:
        if merged:
            split_merged(db, find_speaker(db, speaker), merged)
        elif form:
            other = split_form(db, find_speaker(db, speaker), form, name=name, article_id=article, by=by, why=why)
            click.echo(f"{form} is {other}.", err=True)


@speakers.command()
@click.argument("form")
@click.argument("speaker")
@click.option("--article", help="In this article only.")
@_db_option
@_by_option
@_why_option
def name(form: str, speaker: str, article: str | None, path: Path, by: str | None, why: str | None) -> None:
    """FORM, as articles have it, stands for SPEAKER (who is made if need be)."""
    from quotes.curation import decide
    from quotes.curation.changes import speaker_for

    with changing(path) as db:
        number = decide(db, "same", form=form, speaker_id=speaker_for(db, speaker), article_id=article, by=by, why=why)
    click.echo(f"Decision {number}.", err=True)


@speakers.command()
@click.argument("speaker")
@click.argument("name")
@_db_option
def rename(speaker: str, name: str, path: Path) -> None:
    """Give SPEAKER the canonical name NAME. The id stays, and the old name becomes an alias."""
    from quotes.curation import find_speaker
    from quotes.curation import rename as renamed

    with changing(path, tables=True) as db:
        old = renamed(db, find_speaker(db, speaker), name)
    click.echo(f"{old} is now {name}.", err=True)


@speakers.command()
@click.argument("speaker")
@click.argument("wikidata", required=False)
@_db_option
def link(speaker: str, wikidata: str | None, path: Path) -> None:
    """Link SPEAKER to a WIKIDATA id (Q42), or take the link away."""
    from quotes.curation import find_speaker, link_wikidata

    with changing(path) as db:
        link_wikidata(db, find_speaker(db, speaker), wikidata)


@speakers.command()
@_db_option
@click.option("--undone", is_flag=True, help="Show those that were undone too.")
@_json_option
def decisions(path: Path, undone: bool, as_json: bool) -> None:
    """What was decided, oldest first."""
    where = "" if undone else " WHERE undone_at IS NULL"
    with reading(path) as db:
        rows = list(db.query(f"SELECT * FROM decisions{where} ORDER BY at, id"))
    if as_json:
        _print(tuple(rows[0]) if rows else (), [tuple(row.values()) for row in rows], as_json)
    else:
        for row in rows:
            click.echo(_decision_line(row))


def _decision_line(row: dict[str, Any]) -> str:
    about = f"quotation {row['quotation_id']}" if row["quotation_id"] is not None else row["form"]
    where = f" in {row['article_id']}" if row["scope"] == "article" and row["article_id"] else ""
    undone = f" (undone {row['undone_at'][:10]})" if row["undone_at"] else ""
    why = f": {row['why']}" if row["why"] else ""
    who = row["speaker_id"] or row["form"] or "nobody"
    return f"{row['id']}  {about} {row['verdict']} {who}{where}, {row['by']} {row['at'][:10]}{why}{undone}"


@speakers.command()
@click.argument("number", type=int)
@_db_option
def undo(number: int, path: Path) -> None:
    """Undo the decision NUMBER (see `quotes speakers decisions`)."""
    from quotes.curation import undo as undone

    with changing(path, tables=True) as db:
        undone(db, number)


@speakers.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_db_option
@click.option("--semicolon", is_flag=True, help="Semicolons for commas, as French spreadsheets like it.")
@click.option("--bom", is_flag=True, help="Begin with a byte-order mark, so that spreadsheets see UTF-8.")
def export_(folder: Path, path: Path, semicolon: bool, bom: bool) -> None:
    """Write speakers.csv, aliases.csv, offices.csv and decisions.csv into FOLDER."""
    from quotes.curation import export_tables

    with reading(path) as db:
        for written in export_tables(db, folder, semicolon=semicolon, bom=bom):
            click.echo(str(written))


@speakers.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="FILE...")
@_db_option
@click.option("--replace", is_flag=True, help="Remove the aliases, offices and decisions that a file does not have.")
def import_(paths: Sequence[Path], path: Path, replace: bool) -> None:
    """Add and change rows from CSV files, or a folder of them, as `export` writes them and a spreadsheet saves them.

    A file with a fault is refused whole, with the lines of every fault.
    """
    from quotes.curation import import_tables

    with changing(path, tables=True) as db:
        for done in import_tables(db, paths, replace=replace):
            click.echo(f"{done.table}: {done.added} added, {done.changed} changed, {done.removed} removed.", err=True)


def _print(columns: Sequence[str], rows: Sequence[Sequence[Any]], as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        return
    texts = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in texts)]) for i, name in enumerate(columns)]
    align: list[Callable[[str, int], str]] = [
        str.rjust if rows and isinstance(rows[0][i], int | float) else str.ljust for i in range(len(columns))
    ]
    for line in [list(columns), *texts]:
        click.echo("  ".join(align[i](cell, widths[i]) for i, cell in enumerate(line)).rstrip())
