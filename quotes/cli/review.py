"""``quotes review``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import database_argument
from quotes.cli.speakers import changing, reading

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotes.review import Doubt

_COLOURS = {"mention": "green", "cue": "yellow"}
_HELP = "Enter accept   1-9 choose   n give a name   r reject   u unsure   s skip   z undo the last   q quit"


@click.command()
@database_argument
@click.option(
    "--below", type=click.FloatRange(0, 1), default=0.7, show_default=True, help="Confidence that is doubtful."
)
@click.option("--speaker", help="Only what is attributed to this speaker (id, name or alias).")
@click.option("--by", help="Who decides. Default: your user name.")
@click.option("--count", "only_count", is_flag=True, help="Only say how many are doubtful.")
def review(database: Path, below: float, speaker: str | None, by: str | None, only_count: bool) -> None:
    """Decide doubtful attributions one by one: each quotation in context, with who may have said it.

    Every answer is recorded as a decision: it holds at every build, and `quotes speakers undo` takes it back.
    """
    from quotes.curation import find_speaker
    from quotes.review import count_doubts, doubts

    if only_count:
        with reading(database) as db:
            click.echo(str(count_doubts(db, below)))
        return
    with changing(database) as db:
        speaker_id = find_speaker(db, speaker) if speaker else None
        answered = _walk(db, list(doubts(db, below, speaker_id=speaker_id)), by)
        click.echo(f"{answered} answered.", err=True)


def _walk(db: Database, listed: list[Doubt], by: str | None) -> int:
    """Ask about one after the other; returns how many were answered."""
    from quotes.curation import undo

    done: list[tuple[int, int]] = []  # (position, decision)
    position = 0
    if not listed:
        click.echo("Nothing is doubtful.")
    while position < len(listed):
        _show(listed[position], position + 1, len(listed))
        try:
            answer = click.prompt(">", default="", show_default=False, prompt_suffix=" ").strip()
        except click.Abort:
            break
        if answer in ("q", "quit"):
            break
        if answer == "z":
            if done:
                position, decision = done.pop()
                undo(db, decision)
            else:
                click.echo("There is nothing to undo.")
            continue
        if answer == "s":
            position += 1
            continue
        number = _answer(db, listed[position], answer, by)
        if number is not None:
            done.append((position, number))
            position += 1
    return len(done)


def _answer(db: Database, doubt: Doubt, answer: str, by: str | None) -> int | None:
    """Record one answer; None, with a word on it, for one that cannot be."""
    from quotes.errors import QuotesError
    from quotes.review import accept, choose, leave_open, reject

    try:
        if answer == "":
            return accept(db, doubt, by)
        if answer == "r":
            return reject(db, doubt, by)
        if answer == "u":
            return leave_open(db, doubt, by)
        if answer == "n":
            return choose(db, doubt, click.prompt("Name, id or alias"), by)
        if answer.isdigit() and 0 < int(answer) <= len(doubt.choices):
            return choose(db, doubt, doubt.choices[int(answer) - 1], by)
    except QuotesError as error:
        click.echo(f"{error}")
        return None
    click.echo(_HELP)
    return None


def _show(doubt: Doubt, number: int, of: int) -> None:
    from quotes.review import marked

    where = ", ".join(part for part in (doubt.article_id, doubt.outlet, doubt.date) if part)
    click.echo(f"\n[{number}/{of}] {where}")
    for text, kind in marked(doubt):
        line = " ".join(f"|{text}|".split())[1:-1]
        click.secho(line, nl=False, bold=kind == "quotation", underline=kind == "mention", fg=_COLOURS.get(kind or ""))
    click.echo()
    name = doubt.speaker.name if doubt.speaker else "nobody"
    click.echo(f"  {click.style(name, bold=True)}  {doubt.confidence:.2f}  {doubt.because}")
    for index, choice in enumerate(doubt.choices, 1):
        click.echo(f"  {index} {choice.name}  ({choice.why})")
    click.echo(click.style(_HELP, dim=True))
