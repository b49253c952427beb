"""``quotes publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("-d", "--database", type=click.Path(path_type=Path), default=Path("quotes.db"), show_default=True)
@click.option(
    "--form",
    type=click.Choice(["research", "public"]),
    default="research",
    show_default=True,
    help="research: with the text of the articles. public: without it, each quotation in its sentence at most.",
)
def publish(folder: Path, database: Path, form: Literal["research", "public"]) -> None:
    """Make FOLDER, which `datasette serve FOLDER` or its Dockerfile serves.

    The folder holds the site and a database with the chosen columns only. It must be empty, new, or published before.
    """
    from quotes.publish import publish as make

    target = make(database, folder, form)
    size = target.stat().st_size / 1_000_000
    click.echo(f"Published the {form} form of {database}: {target} ({size:.1f} MB).", err=True)
    click.echo(f"Serve it with: datasette serve {folder}", err=True)
