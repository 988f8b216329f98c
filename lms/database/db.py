"""The Flask-SQLAlchemy extension, and how a connection is set up.

Reads go through `db.session` or `db.engine`; every write goes through `lms.database.door`. The database enforces
that: connections are read-only outside the door. SQLite forgets every SQL that it has compiled when a connection
changes between the two, so there it has a connection of its own for writing, one a process.
"""

from __future__ import annotations

import os
import select
import sqlite3
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from lms.database.models import Base

db = SQLAlchemy(model_class=Base)

CACHE, WIDE_CACHE = 512, 8000
"""Kilobytes for each thread's connection to SQLite; the system keeps the file's pages once for all. While many rows
are written it may have more: pages that do not fit are written before their time, and again at the end."""

SHARDED = "lms_sharded"
"""Of a connection: whether the tables of this PostgreSQL may lie on several machines."""

_WAIT = "lms_wait_seconds"
DEFAULT_WAIT = 5.0


def connect_database(app: Flask, url: str, wait: float) -> None:
    """Bind `db` to `app` with the settings that the write door relies on."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url, wait)
    db.init_app(app)
    with app.app_context():
        _begin_file(db.engine)
        prepare_engine(db.engine)


def _begin_file(engine: Engine) -> None:
    """A new SQLite file holds names: it belongs to its owner alone, and so do the files that SQLite lays beside it.

    One that is there is left alone: to close it here would drop the locks that SQLite holds on it in this process.
    """
    path = engine.url.database if engine.dialect.name == "sqlite" else ""
    if path and path != ":memory:":
        with suppress(OSError):  # whatever is wrong, SQLite says it better
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def engine_options(url: str, wait: float) -> dict[str, Any]:
    """Arguments of `create_engine`: nobody waits for a lock longer than `wait` seconds, on either database."""
    if url.startswith("sqlite"):
        options: dict[str, Any] = {"connect_args": {"timeout": wait, "check_same_thread": False}}
    else:
        told = f"-c lock_timeout={max(1, round(wait * 1000))} -c default_transaction_read_only=on"
        options = {"pool_size": 8, "connect_args": {"connect_timeout": 5, "options": told}}
    return options | {"execution_options": {_WAIT: wait}}


def wait_seconds(engine: Engine) -> float:
    """How long a writer waits for its turn."""
    return float(engine.get_execution_options().get(_WAIT, DEFAULT_WAIT))


def prepare_engine(engine: Engine) -> None:
    """Connections are read-only from their beginning; SQLite's also get their pragmas."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "connect", _read_only)
    else:
        event.listen(engine, "do_connect", _connect)
        event.listen(engine, "connect", _refuse_writes)
        event.listen(engine, "checkout", _look_alive)


def reading() -> Connection:
    """A connection for questions that need no common snapshot; PostgreSQL then answers each in one round, not three."""
    return (db.engine if db.engine.dialect.name == "sqlite" else _find_asking(db.engine)).connect()


@lru_cache(maxsize=4)
def _find_asking(engine: Engine) -> Engine:
    """The same pool; made once, since making it costs more than a question."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@lru_cache(maxsize=4)
def find_writing(engine: Engine) -> Engine:
    """For the door: the same connections on PostgreSQL, another one on SQLite, which ends with the others."""
    if engine.dialect.name != "sqlite":
        return engine
    made = create_engine(engine.url, pool_size=1, max_overflow=0, **engine_options("sqlite", wait_seconds(engine)))
    event.listen(made, "connect", _set_pragmas)
    event.listen(made, "begin", _begin)
    event.listen(engine, "engine_disposed", lambda _engine: made.dispose())
    return made


def _connect(_dialect: object, _record: object, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    from lms.database.asking import AskingConnection

    return AskingConnection.connect(*arguments, **named)


def _refuse_writes(connection: Any, record: Any) -> None:
    connection.read_only = True
    record.info[SHARDED] = bool(connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'").fetchone())
    connection.rollback()


def _look_alive(connection: Any, _record: object, _proxy: object) -> None:
    """A server that went away, or was restarted, has closed the line: to look costs nothing, to ask costs a round.

    Raises DisconnectionError: the pool then takes another, or a new one.
    """
    from psycopg import Error

    try:
        line = select.poll()
        line.register(connection.fileno(), select.POLLIN)
        if line.poll(0):  # its end; or only a notice of the server, so it is asked
            connection.execute("SELECT 1")
            connection.rollback()
    except Error as error:
        raise DisconnectionError("the server has closed the line") from error


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    """`isolation_level=None`: sqlite3 must not begin transactions of its own, a deferred BEGIN fails under load."""
    connection.isolation_level = None
    _keep_journal(connection)
    for pragma in (
        "synchronous=FULL",
        "wal_autocheckpoint=4000",  # pages: those that change again and again are copied to the file less often
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"cache_size=-{CACHE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _keep_journal(connection: sqlite3.Connection) -> None:
    """WAL. Where others make the same change to a new file SQLite refuses at once, whatever the timeout: once more."""
    end = time.monotonic() + DEFAULT_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _read_only(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
