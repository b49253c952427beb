"""Walking a site from its first pages along its links, and what no page of it may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.site.html import Page

FIRST = (
    "/",
    "/recherche",
    "/recherche?q=source",
    "/recherche?q=texte",
    "/recherche?genre=none",
    "/recherche?q=introuvable",
    "/recherche?personne=marchetal&media=Le+Journal+d%27Essai&du=2015&confiance=50&tri=anciennes",
    "/personnes",
    "/personnes?type=organisation",
    "/personnes?nom=dame",
    "/personnes?nom=personne-de-ce-nom",
    "/medias",
    "/verbes",
    "/verbes?sens=assertive",
    "/parole",
    "/a-verifier",
    "/a-verifier?motif=sans-nom",
    "/a-verifier?motif=guillemet",
    "/requetes",
    "/schema",
)


def crawl(get: Callable[[str], Any], first: Iterable[str] = FIRST) -> dict[str, Any]:
    """Every page of ours that can be reached by links from the first ones, by address."""
    found: dict[str, Any] = {}
    waiting = list(first)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        response = get(path)
        found[path] = response
        if is_html(response):
            waiting += [link.split("#")[0] for link in Page(response.text).links if _ours(link)]
    return found


def is_html(response: Any) -> bool:
    return str(response.headers["content-type"]).startswith("text/html")


def _ours(link: str) -> bool:
    path = urlsplit(link).path
    if link.startswith(("http:", "https:", "#")):
        return False
    # search links to each other by the thousand: those with one filter are enough
    return not path.startswith("/quotes") and link.count("&") < 1


def assert_harmless(path: str, response: Any) -> Page:
    """No tag of an article, name, outlet or title became an element, no attribute of one a handler."""
    page = Page(response.text)
    for tag in ("b", "u", "img", "i", "iframe", "svg"):
        assert tag == "i" and path.startswith("/verbe/") or not page.all(tag), (path, tag)
    for script in page.all("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") == "application/json", path
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], (path, tag)
        assert not attributes.get("href", "").lower().strip().startswith(("javascript:", "data:")), path
    assert page.unbalanced == [], path
    return page
