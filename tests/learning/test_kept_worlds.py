"""Worlds in the database: left at the end of one attempt, found by the next, gone when their time is over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import Attempt, World
from lms.learning.attempts import Who
from lms.worker import DAY, erase_guests, erase_typed
from tests.room import COUNT, Room, count_rows, open_room, read_rows

KEEPER = """
from lms.contract import KeptWorld


class Keeper(Count):
    def needs_world(self, activity):
        return "monique", "coffre"

    def start(self, activity, facts):
        kept = facts.kept
        return {"found": kept and kept.world, "day": kept.clock if kept else "", "outdated": facts.outdated}

    def evaluate(self, activity, response, state):
        kept = KeptWorld("monique", "coffre", "2026-11-21", {"safe": "safe"}, {"safe": response["value"]})
        return Outcome(state, "passed", success=True, completion=True, keeps=kept)


@hookimpl
def register_activity_types():
    return [Keeper()]
"""


@pytest.fixture
def room(migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("tests.room.COUNT", COUNT + KEEPER)
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened


def leave(room: Room, value: str = "facture", who: Who | None = None) -> None:
    room.send(room.begin(who=who), {"value": value})


def found(room: Room, who: Who | None = None) -> dict[str, object]:
    return dict(room.read(room.begin(who=who)).state)


def test_what_one_attempt_leaves_the_next_one_finds(room: Room) -> None:
    assert found(room) == {"found": None, "day": "", "outdated": False}
    leave(room)
    leave(room, "diplôme")
    assert found(room) == {"found": {"safe": "diplôme"}, "day": "2026-11-21", "outdated": False}
    assert count_rows(World) == 1


def test_nobody_finds_the_world_of_another(room: Room) -> None:
    leave(room)
    assert found(room, Who(room.organisation, "somebody-else"))["found"] is None


def test_a_world_of_another_revision_is_begun_anew_and_said(room: Room) -> None:
    leave(room)
    for change in ({"revision": "older"}, {"activity": "sums/gone"}):
        with transaction() as connection:
            connection.execute(update(World).values(change))
        assert found(room) == {"found": None, "day": "", "outdated": True}


def test_the_end_sent_twice_keeps_the_first_world(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, {"value": "un"})
    room.send(attempt, {"value": "deux"})
    assert '"safe": "un"' in str(read_rows(World)[0]["body"])


def test_kept_worlds_go_with_what_was_typed_and_with_the_visitor(room: Room) -> None:
    leave(room)
    leave(room, who=Who(room.organisation, "visitor", guest=True))
    with transaction() as connection:
        connection.execute(update(World).values(stored=now() - 2 * DAY))
        erase_guests(connection, 24)
        assert [row["person_id"] for row in connection.execute(World.__table__.select()).mappings()] == [room.person]
        assert erase_typed(connection, 1) >= 0
        connection.execute(delete(Attempt))
    assert count_rows(World) == 0
