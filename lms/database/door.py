"""The write door: the only way to change the database, the same on SQLite and PostgreSQL.

SQLite has one writer. Waiting inside SQLite is unfair and slow, so writers queue on a thread lock and on `flock`
between processes, then `BEGIN IMMEDIATE`. PostgreSQL needs no lock: `UPDATE … WHERE rev = :seen` decides.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from lms.database.db import WRITES, db
from lms.errors import StorageBusy, StorageFull

_locks: dict[str, threading.Lock] = {}


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
    with _explain(), _turn(engine), engine.connect() as connection:
        writing = connection.execution_options(**{WRITES: True})
        _set_query_only(writing, False)
        try:
            with writing.begin():
                yield writing
        finally:
            _set_query_only(writing, True)


def _set_query_only(connection: Connection, on: bool) -> None:
    """Straight to the driver: through SQLAlchemy it would begin a transaction."""
    driver = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.cursor().execute(f"PRAGMA query_only={'ON' if on else 'OFF'}")


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Wait for this writer's turn; only SQLite on a file needs one between processes."""
    path = engine.url.database or ""
    if engine.dialect.name != "sqlite":
        yield
        return
    lock = _locks.setdefault(path, threading.Lock())
    deadline = time.monotonic() + wait_seconds(engine)
    if not lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise StorageBusy("another thread keeps the write lock")
    try:
        if path in ("", ":memory:"):
            yield
        else:
            with _file_turn(path + ".lock", deadline):
                yield
    finally:
        lock.release()


@contextmanager
def _file_turn(path: str, deadline: float) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        pause = 0.0002
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StorageBusy(f"another process keeps {path}") from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.003)
        yield
    finally:
        os.close(handle)


def wait_seconds(engine: Engine) -> float:
    """How long a writer waits, as given to the driver."""
    return float(getattr(engine, "lms_wait_seconds", 5.0))


@contextmanager
def _explain() -> Iterator[None]:
    """Turn the driver's words into ours; everything else passes."""
    try:
        yield
    except (OperationalError, DBAPIError) as error:
        words = str(error.orig).lower()
        if "full" in words or "no space" in words or "could not extend" in words:
            raise StorageFull(words) from error
        if "locked" in words or "busy" in words or "lock timeout" in words:
            raise StorageBusy(words) from error
        raise
