"""Two people, two seats, one attempt, on both databases: each acts from his own, evidence is of whoever showed it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Live, Progress, Seat, Statement
from lms.errors import BadRequest, Conflict, NotAllowed, NotFound, TooManyTries
from lms.learning import seats as module
from lms.learning.attempts import AttemptNow, Who
from lms.learning.pairs import begin_pair, join_pair, play_alone
from lms.learning.seats import find_open_pair, find_place, note_here, read_places, read_seated, take_own
from lms.learning.submit import Answer, Response, submit
from lms.people.accounts import add_organisation, add_person
from tests.room import ACTIVITY, Room, open_room, read_rows

PAIR = '''
from lms.contract import ActivityType, Fact, Live, Outcome, View, hookimpl

CONTRACT = 1


class Table(ActivityType):
    """Each touch is noted under the seat it came from; «end» ends it for both."""

    name = "table"
    title = "Table"
    modes = ("assisted",)

    def start(self, activity, facts):
        return {"seat": "", "touches": []}

    def seats(self, activity):
        return {"left": "la gauche", "right": "la droite"}

    def sit(self, activity, state, seat):
        return {**state, "seat": seat}

    def live(self, activity, state):
        return Live("", f"Attend à {state['seat']}.")

    def present(self, activity, state):
        return View("count/page.html", {"total": 0})

    def evaluate(self, activity, response, state):
        after = {**state, "touches": [*state["touches"], state["seat"]]}
        fact = Fact("achieved", str(response.get("goal")), True)
        if response.get("do") == "end":
            helps = {"left": "hint"}
            return Outcome(after, "passed", success=True, completion=True, facts=(fact,), help="hint", helps=helps)
        return Outcome(after, facts=(fact,), live=Live("goal", f"Joue à {state['seat']}."))


@hookimpl
def register_activity_types():
    return [Table()]
'''
TWO = "sums/two"


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    home = tmp_path / "home"
    page = "---\ntype: table\ntitle: À deux\ninstruction: Jouez.\n---\n\nRien.\n"
    with open_room(migrated_url, home, plugins={"table": PAIR}, pages={"two": page}) as opened:
        yield opened


@pytest.fixture
def other(room: Room) -> Who:
    with transaction() as connection:
        return Who(room.organisation, add_person(connection, room.organisation, "Karim", ["learner"]))


def begin(room: Room) -> tuple[str, str]:
    """An attempt that waits for somebody, and its code."""
    attempt = begin_pair(room.classroom, room.who, TWO, "assisted", "left")
    return attempt, next(one.code for one in seats(room, attempt) if one.code)


def seats(room: Room, attempt: str) -> list[module.Place]:
    with db.engine.connect() as connection:
        return read_places(connection, room.organisation, attempt)


def send(room: Room, attempt: str, seat: str, **response: Any) -> Answer:
    places = read_seated(room.organisation, attempt, seat)
    event = Response(str(uuid.uuid4()), 0, response)
    return submit(room.classroom, room.organisation, attempt, [event], lambda _: True, places)


def read_said(verb: str) -> list[tuple[str, str]]:
    """Who, about what, for every statement of this verb."""
    said = [one for one in read_rows(Statement) if one["verb"].endswith(f"/{verb}")]
    return sorted((one["person_id"], one["object_id"].rpartition("/")[2]) for one in said)


def test_who_types_the_code_sits_in_the_other_seat_and_the_code_is_used_up(room: Room, other: Who) -> None:
    attempt, code = begin(room)
    assert join_pair(room.classroom, other, f" {code} ") == attempt
    assert [(one.seat, one.person, one.code) for one in seats(room, attempt)] == [
        ("left", room.person, ""),
        ("right", other.person, ""),
    ]
    with pytest.raises(BadRequest):
        join_pair(room.classroom, other, code)


def test_who_may_not_play_it_leaves_the_seat_free(room: Room, other: Who) -> None:
    attempt, code = begin(room)

    def refuse(_: Connection, found: AttemptNow) -> None:
        raise NotAllowed(f"{found.activity} is closed")

    with pytest.raises(NotAllowed, match=f"{TWO} is closed"):
        join_pair(room.classroom, other, code, refuse)
    assert [(one.seat, one.person) for one in seats(room, attempt)] == [("left", room.person), ("right", "")]
    assert join_pair(room.classroom, other, code) == attempt


def test_each_acts_from_his_own_seat_and_is_credited_with_what_he_did(room: Room, other: Who) -> None:
    attempt, code = begin(room)
    join_pair(room.classroom, other, code)
    send(room, attempt, "left", goal="a")
    assert send(room, attempt, "right", goal="b").attempt.who.person == other.person
    assert room.read(attempt).state["touches"] == ["left", "right"]
    assert read_said("achieved") == sorted([(room.person, "a"), (other.person, "b")])
    board = {row["person_id"]: row["sentence"] for row in read_rows(Live)}
    assert board == {room.person: "Attend à left.", other.person: "Joue à right."}


def test_the_end_is_of_both_each_with_the_help_that_he_took(room: Room, other: Who) -> None:
    attempt, code = begin(room)
    join_pair(room.classroom, other, code)
    send(room, attempt, "right", do="end", goal="b")
    assert {row["person_id"]: row["help"] for row in read_rows(Progress)} == {room.person: "hint", other.person: "none"}
    assert len(read_said("passed")) == len(read_said("initialized")) == 2
    assert all(row["ended"] for row in read_rows(Live))


def test_nobody_acts_without_a_seat_nor_from_one_that_is_empty(room: Room, other: Who) -> None:
    attempt, _ = begin(room)
    with pytest.raises(NotAllowed):
        room.send(attempt, {"goal": "a"})
    with pytest.raises(NotAllowed):
        read_seated(room.organisation, attempt, "right")
    with db.engine.connect() as connection, pytest.raises(NotFound):
        take_own(connection, room.classroom, room.read(attempt), other.person)


def test_a_code_opens_nothing_for_its_owner_for_another_house_or_once_nobody_looks_at_it(
    room: Room, other: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = begin(room)
    with transaction() as connection:
        there = add_organisation(connection, "there", "Là")
        stranger = Who(there, add_person(connection, there, "Zoé", ["learner"]))
    for who in (room.who, stranger):
        with pytest.raises(BadRequest):
            join_pair(room.classroom, who, code)
    monkeypatch.setattr(module, "AWAY_AFTER", -1)
    with pytest.raises(BadRequest):
        join_pair(room.classroom, other, code)


def test_guessing_is_stopped_after_five(room: Room, other: Who) -> None:
    begin(room)
    for _ in range(5):
        with pytest.raises(BadRequest):
            join_pair(room.classroom, other, "no")
    with pytest.raises(TooManyTries):
        join_pair(room.classroom, other, "no")


def test_who_began_goes_on_alone_once_the_other_left(room: Room, other: Who) -> None:
    attempt, code = begin(room)
    join_pair(room.classroom, other, code)
    with pytest.raises(Conflict):
        play_alone(room.classroom, room.read(attempt), seats(room, attempt))
    with transaction() as connection:
        note_here(connection, find_place(seats(room, attempt), other.person), gone=True)
    with db.engine.connect() as connection:
        assert find_open_pair(connection, other, TWO) is None
        assert find_open_pair(connection, room.who, TWO) == attempt
    play_alone(room.classroom, room.read(attempt), seats(room, attempt))
    assert (room.read(attempt).paired, read_rows(Seat)) == (False, [])
    assert room.send(attempt, {"goal": "a"}).attempt.state["touches"] == [""]


def test_an_exercise_without_seats_is_for_one(room: Room) -> None:
    with pytest.raises(BadRequest):
        begin_pair(room.classroom, room.who, ACTIVITY, "alone", "left")
    assert read_rows(Seat) == []
