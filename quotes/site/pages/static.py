"""The site's own files, kept by browsers: their address changes with their content."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path
from typing import Any

from datasette.utils.asgi import NotFound, Response

FOLDER = Path(__file__).resolve().parent.parent / "static"
YEAR = 365 * 24 * 3600


def versions() -> dict[str, str]:
    """Eight hex digits of the content of each file."""
    return {path.name: hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest() for path in FOLDER.iterdir()}


async def static_file(datasette: Any, request: Any) -> Response:
    """/static/NAME, for a year where the address has the version, else for a minute."""
    name = request.url_vars["name"]
    path = FOLDER / name
    if name.startswith(".") or not path.is_file():
        raise NotFound("Aucun fichier de ce nom.")
    kind = mimetypes.guess_type(name)[0] or "text/plain"
    kind += "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "svg+xml")) else ""
    seconds = YEAR if request.args.get("v") else 60
    headers = {"Cache-Control": f"public, max-age={seconds}", "X-Content-Type-Options": "nosniff"}
    return Response(path.read_text("utf-8"), headers=headers, content_type=kind)
