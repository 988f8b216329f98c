"""The Flask-SQLAlchemy extension, and how a connection is set up.

Reads go through `db.session` or `db.engine`; every write goes through `lms.database.door`. On SQLite that is enforced:
connections are `query_only` outside the door.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from lms.database.models import Base

db = SQLAlchemy(model_class=Base)

WRITES = "lms_writes"
"""Execution option of the one kind of connection that may write."""


def connect_database(app: Flask, url: str, wait_seconds: float) -> None:
    """Bind `db` to `app` with the settings that the write door relies on."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url, wait_seconds)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _engine_options(url: str, wait_seconds: float) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": wait_seconds, "check_same_thread": False}}
    return {"pool_size": 8, "pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def prepare_engine(engine: Engine) -> None:
    """Add the connection and begin handlers of SQLite; PostgreSQL needs none."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    """`isolation_level=None`: sqlite3 must not begin transactions of its own, a deferred BEGIN fails under load."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "query_only=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
