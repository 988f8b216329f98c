"""Instants are integers: microseconds since 1970, UTC. `changed` columns hold a hybrid logical clock."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from functools import lru_cache

_COUNTER_BITS = 12


def now() -> int:
    """Microseconds since 1970, UTC."""
    return time.time_ns() // 1_000


def to_datetime(instant: int) -> datetime:
    """An aware datetime (UTC) of `instant`."""
    return datetime.fromtimestamp(instant / 1_000_000, UTC)


def to_iso(instant: int, digits: int = 3) -> str:
    """ISO 8601 with milliseconds (3) or microseconds (6) and Z, as xAPI writes instants."""
    return f"{_to_second(instant // 1_000_000)}.{instant % 1_000_000:06d}"[: 20 + digits] + "Z"


@lru_cache(maxsize=256)
def _to_second(second: int) -> str:
    """Instants that are written are mostly of the same second."""
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}"


def from_iso(text: str) -> int:
    """Microseconds since 1970 of an ISO 8601 instant; ValueError when it is none. Without a zone it is UTC."""
    moment = datetime.fromisoformat(text.replace(",", "."))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1_000_000)


class HybridClock:
    """Kulkarni's hybrid logical clock: never behind the wall clock, never behind what it has seen."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def tick(self, seen: int = 0) -> int:
        """The next value: milliseconds << 12 | counter."""
        wall = time.time_ns() // 1_000_000 << _COUNTER_BITS
        with self._lock:
            self._last = max(self._last + 1, seen + 1, wall)
            return self._last


hybrid = HybridClock()
