"""Opening ``quotes.db``: is it ours, may it be written, is another build at work on it?"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from quotes.errors import DatabaseError
from quotes.migrations import migrate, pending, unknown

APPLICATION_ID = 0x51554F54  # "QUOT", in the header of every database of ours
_SQLITE_HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 15.0  # how long to wait for another program's transaction


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about ``path`` into a :class:`DatabaseError` that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explained(error, path) from error


def _explained(error: sqlite3.DatabaseError, path: Path) -> DatabaseError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return DatabaseError(
            f"{path} is locked by another program.", "Close it, or wait until it is done, and try again."
        )
    if "readonly" in text or "read-only" in text:
        return DatabaseError(f"{path} cannot be written.", "Check its permissions, or choose another file with -o.")
    if "full" in text:
        return DatabaseError(
            f"The disk is full: {path} could not grow.", "Free some space and run the same command again."
        )
    if "not a database" in text or "file is encrypted" in text:
        return DatabaseError(f"{path} is not an SQLite database.", "Choose another file.")
    if "malformed" in text:
        return DatabaseError(f"{path} is damaged ({error}).", "Restore it from a copy, or delete it and build again.")
    if "unable to open" in text:
        return DatabaseError(f"{path} cannot be opened.", "Check that its folder exists and may be written.")
    if "no such table" in text or "no such column" in text:
        return DatabaseError(f"{path} lacks something that is needed ({error}).", "Run `quotes build` on it once.")
    return DatabaseError(f"{path}: {error}.")


def open_database(path: Path | str, *, create: bool = False, busy_seconds: float | None = None) -> Database:
    """``quotes.db`` for reading and writing, brought to the present schema.

    ``create`` makes the file if there is none. Raises :class:`DatabaseError` for a missing, foreign, newer,
    unwritable, locked or damaged database.
    """
    path = Path(path)
    _check_file(path, create)
    with database_errors(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS if busy_seconds is None else busy_seconds)
        try:
            _check_ours(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            db = Database(connection, recursive_triggers=False)
            if pending(db):
                _check_writable(connection, path)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrate(db)
            newer = unknown(db)
        except BaseException:
            connection.close()
            raise
    if newer:
        connection.close()
        raise DatabaseError(
            f"{path} was made by a newer version of quotes (it has {', '.join(newer)}).", "Update quotes."
        )
    return db


def open_readonly(path: Path | str) -> Database:
    """``quotes.db`` for reading only. Raises :class:`DatabaseError` where there is none of ours."""
    path = Path(path)
    _check_file(path, create=False)
    with database_errors(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            _check_ours(connection, path)
            db = Database(connection, recursive_triggers=False)
            lacking = pending(db)
        except BaseException:
            connection.close()
            raise
    if lacking:
        connection.close()
        raise DatabaseError(f"{path} was made by an older version of quotes.", "Run `quotes build` on it once.")
    return db


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder, not a database.", "Give the path of a file, such as quotes.db.")
    if not path.exists():
        if not create:
            raise DatabaseError(f"There is no database {path}.", "Make one with `quotes build INPUT -o quotes.db`.")
        if not path.parent.is_dir():
            raise DatabaseError(f"The folder {path.parent} does not exist.", "Make it first, or choose another.")
        if not os.access(path.parent, os.W_OK):
            raise DatabaseError(f"The folder {path.parent} cannot be written.", "Choose another file with -o.")
        return
    if not os.access(path, os.R_OK):
        raise DatabaseError(f"{path} cannot be read.", "Check its permissions.")
    with path.open("rb") as file:
        header = file.read(len(_SQLITE_HEADER))
    if header and header != _SQLITE_HEADER:
        raise DatabaseError(f"{path} is not an SQLite database.", "Choose another file.")
    if not header and not create:
        raise DatabaseError(f"{path} is empty.", "Make a database with `quotes build INPUT -o quotes.db`.")


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database with somebody else's tables: nothing of ours may end up in it."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (application or tables):
        raise DatabaseError(f"{path} is a database of another program.", "Choose another file with -o.")


def _check_writable(connection: sqlite3.Connection, path: Path) -> None:
    if path.exists() and not os.access(path, os.W_OK):
        raise DatabaseError(f"{path} cannot be written.", "Check its permissions, or choose another file with -o.")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


@contextmanager
def build_lock(path: Path) -> Iterator[None]:
    """Keep other builds off ``path`` for as long as this lasts. Raises :class:`DatabaseError` where one is at work.

    The lock lies beside the database (a lock on the database file itself would collide with SQLite's own) and dies
    with the process, however it ends.
    """
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock still keeps every transaction whole
        yield
        return
    lock = path.with_name(path.name + ".lock")
    while True:
        try:
            descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise DatabaseError(
                f"{path} cannot be locked: {error.strerror} ({lock}).", "Choose another file."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise DatabaseError(
                f"Another `quotes build` is at work on {path}.",
                "Wait until it is done, or choose another file with -o.",
            ) from error
        # The one before us removes the file as it leaves: a lock on a removed file keeps nobody off.
        if _same_file(descriptor, lock):
            break
        os.close(descriptor)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def write_ahead(db: Database) -> Iterator[None]:
    """Write-ahead logging for the length of a build: readers are not kept waiting, and commits are cheap.

    Afterwards the database is a single plain file again, unless somebody is reading it at that moment.
    """
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -65536")
    try:
        yield
    finally:
        if not db.conn.in_transaction:
            try:
                db.execute("PRAGMA busy_timeout = 0")
                db.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError:
                pass  # a reader is there: the log stays until the next build, which changes nothing for anybody
