"""Write what the pipeline reaches on annotated articles: docs/quality.md, and the figures of the README.

    python -m benchmarks.quality GOLD.jsonl [-o docs/quality.md] [--readme README.md]

Of articles outside the development half only numbers are shown, never text: examples come from the half that the
rules were developed on.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.calibrate import Judged, best_penalty, cross_validate, log_loss, unseen
from benchmarks.error_classes import CLASSES, ErrorClass, class_of, excerpt
from benchmarks.floors import FIGURES, ROOT, figures
from benchmarks.gold import Gold, analyse_gold, read_gold
from benchmarks.halves import developed_on
from quotes.evaluate import Failure, Ratio, Scores
from quotes.resources import data_path

TITLES = {
    "span": "span F1",
    "reported": "reported or not, F1",
    "speaker": "speaker F1",
    "persons": "persons' recall",
    "cue": "cue right",
    "mention": "mention right",
}
TARGETS = {"span": 0.99, "reported": 0.96, "speaker": 0.93, "persons": 0.95, "cue": 0.94, "mention": 0.93}
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
_README = re.compile(r"(<!-- figures: begin[^>]*-->\n).*?(<!-- figures: end -->)", re.S)
Table = Callable[[Scores], Mapping[str, Ratio]]


def half(gold: Gold, developed: bool) -> Scores:
    return gold.scores({row["id"] for row in gold.rows if developed_on(row["id"]) is developed})


def page(gold: Gold, sample: Gold) -> str:
    """The whole of docs/quality.md."""
    seen, blind = half(gold, True), half(gold, False)
    outcomes = gold.outcomes()
    judged = cross_validate(outcomes, best_penalty(outcomes))
    parts = [
        _head(gold, seen, blind, sample),
        _breakdown("How the speaker is expressed", seen, blind, lambda s: s.recall_by_expression),
        _breakdown("Type of speaker", seen, blind, lambda s: s.recall_by_type),
        _breakdown("Opening mark", seen, blind, lambda s: s.recall_by_marks),
        _breakdown("Outlet", seen, blind, lambda s: s.speaker_by_outlet),
        _breakdown("Rule (precision)", seen, blind, lambda s: s.precision_by_rule),
        _reliability(judged),
        _errors(gold, seen, blind),
    ]
    return "\n\n".join(parts) + "\n"


def _head(gold: Gold, seen: Scores, blind: Scores, sample: Gold) -> str:
    everything, ours = gold.scores(), sample.scores()
    columns = [everything, seen, blind, gold.scores({r["id"] for r in gold.rows if r["id"].startswith("seed-")}), ours]
    rows = [[TITLES[f], f"{TARGETS[f]:.2f}", *(f"{figures(s)[f]:.3f}" for s in columns)] for f in FIGURES]
    extra: list[tuple[str, Callable[[Scores], float]]] = [
        ("speaker precision", lambda s: s.speaker.precision),
        ("speaker recall", lambda s: s.speaker.recall),
        ("direct or mixed right", lambda s: s.kind.value),
    ]
    rows += [[name, "", *(f"{value(s):.3f}" for s in columns)] for name, value in extra]
    rows.append(["articles", "", *(str(s.articles) for s in columns)])
    rows.append(["spans", "", *(str(s.span.gold) for s in columns)])
    header = ["figure", "wanted", "all", "development half", "other half", "the five seeds", "sample"]
    return f"""# Quality

Made by `python -m benchmarks.quality ../shared/gold/dev.jsonl`; not to be edited by hand. What is counted and how:
the docstring of [quotes/evaluate.py](../quotes/evaluate.py). Floors under these figures, checked by the tests:
[tests/floors.toml](../tests/floors.toml).

The gold: {everything.articles} articles of {len(everything.speaker_by_outlet)} papers and agencies, with
{everything.span.gold} spans between quotation marks. The rules were developed with the *development half* in view, and
with 901 further articles (OrangeSum, CC BY-SA 4.0; WiNER-fr, CC BY 4.0) that were annotated once, by a language model
along the same guidelines; they are no gold and do not ship. Some 350 more (of those two, and the Est Républicain news
of Democrat) were read beside what the system made of them, 57 of them annotated in the same way; of 5,100 more, all of
OrangeSum, a part of what the system was least sure of, or what a change made of them. Of the *other half* no text was
read, but its numbers, and the structure of its failures (kinds, rules, the verbs that the system took for cues), guided
the work. What to expect of an article of another paper
is the column *other half*. The weights of salience were learnt on the development half, the sample and a part of those
further articles, with the trees of an earlier model (learning again changed nothing for the better), but for three:
that of an unnamed person was set by hand, that of who has just been told by name or role and that of a body that spoke
last by their effect on all annotated articles. Those of the confidence were learnt on these annotated articles alone.

*Sample* are the invented articles of data/sample, which everybody has. Two careful readers agree on about 97.5 % of the
entries before they compare.

