"""Where the shipped ``data/`` lies: beside the package in a checkout, as the package ``quotes_data`` once installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from quotes.errors import QuotesError


def data_folder() -> Path:
    """The folder of lexicon, speaker tables, model and sample. Raises :class:`QuotesError` where it is missing."""
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "setup.cfg").is_file() and (checkout / "data").is_dir():
        return checkout / "data"
    spec = find_spec("quotes_data")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        return Path(location)
    raise QuotesError("The data that come with quotes are missing.", "Install the package again.")


def data_path(*parts: str) -> Path:
    """A file or folder of the shipped data: ``data_path("lexicon", "nouns.csv")``. It need not exist."""
    return data_folder().joinpath(*parts)
