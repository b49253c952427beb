"""How fast the site answers: every kind of page and search on one database, in process.

    python -m benchmarks.site_speed quotes.db [--rounds 5] [--markdown] [--only KIND]

Each page is asked for several times with the counts that the site remembers forgotten before each ("computed"), then
once more with them ("remembered"). Times are milliseconds from request to the last byte, on a warm file cache.
Datasette's own pages are measured like ours. Downloads stream every row and are timed once, beside the targets, which
are for pages.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from datasette.app import Datasette
from datasette.utils import tilde_encode

from quotes.site import SITE
from quotes.site.pages.dictionary import HIDDEN, TABLES

TARGETS = {"median": 200.0, "worst": 1000.0, "home, remembered": 100.0}
WORDS = (
    "gouvernement",
    "paix",
    "présidents",
    "voter",
    "introuvable*",
    "la",
    "France",
    "économie crise",
    "guerre OU paix",
)
PHRASES = ("il faut", "de plus en plus", "c'est")

Measured = tuple[str, str, list[float], float]
"""Kind of page, address, computed times, remembered time; milliseconds."""


def addresses(database: Path) -> Iterator[tuple[str, str]]:
    """(kind of page, address): the most quoted of each kind, which are the slowest, and some in the middle."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)

    def some(sql: str) -> list[str]:
        return [str(row[0]) for row in connection.execute(sql)]

    speakers = some("SELECT speaker_key FROM summary_speakers ORDER BY quotations DESC LIMIT 3")
    speakers += some("SELECT speaker_key FROM summary_speakers ORDER BY quotations DESC LIMIT 2 OFFSET 300")
    outlets = some("SELECT outlet FROM summary_outlets WHERE outlet <> '' ORDER BY quotations DESC LIMIT 2")
    verbs = some("SELECT verb FROM summary_verbs ORDER BY quotations DESC LIMIT 3")
    articles = some("SELECT id FROM articles ORDER BY words DESC LIMIT 1")
    articles += some("SELECT id FROM articles LIMIT 3 OFFSET 100")
    quotations = some("SELECT id FROM quotations WHERE kind = 'direct' LIMIT 5 OFFSET 100")
    years = some("SELECT substr(month, 1, 4) FROM summary_months GROUP BY 1 ORDER BY sum(quotations) DESC LIMIT 1")
    connection.close()
    yield "home", "/"
    for name in ("recherche", "personnes", "medias", "verbes", "parole", "a-verifier", "requetes", "schema"):
        yield name, f"/{name}"
    yield from (("speaker", f"/personne/{tilde_encode(key)}") for key in speakers)
    yield from (("outlet", f"/media/{tilde_encode(name)}") for name in outlets)
    yield from (("verb", f"/verbe/{tilde_encode(name)}") for name in verbs)
    yield from (("article", f"/article/{tilde_encode(identifier)}") for identifier in articles)
    yield from (("quotation", f"/citation/{identifier}") for identifier in quotations)
    yield from (("words", f"/recherche?q={word}") for word in WORDS)
    yield from (("words by date", f"/recherche?q={word}&tri=recentes") for word in WORDS[:3])
    yield from (("phrase", f'/recherche?q="{phrase}"') for phrase in PHRASES)
    yield from (("one filter", f"/recherche?personne={key}") for key in speakers[:2])
    yield from (("one filter", f"/recherche?media={name}") for name in outlets)
    yield from (("one filter", f"/recherche?verbe={name}") for name in verbs[:2])
    yield from (
        ("one filter", f"/recherche?{filter_}") for filter_ in ("confiance=90", "genre=none", "du=2016&au=2016")
    )
    for year in years:
        yield "two filters", f"/recherche?media={outlets[0] if outlets else ''}&du={year}&au={year}"
        yield "two filters", f"/recherche?personne={speakers[0]}&confiance=80"
        yield "words and filter", f"/recherche?q=gouvernement&media={outlets[0] if outlets else ''}"


