"""The treebanks, harmonised: what is trained on, what training is steered by, what is scored."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import QuotesError
from quotes.training import conllu
from quotes.training.conllu import Tree, feats_of
from quotes.training.harmonise import Reference, harmonise, kept
from quotes.training.lexicon import Form, epicene_adjectives
from quotes.training.reporting import Material, subjects_of, verb_forms

REFERENCE = "fr_sequoia-ud"
BUILT = 1600


@dataclass(frozen=True)
class Treebanks:
    """Harmonised trees by role. ``test`` maps the name of a treebank to its trees."""

    train: tuple[Tree, ...]
    dev: tuple[Tree, ...]
    test: dict[str, tuple[Tree, ...]]
    reference: Reference


def training_files(folder: Path) -> list[Path]:
    """The files that training takes: see ``load``."""
    paths = sorted(folder.glob("fr_*-ud-*.conllu"))
    names = {path.stem for path in paths}
    chosen = []
    for path in paths:
        treebank, _, part = path.stem.rpartition("-")
        scored = part == "test" and treebank in (REFERENCE, "fr_gsd-ud")
        steering = path.stem == f"{REFERENCE}-dev"
        if not scored and not steering and (part == "train" or f"{treebank}-train" not in names):
            chosen.append(path)
    return chosen


def load(folder: Path, forms: Sequence[Form], first_names: dict[str, str]) -> Treebanks:
    """Read every ``fr_*-ud-*.conllu`` of a folder.

    Training takes all ``train`` files, and the dev or test file of a treebank that has no train file, Sequoia and
    GSD test apart: those are for scores. Sequoia dev steers training.
    """
    paths = sorted(folder.glob("fr_*-ud-*.conllu"))
    names = {path.stem for path in paths}
    if f"{REFERENCE}-train" not in names or f"{REFERENCE}-dev" not in names:
        raise QuotesError(
            f"{folder}: no {REFERENCE}-train.conllu and {REFERENCE}-dev.conllu",
            "Give the folder with the UD French treebanks, Sequoia among them.",
        )
    reference = Reference.of(
        [harmonise(tree) for tree in conllu.read(folder / f"{REFERENCE}-train.conllu")],
        first_names,
        epicene_adjectives(forms),
    )
    train = [
        harmonise(tree, None if path.stem.startswith(REFERENCE) else reference)
        for path in training_files(folder)
        for tree in conllu.read(path)
    ]
    dev = tuple(harmonise(tree) for tree in conllu.read(folder / f"{REFERENCE}-dev.conllu"))
    test = {}
    for treebank in (REFERENCE, "fr_gsd-ud"):
        path = folder / f"{treebank}-test.conllu"
        if path.exists():
            own = None if treebank == REFERENCE else reference
            test[treebank] = tuple(harmonise(tree, own) for tree in conllu.read(path))
    return Treebanks(tuple(train), dev, test, reference)


def with_reference_again(folder: Path, banks: Treebanks, built: Sequence[Tree], seed: int) -> list[Tree]:
    """All training trees, those of the reference treebank twice, and ``BUILT`` of the trees built."""
    reference = [harmonise(tree) for tree in conllu.read(folder / f"{REFERENCE}-train.conllu")]
    chosen = random.Random(seed).sample(list(built), min(BUILT, len(built)))
    return [*banks.train, *reference, *chosen]


def material(treebanks: Treebanks, forms: Sequence[Form]) -> Material:
    """What trees with reported speech are built from."""
    subjects, appositions = subjects_of(treebanks.train)
    last_names = sorted(
        {
            node.form
            for tree in treebanks.train
            for node in tree.nodes
            if node.deprel == "flat:name" and node.upos == "PROPN" and node.form.isalpha() and node.form.istitle()
        }
    )
    feats = treebanks.reference.feats

    def tags(form: str, upos: str) -> dict[str, str]:
        known = feats.get((form.lower(), upos))
        if known:
            return feats_of(known.most_common(1)[0][0])
        if upos == "VERB" and form.endswith(("é", "i", "u", "it", "is")):
            return {"Gender": "Masc", "Number": "Sing", "Tense": "Past", "VerbForm": "Part"}
        return {}

    by_form = {(row.form, row.upos): feats_of(row.feats) for row in sorted(forms, key=lambda row: row.frequency)}

    def tags_of(form: str, upos: str) -> dict[str, str]:
        from_lexicon = by_form.get((form, upos))
        return tags(form, upos) or kept(from_lexicon or {})

    return Material(
        verbs=verb_forms((row.form, row.lemma, row.upos, row.feats) for row in forms),
        subjects=tuple(subjects),
        appositions=tuple(appositions),
        first_names=treebanks.reference.first_names,
        last_names=tuple(last_names),
        tags=tags_of,
    )
