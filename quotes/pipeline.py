"""The main flow: articles in, analyses out. No input or output here.

find_spans -> build_skeleton -> Parser.read -> needs_tree -> Parser.add_trees -> make_scene -> attribute -> resolve
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quotes.attribution.incises import may_hide_incise
from quotes.attribution.indirect import indirect
from quotes.attribution.relevance import Mode, needs_tree
from quotes.attribution.rules import attribute
from quotes.attribution.scene import make_scene
from quotes.calibration import Calibration
from quotes.detect import find_spans
from quotes.lexicon import Lexicon
from quotes.model import Analysis, Article, Parse
from quotes.parse import Parser
from quotes.parse.skeleton import Skeleton, build_skeleton
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
    mode: Mode = "fast"

    def parse_many(self, articles: Sequence[Article]) -> list[Parse]:
        """The syntax of several articles, in one batch; offsets point into each article's text."""
        skeletons = [self.skeleton(article) for article in articles]
        parses = self.parser.read([s.text for s in skeletons])
        return self.complete(articles, [s.restore(parse) for s, parse in zip(skeletons, parses, strict=True)])

    def skeleton(self, article: Article) -> Skeleton:
        """What the parser gets of an article."""
        return build_skeleton(
            article.text,
            find_spans(article.text),
            lambda quoted: may_hide_incise(quoted, self.lexicon),
            lambda word: self.lexicon.first_name_gender(word) is not None,
        )

    def complete(self, articles: Sequence[Article], parses: Sequence[Parse]) -> list[Parse]:
        """The parses with the trees that they lack and need: in the mode ``fast``, not every sentence needs one.

        A parse that lacks nothing is given back as it is, and where all are, no model is loaded.
        """
        lacking = [
            (number, i)
            for number, (article, parse) in enumerate(zip(articles, parses, strict=True))
            for i in self._lacking(article, parse)
        ]
        found = self.parser.add_trees([parses[number].sentences[i] for number, i in lacking])
        sentences = [list(parse.sentences) for parse in parses]
        for (number, i), sentence in zip(lacking, found, strict=True):
            sentences[number][i] = sentence
        changed = {number for number, _ in lacking}
        return [
            replace(parse, sentences=tuple(sentences[number])) if number in changed else parse
            for number, parse in enumerate(parses)
        ]

    def _lacking(self, article: Article, parse: Parse) -> Iterator[int]:
        """The sentences of an article that need a tree and have none."""
        spans = find_spans(article.text)
        for i, sentence in enumerate(parse.sentences):
            if not sentence.has_tree and (self.mode == "full" or needs_tree(sentence, spans, self.lexicon)):
                yield i

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
