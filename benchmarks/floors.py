"""The figures that the tests hold the pipeline to.

    python -m benchmarks.floors            # raise the floors in tests/floors.toml to what is reached now
    python -m benchmarks.floors --lower    # lower them too: only for a reason that the commit message gives

Each corpus of tests/floors.toml names its file, the pattern of its article ids and the hash of the file; a floor lies
a little under what was measured, for the last digits of floating-point numbers differ between machines.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.gold import CACHE, analyse_gold, read_gold, sha256
from quotes.evaluate import Scores

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "tests" / "floors.toml"
FIGURES = ("span", "reported", "speaker", "persons", "cue", "mention")
SLACK = 0.005
_HEAD = """\
# What the pipeline must reach: F1 of spans, of reported against none, of speakers; recall of persons; shares of cues
# and mentions that are right. Written by `python -m benchmarks.floors`, which lowers nothing unless told to (--lower).
"""


@dataclass(frozen=True)
class Corpus:
    """Annotated articles and the least that each of ``FIGURES`` must be on them."""

    name: str
    file: str
    only: str
    sha256: str
    floors: Mapping[str, float]

    @property
    def path(self) -> Path:
        return ROOT / self.file


def read_floors() -> tuple[Corpus, ...]:
    table: dict[str, dict[str, Any]] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return tuple(
        Corpus(name, c["file"], c["only"], c["sha256"], {f: c[f] for f in FIGURES}) for name, c in table.items()
    )


def figures(scores: Scores) -> dict[str, float]:
    """The figures of one evaluation that have floors."""
    persons = scores.recall_by_type.get("person")
    values = (scores.span.f1, scores.reported.f1, scores.speaker.f1, persons.value if persons else 0.0)
    return dict(zip(FIGURES, (*values, scores.cue.value, scores.mention.value), strict=True))


def measure(corpus: Corpus, cache: Path | None = CACHE) -> dict[str, float]:
    return figures(analyse_gold(read_gold(corpus.path, only=corpus.only), cache=cache).scores())


def moved(corpus: Corpus, reached: Mapping[str, float], lower: bool) -> Corpus:
    """The corpus as it is now, with floors just under what is reached; never lower than before unless ``lower``."""
    new = {figure: math.floor(1000 * (value - SLACK)) / 1000 for figure, value in reached.items()}
    floors = new if lower else {figure: max(new[figure], corpus.floors[figure]) for figure in FIGURES}
    return Corpus(corpus.name, corpus.file, corpus.only, sha256(corpus.path), floors)


def as_toml(corpora: tuple[Corpus, ...]) -> str:
    blocks = [
        "\n".join(
            [f"[{c.name}]", f'file = "{c.file}"', f'only = "{c.only}"', f'sha256 = "{c.sha256}"']
            + [f"{figure} = {c.floors[figure]:.3f}" for figure in FIGURES]
        )
        for c in corpora
    ]
    return "\n".join([_HEAD, "\n\n".join(blocks), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", action="store_true", help="lower floors that are no longer reached")
    arguments = parser.parse_args()
    after: list[Corpus] = []
    missed: list[str] = []
    for corpus in read_floors():
        if not corpus.path.is_file():
            print(f"{corpus.name}: {corpus.file} is not here, its floors stay")
            after.append(corpus)
            continue
        reached = measure(corpus)
        new = moved(corpus, reached, arguments.lower)
        for figure in FIGURES:
            change = f"{corpus.floors[figure]:.3f} -> {new.floors[figure]:.3f}"
            print(f"{corpus.name:8}{figure:10}{reached[figure]:7.3f}  {change}")
            if reached[figure] < new.floors[figure]:
                missed.append(f"{corpus.name} {figure}")
        after.append(new)
    FLOORS.write_text(as_toml(tuple(after)), encoding="utf-8")
    if missed:
        raise SystemExit(f"Below their floors: {', '.join(missed)}. To lower the floors: --lower")


if __name__ == "__main__":
    main()
