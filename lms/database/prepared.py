"""Statements of the hot path, compiled once and run on the driver's own cursor.

SQLAlchemy builds the SQL, for both databases; what it does around each execution costs four times what SQLite needs
to run it, and an event runs ten of them. Types stay the driver's: SQLite gives 0 and 1 for booleans.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

Values = Mapping[str, Any]


class Prepared:
    """One statement for one database: its SQL, and how values stand in it."""

    def __init__(self, statement: Executable, dialect: Dialect, names: tuple[str, ...] | None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=names)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self._fixed: dict[str, Any] = dict(compiled.params)
        # Columns that are not given have their model's default; all of ours are plain values.
        self._fixed |= {one.key: one.default.arg for one in compiled.insert_prefetch}
        self._order: list[str] | None = list(compiled.positiontup) if compiled.positional else None

    def place(self, values: Values) -> Any:
        """The values as the driver takes them."""
        if self._order is None:
            return {**self._fixed, **values}
        fixed = self._fixed
        return [values[name] if name in values else fixed[name] for name in self._order]


@lru_cache(maxsize=256)
def _prepare(statement: Executable, dialect: Dialect, names: tuple[str, ...] | None) -> Prepared:
    return Prepared(statement, dialect, names)


def run(connection: Connection, statement: Executable, values: Values, names: tuple[str, ...] | None = None) -> Any:
    """Execute; the driver's cursor. `names` are the columns of an INSERT. Raises as `Connection.execute` does."""
    made = _prepare(statement, connection.dialect, names)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(made.sql, made.place(values))
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrap(connection, made.sql, error) from error
    return cursor


def run_many(connection: Connection, statement: Executable, rows: Sequence[Values]) -> None:
    """An INSERT of these rows, all with the same columns."""
    made = _prepare(statement, connection.dialect, tuple(rows[0]))
    try:
        connection.connection.cursor().executemany(made.sql, [made.place(row) for row in rows])
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrap(connection, made.sql, error) from error


def find_row(connection: Connection, statement: Executable, values: Values) -> Any:
    """The first row, its columns as attributes; None when there is none."""
    cursor = run(connection, statement, values)
    found = cursor.fetchone()
    return None if found is None else _row_type(tuple(one[0] for one in cursor.description))._make(found)


def find_rows(connection: Connection, statement: Executable, values: Values) -> list[Any]:
    """All rows, their columns as attributes."""
    cursor = run(connection, statement, values)
    make = _row_type(tuple(one[0] for one in cursor.description))._make
    return [make(found) for found in cursor.fetchall()]


@lru_cache(maxsize=64)
def _row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def wrap(connection: Connection, sql: str, error: Exception) -> BaseException:
    """The error as SQLAlchemy would raise it, so that the write door explains it; without the values."""
    return DBAPIError.instance(
        sql, None, error, connection.dialect.loaded_dbapi.Error, hide_parameters=True, dialect=connection.dialect
    )
