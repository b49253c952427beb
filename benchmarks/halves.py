"""Which annotated articles the rules were developed on.

The other half was looked at only as numbers, so its figures say what to expect of articles never seen.
"""

from __future__ import annotations

from fnmatch import fnmatch

_DEVELOPMENT = (
    "seed-*", "algerian-press-005", "burkina-24-001", "burkina-24-002", "dhnet-be-012", "franceinfo-fr-003",
    "franceinfo-fr-007", "journaldemontreal-com-001", "journaldequebec-com-001", "lalibre-be-002", "lalibre-be-003",
    "lameuse-be-001", "lapresse-ca-005", "lefigaro-fr-001", "lemonde-fr-006", "wikinews-2016_06_12-010",
    "wikinews-2016_06_14-003", "wikinews-2016_07_26-006", "wikinews-2016_10_25-002", "wikinews-2017_02_10-002",
    "orangesum-*", "winer-*",
)  # fmt: skip


def developed_on(article_id: str) -> bool:
    """Whether the rules were written with this article in view."""
    return any(fnmatch(article_id, pattern) for pattern in _DEVELOPMENT)
