"""``quotes export``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import click

from quotes.cli.options import database_argument
from quotes.errors import QuotesError

_KINDS = ("direct", "mixed", "indirect", "none")
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@database_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write. Default: standard output."
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    help="Default: as the file's name says, else csv.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only of this kind; can be repeated. Default: all.",
)
@click.option("--speaker", help="Only of this speaker: name, alias or id.")
@click.option("--outlet", help="Only from this outlet.")
@click.option("--since", type=_DAY, help="Only from this day on.")
@click.option("--until", type=_DAY, help="Only up to this day.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only at least this sure.")
@click.option("--bom", is_flag=True, help="CSV: begin with a byte-order mark, for Excel.")
@click.option("--semicolon", is_flag=True, help="CSV: semicolons between the columns, for a French Excel.")
@click.option("--datapackage", is_flag=True, help="Write a datapackage.json (Frictionless Data) beside the file.")
@click.option("--columns", "list_columns", is_flag=True, help="Print what each column means, and stop.")
def export(
    database: Path,
    output: Path | None,
    form: str | None,
    kinds: tuple[str, ...],
    speaker: str | None,
    outlet: str | None,
    since: object,
    until: object,
    min_confidence: float,
    bom: bool,
    semicolon: bool,
    datapackage: bool,
    list_columns: bool,
) -> None:
    """Write every quotation with its article and speaker, by article and position."""
    from quotes import export as formats
    from quotes import store
    from quotes.datapackage import export_package, write_package

    if list_columns:
        click.echo(formats.data_dictionary())
        return
    form = form or _SUFFIXES.get(output.suffix.lower() if output else "", "csv")
    if (bom or semicolon) and form != "csv":
        raise click.UsageError(f"--bom and --semicolon are for CSV, not for {form}.")
    if datapackage and output is None:
        raise click.UsageError("--datapackage needs a file to describe: -o quotations.csv")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for reading on a terminal: name a file with -o.")
    only = store.Filter(kinds, speaker, outlet, _iso(since), _iso(until), min_confidence)
    with store.database_errors(database):
        db = store.open_readonly(database)
        try:
            if speaker is not None and not store.find_speakers(db, speaker):
                click.echo(
                    f"Warning: there is no speaker {speaker!r} in the database; looking for the name alone.", err=True
                )
            with closing(store.read_quotations(db, only)) as rows, _opened(output) as out:
                if form == "csv":
                    count = formats.write_csv(rows, out, bom=bom, semicolon=semicolon)
                else:
                    count = (formats.write_jsonl if form == "jsonl" else formats.write_parquet)(rows, out)
            outlets = store.read_outlets(db, only) if datapackage else []
        finally:
            db.close()
    if output is not None:
        if datapackage:
            package = export_package(output.name, form, outlets=outlets, semicolon=semicolon)
            write_package(package, output.parent)
        click.echo(f"{count:,} quotations in {output}.", err=True)


def _iso(day: object) -> str | None:
    return f"{day:%Y-%m-%d}" if day is not None else None


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    """The output, which gets its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        try:
            with unfinished.open("wb") as out:
                yield out
            unfinished.replace(output)
        except OSError as error:
            raise QuotesError(
                f"{output} cannot be written: {error.strerror}.", "Choose another file with -o."
            ) from error
    finally:
        unfinished.unlink(missing_ok=True)
