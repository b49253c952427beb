"""Gold against predicted quotations: what was found, what reports speech, who speaks, by which words.

The measures follow the annotation guidelines of the gold data. A predicted span matches a gold one within one
character at each end. *Reported* sets ``direct`` and ``mixed`` against ``none``. Speaker recall is over the
reported gold entries whose speaker is known, speaker precision over the predicted reported spans that were given
a speaker. Cue and mention are right if they overlap the annotated ones. ``indirect`` predictions are left out.
An entry's ``alternatives`` are readings that a careful reader accepts: a prediction is compared with the reading
that suits it best.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_REPORTED = ("direct", "mixed")
_ARTICLES = frozenset("le la les l un une des du de d m mm mme mmes mlle monsieur madame".split())


@dataclass(frozen=True)
class Ratio:
    """``right`` of ``of``; a share that knows its counts."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True)
class Prf:
    """Precision, recall and their harmonic mean, from counts."""

    right_predicted: int
    predicted: int
    right_gold: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float | int]:
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "predicted": self.predicted,
            "gold": self.gold,
        }


@dataclass(frozen=True)
class Failure:
    """One gold entry or predicted span that is wrong in some respect, for reading in context."""

    article_id: str
    wrong: tuple[str, ...]
    gold: Mapping[str, Any] | None
    predicted: Mapping[str, Any] | None