{_table(header, rows)}"""


def _breakdown(title: str, seen: Scores, blind: Scores, table: Table) -> str:
    names = sorted({*table(seen), *table(blind)}, key=lambda n: (-_of(table(seen), n).of - _of(table(blind), n).of, n))
    rows = [[f"`{name}`" if len(name) == 1 else name, *map(_share, (_of(table(seen), name), _of(table(blind), name)))]
            for name in names]  # fmt: skip
    what = "right among those that were given a speaker" if "precision" in title else "whose speaker is found"
    intro = f"Quotations {what}, of all of the kind."
    return f"## {title}\n\n{intro}\n\n{_table(['', 'development half', 'other half'], rows)}"


def _of(table: Mapping[str, Ratio], name: str) -> Ratio:
    return table.get(name, Ratio(0, 0))


def _share(ratio: Ratio) -> str:
    return f"{ratio.value:.2f} ({ratio.right} of {ratio.of})" if ratio.of else "–"


def _reliability(judged: Sequence[Judged]) -> str:
    """Confidence against outcome, each quotation judged by weights learnt without its article."""
    blind = unseen(judged)
    rows = []
    for low, high in pairwise(BINS):
        row = [f"{low:.2f} to {high:.2f}"]
        for group in (judged, blind):
            inside = [j for j in group if low <= j.confidence < high]
            mean = sum(j.confidence for j in inside) / len(inside) if inside else 0.0
            right = Ratio(sum(j.outcome.right for j in inside), len(inside))
            row += [f"{mean:.2f}" if inside else "–", _share(right)]
        rows.append(row)
    speakers = [j for j in blind if j.outcome.quotation.kind != "none"]
    kept = []
    for threshold in THRESHOLDS:
        inside = [j for j in speakers if j.confidence >= threshold]
        right = Ratio(sum(j.outcome.right for j in inside), len(inside))
        kept.append([f"{threshold:.2f}", _share(Ratio(len(inside), len(speakers))), _share(right)])
    header = ["confidence", "mean, all", "right, all", "mean, other half", "right, other half"]
    return f"""## Confidence

The confidence of a quotation is the estimated probability that its speaker is right; of kind `none`, that it is none.
It is a logistic sum over how the quotation was attributed ([quotes/calibration.py](../quotes/calibration.py)), its
weights are in [data/confidence.csv](../data/confidence.csv), beside how many annotated quotations with each feature are
right. Here each quotation is judged by weights that were learnt without its article (ten folds of whole articles). The
weights are for articles never seen: the development half does better than its confidence says. Log loss on the other
half: {log_loss(blind):.3f}.

{_table(header, rows)}

As a filter on quotations with a speaker, other half:

{_table(["at least", "kept", "right among these"], kept)}"""


def _errors(gold: Gold, seen: Scores, blind: Scores) -> str:
    texts = {row["id"]: row["text"] for row in gold.rows}

    def sorted_out(failures: Iterable[Failure]) -> dict[ErrorClass, list[Failure]]:
        groups: dict[ErrorClass, list[Failure]] = {error_class: [] for error_class in CLASSES}
        for failure in failures:
            groups[class_of(failure, texts[failure.article_id])].append(failure)
        return groups

    ours, theirs = sorted_out(seen.failures), sorted_out(blind.failures)
    rows = [[c.title, str(len(ours[c])), str(len(theirs[c]))] for c in CLASSES if ours[c] or theirs[c]]
    return "\n\n".join(
        [
            "## What is still wrong\n\nEach entry that is wrong in some respect, in the first class that applies.",
            _table(["class", "development half", "other half"], rows),
            "One example each, from the development half:",
            "\n".join(_examples(ours, texts)),
        ]
    )


def _examples(groups: Mapping[ErrorClass, Sequence[Failure]], texts: Mapping[str, str]) -> Iterator[str]:
    for error_class, failures in groups.items():
        if failures:
            yield f"- **{error_class.title}** ({failures[0].article_id}): {excerpt(failures[0], texts)}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def readme_figures(gold: Gold, sample: Gold) -> str:
    """The short table of the README."""
    seen, blind, ours = (figures(s) for s in (half(gold, True), half(gold, False), sample.scores()))
    rows = [[TITLES[f], f"{seen[f]:.2f}", f"{blind[f]:.2f}", f"{ours[f]:.2f}"] for f in FIGURES]
    header = ["", "articles the rules were developed on", "articles whose text was not read", "invented sample"]
    return f"""Measured on {len(gold.rows)} annotated press articles and on the sample. Every breakdown, the reliability
of the confidence and the errors that remain are in [docs/quality.md](docs/quality.md).

{_table(header, rows)}

What to expect of an article of another paper is the middle column. Two careful readers agree on about 97.5 % of the
entries.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "quality.md")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    arguments = parser.parse_args()
    gold = analyse_gold(read_gold(arguments.gold))
    sample = analyse_gold(read_gold(data_path("sample", "gold.jsonl")))
    arguments.output.write_text(page(gold, sample), encoding="utf-8")
    readme = arguments.readme.read_text(encoding="utf-8")
    table = readme_figures(gold, sample)
    arguments.readme.write_text(_README.sub(lambda m: m[1] + table + m[2], readme), encoding="utf-8")


if __name__ == "__main__":
    main()
