"""What a server process read of credentials a moment ago: a partner that sends much shows the same one each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from lms.database.db import reading
from lms.partners.credentials import Credential, Record, find_by_id, find_by_key, open_with

MOMENT = 1.0
"""Seconds: a credential that is closed or changed is so for every process within that time."""
MOST = 1000

Find = Callable[[Connection, str], Record | None]


@dataclass
class Keyring:
    """Records by how they were asked for, with the instant before the question."""

    _seen: dict[tuple[Find, str], tuple[float, Record]] = field(default_factory=dict)
    _changes: int = 0

    def open_key(self, key: str, secret: str) -> Credential | None:
        """As `check_credential`, of the moment. Whether a key is known may be told by the time: it is no secret."""
        return open_with(self._find(find_by_key, key), secret)

    def find_named(self, credential: str) -> Record | None:
        """As `find_by_id`, of the moment."""
        return self._find(find_by_id, credential)

    def forget(self) -> None:
        """What this process itself changed holds at once: call it when the change is committed."""
        self._changes += 1
        self._seen.clear()

    def _find(self, find: Find, name: str) -> Record | None:
        """Only what is there is remembered, since whoever guesses keys must fill no memory; and no change is missed."""
        instant, changes = time.monotonic(), self._changes
        seen = self._seen.get((find, name))
        if seen is not None and instant - seen[0] < MOMENT:
            return seen[1]
        with reading() as connection:
            found = find(connection, name)
        if found is not None and changes == self._changes:
            if len(self._seen) >= MOST:
                self._seen.clear()
            self._seen[find, name] = (instant, found)
        return found
