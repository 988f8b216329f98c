"""Hooks called after a commit: each plugin in a transaction of its own, where it may use its tables."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from lms.contract.tables import connection_in_use, door_in_use
from lms.database.door import transaction
from lms.plugins import Plugins

logger = logging.getLogger("lms.plugins")


def has_listeners(plugins: Plugins, hook: str) -> bool:
    """Whether any plugin waits for this hook; without one nothing need be read or locked."""
    return bool(getattr(plugins.manager.hook, hook).get_hookimpls())


def call_after_commit(plugins: Plugins, hook: str, **arguments: Any) -> None:
    """Tell every plugin. One that raises is logged, what it wrote is undone, and the others are told all the same."""
    for one in reversed(getattr(plugins.manager.hook, hook).get_hookimpls()):
        try:
            with transaction() as connection, lend(connection):
                one.function(*(arguments[name] for name in one.argnames))
        except Exception:
            logger.exception("plugin «%s» left out of %s: it raised", one.plugin_name, hook)


@contextmanager
def lend(connection: Connection) -> Iterator[None]:
    """`lms.contract.tables` reads and writes through this connection."""
    token = connection_in_use.set(connection)
    try:
        yield
    finally:
        connection_in_use.reset(token)


@contextmanager
def lend_door() -> Iterator[None]:
    """`lms.contract.tables.begin` opens transactions here."""
    token = door_in_use.set(_open)
    try:
        yield
    finally:
        door_in_use.reset(token)


@contextmanager
def _open() -> Iterator[None]:
    with transaction() as connection, lend(connection):
        yield
