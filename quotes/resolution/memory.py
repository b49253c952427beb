"""What an article has mentioned so far: all that the choice of an antecedent needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from quotes.resolution.bodies import Bodies
from quotes.resolution.referents import Occurrence

_MEMORY = 60  # sentences after which a body that nobody mentions again is forgotten


@dataclass
class Memory:
    """The occurrences up to here (``done``), and by the key of a referent its last one, how many there were, and when
    the last came; ``spoken``: who has reported something; ``introduced``: the roles of people without a name (un
    mineur) with how many occurrences came before."""

    done: list[Occurrence] = field(default_factory=list)
    last: dict[str, Occurrence] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies)
    spoken: set[str] = field(default_factory=set)
    introduced: dict[str, int] = field(default_factory=dict)
    last_source: str | None = None
    last_subject: str | None = None

    def add(self, occurrence: Occurrence) -> None:
        """Keep an occurrence; a subject is kept before another mention in its sentence."""
        self.done.append(occurrence)
        key = occurrence.referent.key
        self.count[key] = self.count.get(key, 0) + 1
        self.order.pop(key, None)  # the one mentioned last comes last
        self.order[key] = len(self.done)
        if occurrence.referent.type != "person" and occurrence.method != "joint":
            self.bodies.add(key, occurrence.referent.folded)
        previous = self.last.get(key)
        if previous is None or previous.sentence < occurrence.sentence or not previous.subject:
            self.last[key] = occurrence
        if occurrence.reports:
            self.spoken.add(key)
            self.last_source = key
        if occurrence.subject:
            self.last_subject = key
        if len(self.done) % (4 * _MEMORY) == 0:
            old = [
                k
                for k, o in self.last.items()
                if o.referent.type != "person" and occurrence.sentence - o.sentence > _MEMORY
            ]
            for k in old:
                del self.last[k]

    def in_sentence(self, number: int) -> Iterator[Occurrence]:
        """The occurrences of the sentence at hand, the last first."""
        return takewhile(lambda o: o.sentence == number, reversed(self.done))
