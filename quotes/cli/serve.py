"""``quotes serve``."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import click

from quotes.cli.options import database_argument
from quotes.errors import QuotesError


@click.command()
@database_argument
@click.option(
    "-h", "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for everybody."
)
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(database: Path, host: str, port: int, open_browser: bool) -> None:
    """Show a database as a web site on this machine, until Ctrl-C."""
    from quotes import store
    from quotes.site import SITE
    from quotes.summaries import refresh_summaries, summaries_current

    with store.database_errors(database):
        db = store.open_readonly(database)
        ready = summaries_current(db.conn)
        db.close()
        if not ready:
            db = store.open_database(database)
            refresh_summaries(db.conn)
            db.close()
    port = _free_port(host, port)
    try:
        from datasette.cli import cli as datasette
    except ImportError as error:
        raise QuotesError(f"Datasette cannot be imported ({error}).", "pip install 'datasette<1'") from error
    arguments = ["serve", str(database), "--host", host, "--port", str(port)]
    arguments += ["--metadata", str(SITE / "metadata.yaml"), "--template-dir", str(SITE / "templates")]
    arguments += ["--plugins-dir", str(SITE / "plugins"), "--static", f"static:{SITE / 'static'}"]
    arguments += _settings(SITE / "settings.json")
    if open_browser:
        arguments.append("--open")
    click.echo(f"{database} is at http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/ (Ctrl-C stops it)")
    sys.stdout.flush()
    datasette.main(arguments, prog_name="datasette", standalone_mode=False)


def _settings(path: Path) -> list[str]:
    import json

    settings: dict[str, object] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return [part for name, value in settings.items() for part in ("--setting", name, _as_text(value))]


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _free_port(host: str, port: int) -> int:
    """``port``, or any free one for 0. Raises :class:`QuotesError` where it is taken or the address is not ours."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            found: int = probe.getsockname()[1]
            return found
    except socket.gaierror as error:
        raise QuotesError(f"There is no address {host}.", "Try --host 127.0.0.1.") from error
    except OSError as error:
        raise QuotesError(
            f"Port {port} of {host} cannot be used: {(error.strerror or str(error)).lower()}.",
            f"Choose another: quotes serve --port {port + 1 if port < 65535 else 0}",
        ) from error
