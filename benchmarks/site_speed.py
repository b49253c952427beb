"""How fast the site answers: every kind of page and search on one database, in process.

    python benchmarks/site_speed.py quotes.db [--rounds 5] [--markdown]

Each page is asked for several times with the counts that the site remembers forgotten before each ("computed"), then
once more with them ("remembered"). Times are milliseconds from request to the last byte, on a warm file cache.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from datasette.app import Datasette
from datasette.utils import tilde_encode

from quotes.site import SITE

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


def addresses(database: Path) -> Iterator[tuple[str, str]]:
    """(kind of page, address): the most quoted of each kind, which are the slowest, and some in the middle."""
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)

    def some(sql: str) -> list[str]:
        return [str(row[0]) for row in connection.execute(sql)]

    speakers = some("SELECT speaker_key FROM summary_speakers ORDER BY quotations DESC LIMIT 3")
    speakers += some("SELECT speaker_key FROM summary_speakers ORDER BY quotations DESC LIMIT 2 OFFSET 300")
    outlets = some("SELECT outlet FROM summary_outlets WHERE outlet <> '' ORDER BY quotations DESC LIMIT 2")
    verbs = some("SELECT verb FROM summary_verbs ORDER BY quotations DESC LIMIT 3")
    articles = some("SELECT id FROM articles LIMIT 3 OFFSET 100")
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


async def measure(database: Path, rounds: int) -> list[tuple[str, str, list[float], float]]:
    """(kind, address, computed times, remembered time), in milliseconds."""
    site = Datasette([str(database)], config_dir=SITE)
    await site.invoke_startup()
    remembered = sys.modules["quotes_site_pages.database"]._answers

    async def ask(address: str) -> float:
        start = time.perf_counter()
        response = await site.client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        return 1000 * (time.perf_counter() - start)

    await ask("/")  # templates are compiled once a process
    found = []
    for kind, address in addresses(database):
        await ask(address)
        times = []
        for _ in range(rounds):
            remembered.clear()
            times.append(await ask(address))
        found.append((kind, address, times, await ask(address)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--markdown", action="store_true", help="a table by kind of page")
    arguments = parser.parse_args()
    found = asyncio.run(measure(arguments.database, arguments.rounds))
    if not arguments.markdown:
        for _, address, times, again in found:
            print(f"{statistics.median(times):7.0f} {max(times):7.0f} {again:7.0f}  {address}")
    print("| page | pages | median, computed | worst, computed | median, remembered |")
    print("|---|---|---|---|---|")
    for kind in dict.fromkeys(kind for kind, *_ in found):
        computed = [value for k, _, values, _ in found if k == kind for value in values]
        remembered = [value for k, _, _, value in found if k == kind]
        row = (statistics.median(computed), max(computed), statistics.median(remembered))
        print(f"| {kind} | {len(remembered)} | " + " | ".join(f"{value:.0f} ms" for value in row) + " |")
    everything = [value for _, _, values, _ in found for value in values]
    home = next(again for kind, _, _, again in found if kind == "home")
    reached = {"median": statistics.median(everything), "worst": max(everything), "home, remembered": home}
    for name, limit in TARGETS.items():
        print(f"\n{name}: {reached[name]:.0f} ms (to reach: {limit:.0f})", end="")
    print()


if __name__ == "__main__":
    main()