@dataclass(frozen=True)
class Scores:
    """All measures of one run, with the failures behind them."""

    articles: int
    span: Prf
    reported: Prf
    speaker: Prf
    kind: Ratio
    cue: Ratio
    mention: Ratio
    recall_by_type: Mapping[str, Ratio]
    recall_by_expression: Mapping[str, Ratio]
    precision_by_rule: Mapping[str, Ratio]
    speaker_by_outlet: Mapping[str, Ratio]
    recall_by_marks: Mapping[str, Ratio]
    calibration: tuple[tuple[float, bool], ...]
    failures: tuple[Failure, ...] = field(default=(), repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers for JSON."""

        def ratios(table: Mapping[str, Ratio]) -> dict[str, dict[str, float | int]]:
            return {k: {"share": round(r.value, 4), "right": r.right, "of": r.of} for k, r in sorted(table.items())}

        return {
            "articles": self.articles,
            "span": self.span.as_dict(),
            "reported": self.reported.as_dict(),
            "speaker": self.speaker.as_dict(),
            **ratios({"kind": self.kind, "cue": self.cue, "mention": self.mention}),
            "speaker_recall_by_type": ratios(self.recall_by_type),
            "speaker_recall_by_expression": ratios(self.recall_by_expression),
            "speaker_precision_by_rule": ratios(self.precision_by_rule),
            "speaker_recall_by_outlet": ratios(self.speaker_by_outlet),
            "speaker_recall_by_marks": ratios(self.recall_by_marks),
        }


def name_words(name: str) -> list[str]:
    """A name's words without accents, case, articles and civil titles; hyphens and apostrophes separate words."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [w for w in re.findall(r"[^\W_]+", plain) if w not in _ARTICLES]


def same_speaker(predicted: str, names: Sequence[str], speaker_type: str | None) -> bool:
    """Whether a predicted name stands for the speaker that bears ``names`` (fullest first)."""
    ours = name_words(predicted)
    if not ours:
        return False
    for name in names:
        theirs = name_words(name)
        if not theirs:
            continue
        if ours == theirs:
            return True
        short, long = sorted((ours, theirs), key=len)
        if not set(short) <= set(long):
            continue
        if speaker_type == "person":
            if theirs[-1] in ours:
                return True
        elif 2 * len(short) >= len(long):
            return True
    return False


def _readings(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry, *({**entry, **alternative} for alternative in entry.get("alternatives", ()))]


def _names(reading: Mapping[str, Any]) -> list[str]:
    names = list(reading.get("speaker_names") or ())
    if reading.get("speaker") and reading["speaker"] not in names:
        names.insert(0, reading["speaker"])
    return names


def _speaker_right(reading: Mapping[str, Any], predicted: Mapping[str, Any]) -> bool:
    speaker = predicted.get("speaker")
    if not isinstance(speaker, str) or not speaker:
        return False
    return same_speaker(speaker, _names(reading), reading.get("speaker_type"))


def _suits(reading: Mapping[str, Any], predicted: Mapping[str, Any] | None) -> bool:
    if predicted is None:
        return False
    if (reading["kind"] in _REPORTED) != (predicted["kind"] in _REPORTED):
        return False
    return reading["kind"] not in _REPORTED or reading.get("speaker") == "?" or _speaker_right(reading, predicted)


def _overlaps(a: Sequence[int], b: Sequence[int] | None) -> bool:
    return b is not None and a[0] < b[1] and b[0] < a[1]


def _pair(gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Indices of gold entries -> indices of the predicted spans that match them within one character."""
    free = {(p["start"], p["end"]): i for i, p in enumerate(predicted)}
    pairs: dict[int, int] = {}
    near = sorted(((ds, de) for ds in (-1, 0, 1) for de in (-1, 0, 1)), key=lambda d: abs(d[0]) + abs(d[1]))
    for shift_start, shift_end in near:
        for g, entry in enumerate(gold):
            key = (entry["start"] + shift_start, entry["end"] + shift_end)
            if g not in pairs and key in free:
                pairs[g] = free.pop(key)
    return pairs


def expression(entry: Mapping[str, Any], text: str) -> str:
    """How the speaker is expressed in the attributing clause: name, pronoun, other (role, collective) or none."""
    if not entry.get("mention"):
        return "none"
    words = set(name_words(text[slice(*entry["mention"])]))
    if not words or words <= _PRONOUNS:
        return "pronoun"
    person_names = [n for n in _names(entry) if entry.get("speaker_type") == "person"]
    if any(set(name_words(n)[-1:]) & words for n in person_names):
        return "name"
    return "role" if entry.get("speaker_type") == "person" else "common noun or body"


_PRONOUNS = frozenset("il elle ils elles lui eux celui celle ceux celles ci ce dernier derniere je nous on qui".split())


def evaluate(gold: Iterable[Mapping[str, Any]], predictions: Mapping[str, Sequence[Mapping[str, Any]]]) -> Scores:
    """Score ``predictions`` (article id -> quotations in the shape of ``quotes extract``) against gold articles.

    An article that ``predictions`` lacks counts as one without quotations.
    """
    count: Counter[str] = Counter()
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    calibration: list[tuple[float, bool]] = []
    failures: list[Failure] = []

    def tally(table: str, key: str, right: bool) -> None:
        tables[table][key]["of"] += 1
        tables[table][key]["right"] += right

    for article in gold:
        count["articles"] += 1
        entries = article["quotations"]
        predicted = [p for p in predictions.get(article["id"], ()) if p["kind"] != "indirect"]
        pairs = _pair(entries, predicted)
        count["span_gold"] += len(entries)
        count["span_predicted"] += len(predicted)
        count["span_right"] += len(pairs)
        for i in sorted(set(range(len(predicted))) - set(pairs.values())):
            p = predicted[i]
            if p["kind"] in _REPORTED:
                count["reported_predicted"] += 1
                if p.get("speaker"):
                    count["speaker_predicted"] += 1
                    tally("rule", p.get("rule") or "?", False)
            failures.append(Failure(article["id"], ("span",), None, p))
        for g, entry in enumerate(entries):
            guess: Mapping[str, Any] | None = predicted[pairs[g]] if g in pairs else None
            reading = next((r for r in _readings(entry) if _suits(r, guess)), entry)
            wrong: list[str] = [] if guess else ["span"]
            is_reported = reading["kind"] in _REPORTED
            says_reported = guess is not None and guess["kind"] in _REPORTED
            count["reported_gold"] += is_reported
            count["reported_predicted"] += says_reported
            count["reported_right"] += is_reported and says_reported
            if guess and is_reported != says_reported:
                wrong.append("reported")
            if is_reported and says_reported and guess is not None:
                count["kind_of"] += 1
                count["kind_right"] += reading["kind"] == guess["kind"]
                if reading["kind"] != guess["kind"]:
                    wrong.append("kind")
            right = guess is not None and is_reported and says_reported and _speaker_right(reading, guess)
            if is_reported and reading.get("speaker") != "?":
                count["speaker_gold"] += 1
                count["speaker_right"] += right
                tally("type", reading.get("speaker_type") or "?", right)
                tally("expression", expression(reading, article["text"]), right)
                tally("outlet", article.get("outlet") or "?", right)
                tally("marks", article["text"][reading["start"]], right)
                if not right:
                    wrong.append("speaker")
            if says_reported and guess is not None and guess.get("speaker"):
                count["speaker_predicted"] += 1
                unknown = is_reported and reading.get("speaker") == "?"
                count["speaker_right_predicted"] += right
                tally("rule", guess.get("rule") or "?", right)
                calibration.append((float(guess.get("confidence") or 0.0), right))
                if unknown or (not is_reported):
                    wrong.append("speaker-precision")
            for part in ("cue", "mention"):
                if is_reported and reading.get(part):
                    hit = guess is not None and _overlaps(reading[part], guess.get(part))
                    count[part + "_of"] += 1
                    count[part + "_right"] += hit
                    if not hit:
                        wrong.append(part)
            if wrong:
                failures.append(Failure(article["id"], tuple(wrong), entry, guess))

    def ratios(table: str) -> dict[str, Ratio]:
        return {key: Ratio(c["right"], c["of"]) for key, c in tables[table].items()}

    return Scores(
        articles=count["articles"],
        span=Prf(count["span_right"], count["span_predicted"], count["span_right"], count["span_gold"]),
        reported=Prf(
            count["reported_right"], count["reported_predicted"], count["reported_right"], count["reported_gold"]
        ),
        speaker=Prf(
            count["speaker_right_predicted"], count["speaker_predicted"], count["speaker_right"], count["speaker_gold"]
        ),
        kind=Ratio(count["kind_right"], count["kind_of"]),
        cue=Ratio(count["cue_right"], count["cue_of"]),
        mention=Ratio(count["mention_right"], count["mention_of"]),
        recall_by_type=ratios("type"),
        recall_by_expression=ratios("expression"),
        precision_by_rule=ratios("rule"),
        speaker_by_outlet=ratios("outlet"),
        recall_by_marks=ratios("marks"),
        calibration=tuple(calibration),
        failures=tuple(failures),
    )
