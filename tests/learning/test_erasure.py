"""Erasing a person: nothing is left but a tombstone, nobody else loses anything, and nothing comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError

from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Base, Card, Erasure, GroupMember, Live, Nudge, Person, Seat, Statement, World
from lms.database.rows import insert_missing, table
from lms.learning.attempts import Who
from lms.learning.erasure import erase_person
from lms.learning.progress import rebuild, snapshot
from lms.lrs.conditions import Condition
from lms.lrs.documents import STATE, Content, Place, put_document
from lms.lrs.parsing import parse_statements
from lms.lrs.receiving import Sender, build_entries, receive
from lms.lrs.store import AlreadyStored
from lms.people.accounts import add_person
from lms.people.throttle import count_wrong, password_key
from tests.room import ACTIVITY, Room, count_rows, read_rows

IDENTITY = "https://declic.invalid/o/"
NAME = "Monique"
ASKED = ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "3fa85f64-5717-4562-b3fc-2c963f66afa7")
VERB = {"id": "http://e.org/met"}


def account(room: Room, person: str) -> dict[str, Any]:
    return {"account": {"homePage": f"{IDENTITY}{room.organisation}", "name": person}}


def post(room: Room, *statements: dict[str, Any]) -> list[str]:
    agent = json.dumps({"account": {"homePage": "https://partner.example/", "name": "key"}})
    given = parse_statements(json.dumps(statements))
    sender = Sender(room.organisation, "key", agent)
    with transaction() as connection:
        return receive(connection, sender.organisation, given, build_entries(sender, given)).ids


def about(room: Room, person: str, **more: Any) -> dict[str, Any]:
    return {"actor": account(room, person), "verb": VERB, "object": {"id": "http://e.org/o"}, **more}


def live(room: Room, person: str) -> None:
    """An attempt that ended, and a row of all that is kept beside."""
    attempt = room.begin(who=Who(room.organisation, person))
    room.send(attempt, {"do": "type", "value": NAME}, {"do": "end"})
    key = {"organisation_id": room.organisation, "person_id": person}
    marks = {"changed": 1, "origin": "o", "deleted_at": None}
    nudge = {"number": 9, "author_id": person, "kind": "say", "part": "", "text": NAME, "stored": 1, "seen": None}
    world = {
        "persona": "p",
        "name": "n",
        "guest": False,
        "activity": ACTIVITY,
        "revision": "",
        "clock": "",
        "body": NAME,
    }
    count_wrong(password_key(room.organisation, person))
    with transaction() as connection:
        insert_missing(connection, Card, [key | {"pictures": "a b c", "changed": 1}])
        insert_missing(connection, GroupMember, [key | marks | {"group_id": "g", "part": "learner"}])
        insert_missing(connection, Nudge, [key | nudge])
        insert_missing(connection, World, [key | world | {"stored": 1}])
        place = Place(room.organisation, STATE, "http://e.org/o", account(room, person))
        put_document(connection, place, "page", Content("text/plain", NAME.encode()), Condition(), "never")


def erase(room: Room, person: str) -> dict[str, int]:
    with transaction() as connection:
        return dict(erase_person(connection, room.organisation, person, IDENTITY))


def find_everywhere(*words: str) -> set[str]:
    """Tables in which one of these words stands."""
    return {
        model.name
        for model in Base.metadata.sorted_tables
        for row in rows_of(model.name)
        if any(word in row for word in words)
    }


def rows_of(name: str) -> list[str]:
    with db.engine.connect() as connection:
        return [str(tuple(row)) for row in connection.execute(select(Base.metadata.tables[name]))]


@pytest.fixture
def other(room: Room) -> str:
    with transaction() as connection:
        return add_person(connection, room.organisation, "Samuel", ["learner"])


def test_nothing_of_the_person_is_left_and_others_keep_all(room: Room, other: str) -> None:
    live(room, other)
    before = {one.name: set(rows_of(one.name)) for one in Base.metadata.sorted_tables}
    live(room, room.person)
    post(room, about(room, room.person, id=ASKED[0]))
    post(room, about(room, other, id=ASKED[1], context={"instructor": account(room, room.person)}))
    pointing = {"objectType": "StatementRef", "id": ASKED[0]}
    post(room, {"actor": {"mbox": "mailto:a@e.org"}, "verb": VERB, "object": pointing})
    stored = count_rows(Statement)
    done = erase(room, room.person)
    assert find_everywhere(room.person) == {"person"}
    assert done["statements"] == count_rows(Erasure) == stored - count_rows(Statement)
    assert (done["documents"], done["attempts"]) == (1, 1)
    counters = {"sequence", "person", "role_grant", "erasure", "activity_definition"}
    after = {one.name: set(rows_of(one.name)) for one in Base.metadata.sorted_tables}
    assert {name for name in after if after[name] != before[name]} <= counters
    (tombstone,) = (row for row in read_rows(Person) if row["id"] == room.person)
    assert (tombstone["first_name"], bool(tombstone["deleted_at"])) == ("", True)


def test_a_rebuild_changes_nothing_and_what_was_erased_is_refused(room: Room, other: str) -> None:
    live(room, room.person)
    live(room, other)
    again = about(room, room.person, id=ASKED[0])
    post(room, again)
    erase(room, room.person)
    with transaction() as connection:
        before = snapshot(connection)
        rebuild(connection)
        assert snapshot(connection) == before
    with pytest.raises(AlreadyStored, match="was erased"):
        post(room, again)


def test_statements_of_others_still_cannot_be_deleted(room: Room, other: str) -> None:
    live(room, room.person)
    live(room, other)
    erase(room, room.person)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as connection:
        connection.execute(delete(table(Statement)))
    assert count_rows(Statement) > 0


def test_an_attempt_of_two_keeps_nothing_that_was_typed_and_the_seat_is_free(room: Room, other: str) -> None:
    attempt = room.begin(who=Who(room.organisation, other))
    room.send(attempt, {"do": "type", "value": NAME})
    seat = {"organisation_id": room.organisation, "attempt_id": attempt, "seat": "b", "person_id": room.person}
    more = {"locale": "fr", "code": "", "token": "t", "seen": 1, "gone": False}
    with transaction() as connection:
        connection.execute(insert(table(Seat)), seat | more)
    erase(room, room.person)
    assert (room.read(attempt).state, room.read(attempt).erased) == ({}, True)
    assert [row["person_id"] for row in read_rows(Seat)] == [None]
    assert [row["person_id"] for row in read_rows(Live)] in ([other], [])