def datasette_addresses(database: Path) -> Iterator[tuple[str, str]]:
    """(kind of page, address) of Datasette's own pages: the database, its tables and views, one row, SQL."""
    base = f"/{tilde_encode(database.stem)}"
    yield "Datasette: database", base
    for name, table in TABLES.items():
        if name not in HIDDEN:
            yield f"Datasette: {table.kind}", f"{base}/{name}"
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    identifiers = [row[0] for row in connection.execute("SELECT id FROM quotations LIMIT 1")]
    connection.close()
    yield from (("Datasette: row", f"{base}/quotations/{identifier}") for identifier in identifiers)
    yield "Datasette: SQL", f"{base}?sql=select+outlet,+count(*)+from+articles+group+by+outlet"
    yield "Datasette: JSON", f"{base}/quotation_details.json?_size=50"


def downloads(database: Path) -> tuple[str, ...]:
    """Addresses that stream every row that they speak of."""
    # a table: Datasette pages through a view by counting from its beginning each time
    whole = f"/{tilde_encode(database.stem)}/quotations.csv?_stream=on"
    return "/recherche.csv?q=gouvernement", "/recherche.csv", "/recherche.json", whole


async def measure(
    database: Path, pages: Iterable[tuple[str, str]], files: Iterable[str], rounds: int
) -> tuple[list[Measured], list[tuple[str, int, float]]]:
    """What the pages took, and for each file its address, its bytes and its milliseconds."""
    site = Datasette([str(database)], config_dir=SITE)
    await site.invoke_startup()
    remembered = sys.modules["quotes_site_pages.database"]._answers

    async def ask(address: str) -> tuple[int, float]:
        start = time.perf_counter()
        response = await site.client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        return len(response.content), 1000 * (time.perf_counter() - start)

    await ask("/")  # templates are compiled once a process
    found = []
    for kind, address in pages:
        await ask(address)
        times = []
        for _ in range(rounds):
            remembered.clear()
            times.append((await ask(address))[1])
        found.append((kind, address, times, (await ask(address))[1]))
        print(f"{max(times):7.0f} ms at worst  {address}", file=sys.stderr)
    return found, [(address, *await ask(address)) for address in files]


def by_kind(found: Sequence[Measured]) -> Iterator[str]:
    """A Markdown table, one line a kind of page."""
    yield "| page | pages | median, computed | worst, computed | median, remembered |"
    yield "|---|---|---|---|---|"
    for kind in dict.fromkeys(kind for kind, *_ in found):
        computed = [value for k, _, values, _ in found if k == kind for value in values]
        remembered = [value for k, _, _, value in found if k == kind]
        row = (statistics.median(computed), max(computed), statistics.median(remembered))
        yield f"| {kind} | {len(remembered)} | " + " | ".join(f"{value:.0f} ms" for value in row) + " |"


def reached(found: Sequence[Measured]) -> dict[str, float]:
    """The figures that ``TARGETS`` names, in milliseconds."""
    everything = [value for _, _, values, _ in found for value in values]
    home = next(again for kind, _, _, again in found if kind == "home")
    return {"median": statistics.median(everything), "worst": max(everything), "home, remembered": home}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--markdown", action="store_true", help="only a table by kind of page")
    parser.add_argument("--only", default="", metavar="KIND", help="only pages whose kind begins so; no downloads")
    arguments = parser.parse_args()
    database = arguments.database
    everything = (*addresses(database), *datasette_addresses(database))
    pages = [page for page in everything if page[0].startswith(arguments.only)]
    files = () if arguments.only else downloads(database)
    found, streamed = asyncio.run(measure(database, pages, files, arguments.rounds))
    if not arguments.markdown:
        for _, address, times, again in found:
            print(f"{statistics.median(times):7.0f} {max(times):7.0f} {again:7.0f}  {address}")
    print(*by_kind(found), sep="\n")
    for address, size, time_taken in streamed:
        print(f"\n{address}: {size / 1e6:.1f} MB in {time_taken / 1000:.1f} s", end="")
    if not arguments.only:
        for name, value in reached(found).items():
            print(f"\n{name}: {value:.0f} ms (to reach: {TARGETS[name]:.0f})", end="")
    print()


if __name__ == "__main__":
    main()
