"""Wrong sign-ins, counted in the database so that every process knows: five, then five minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, select, update

from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import Throttle
from lms.database.prepared import find_row
from lms.database.rows import upsert
from lms.errors import TooManyTries

FREE_TRIES = 5
PAUSE = 5 * 60 * 1_000_000
WINDOW = 15 * 60 * 1_000_000
"""Wrong tries older than this are forgotten (microseconds)."""


def check_open(connection: Connection, key: str) -> bool:
    """Whether wrong tries of `key` are counted. Raises TooManyTries while it is paused."""
    row = find_row(connection, _UNTIL, {"key": key})
    if row is not None and row.until > now():
        raise TooManyTries(f"{key} is paused")
    return row is not None


_UNTIL = select(Throttle.until).where(Throttle.key == bindparam("key"))


def count_failure(connection: Connection, key: str, free: int = FREE_TRIES) -> int:
    """One more wrong try; how many are left before the pause. Tries at the same instant are all counted."""
    instant = now()
    upsert(connection, Throttle, {"key": key, "failures": 1, "since": instant, "until": 0}, keep=_count)
    mine = Throttle.key == key
    failures = connection.execute(select(Throttle.failures).where(mine)).scalar_one()
    if failures < free:
        return free - failures
    paused = {"failures": 0, "since": instant, "until": instant + PAUSE}
    connection.execute(update(Throttle).where(mine).values(paused))
    return 0


def _count(new: Any) -> Mapping[str, Any]:
    """One more than before; wrong tries older than the window are forgotten."""
    old = Throttle.since < new.since - WINDOW
    return {
        "failures": case((old, 1), else_=Throttle.failures + 1),
        "since": case((old, new.since), else_=Throttle.since),
        "until": Throttle.until,
    }


def count_wrong(key: str, *beside: tuple[str, int]) -> int:
    """One more wrong try, kept at once; how many are left. Raises TooManyTries for the last one.

    `beside`: other keys that count the same try, each with how many it bears; they pause without raising.
    """
    with transaction() as connection:
        for other, free in beside:
            count_failure(connection, other, free)
        left = count_failure(connection, key)
    if left == 0:
        raise TooManyTries(f"{key}: {FREE_TRIES} wrong tries")
    return left


def password_key(organisation: str, person: str) -> str:
    """Under which are counted the wrong current passwords of whoever changes it."""
    return f"password:{organisation}:{person}"


def staff_key(login: str) -> str:
    """Under which wrong tries of a sign-in name are counted."""
    return f"staff:{login.strip().lower()[:60]}"


def unlock(connection: Connection, key: str) -> None:
    """The trainer opens at once; a right sign-in does too."""
    connection.execute(delete(Throttle).where(Throttle.key == key))


def find_paused(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of `keys` that wait now."""
    wanted = select(Throttle.key).where(Throttle.key.in_(list(keys)), Throttle.until > now())
    return set(connection.execute(wanted).scalars())


def is_paused(connection: Connection, key: str) -> bool:
    """Whether `key` waits now."""
    until = connection.execute(select(Throttle.until).where(Throttle.key == key)).scalar()
    return until is not None and until > now()
