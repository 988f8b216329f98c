"""A room on each database, with one partner that is sent what happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Outbox
from lms.partners.credentials import add_credential
from lms.partners.delivery import Client
from lms.partners.outbox import Backlog, read_backlogs
from lms.partners.preparing import build_preparing
from lms.partners.registry import Wish, read_partners, set_relay
from lms.partners.relay import Pace, Relay
from tests.partners.strange import Strange, run_strange
from tests.room import Room, open_room, read_rows

KEY = "the instance's key"


@dataclass
class Post:
    """A room, a partner and the relay to it; failures are tried again at once."""

    room: Room
    strange: Strange
    partner: str
    relay: Relay

    def say(self, *numbers: int) -> None:
        """The learner does something; each is one statement, the beginning of the attempt another."""
        attempt = self.room.begin()
        self.room.send(attempt, *({"do": "add", "value": one} for one in numbers))

    def wish(self, **more: object) -> None:
        given = {"url": self.strange.url, "key": "our-key", "secret": "our secret", **more}
        with transaction() as connection:
            set_relay(connection, KEY, self.room.organisation, self.partner, Wish(**given))  # type: ignore[arg-type]

    def send(self) -> int:
        """One look; nothing is waited for."""
        return self.relay.run()

    def waiting(self) -> list[str]:
        return [one["statement_id"] for one in read_rows(Outbox) if one["parked"] is None]

    def parked(self) -> list[str]:
        return [one["parked"] for one in read_rows(Outbox) if one["parked"] is not None]

    def backlog(self) -> Backlog:
        with db.engine.connect() as connection:
            return read_backlogs(connection, self.room.organisation)[0]


def build_relay(room: Room, pace: Pace, seconds: float = 1.0) -> Relay:
    prepare = build_preparing(room.classroom.plugins, room.classroom.settings.identity_iri)
    return Relay(db.engine, KEY, prepare, Client(seconds), pace)


@pytest.fixture
def post(migrated_url: str, tmp_path: Path) -> Iterator[Post]:
    with open_room(migrated_url, tmp_path / "home") as room, run_strange() as strange:
        yield open_post(room, strange)


def open_post(room: Room, strange: Strange) -> Post:
    """A partner of this room that is sent what happens."""
    with transaction() as connection:
        add_credential(connection, room.organisation, "Département")
        partner = read_partners(connection, room.organisation)[0].id
    made = Post(room, strange, partner, build_relay(room, Pace(batch=4, first=0, longest=0)))
    made.wish()
    return made
