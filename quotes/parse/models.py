"""Which French models are usable: the one that ships, Stanza's official ones once fetched, any folder like them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import ModelError

SHIPPED = "embedded"
OFFICIAL = "stanza"
#: Packages of Stanza's official French models; ``default`` is the one that Stanza itself chooses.
PACKAGES = ("default", "gsd", "sequoia", "rhapsodie", "parisstories", "partut")
_NEEDED = ("tokenize", "pos", "lemma", "depparse")


@dataclass(frozen=True, slots=True)
class Model:
    """A model by name: ``folder`` in Stanza's layout, and which of the packages in it."""

    name: str
    folder: Path
    package: str | None
    about: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What the folder lacks to be usable; empty where all is there."""
        if not (self.folder / "resources.json").is_file():
            return ("resources.json",)
        package = self.package if self.package not in (None, "default") else None
        return tuple(
            part
            for part in _NEEDED
            if not any(_weights(self.folder / "fr" / part, package if part != "lemma" else None))
        )

    @property
    def usable(self) -> bool:
        return not self.missing


def _weights(folder: Path, package: str | None) -> Iterator[Path]:
    """Weights of one processor; the files are named after their package (``gsd_charlm.pt``)."""
    yield from folder.glob(f"{package}*.pt" if package else "*.pt")


def shipped_model(data: Path) -> Model:
    """The model that comes with quotes, below ``data``."""
    return Model(SHIPPED, data / "models" / "fr", None, "Comes with quotes; small, fast, works offline.")


def official_folder() -> Path:
    """Where Stanza keeps what it fetches (``STANZA_RESOURCES_DIR``, else ``~/stanza_resources``)."""
    return Path(os.environ.get("STANZA_RESOURCES_DIR") or Path.home() / "stanza_resources")


def official_model(package: str) -> Model:
    """Stanza's official French model of that package, fetched or not."""
    name = OFFICIAL if package == "default" else f"{OFFICIAL}:{package}"
    return Model(name, official_folder(), package, "Stanza's official model; larger, slower, has to be fetched.")


def known_models(data: Path) -> tuple[Model, ...]:
    """Every model that has a name, usable or not."""
    return (shipped_model(data), *(official_model(package) for package in PACKAGES))


def find_model(name: str | None, data: Path) -> Model:
    """The model called ``name``, or in the folder ``name``; None is the shipped one.

    Raises :class:`ModelError` for an unknown or incomplete one.
    """
    model = _named(name, data)
    if model.missing:
        lacks = ", ".join(model.missing)
        if model.name.partition(":")[0] == OFFICIAL:
            fetch = "quotes models fetch" + (f" {model.package}" if model.package != "default" else "")
            raise ModelError(
                f"The model {model.name} has not been fetched ({model.folder} lacks {lacks}).", f"Run `{fetch}`."
            )
        if model.name == SHIPPED:
            raise ModelError(
                f"The model that comes with quotes is incomplete ({model.folder} lacks {lacks}).",
                "Install quotes again.",
            )
        raise ModelError(
            f"There is no usable French model in {model.folder}: {lacks} is missing.",
            "Run `quotes models` to see which there are.",
        )
    return model


def _named(name: str | None, data: Path) -> Model:
    if name is None or name == SHIPPED:
        return shipped_model(data)
    family, _, package = name.partition(":")
    if family == OFFICIAL:
        return official_model(package or "default")
    if Path(name).is_dir():
        return Model(name, Path(name), None, "")
    raise ModelError(
        f"There is no model {name!r}.", "Run `quotes models` to see which there are, or give the path of one."
    )
