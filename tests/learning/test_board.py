"""The board's row and the trainer's nudges."""

from __future__ import annotations

from sqlalchemy import update

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Live, Nudge
from lms.learning.board import (
    AWAY_AFTER,
    CALL_ENDS,
    call_trainer,
    is_due,
    note_present,
    read_board,
    read_call,
    read_nudges,
    send_nudge,
)
from tests.learning.test_submit import at_once
from tests.room import Room, read_rows


def nudge(room: Room, text: str) -> int:
    with transaction() as connection:
        return send_nudge(connection, room.organisation, room.person, "trainer", "say", "", text)


def test_nudges_of_several_trainers_at_once_get_numbers_of_their_own(room: Room) -> None:
    numbers = at_once(8, lambda at: nudge(room, f"sentence {at}"), room)
    assert sorted(numbers) == list(range(1, 9))
    with db.engine.connect() as connection:
        told = read_nudges(connection, room.organisation, room.person, 0)
        assert [one["id"] for one in told] == list(range(1, 9))
        assert {one["text"] for one in told} == {f"sentence {at}" for at in range(8)}
        assert [one["id"] for one in read_nudges(connection, room.organisation, room.person, 6)] == [7, 8]
        assert read_nudges(connection, "elsewhere", room.person, 0) == []


def test_an_old_nudge_is_not_shown_any_more(room: Room) -> None:
    nudge(room, "old")
    with transaction() as connection:
        connection.execute(update(Nudge).values(stored=now() - 16 * 60 * 1_000_000))
    with db.engine.connect() as connection:
        assert read_nudges(connection, room.organisation, room.person, 0) == []
    assert nudge(room, "new") == 2


def test_a_call_of_the_last_workshop_is_none_of_today_s(room: Room) -> None:
    with transaction() as connection:
        call_trainer(connection, room.organisation, room.person)
        connection.execute(update(Live).values(called=now() - CALL_ENDS))
    room.send(room.begin(), {"do": "add"})
    with db.engine.connect() as connection:
        assert read_call(connection, room.organisation, room.person) is None
        row = read_board(connection, room.organisation, [(room.person, "Monique")])[0]
    assert row.urgency == "working"
    with transaction() as connection:
        since = call_trainer(connection, room.organisation, room.person)
    assert now() - since < AWAY_AFTER


def test_who_called_before_any_exercise_is_at_the_start_page(room: Room) -> None:
    with transaction() as connection:
        call_trainer(connection, room.organisation, room.person)
    nudge(room, "J'arrive.")
    with db.engine.connect() as connection:
        row = read_board(connection, room.organisation, [(room.person, "Monique")])[0]
    assert (row.urgency, row.sentence) == ("working", "À l'accueil.")


def test_a_call_stands_until_it_is_answered(room: Room) -> None:
    with transaction() as connection:
        since = call_trainer(connection, room.organisation, room.person)
    with transaction() as connection:
        assert call_trainer(connection, room.organisation, room.person) == since
    room.send(room.begin(), {"do": "add"})
    with db.engine.connect() as connection:
        assert read_call(connection, room.organisation, room.person) == since
    nudge(room, "J'arrive.")
    with db.engine.connect() as connection:
        assert read_call(connection, room.organisation, room.person) is None


def test_since_stays_while_the_goal_stays(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, {"do": "add"})
    (first,) = read_rows(Live)
    room.send(attempt, {"do": "add"})
    (second,) = read_rows(Live)
    assert (second["since"], second["rev"]) == (first["since"], 2)
    assert second["seen"] > first["seen"]
    with transaction() as connection:
        (row,) = read_board(connection, room.organisation, [(room.person, "Monique")])
    assert (row.urgency, row.attempt, row.rev) == ("working", attempt, 2)


def test_who_only_reads_is_present_too(room: Room) -> None:
    room.begin()
    mine = (room.organisation, room.person)
    assert (read_urgency(room), read_due(room)) == ("working", False)
    with transaction() as connection:
        connection.execute(update(Live).values(seen=now() - AWAY_AFTER - 1))
    assert (read_urgency(room), read_due(room)) == ("away", True)
    with transaction() as connection:
        note_present(connection, *mine)
    assert (read_urgency(room), read_due(room)) == ("working", False)


def read_due(room: Room) -> bool:
    with db.engine.connect() as connection:
        return is_due(connection, room.organisation, room.person)


def read_urgency(room: Room) -> str:
    with db.engine.connect() as connection:
        return read_board(connection, room.organisation, [(room.person, "Monique")])[0].urgency
