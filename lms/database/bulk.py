"""Many rows in one statement, and lists as values; the two databases differ most here."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.dialects import postgresql

from lms.database.models import Base
from lms.database.prepared import wrap
from lms.database.rows import table

Row = Sequence[Any]


def insert_many(connection: Connection, model: type[Base], names: tuple[str, ...], rows: Sequence[Row]) -> int:
    """Insert the rows whose key is not there yet; how many were new. `names` are the columns of each row.

    PostgreSQL gets one array a column, in one round; SQLite, which has no rounds, one row after the other.
    """
    if not rows:
        return 0
    dialect = connection.dialect.name
    sql = _build(dialect, model, names)
    cursor = connection.connection.cursor()
    try:
        if dialect == "sqlite":
            cursor.executemany(sql, rows)
        else:
            cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrap(connection, sql, error) from error
    return int(cursor.rowcount)


@lru_cache(maxsize=64)
def _build(dialect: str, model: type[Base], names: tuple[str, ...]) -> str:
    target = f"INSERT INTO {model.__tablename__} ({', '.join(names)})"
    if dialect == "sqlite":
        return f"{target} VALUES ({', '.join('?' * len(names))}) ON CONFLICT DO NOTHING"
    kinds = [table(model).columns[name].type.compile(dialect=postgresql.dialect()) for name in names]  # type: ignore[no-untyped-call]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return f"{target} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of our own columns


def listed(sql: str) -> Mapping[str, TextClause]:
    """By dialect, SQL in which `x IN LIST(:names)` stands for a list of any length. See `pack`."""
    made = {"sqlite": r"IN (SELECT value FROM json_each(\1))", "postgresql": r"= ANY(\1)"}
    return {dialect: text(re.sub(r"IN LIST\((:\w+)\)", written, sql)) for dialect, written in made.items()}


def pack(dialect: str, values: Collection[Any]) -> Any:
    """The list as `listed` takes it."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)
