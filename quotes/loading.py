"""A pipeline with everything it needs, and the versions that say whether what is stored is still what it would find."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path

from quotes.attribution.relevance import Mode
from quotes.calibration import Calibration, read_calibration
from quotes.errors import QuotesError
from quotes.lexicon import load_lexicon
from quotes.parse.models import find_model
from quotes.parse.stanza_parser import StanzaParser
from quotes.pipeline import Pipeline
from quotes.resolution.database import SpeakerDatabase, read_wordings
from quotes.resolution.salience import Salience, read_salience
from quotes.resources import data_folder, data_path
from quotes.store import database_errors, open_readonly, read_speakers

_PACKAGE = Path(__file__).parent
_NO_RESULT = ("__init__.py", "models.py")  # change no tree, no attribution


def load_pipeline(
    model: str | None = None,
    *,
    database: Path | None = None,
    speakers: SpeakerDatabase | None = None,
    indirect: bool = True,
    mode: Mode = "fast",
) -> Pipeline:
    """The pipeline with a parser (the shipped one unless ``model`` names another), the lexicon and the speakers.

    The speakers are ``speakers``, else those of ``database`` where it is given, else the shipped tables. Costs a second
    or two when it first parses. Raises ModelError, TableError or DatabaseError.
    """
    known = speakers or load_speakers(database)
    return Pipeline(_parser(model), load_lexicon(), known, indirect, load_calibration(), load_salience(), mode)


def load_alike(
    versions: Mapping[str, str], model: str | None, *, speakers: SpeakerDatabase, indirect: bool, mode: Mode
) -> Pipeline:
    """The same on another machine, which does not see the database. Raises QuotesError where code, tables or model
    there would give other results than those of ``versions``."""
    here = stage_versions(model, speakers=speakers, indirect=indirect, mode=mode)
    if different := [stage for stage, version in versions.items() if here[stage] != version]:
        raise QuotesError(
            f"{platform.node()} has another quotes, other tables or another model ({', '.join(different)}).",
            "Install the same version, with the same data, on every machine of the cluster.",
        )
    return load_pipeline(model, speakers=speakers, indirect=indirect, mode=mode)


def load_calibration() -> Calibration:
    """The shipped weights of the confidence. Raises TableError."""
    with data_path("confidence.csv").open(encoding="utf-8", newline="") as lines:
        return read_calibration(lines)


def load_salience() -> Salience:
    """The shipped weights of what makes an antecedent. Raises TableError."""
    with data_path("salience.csv").open(encoding="utf-8", newline="") as lines:
        return read_salience(lines)


def load_speakers(database: Path | None = None) -> SpeakerDatabase:
    """Who is known: the shipped tables, or those of ``database`` without the speakers made from its articles.

    (What the articles taught must not decide what the next articles mean: the order of reading would matter.)
    """
    if database is None or not database.exists():
        return SpeakerDatabase.from_csv(data_folder())
    with database_errors(database):
        db = open_readonly(database)
        try:
            tables = read_speakers(db)
        finally:
            db.close()
    return SpeakerDatabase.from_rows(
        tables["speakers"], tables["aliases"], tables["offices"], *read_wordings(data_folder())
    )


def stage_versions(
    model: str | None = None,
    *,
    database: Path | None = None,
    speakers: SpeakerDatabase | None = None,
    indirect: bool = True,
    mode: Mode = "fast",
) -> dict[str, str]:
    """What the result of each stage depends on, as hashes: model and skeleton, rules and lexicon, speaker tables.

    Which sentences need trees is a question of the rules: a parse serves every mode, and gets the trees that it lacks.
    Loads no model.
    """
    known = speakers or load_speakers(database)
    rating = [data_path(name).read_bytes() for name in ("confidence.csv", "salience.csv")]
    rating += _code("calibration.py")
    parser = _parser(model)
    package = find_model(model, data_folder()).package or ""
    parsing = _code("parse", "parse/networks", "detect.py", "marks.py")
    return {
        "parse": _digest([package.encode(), parser.version.encode(), *parsing]),
        "attribute": _digest(
            [str(indirect).encode(), mode.encode(), *_code("attribution", "lexicon"), *_tables("lexicon")]
        ),
        "resolve": _digest([known.version.encode(), *rating, *_code("resolution", "pipeline.py")]),
    }


def _parser(model: str | None) -> StanzaParser:
    found = find_model(model, data_folder())
    return StanzaParser(found.folder, found.package)


def _code(*rooms: str) -> Iterable[bytes]:
    """The source of packages or modules: another rule is another version."""
    for room in rooms:
        path = _PACKAGE / room
        for file in [path] if path.is_file() else sorted(path.glob("*.py")):
            if file.name not in _NO_RESULT:
                yield file.read_bytes()


def _tables(folder: str) -> Iterable[bytes]:
    for file in sorted((data_folder() / folder).glob("*.csv")):
        yield file.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
