"""Wrong sign-ins, counted in the database so that every process knows: five, then five minutes."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from lms.database.clock import now
from lms.database.models import Throttle
from lms.database.rows import table, upsert
from lms.errors import TooManyTries

FREE_TRIES = 5
PAUSE = 5 * 60 * 1_000_000
WINDOW = 15 * 60 * 1_000_000
"""Wrong tries older than this are forgotten (microseconds)."""


def check_open(connection: Connection, key: str) -> None:
    """Raises TooManyTries while `key` is paused."""
    row = connection.execute(select(Throttle.until).where(Throttle.key == key)).first()
    if row is not None and row.until > now():
        raise TooManyTries(f"{key} is paused")


def count_failure(connection: Connection, key: str, free: int = FREE_TRIES) -> int:
    """One more wrong try; how many are left before the pause."""
    instant = now()
    row = connection.execute(select(table(Throttle)).where(Throttle.key == key)).first()
    fresh = row is None or instant - row.since > WINDOW
    failures = 1 if row is None or fresh else row.failures + 1
    until = instant + PAUSE if failures >= free else 0
    since = instant if row is None or fresh else row.since
    if until:
        failures, since = 0, instant
    upsert(connection, Throttle, {"key": key, "failures": failures, "since": since, "until": until})
    return 0 if until else free - failures


def unlock(connection: Connection, key: str) -> None:
    """The trainer opens at once; a right sign-in does too."""
    connection.execute(delete(Throttle).where(Throttle.key == key))


def is_paused(connection: Connection, key: str) -> bool:
    """Whether `key` waits now."""
    until = connection.execute(select(Throttle.until).where(Throttle.key == key)).scalar()
    return until is not None and until > now()
