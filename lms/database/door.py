"""The write door: the only way to change the database, the same on SQLite and PostgreSQL.

SQLite has one writer. Waiting inside SQLite is unfair and slow, so writers queue on a thread lock and on `flock`
between processes, then `BEGIN IMMEDIATE`. PostgreSQL needs no lock: `UPDATE … WHERE rev = :seen` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from lms.database.db import CACHE, WIDE_CACHE, db, find_writing, wait_seconds
from lms.database.turns import turn
from lms.errors import BadRequest, LMSError, StorageBusy, StorageFull

FULL = {"SQLITE_FULL", "53100"}
BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001"}
"""Names of SQLite's errors, SQLSTATEs of PostgreSQL's: disk full; lock not available, deadlock, serialization."""


@contextmanager
def transaction() -> Iterator[Connection]:
    """A connection that may write, in one transaction; commits at the end, rolls back on any exception.

    Raises StorageBusy when the lock is not had in `write_wait_seconds`, StorageFull when there is no room.
    """
    with write_to(db.engine) as connection:
        yield connection


@contextmanager
def write_to(engine: Engine) -> Iterator[Connection]:
    """`transaction()` for an engine that is not the application's (migrations, tests)."""
    try:
        with turn(engine, wait_seconds(engine)), find_writing(engine).connect() as writing:
            _prepare(writing)
            try:
                with writing.begin():
                    yield writing
            finally:
                _put_back(writing)
    except DBAPIError as error:
        raise explain(error) or error from error


def widen(connection: Connection) -> None:
    """Many rows are about to be written: more memory for them until the end of this transaction."""
    if connection.dialect.name == "sqlite":
        connection.info["lms_wide"] = True
        connection.exec_driver_sql(f"PRAGMA cache_size=-{WIDE_CACHE}")


def _prepare(connection: Connection) -> None:
    """Straight to the driver: through SQLAlchemy it would begin a transaction."""
    if connection.dialect.name != "sqlite":
        _find_driver(connection).read_only = False


def _put_back(connection: Connection) -> None:
    """PostgreSQL's are read-only again; SQLite's gives back the memory for many rows."""
    if connection.invalidated:
        return
    driver = _find_driver(connection)
    if connection.dialect.name != "sqlite":
        if not driver.closed:
            driver.read_only = True
    elif connection.info.pop("lms_wide", False):
        driver.execute(f"PRAGMA cache_size=-{CACHE}")


def _find_driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def explain(error: DBAPIError) -> LMSError | None:
    """Our error for a driver's, by its code and never by its words (they quote what was typed); None for others."""
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    words = str(error.orig)
    if code in FULL:
        return StorageFull(words)
    if code in BUSY or code.startswith(("SQLITE_BUSY_", "SQLITE_LOCKED_")):
        return StorageBusy(words)
    if "NUL (0x00)" in words or code == "22021":
        return BadRequest("a text holds a character that cannot be kept")
    return None
