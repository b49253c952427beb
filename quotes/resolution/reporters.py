"""Which words of an article stand for whoever reports: what the resolution of mentions takes from the attribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quotes.attribution.report import Report
from quotes.attribution.scene import Scene
from quotes.lexicon import Lexicon
from quotes.model import Extent, Word
from quotes.resolution.kinds import NameMention
from quotes.resolution.referents import Referent
from quotes.resolution.roles import renamed_source, role_words

Place = tuple[int, int]
"""The number of a sentence and the index of a word in it."""


@dataclass(frozen=True)
class Reporters:
    """The places of words that head a source: all of them; those that act as a subject does (whose words a noun names,
    *les propos de X*, acts no more than any complement, and who only passes words on does not either); those of an
    incise, which the writer says even between the marks (« Oui, a dit X, demain »); those of a cue that surely reports.
    ``source_of``: the index of the source by the place of the verb."""

    sources: frozenset[Place]
    acting: frozenset[Place]
    incises: frozenset[Place]
    reporting: frozenset[Place]
    source_of: Mapping[Place, int]

    def is_source(self, number: int, word: Word) -> bool:
        return (number, word.index) in self.sources

    def is_object(self, number: int, head: Word) -> bool:
        """Whether a mention that the tree takes for a subject stands behind a verb that reports what another said."""
        source = self.source_of.get((number, head.head))
        return source is not None and source != head.index and head.index > head.head


def reporters_of(scene: Scene) -> Reporters:
    """The words that head the sources of an article."""
    found = [(i, r, r.source) for i, reports in enumerate(scene.reports) for r in reports if r.source is not None]
    spoken = [(i, r, s) for i, r, s in found if r.cue.category != "noun" and not _passes_on(r, scene.lexicon)]
    return Reporters(
        sources=frozenset((i, s.index) for i, _, s in found),
        acting=frozenset((i, s.index) for i, _, s in spoken),
        incises=frozenset((i, s.index) for i, r, s in found if r.construction == "incise"),
        reporting=frozenset((i, s.index) for i, r, s in spoken if r.strength != "weak" or r.construction == "incise"),
        source_of={(i, r.anchor.index): s.index for i, r, s in found if r.cue.category == "verb"},
    )


def _passes_on(report: Report, lexicon: Lexicon) -> bool:
    """*cité par X*, *rapporté par X*: X only relays."""
    return report.construction == "passive" and lexicon.relay(report.cue.lemma) is not None


def others_words(scene: Scene) -> Callable[[Word], bool]:
    """Which words are quoted, but for the source of a reporting clause inside the marks: « Oui, a dit X, demain »."""
    inside = [
        r.mention.extent
        for reports in scene.reports
        for r in reports
        if r.construction == "incise" and r.mention is not None and scene.quoted(r.anchor)
    ]
    return lambda word: scene.quoted(word) and not any(extent.contains(word.extent) for extent in inside)


def titled_words(
    scene: Scene, names: Sequence[NameMention], referents: Mapping[Extent, Referent], reporters: Reporters
) -> dict[Place, Referent]:
    """The role nouns that stand beside a person's name, and the sources that a name takes up, with their bearers."""
    named = [m for m in names if m.extent in referents]
    found = {
        (m.sentence, w.index): referents[m.extent]
        for m in named
        for w in role_words(m, scene.sentences[m.sentence], scene.lexicon)
    }
    for mention in named:
        sources = {i for number, i in reporters.sources if number == mention.sentence}
        renamed = renamed_source(mention, scene.sentences[mention.sentence], sources, scene.lexicon)
        if renamed is not None:
            found.setdefault((mention.sentence, renamed.index), referents[mention.extent])
    return found


def speaks(scene: Scene, mention: NameMention, reporters: Reporters) -> bool:
    """Whether a name is, or stands beside, the source of a report."""
    parent = scene.sentences[mention.sentence].head(mention.head)
    beside = parent is not None and mention.head.relation in ("appos", "flat", "nmod")
    return (mention.sentence, mention.head.index) in reporters.reporting or (
        beside and parent is not None and (mention.sentence, parent.index) in reporters.reporting
    )
