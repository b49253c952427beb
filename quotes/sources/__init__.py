"""Articles from files, folders and standard input, whatever their format: ``read_articles``.

One reader a format; :data:`~quotes.sources.readers.READERS` is the only registry. What cannot be read becomes a
:class:`Problem` in the stream and stops nothing else.
"""

from __future__ import annotations

from quotes.sources.items import Item, Problem, Sourced
from quotes.sources.readers import READERS, read_articles

__all__ = ["READERS", "Item", "Problem", "Sourced", "read_articles"]
