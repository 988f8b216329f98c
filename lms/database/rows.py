"""Small statements that differ between the two databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from lms.database.clock import now
from lms.database.models import Base, Instance
from lms.database.models import Sequence as Counter


def table(model: type[Base]) -> Table:
    """The Core table of a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


def upsert(
    connection: Connection, model: type[Base], values: Mapping[str, Any], keep: Mapping[str, Any] | None = None
) -> None:
    """Insert, or replace the other columns of the row with the same key; `keep` overrides what is set then."""
    insert = _insert(connection, model).values(**values)
    keys = [column.name for column in table(model).primary_key]
    changes = {name: insert.excluded[name] for name in values if name not in keys} | dict(keep or {})
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changes))


def insert_missing(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; how many were new. Waits for a key that is being inserted."""
    made, counted = _insert(connection, model).on_conflict_do_nothing(), {"preserve_rowcount": True}
    return sum(connection.execute(made, dict(row), execution_options=counted).rowcount for row in rows)


def _insert(connection: Connection, model: type[Base]) -> Any:
    """Both dialects' `insert` have the same `on_conflict_*`; SQLAlchemy has no common type for them."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table(model))


def take_places(connection: Connection, count: int) -> Sequence[tuple[int, int]]:
    """(origin_seq, stored) for the next `count` statements of this instance, both growing.

    PostgreSQL: `pg_current_xact_id` first, so that a cursor sees this transaction as open before any instant is taken
    (`lms.lrs.query.consistent_through`); the instants are the database's own. SQLite: under the write lock, never
    twice the same instant, even when the clock is set back.
    """
    if connection.dialect.name == "postgresql":
        rows = connection.execute(_PLACES, {"count": count})
        return [(row.number, row.instant + at) for at, row in enumerate(rows)]
    number = _move(connection, "statement_origin_seq", count, Counter.value + count)
    instant = now() + count
    stored = _move(connection, LAST_STORED, instant, func.max(Counter.value + count, instant))
    return [(number - count + 1 + at, stored - count + 1 + at) for at in range(count)]


LAST_STORED = "statement_stored"
"""Name of SQLite's counter that holds the `stored` of the last statement."""

_PLACES = text(
    """SELECT pg_current_xact_id(), nextval('statement_origin_seq') AS number,
              (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS instant
       FROM generate_series(1, :count)"""
)


def _move(connection: Connection, name: str, first: int, following: Any) -> int:
    """Move a counter of SQLite in one statement; its new value."""
    made = sqlite.insert(table(Counter)).values(name=name, value=first)
    moved = made.on_conflict_do_update(index_elements=["name"], set_={"value": following})
    found: int = connection.execute(moved.returning(Counter.value)).scalar_one()
    return found


def origin(connection: Connection) -> str:
    """This instance's id, given at its first migration."""
    return connection.execute(select(Instance.value).where(Instance.key == "origin")).scalar_one()
