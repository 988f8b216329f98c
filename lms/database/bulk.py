"""Many rows in one statement, and lists as values; the two databases differ most here."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, TextClause, text

from lms.database.db import SHARDED
from lms.database.models import Base
from lms.database.prepared import wrap
from lms.database.rows import table

Row = Sequence[Any]
_OR_NOTHING = " ON CONFLICT DO NOTHING"


def insert_many(connection: Connection, model: type[Base], names: tuple[str, ...], rows: Sequence[Row]) -> int:
    """Insert the rows whose key is not there yet; how many were new. `names` are the columns of each row.

    PostgreSQL gets one array a column, in one round; SQLite, which has no rounds, some rows at a time.
    """
    if not rows:
        return 0
    if connection.dialect.name == "sqlite":
        return sum(_insert_some(connection, model, names, rows[at : at + size]) for at, size in _share(len(rows)))
    return _run(connection, _build(model, names), _turn(rows, len(names)))


MOST_AT_ONCE = 64
"""Rows of one INSERT of SQLite. After each SQL the interpreter may go to another thread, while all writers wait."""


@lru_cache(maxsize=1024)
def _share(count: int) -> Sequence[tuple[int, int]]:
    """(first, how many): few lengths, so that few SQL are compiled and kept by each connection."""
    found, at, size = [], 0, MOST_AT_ONCE
    while at < count:
        while size > count - at:
            size //= 2
        found.append((at, size))
        at += size
    return found


def _insert_some(connection: Connection, model: type[Base], names: tuple[str, ...], rows: Sequence[Row]) -> int:
    return _run(connection, _build_some(model, names, len(rows)), list(chain.from_iterable(rows)))


def _run(connection: Connection, sql: str, values: Sequence[Any]) -> int:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrap(connection, sql, error) from error
    return int(cursor.rowcount)


Rows = tuple[type[Base], tuple[str, ...], Sequence[Row]]
"""Of one table: its model, the columns of each row, the rows."""


def insert_together(
    connection: Connection, tables: Sequence[Rows], organisation: str = "", terms: Collection[int] = ()
) -> tuple[int, bool]:
    """Insert into each table, in one round on PostgreSQL: the first as `insert_many` does, the others as they are.

    (How many rows of the first were new, whether any statement may have one of these terms already.) The others have
    keys that hold a new one of the first: to look for each of them first costs a sixth of the whole. Where tables are
    cut by house (`docs/scale.md`), each gets its own SQL all the same, and the second is always true.
    """
    if connection.dialect.name == "sqlite" or connection.info.get(SHARDED):
        first, *_ = [insert_many(connection, *one) for one in tables]
        return first, True
    sql = _build_together(tuple((model, names) for model, names, _ in tables))
    values = [column for _, names, rows in tables for column in _turn(rows, len(names))]
    cursor: Any = connection.connection.cursor()
    try:
        cursor.execute(sql, [*values, organisation, write_array(terms)])
        count, found = cursor.fetchone()
        return int(count), bool(found)
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrap(connection, sql, error) from error


def _turn(rows: Sequence[Row], width: int) -> list[str]:
    """Rows as columns, each an array."""
    return [write_array(column) for column in zip(*rows, strict=True)] if rows else ["{}"] * width


def write_array(values: Collection[Any]) -> str:
    """A literal of PostgreSQL. Forty times faster than the driver's, which looks at every quote of a JSON by itself."""
    if None in values:
        return "{" + ",".join(["NULL" if one is None else write_array([one])[1:-1] for one in values]) + "}"
    if not values or type(next(iter(values))) is not str:
        return "{" + ",".join(map(str, values)) + "}"
    joined = '","'.join(values)
    if "\\" in joined or joined.count('"') > 2 * len(values) - 2:
        joined = '","'.join([one.replace("\\", "\\\\").replace('"', '\\"') for one in values])
    return '{"' + joined + '"}'


@lru_cache(maxsize=16)
def _build_together(tables: tuple[tuple[type[Base], tuple[str, ...]], ...]) -> str:
    inserts = [_build(*one, _OR_NOTHING if at == 0 else "") for at, one in enumerate(tables)]
    made = [f"t{at} AS ({one} RETURNING 1)" for at, one in enumerate(inserts)]
    found = "SELECT 1 FROM statement_term WHERE organisation_id = %s AND term = ANY(%s::bigint[])"
    return f"WITH {', '.join(made)} SELECT (SELECT count(*) FROM t0), EXISTS ({found})"  # noqa: S608 - our own tables


@lru_cache(maxsize=64)
def _build_some(model: type[Base], names: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(names))})"
    return f"{_find_target(model, names, ' OR FAIL')} VALUES {', '.join([row] * count)}{_OR_NOTHING}"


def _find_target(model: type[Base], names: tuple[str, ...], otherwise: str = "") -> str:
    return f"INSERT{otherwise} INTO {model.__tablename__} ({', '.join(names)})"


@lru_cache(maxsize=64)
def _build(model: type[Base], names: tuple[str, ...], taken: str = _OR_NOTHING) -> str:
    from sqlalchemy.dialects import postgresql  # three megabytes that a server on SQLite does not need

    kinds = [table(model).columns[name].type.compile(dialect=postgresql.dialect()) for name in names]  # type: ignore[no-untyped-call]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return f"{_find_target(model, names)} SELECT * FROM unnest({arrays}){taken}"  # noqa: S608 - names of our own columns


def listed(sql: str) -> Mapping[str, TextClause]:
    """By dialect, SQL in which `x IN LIST(:names)` and `x IN NUMBERS(:names)` stand for lists of any length.

    See `pack`.
    """
    lists = {"LIST": "text", "NUMBERS": "bigint"}
    made = {
        "sqlite": lambda found: f"IN (SELECT value FROM json_each({found[2]}))",  # noqa: S608
        "postgresql": lambda found: f"= ANY(CAST({found[2]} AS {lists[found[1]]}[]))",
    }
    return {dialect: text(re.sub(r"IN (LIST|NUMBERS)\((:\w+)\)", write, sql)) for dialect, write in made.items()}


def pack(dialect: str, values: Collection[Any]) -> str:
    """The list as `listed` takes it."""
    return json.dumps(list(values)) if dialect == "sqlite" else write_array(values)
