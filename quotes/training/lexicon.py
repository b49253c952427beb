"""The form lexicon (form, lemma, UPOS, features, frequency) and the first names, as the recipe reads them."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from quotes.errors import QuotesError


class Form(NamedTuple):
    """One row of the form lexicon."""

    form: str
    lemma: str
    upos: str
    feats: str
    frequency: int


def read_forms(folder: Path) -> list[Form]:
    """The rows of ``gsd_forms.tsv``; none where the folder has no such file."""
    path = folder / "gsd_forms.tsv"
    if not path.exists():
        return []
    rows = []
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 5 or not cells[4].isdigit():
                raise QuotesError(
                    f"{path.name}, line {number}: not a form, a lemma, a UPOS, features and a count",
                    "The form lexicon has five columns separated by tabs.",
                )
            rows.append(Form(cells[0], cells[1], cells[2], cells[3], int(cells[4])))
    return rows


def read_first_names(folder: Path, least: int = 3000, purity: float = 0.97) -> dict[str, str]:
    """First names in lower case -> ``Masc`` or ``Fem``: those given ``least`` times and nearly always to one sex."""
    path = folder / "insee_first_names.csv"
    if not path.exists():
        return {}
    names = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if float(row["overall_count"]) >= least and float(row["max_ratio"]) >= purity and len(row["name"]) > 2:
                names[row["name"].lower()] = "Masc" if row["predominant_gender"] == "Male" else "Fem"
    return names


def epicene_adjectives(forms: Iterable[Form]) -> frozenset[str]:
    """Adjectives that never carry a gender in the lexicon (*économique*, *autre*), seen at least twice."""
    counts: dict[str, int] = defaultdict(int)
    gendered: set[str] = set()
    for row in forms:
        if row.upos == "ADJ":
            counts[row.form.lower()] += row.frequency
            if "Gender=" in row.feats:
                gendered.add(row.form.lower())
    return frozenset(form for form, count in counts.items() if count >= 2 and form not in gendered)


INFINITIVE = ("er", "ir", "re", "ïr")


def read_lookups(words: Collection[str]) -> list[Form]:
    """Verbs, adjectives and nouns among ``words`` whose lemma the French tables of ``spacy-lookups-data`` (MIT) know.

    Only where the tables leave no choice. None where the package isn't installed: the lemmatizer then guesses.
    """
    found = importlib.util.find_spec("spacy_lookups_data")
    if found is None or not found.submodule_search_locations:
        return []
    folder = Path(found.submodule_search_locations[0]) / "data"
    tables = {
        name: json.loads(gzip.decompress((folder / f"fr_lemma_{name}.json.gz").read_bytes()))
        for name in ("lookup", "exc")
    }
    rows = []
    for form in words:
        lemmas = set(tables["lookup"].get(form, ())) | set(tables["exc"]["verb"].get(form, ()))
        verbs = {lemma for lemma in lemmas if lemma.endswith(INFINITIVE)}
        nouns = {lemma for lemma in tables["exc"]["noun"].get(form, lemmas) if not lemma.endswith(INFINITIVE)}
        adjectives = {lemma for lemma in tables["exc"]["adj"].get(form, ()) if not lemma.endswith(INFINITIVE)}
        for upos, known in (("VERB", verbs), ("NOUN", nouns), ("ADJ", adjectives)):
            if len(known) == 1:
                rows.append(Form(form, known.pop(), upos, "_", 1))
    return rows
