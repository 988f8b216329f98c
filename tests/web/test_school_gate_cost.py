"""What the gate asks of the database: nothing of whoever is no student, little of a student."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from lms.database.db import db, find_writing
from lms.database.ids import new_id
from lms.learning.attempts import Who, read_attempt, start_attempt
from lms.learning.school.assignments import add_assignment, read_assignment
from lms.people.promotions import add_promotion, find_promotion
from lms.people.students import enlist
from tests.web.house import House
from tests.web.test_school import reading, writing
from tests.web.test_school_gate import find_lesson, wait_for_a_partner

TABLES = ("promotion", "promotion_student", "assignment", "work", "learner_home")
"""What only the gate reads at these doors; a page to choose a mode reads the learner's home itself, too."""


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    """The queries that are sent meanwhile; those of the hot path go past SQLAlchemy, and are none of the gate's."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with house.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def of_the_gate(asked: list[str]) -> list[str]:
    return [one for one in asked if any(f"FROM {name}" in one or f"JOIN {name}" in one for name in TABLES)]


@pytest.fixture
def second(house: House) -> House:
    """The student is in a second promotion of the same course, with the same module to do."""
    with writing(house) as connection:
        one = find_promotion(connection, house.here.id, house.here.school.promotion)
        made = add_promotion(connection, house.here.id, house.here.people["teacher"], "Deux", one.course, new_id())
        other = find_promotion(connection, house.here.id, made)
        enlist(connection, other, house.here.people["student"])
        given = read_assignment(connection, house.here.id, house.here.school.module)
        add_assignment(connection, other, replace(given, id="", promotion=made))
    return house


def begin_as(house: House, role: str, activity: str) -> tuple[str, str]:
    with house.app.app_context():
        who = Who(house.here.id, house.here.people[role])
        made = start_attempt(house.app.extensions["lms"].classroom, who, activity, "alone")
    with reading(house) as connection:
        return made, read_attempt(connection, house.here.id, made).token


def doors(house: House, role: str, activity: str) -> dict[str, Callable[[FlaskClient], TestResponse]]:
    attempt, token = begin_as(house, role, activity)
    sent = {"id": str(uuid.uuid4()), "rev": 0, "response": {"do": "next"}}
    body = {"token": f"{house.here.id}.{token}", "events": [sent]}
    return {
        "begin": lambda one: one.get(f"/learn/begin/{activity}"),
        "show": lambda one: one.get(f"/learn/attempts/{attempt}"),
        "events": lambda one: one.post(f"/learn/attempts/{attempt}/events", json=body),
        "respond": lambda one: one.post(f"/learn/attempts/{attempt}", data={"event": new_id(), "do": "next"}),
    }


@pytest.mark.parametrize("door", ["begin", "show", "events", "respond"])
def test_whoever_is_no_student_costs_nothing_in_a_course_for_professionals(house: House, door: str) -> None:
    knock = doors(house, "social_worker", find_lesson(house))[door]
    browser = house.as_role(house.here, "social_worker")
    with counting(house) as asked:
        answer = knock(browser)
    assert answer.status_code < 400
    assert [one for one in of_the_gate(asked) if "learner_home" not in one] == []


@pytest.mark.parametrize("door", ["begin", "show", "events", "respond"])
def test_a_student_of_two_promotions_costs_two_queries_while_it_is_open(second: House, door: str) -> None:
    knock = doors(second, "student", find_lesson(second))[door]
    browser = second.as_role(second.here, "student")
    with counting(second) as asked:
        knock(browser)
    assert len([one for one in of_the_gate(asked) if "learner_home" not in one]) == 2
    assert not [one for one in asked if "FROM work" in one]


@contextmanager
def watching_connections(house: House) -> Iterator[list[int]]:
    """How many connections are held each time that one is taken, by the pages and by the write door."""
    with house.app.app_context():
        engines = [db.engine, find_writing(db.engine)]
    held, counts = set[int](), list[int]()

    def take(driver: object, *_rest: object) -> None:
        held.add(id(driver))
        counts.append(len(held))

    def give(driver: object, *_rest: object) -> None:
        held.discard(id(driver))

    for engine in engines:
        event.listen(engine, "checkout", take)
        event.listen(engine, "checkin", give)
    try:
        yield counts
    finally:
        for engine in engines:
            event.remove(engine, "checkout", take)
            event.remove(engine, "checkin", give)


@pytest.mark.parametrize("door", ["begin", "show", "events", "respond", "join"])
def test_no_second_connection_is_taken_while_one_is_held(second: House, door: str) -> None:
    browser = second.as_role(second.here, "student")
    knock = doors(second, "student", find_lesson(second))[door] if door != "join" else join(second)
    with watching_connections(second) as counts:
        answer = knock(browser)
    assert answer.status_code < 400
    assert counts
    assert max(counts) == 1


def join(house: House) -> Callable[[FlaskClient], TestResponse]:
    """Type the code of somebody who waits."""
    code = wait_for_a_partner(house)
    return lambda one: one.post("/learn/join", data={"code": code})
