"""The site in a real browser: search, filter, open, follow, download; at the width of a desk and of a phone."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from quotes.site import SITE

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium (apt-get install chromium)")

PAGES = (
    "/", "/recherche?q=source", "/personne/odile-marchetal", "/article/essai-1", "/parole", "/personnes", "/medias",
    "/verbes", "/verbe/ajouter", "/media/~3Cb~3E", "/a-verifier", "/requetes", "/schema",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(sample_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Datasette that serves the sample in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(sample_database), "--port", str(port)]
    command += ["--metadata", str(SITE / "metadata.yaml"), "--template-dir", str(SITE / "templates")]
    command += ["--plugins-dir", str(SITE / "plugins"), "--static", f"static:{SITE / 'static'}"]
    log = (tmp_path_factory.mktemp("served") / "log").open("wb")
    server = subprocess.Popen(command, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{base}/static/icon.svg").close()
                break
            except OSError:
                time.sleep(0.25)
        yield base
    finally:
        server.terminate()
        server.wait(10)
        log.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Any]:
    """A page that fails the test on a script error, a refused resource or a request to another server."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, locale="fr-FR")
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(address) else trouble.append(asked.url))
    opened.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
    yield opened
    context.close()
    assert trouble == []


def test_from_a_word_to_the_csv(page: Any, sample_database: Path, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("déclarer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=*")
    assert page.get_by_role("status").inner_text().replace("\u00a0", " ") == "2 citations"
    assert page.locator("mark").first.inner_text() == "déclaré"

    page.get_by_text("Filtres", exact=True).click()
    page.get_by_label("Du", exact=True).fill("2015-04")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**du=2015-04*")
    assert "confiance=" not in page.url, "empty boxes stay out of the address"
    assert page.get_by_role("status").inner_text().replace("\u00a0", " ") == "1 citation"
    page.get_by_role("link", name="Depuis : avril 2015").click()
    page.wait_for_url(lambda url: "du=" not in url)

    page.get_by_role("link", name="Lire en contexte").first.click()
    page.wait_for_url("**/citation/*")
    assert page.locator(".article-text mark.content").inner_text() == "« Nous avons déclaré la source protégée »"
    colours = {
        page.locator(f".article-text mark.{part}").first.evaluate(
            "element => getComputedStyle(element).backgroundColor"
        )
        for part in ("content", "cue", "speaker")
    }
    assert len(colours) == 3
    page.get_by_role("link", name="Odile Marchetal").first.click()
    page.wait_for_url("**/personne/odile-marchetal")
    assert page.locator("figure[data-plot] svg rect").count() > 0, "the plot is drawn"

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "citations.csv")
    with (tmp_path / "citations.csv").open(encoding="utf-8", newline="") as file:
        header, *got = list(csv.reader(file))
    connection = sqlite3.connect(sample_database)
    cursor = connection.execute("SELECT * FROM quotation_details WHERE speaker_id = 'odile-marchetal'")
    assert header == [column[0] for column in cursor.description]
    assert sorted(got) == sorted(["" if value is None else str(value) for value in row] for row in cursor)
    connection.close()


def test_hostile_names_stay_text(page: Any) -> None:
    page.goto("/recherche?media=<b>")
    page.get_by_role("link", name="Lire en contexte").first.click()
    page.get_by_role("link", name="L’article et toutes ses citations").click()
    assert "<script>alert" in page.get_by_role("heading", level=1).inner_text()
    page.go_back()
    page.get_by_role("link", name="O'Neil <u>").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == 'O\'Neil <u> "Le Fou"'


def test_names_are_completed(page: Any) -> None:
    page.goto("/recherche")
    page.get_by_text("Filtres", exact=True).click()
    with page.expect_response("**/personnes.json*"):
        page.get_by_label("Personne", exact=True).press_sequentially("lacs")
    page.wait_for_function("document.querySelectorAll('#noms option').length === 1")


def test_the_line_to_cite_is_copied(page: Any, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.goto("/recherche?q=partout")
    page.get_by_role("link", name="Lire en contexte").click()
    page.get_by_role("button", name="Copier").click()
    page.get_by_role("button", name="Copié").wait_for()
    assert "Le barrage de Valombre" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_window(page: Any, path: str) -> None:
    page.goto(path)
    page.wait_for_timeout(100)
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
    for figure in page.locator("figure[data-plot]").all():
        assert figure.locator("svg").count() > 0


@pytest.mark.parametrize("path", ["/", "/recherche?q=source", "/article/essai-1", "/parole"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(page: Any, path: str, scheme: str) -> None:
    """Every piece of text has the 4.5:1 of WCAG AA against what lies behind it."""
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    assert page.evaluate(CONTRAST) == []


def test_the_keyboard_reaches_the_content(page: Any) -> None:
    page.goto("/recherche?q=source")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"


def test_screenshots(page: Any, request: pytest.FixtureRequest) -> None:
    """With QUOTES_SCREENSHOTS=FOLDER, pictures of the pages to be looked at."""
    folder = os.environ.get("QUOTES_SCREENSHOTS")
    if not folder:
        pytest.skip("set QUOTES_SCREENSHOTS to a folder to get pictures")
    name = request.node.callspec.id
    for number, path in enumerate(PAGES):
        page.goto(path)
        page.wait_for_timeout(200)
        page.screenshot(path=str(Path(folder) / f"{name}-{number:02}.png"), full_page=True)


CONTRAST = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, svg, .visually-hidden, .skip, meter, option")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(element.outerHTML.slice(0, 120));
  }
  return bad;
}"""
