"""What partners send, kept: several deliveries that arrive at the same instant share one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection

from lms.database.door import transaction
from lms.database.together import Gathering
from lms.errors import StorageBusy, StorageFull
from lms.lrs.attachments import Part, keep_parts
from lms.lrs.parsing import Given
from lms.lrs.receiving import Received, receive
from lms.lrs.store import Entry, StoredMeanwhile
from lms.partners.outbox import enqueue_received

MOST_TOGETHER = 250
"""Statements of one shared transaction: longer, and learners would wait for their turn."""
MOST_TRIES = 5
FOR_ALL = (StorageBusy, StorageFull)
"""Errors of the moment, not of one delivery."""


@dataclass(frozen=True)
class Delivery:
    """One request: who sends, the statements as sent and as they are to be kept, the attachments."""

    organisation: str
    partner: str
    given: Sequence[Given]
    entries: Sequence[Entry]
    parts: Sequence[Part] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing to do with any other statement: no attachment, no reference, no voiding."""
        return not self.parts and not any(one.refers for one in self.entries)


class _Apart(Exception):
    """These have a statement in common: one after the other."""


def _keep(connection: Connection, deliveries: Sequence[Delivery]) -> list[Received]:
    """Keep these, all or none, house by house. Raises as `receive` does."""
    found: dict[int, Received] = {}
    for house in sorted({one.organisation for one in deliveries}):
        mine = {at: one for at, one in enumerate(deliveries) if one.organisation == house}
        found.update(zip(mine, _receive(connection, house, list(mine.values())), strict=True))
    return [found[at] for at in range(len(deliveries))]


def _receive(connection: Connection, house: str, deliveries: Sequence[Delivery]) -> list[Received]:
    given = [one for delivery in deliveries for one in delivery.given]
    entries = [one for delivery in deliveries for one in delivery.entries]
    if len(deliveries) > 1 and len({one.id for one in entries}) < len(entries):
        raise _Apart
    whole = receive(connection, house, given, entries)
    ids, new = iter(whole.ids), frozenset(whole.new)
    found = []
    for one in deliveries:
        own = list(islice(ids, len(one.entries)))
        found.append(Received(own, [name for name in own if name in new]))
        keep_parts(connection, house, [each.statement for each in one.given], own, one.parts)
    sent = [(one.partner, kept.new) for one, kept in zip(deliveries, found, strict=True)]
    enqueue_received(connection, house, sent, whole.relays)
    return found


@dataclass(frozen=True)
class Letterbox:
    """Where deliveries of one server process meet."""

    _together: Gathering[Connection, Delivery, Received] = field(
        default_factory=lambda: Gathering(transaction, _keep, MOST_TOGETHER, lambda error: isinstance(error, FOR_ALL))
    )

    def keep(self, delivery: Delivery) -> Received:
        """Keep all of it or nothing. Raises as `lms.lrs.receiving.receive` does, StorageBusy and StorageFull."""
        for left in reversed(range(MOST_TRIES)):
            try:
                if delivery.is_plain:
                    return self._together.bring(delivery, len(delivery.entries))
                with transaction() as connection:
                    return _keep(connection, [delivery])[0]
            except StoredMeanwhile:
                if not left:
                    raise
        raise AssertionError
