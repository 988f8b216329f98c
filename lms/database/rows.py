"""Small statements that differ between the two databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, select, text

from lms.database.clock import now
from lms.database.models import Base, Instance
from lms.database.models import Sequence as Counter
from lms.database.prepared import run


def table(model: type[Base]) -> Table:
    """The Core table of a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


Keep = Callable[[Any], Mapping[str, Any]]
"""From `excluded` (the row that was to be inserted) to columns that are set otherwise; a plain function."""


def upsert(connection: Connection, model: type[Base], values: Mapping[str, Any], keep: Keep | None = None) -> None:
    """Insert, or replace the other columns of the row with the same key; `keep` says which are set otherwise."""
    names = tuple(values)
    run(connection, _build_upsert(connection.dialect.name, model, names, keep), values, names)


@lru_cache(maxsize=128)
def _build_upsert(dialect: str, model: type[Base], names: tuple[str, ...], keep: Keep | None) -> Any:
    """Built once: building costs ten times what running it does, and every event comes here."""
    insert = _find_insert(dialect)(table(model))
    keys = [column.name for column in table(model).primary_key]
    changes = {name: insert.excluded[name] for name in names if name not in keys}
    changes |= dict(keep(insert.excluded)) if keep else {}
    return insert.on_conflict_do_update(index_elements=keys, set_=changes)


def insert_missing(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; how many were new. Waits for a key that is being inserted."""
    made = _build_insert_missing(connection.dialect.name, model)
    return sum(run(connection, made, row, tuple(row)).rowcount for row in rows)


@lru_cache(maxsize=64)
def _build_insert_missing(dialect: str, model: type[Base]) -> Any:
    return _find_insert(dialect)(table(model)).on_conflict_do_nothing()


def _find_insert(dialect: str) -> Callable[[Table], Any]:
    """Both dialects' `insert` have the same `on_conflict_*`; SQLAlchemy has no common type for them, nor loads both."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


@dataclass(frozen=True)
class Lock:
    """A lock of PostgreSQL that is held until the transaction ends: shared with others, or alone."""

    key: int
    alone: bool


def hold(connection: Connection, lock: Lock) -> None:
    """Wait for the lock, and hold it. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        run(connection, _HOLD[lock.alone], {"key": lock.key})


_HOLD = {False: text("SELECT pg_advisory_xact_lock_shared(:key)"), True: text("SELECT pg_advisory_xact_lock(:key)")}


Place = tuple[int, int]
"""(origin_seq, stored) of a statement."""


def take_places(connection: Connection, count: int, lock: Lock | None = None) -> Sequence[Place]:
    """(origin_seq, stored) for the next `count` statements of this instance, both growing; under `lock`.

    PostgreSQL: `pg_current_xact_id` first, so that a cursor sees this transaction as open before any instant is taken
    (`lms.lrs.query.consistent_through`); the instants are the database's own. SQLite: under the write lock, never
    twice the same instant, even when the clock is set back.
    """
    if connection.dialect.name == "postgresql":
        return _take_places(connection, count, lock)
    wanted = {"numbers": ORIGIN_SEQ, "instants": LAST_STORED, "count": count, "instant": now() + count}
    values: dict[str, int] = dict(run(connection, _MOVE, wanted).fetchall())
    number, stored = values[ORIGIN_SEQ], values[LAST_STORED]
    return [(number - count + 1 + at, stored - count + 1 + at) for at in range(count)]


def _take_places(connection: Connection, count: int, lock: Lock | None) -> list[Place]:
    """The lock is had in the same round, before any instant is taken."""
    wanted = {"count": count} | ({"key": lock.key} if lock else {})
    rows = run(connection, _PLACES[None if lock is None else lock.alone], wanted).fetchall()
    return [(number, instant + at) for at, (_, number, instant) in enumerate(rows)]


def count_made(connection: Connection) -> int:
    """How many places this instance has taken, erased statements included; without counting rows."""
    if connection.dialect.name == "postgresql":
        sql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM statement_origin_seq"
        return int(connection.execute(text(sql)).scalar_one())
    return connection.execute(select(Counter.value).where(Counter.name == ORIGIN_SEQ)).scalar() or 0


ORIGIN_SEQ = "statement_origin_seq"
LAST_STORED = "statement_stored"
"""Names of SQLite's counters: of this instance's statements, and the `stored` of the last one."""


def places_sql(wanted: str, alone: bool | None) -> str:
    """SQL of PostgreSQL: one place for each row of `wanted`, under a lock `alone` or shared, or without one (None)."""
    locks = {None: "", False: "pg_advisory_xact_lock_shared(:key), ", True: "pg_advisory_xact_lock(:key), "}
    return f"""SELECT pg_current_xact_id(), nextval('statement_origin_seq') AS number,
              (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS instant FROM {locks[alone]}{wanted}"""  # noqa: S608 - our own words


_PLACES = {alone: text(places_sql("generate_series(1, :count)", alone)) for alone in (None, False, True)}

_MOVE = text(
    """INSERT INTO sequence (name, value) VALUES (:numbers, :count), (:instants, :instant)
       ON CONFLICT (name) DO UPDATE SET value = max(sequence.value + :count, excluded.value) RETURNING name, value"""
)
"""Both counters of SQLite at once."""


def origin(connection: Connection) -> str:
    """This instance's id, given at its first migration; asked once by each connection, since it never changes."""
    known = connection.info.get("lms_origin")
    if known is None:
        known = connection.info["lms_origin"] = str(run(connection, _ORIGIN, {}).fetchone()[0])
    return str(known)


_ORIGIN = select(Instance.value).where(Instance.key == "origin")
