"""A store full of statements, made by SQL: sorted rows, straight into the tables."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection

from lms.app import create_app
from lms.database.db import db
from lms.database.door import transaction
from lms.database.terms import find_terms, name_agent, term
from lms.lrs.building import build_authority
from lms.partners.credentials import add_credential
from lms.people.accounts import add_organisation
from lms.settings import Settings

AGENTS, ACTIVITIES, PARENTS = 10_000, 1_000, 100
VERB = "http://adlnet.gov/expapi/verbs/verb-{}"
PIECE = 20_000
SPAN = 1_000
"""Microseconds between two statements."""
KEY = ("organisation_id", "id", "stored")
TERM = ("organisation_id", "term", "stored", "id")
STATEMENT = (
    *("organisation_id", "stored", "id", "origin", "origin_seq", "happened", "person_id", "activity", "verb"),
    *("object_id", "registration", "authority", "evidence", "body"),
)


@dataclass(frozen=True)
class Shelf:
    """A filled store, a credential to it, and places in it: an instant in the middle, the cursor of the last page."""

    rows: int
    key: str
    secret: str
    authority: str
    middle: str
    last: str


def fill(home: Path, url: str, rows: int) -> Shelf:
    """Migrate, add one house with one credential, and put the statements in."""
    from bench.lrs import build_statement

    app = create_app(Settings(home=home, database_url=url))
    with app.app_context():
        with transaction() as connection:
            house = add_organisation(connection, "banc", "Banc")
            key, secret = add_credential(connection, house, "Banc", ("all",))
        agent = build_authority(app.extensions["lms"].settings.identity_iri, house, key)
        vouching = term("related_agent", str(name_agent(json.loads(agent))))
        first = int(datetime.now(UTC).timestamp() * 1_000_000) - rows * SPAN
        with transaction() as connection:
            for at in range(0, rows, PIECE):
                made = [(first + one * SPAN, build_statement(one)) for one in range(at, min(at + PIECE, rows))]
                _put(connection, house, key, agent, made, vouching)
        with transaction() as connection:
            connection.exec_driver_sql("ANALYZE")
        last = (first + SPAN, "")
        db.engine.dispose()
    middle = datetime.fromtimestamp((first + rows * SPAN / 2) / 1_000_000, UTC).isoformat().replace("+00:00", "Z")
    return Shelf(rows, key, secret, agent, middle, f"{last[0]}.x")


def _put(
    connection: Connection, house: str, key: str, agent: str, made: list[tuple[int, dict[str, Any]]], vouching: int
) -> None:
    keys, statements, terms = [], [], []
    for stored, one in made:
        name, about = one["id"], one["object"]["id"]
        body = json.dumps(one | {"authority": json.loads(agent)}, ensure_ascii=False)
        keys.append((house, name, stored))
        place = (house, stored, name, "o", stored, stored, None, "", one["verb"]["id"], about)
        statements.append((*place, one["context"]["registration"], key, False, body))
        terms += [(house, found, stored, name) for found in (*find_terms(one), vouching)]
    _copy(connection, "statement_key", KEY, sorted(keys))
    _copy(connection, "statement", STATEMENT, statements)
    _copy(connection, "statement_term", TERM, sorted(terms))


def _copy(connection: Connection, table: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
        return
    with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def iter_bare(batch: int) -> Iterator[list[tuple[Any, ...]]]:
    """The same rows as a batch makes: id, six things to find it by, 1.2 kB."""
    at = 0
    while True:
        yield [
            (str(uuid.uuid4()), at, at % 977, at % 10, at % 1000, at % 5000, at % 100, "x" * 1200) for _ in range(batch)
        ]
        at += 1


def insert_bare(url: str, folder: Path, batch: int, seconds: float) -> float:
    """Rows a second of one connection: a unique id and four indexes, each batch durable, no server around it."""
    columns = ", ".join(f"{name} BIGINT" for name in ("stored", *"abcde"))
    table = f"CREATE TABLE bare (id TEXT PRIMARY KEY, {columns}, body TEXT)"
    indexes = [f"CREATE INDEX bare_{name} ON bare ({name}, stored)" for name in "abcd"]
    count, end = 0, time.monotonic() + seconds
    if url.startswith("sqlite"):
        connection: Any = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        mark = "?"
    else:
        connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        mark = "%s"
    for sql in (table, *indexes):
        connection.execute(sql)
    sql, batches, began = f"INSERT INTO bare VALUES ({', '.join([mark] * 8)})", iter_bare(batch), time.monotonic()
    while time.monotonic() < end:
        connection.execute("BEGIN")
        connection.cursor().executemany(sql, next(batches))
        connection.execute("COMMIT")
        count += batch
    rate = count / (time.monotonic() - began)
    connection.close()
    return rate
