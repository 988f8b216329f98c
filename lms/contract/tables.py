"""For plugins that need SQL: Core tables of their own, read and written with an injected connection."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, MetaData

connection_in_use: contextvars.ContextVar[Connection] = contextvars.ContextVar("connection_in_use")
"""Set by the core around each hook that may touch tables; a plugin does not set it."""

door_in_use: contextvars.ContextVar[Callable[[], AbstractContextManager[object]]] = contextvars.ContextVar(
    "door_in_use"
)
"""Set by the core around commands and jobs that open transactions of their own."""


@dataclass(frozen=True)
class Tables:
    """A plugin's tables: every name begins with `<plugin>_`; `migrations` is its Alembic versions folder."""

    metadata: MetaData
    migrations: Path


def read(statement: Executable) -> Sequence[Mapping[str, Any]]:
    """All rows of a SELECT, as mappings."""
    return [dict(row) for row in connection_in_use.get().execute(statement).mappings()]


def write(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] = ()) -> int:
    """Run an INSERT, UPDATE or DELETE in the current transaction; how many rows it touched."""
    options = {"preserve_rowcount": True}  # PostgreSQL's driver would not say it of an INSERT
    return connection_in_use.get().execute(statement, values or None, execution_options=options).rowcount


@contextmanager
def begin() -> Iterator[None]:
    """A transaction of its own, where nobody opened one: in a verb of `lms`, in a `Job` that runs apart."""
    with door_in_use.get()():
        yield
