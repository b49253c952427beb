"""The Datasette site: a folder that plain Datasette serves beside a database made by ``quotes build``."""

from pathlib import Path

SITE = Path(__file__).parent
"""The folder to give to Datasette as its configuration directory."""
