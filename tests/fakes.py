"""A pipeline without a parser: fast, deterministic, and wrong on purpose about nothing that a store can see.

Each sentence is one word to the "parser". Each stretch between « and » is a quotation; the speaker is the name that
stands in brackets behind it: « Oui » [Anne Martin].
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from quotes.model import Analysis, Article, Cue, Extent, Mention, Parse, Quotation, Resolution, Sentence, Word
from quotes.store import open_readonly

VERSIONS = {"parse": "p1", "attribute": "a1", "resolve": "r1"}
_QUOTATION = re.compile(r"«\s*(?P<inner>[^»]*?)\s*»(?:\s*\[(?P<speaker>[^\]]*)\])?")


@dataclass(frozen=True)
class FakePipeline:
    """``slowness`` is how many seconds a parse takes; ``mark`` goes into every rule, to see who made what."""

    slowness: float = 0.0
    mark: str = "fake"
    log: Path | None = None
    lexicon: None = None

    def parse_many(self, articles: Sequence[Article]) -> list[Parse]:
        return [self._parse(article) for article in articles]

    def complete(self, articles: Sequence[Article], parses: Sequence[Parse]) -> list[Parse]:
        return list(parses)

    def _parse(self, article: Article) -> Parse:
        if "PARSER-BREAKS" in article.text:
            raise ValueError("no tree for this")
        time.sleep(self.slowness)
        if self.log:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{article.id}\n")
        words = [
            Word(0, m.group(), m.group().lower(), "NOUN", {"Gender": "Fem"}, -1, "root", Extent(*m.span()))
            for m in re.finditer(r"\w+", article.text)
        ]
        return Parse(tuple(Sentence((word,)) for word in words))

    def analyse(self, article: Article, parse: Parse) -> Analysis:
        if "RULES-BREAK" in article.text:
            raise ValueError("no rule for this")
        return Analysis(article, tuple(self._quotations(article)), parse)

    def _quotations(self, article: Article) -> Iterator[Quotation]:
        for match in _QUOTATION.finditer(article.text):
            name = match["speaker"]
            speaker = Resolution(name, "person", "full-name", 0.9, forms=(name,)) if name else None
            yield Quotation(
                article_id=article.id,
                extent=Extent(*match.span()),
                inner=Extent(*match.span("inner")),
                text=match["inner"],
                kind="direct" if name else "none",
                rule=self.mark,
                because="It says so.",
                confidence=0.75,
                cue=Cue(Extent(match.end("inner"), match.end("inner") + 1), "dire", "verb") if name else None,
                mention=Mention(Extent(*match.span("speaker")), "name") if name else None,
                speaker=speaker,
            )


def contents(path: Path) -> Mapping[str, list[tuple[object, ...]]]:
    """All rows of the database but for when they were written, in a fixed order: to tell whether two are the same."""
    with closing(open_readonly(path)) as db:
        return {
            table: _rows(db, table) for table in ("articles", "quotations", "speakers", "parses", "stages", "decisions")
        }


def _rows(db: Database, table: str) -> list[tuple[object, ...]]:
    columns = ", ".join(f'"{c.name}"' for c in db[table].columns if c.name != "added_at")
    return sorted(db.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)


def search(path: Path, words: str) -> list[str]:
    """The texts of the quotations in which the full-text index finds ``words``."""
    with closing(open_readonly(path)) as db:
        rows = db.execute("SELECT text FROM quotations WHERE id IN (SELECT rowid FROM quotations_fts(?))", [words])
        return sorted(row[0] for row in rows)
