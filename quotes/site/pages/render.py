"""From a page's values to its response: templates with their filters, headers, JSON inside HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode
from datasette.utils.asgi import Response
from markupsafe import Markup

from . import labels
from .static import versions

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""Nothing is loaded from anywhere else, and no script that stands in an article would run."""


FILES = frozenset(("recherche.csv", "recherche.json", "personnes.json"))
"""Addresses with a full stop of their own, which Datasette's encoding of names would hide."""


async def page(
    datasette: Any,
    request: Any,
    template: str,
    values: Mapping[str, Any],
    status: int = 200,
) -> Response:
    """A page of the site. ``template`` is the name of a file of ``templates/quotes``, without suffix."""
    body = await datasette.render_template(f"quotes/{template}.html", dict(values), request)
    return Response.html(body, status=status, headers=dict(HEADERS))


def json_for_html(value: Any) -> Markup:
    """A value as JSON that may stand in a ``<script type="application/json">``, whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def address(datasette: Any, *parts: str, **parameters: Any) -> str:
    """The address of a page: parts of the path (any text), then parameters; empty ones are left out."""
    path = "/" + "/".join(part if part in FILES else tilde_encode(part) for part in parts)
    pairs = [(name, value) for name, value in parameters.items() if value not in (None, "", ())]
    query = urlencode(pairs, doseq=True)
    return str(datasette.urls.path(path)) + (f"?{query}" if query else "")


def prepare_templates(env: Any, datasette: Any) -> None:
    """Give the templates their filters and the function that makes addresses."""
    env.filters.update(
        number=labels.number,
        percent=labels.percent,
        day=labels.day,
        french=labels.french,
        trust=labels.trust,
        json_for_html=json_for_html,
        kind=lambda code: labels.KINDS.get(code, code or ""),
        rule=lambda code: labels.RULES.get(code, ""),
        method=lambda code: labels.METHODS.get(code, ""),
        upper_first=lambda text: text[:1].upper() + text[1:],
        stance=lambda code: labels.STANCES.get(code, code or ""),
        speaker_type=lambda code: labels.TYPES.get(code, code or ""),
    )
    files = versions()
    env.globals.update(
        static=lambda name: datasette.urls.path(f"/static/{name}?v={files[name]}"),
        address=lambda *parts, **parameters: address(datasette, *parts, **parameters),
        count=labels.count,
        period=labels.period,
        KINDS=labels.KINDS,
        KIND_HELP=labels.KIND_HELP,
        NB=Markup("&nbsp;"),
    )
