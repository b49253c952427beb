"""``quotes models``."""

from __future__ import annotations

from pathlib import Path

import click


@click.group(invoke_without_command=True)
@click.pass_context
def models(ctx: click.Context) -> None:
    """List the models for French; `quotes models fetch` gets Stanza's official ones.

    Choose one with --model NAME, or for good with the environment variable QUOTES_MODEL. The path of a folder in
    Stanza's layout is a name too.
    """
    if ctx.invoked_subcommand is not None:
        return
    from quotes.parse.models import known_models
    from quotes.resources import data_folder

    for model in known_models(data_folder()):
        state = "usable" if model.usable else "to fetch" if model.name.startswith("stanza") else "incomplete"
        click.echo(f"{model.name:22}{state:12}{_size(model.folder) if model.usable else '':>8}  {model.folder}")


def _size(folder: Path) -> str:
    files = folder.rglob("*.pt")
    return f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB"


@models.command()
@click.argument("package", default="default")
def fetch(package: str) -> None:
    """Fetch Stanza's official French models: PACKAGE is default, gsd, sequoia...

    Needs the network and some hundred megabytes.
    """
    from quotes.parse.models import PACKAGES, official_folder, official_model
    from quotes.parse.stanza_parser import download

    if package not in PACKAGES:
        raise click.BadParameter(f"{package!r} is none of {', '.join(PACKAGES)}.", param_hint="PACKAGE")
    click.echo(f"Fetching into {official_folder()} ...", err=True)
    download(official_folder(), package)
    click.echo(f"Ready. Use it with --model {official_model(package).name}", err=True)
