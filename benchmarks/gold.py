"""Gold articles and what the pipeline makes of them, with the trees kept between runs.

Rules change more often than the model: with ``cache``, a text is parsed once for each model, and a run over the
gold data takes seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from quotes.evaluate import Scores, evaluate
from quotes.loading import load_pipeline
from quotes.model import Analysis, Article, Parse, Quotation
from quotes.pipeline import Pipeline
from quotes.store import decode_parse, encode_parse, extract_object

CACHE = Path(__file__).parents[1] / ".cache" / "parses"
"""Where the commands of this package keep trees; not part of the repository, safe to delete."""
_WRONG = frozenset({"span", "reported", "speaker", "speaker-precision"})


@dataclass(frozen=True)
class Outcome:
    """A quotation that was found, and whether it is right in being one (or none) and in its speaker."""

    quotation: Quotation
    right: bool


@dataclass(frozen=True)
class Gold:
    """Annotated articles, and the analysis of each in the same order."""

    rows: tuple[Mapping[str, Any], ...]
    analyses: tuple[Analysis, ...]

    @property
    def predictions(self) -> dict[str, list[dict[str, Any]]]:
        """What ``quotes extract`` prints for each article."""
        return {a.article.id: extract_object(a)["quotations"] for a in self.analyses}

    def scores(self, ids: Collection[str] | None = None) -> Scores:
        """The scores of all articles, or of those with one of ``ids``."""
        return evaluate([row for row in self.rows if ids is None or row["id"] in ids], self.predictions)

    def outcomes(self) -> list[Outcome]:
        """Each quotation between marks, and whether it is right."""
        wrong = {
            (failure.article_id, failure.predicted["start"], failure.predicted["end"])
            for failure in self.scores().failures
            if failure.predicted is not None and _WRONG & set(failure.wrong)
        }
        quotations = [q for a in self.analyses for q in a.quotations if q.kind != "indirect"]
        return [Outcome(q, (q.article_id, q.extent.start, q.extent.end) not in wrong) for q in quotations]


def read_gold(*paths: Path, only: str = "*") -> tuple[Mapping[str, Any], ...]:
    """The articles of JSON Lines files whose id matches the pattern ``only``."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(row for row in rows if fnmatch(row["id"], only))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def article_of(row: Mapping[str, Any]) -> Article:
    day = row.get("date")
    known = {name: row.get(name) for name in ("outlet", "title", "author", "url")}
    return Article(row["id"], row["text"], date.fromisoformat(day[:10]) if day else None, **known)


def analyse_gold(
    rows: Iterable[Mapping[str, Any]], pipeline: Pipeline | None = None, cache: Path | None = CACHE
) -> Gold:
    """Analyse annotated articles with ``pipeline`` (the shipped one unless given), parsing what ``cache`` lacks."""
    rows = tuple(rows)
    pipeline = pipeline or load_pipeline()
    articles = [article_of(row) for row in rows]
    parses = _parses(articles, pipeline, cache)
    return Gold(rows, tuple(pipeline.analyse(a, p) for a, p in zip(articles, parses, strict=True)))


def _parses(articles: Sequence[Article], pipeline: Pipeline, cache: Path | None) -> list[Parse]:
    if cache is None:
        return pipeline.parse_many(articles)
    cache.mkdir(parents=True, exist_ok=True)
    files = [cache / _key(article, pipeline) for article in articles]
    missing = [(a, f) for a, f in zip(articles, files, strict=True) if not f.exists()]
    parses = pipeline.parse_many([article for article, _ in missing]) if missing else []
    for (article, file), parse in zip(missing, parses, strict=True):
        file.write_bytes(encode_parse(parse, article.text))
    stored = [decode_parse(file.read_bytes(), article.text) for article, file in zip(articles, files, strict=True)]
    return pipeline.complete(articles, stored)


def _key(article: Article, pipeline: Pipeline) -> str:
    """What a parse depends on: the model, the mode, the text, and the skeleton that the parser gets of it."""
    parts = (pipeline.parser.version, pipeline.mode, article.text, pipeline.skeleton(article).text)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
