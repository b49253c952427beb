"""``quotes audit``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.speakers import reading

if TYPE_CHECKING:
    from quotes.audit import Estimate, Interval

_TITLES = {"is_reported": "It reports somebody's words", "is_speaker": "It is by this speaker"}


@click.command()
@click.argument("database", type=click.Path(path_type=Path), default=Path("quotes.db"))
@click.option("--sample", "size", type=click.IntRange(1), help="Draw so many quotations to check by hand.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number draws another sample.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File for the sample. Default: standard output.")
@click.option(
    "--checked",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A sample that was filled in: estimate from it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the estimate as JSON.")
def audit(
    database: Path, size: int | None, seed: int, output: Path | None, checked: Path | None, as_json: bool
) -> None:
    """Draw a stratified random sample to check by hand; estimate precision from what was checked.

    First `quotes audit quotes.db --sample 200 -o sample.csv`; fill in the columns is_reported and is_speaker with y
    or n in a spreadsheet; then `quotes audit --checked sample.csv`.
    """
    from quotes.audit import draw_sample, sample_csv

    if (size is None) == (checked is None):
        raise click.UsageError("Give either --sample N or --checked FILE.")
    if checked is not None:
        _estimate(checked, as_json)
        return
    with reading(database) as db:
        rows = draw_sample(db, size or 0, seed)
    data = sample_csv(rows)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        click.echo(f"{output}: {len(rows)} quotations. Fill in is_reported and is_speaker with y or n.", err=True)


def _estimate(path: Path, as_json: bool) -> None:
    from quotes.audit import estimate, read_sample

    rows = read_sample(path)
    estimates = [estimate(rows, column) for column in _TITLES]
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps([asdict(one) for one in estimates], indent=1))
        return
    for one in estimates:
        click.echo("\n".join(_table(one)))


def _table(found: Estimate) -> list[str]:
    size = sum(stratum.size for stratum in found.strata)
    lines = [f"{_TITLES[found.column]}: {_percent(found.interval)} (95 % interval)"]
    lines.append(f"  {found.checked} checked of {size:,} quotations, {found.unchecked} left open")
    for stratum in found.strata:
        share = _percent(stratum.interval)
        lines.append(f"  {stratum.name:28}{stratum.right:>5} of {stratum.checked:<5}{share}   of {stratum.size:,}")
    return [*lines, ""]


def _percent(interval: Interval) -> str:
    return f"{interval.value:.1%} [{interval.low:.1%}, {interval.high:.1%}]"
