"""The main flow: articles in, analyses out. No input or output here.

find_spans -> build_skeleton -> Parser.parse -> make_scene -> attribute -> resolve
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes.attribution.incises import may_hide_incise
from quotes.attribution.indirect import indirect
from quotes.attribution.rules import attribute
from quotes.attribution.scene import make_scene
from quotes.calibration import Calibration
from quotes.detect import find_spans
from quotes.lexicon import Lexicon
from quotes.model import Analysis, Article, Parse
from quotes.parse import Parser
from quotes.parse.skeleton import build_skeleton
from quotes.resolution.resolve import SpeakerTable, resolve
from quotes.resolution.salience import PRIOR, Salience


@dataclass(frozen=True)
class Pipeline:
    """The stages with what they need: a parser, the lexicon, who is who, and what was learnt: how sure each way of
    deciding is, what makes an antecedent."""

    parser: Parser
    lexicon: Lexicon
    speakers: SpeakerTable | None = None
    indirect: bool = True
    calibration: Calibration = field(default_factory=Calibration)
    salience: Salience = PRIOR

    def parse_many(self, articles: Sequence[Article]) -> list[Parse]:
        """The trees of several articles, parsed in one batch; offsets point into each article's text."""
        skeletons = [
            build_skeleton(a.text, find_spans(a.text), lambda quoted: may_hide_incise(quoted, self.lexicon))
            for a in articles
        ]
        parses = self.parser.parse([s.text for s in skeletons])
        return [skeleton.restore(parse) for skeleton, parse in zip(skeletons, parses, strict=True)]

    def analyse(self, article: Article, parse: Parse) -> Analysis:
        """Find, attribute and resolve the quotations of one parsed article."""
        scene = make_scene(article.text, find_spans(article.text), parse, self.lexicon)
        found = attribute(scene) + (indirect(scene) if self.indirect else ())
        ordered = sorted(found, key=lambda attribution: attribution.extent)
        resolved = resolve(article, scene, ordered, self.speakers, self.calibration, self.salience)
        return Analysis(article, resolved, parse)

    def analyse_many(self, articles: Sequence[Article]) -> Iterator[Analysis]:
        """Analyse a batch of articles, in order."""
        for article, parse in zip(articles, self.parse_many(articles), strict=True):
            yield self.analyse(article, parse)
