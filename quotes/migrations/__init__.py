"""The schema of ``quotes.db``, as migrations that run in order and once.

Every module in this package that has a ``migrations`` set takes part, in alphabetical order of the modules
(``tables`` before ``views``). A new version of the schema is a new function in its set, never a changed one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations


def migration_sets() -> Iterator[Migrations]:
    """The sets of this package, in the order in which they are applied."""
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        yield importlib.import_module(f"{__name__}.{module}").migrations


def migrate(db: Database) -> None:
    """Bring ``db`` to the present schema. Each step is one transaction with the record of its having run."""
    for migrations in migration_sets():
        migrations.apply(db)


def pending(db: Database) -> tuple[str, ...]:
    """The names of the steps that ``db`` still lacks."""
    return tuple(step.name for migrations in migration_sets() for step in migrations.pending(db))


def unknown(db: Database) -> tuple[str, ...]:
    """The names of the steps in ``db`` that this version does not know: a newer version made it."""
    sets = list(migration_sets())
    known = {(migrations.name, step.name) for migrations in sets for step in migrations._migrations}
    return tuple(
        step.name for migrations in sets for step in migrations.applied(db) if (migrations.name, step.name) not in known
    )
