"""Small statements that differ between the two databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

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
    """Insert the rows whose key is not there yet; how many were new."""
    return sum(
        connection.execute(_insert(connection, model).values(**row).on_conflict_do_nothing()).rowcount for row in rows
    )


def _insert(connection: Connection, model: type[Base]) -> Any:
    """Both dialects' `insert` have the same `on_conflict_*`; SQLAlchemy has no common type for them."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table(model))


def take_numbers(connection: Connection, count: int) -> Sequence[int]:
    """The next `count` numbers of this instance's statements (origin_seq)."""
    if connection.dialect.name == "postgresql":
        sql = text("SELECT nextval('statement_origin_seq') FROM generate_series(1, :count)")
        return connection.execute(sql, {"count": count}).scalars().all()
    name = "statement_origin_seq"
    insert_missing(connection, Counter, [{"name": name, "value": 0}])
    moved = update(Counter).where(Counter.name == name).values(value=Counter.value + count).returning(Counter.value)
    last = connection.execute(moved).scalar_one()
    return range(last - count + 1, last + 1)


def origin(connection: Connection) -> str:
    """This instance's id, given at its first migration."""
    return connection.execute(select(Instance.value).where(Instance.key == "origin")).scalar_one()
