"""What this process read of a credential a moment ago: a partner that sends much shows the same one each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache

from sqlalchemy import URL, Connection

from lms.database.db import db, reading
from lms.partners.credentials import Credential, Record, find_by_id, find_by_key, open_with

MOMENT = 1.0
"""Seconds: a credential that is closed or changed is so for every process within that time."""
MOST = 1000

Find = Callable[[Connection, str], Record | None]
Memory = dict[tuple[Find, str], tuple[float, Record]]


def open_key(key: str, secret: str) -> Credential | None:
    """As `check_credential`, of the moment."""
    return open_with(_recall(find_by_key, key), secret)


def find_named(credential: str) -> Record | None:
    """As `find_by_id`, of the moment."""
    return _recall(find_by_id, credential)


def forget() -> None:
    """What this process itself changed holds at once."""
    _remember(db.engine.url).clear()


def _recall(find: Find, name: str) -> Record | None:
    """Only what is there is remembered: whoever guesses keys fills no memory."""
    memory, instant = _remember(db.engine.url), time.monotonic()
    seen = memory.get((find, name))
    if seen is not None and instant - seen[0] < MOMENT:
        return seen[1]
    with reading() as connection:
        found = find(connection, name)
    if found is not None:
        if len(memory) >= MOST:
            memory.clear()
        memory[find, name] = (instant, found)
    return found


@lru_cache(maxsize=4)
def _remember(_database: URL) -> Memory:
    return {}
