"""Dates of an assignment hold where its exercises are, on both databases: for this student, with his own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.learning.attempts import Who
from lms.learning.school.assignments import (
    AssignmentFacts,
    add_assignment,
    move_assignment,
    read_assignment,
    remove_assignment,
)
from lms.learning.school.closed import Gate
from lms.learning.school.gates import GRACE, find_gate
from lms.learning.school.standing import read_own_stands
from lms.learning.school.works import find_current, find_due, grant_time
from lms.people.accounts import add_person
from lms.people.promotions import PromotionFacts, add_group, add_promotion, read_promotion
from lms.people.students import StudentFacts, change_student, enlist, read_student
from tests.room import ACTIVITY, Room, open_room

HOUR = 3600 * 1_000_000
DAY = 24 * HOUR


@dataclass
class School:
    """A promotion on the only course, with one student."""

    room: Room
    one: PromotionFacts
    student: str

    def assign(self, opens: int, due: int, **more: Any) -> AssignmentFacts:
        """The only module, from and until so far from now."""
        facts: dict[str, Any] = {
            "organisation": self.one.organisation, "id": "", "promotion": self.one.id, "group": "", "kind": "module",
            "module": "one", "activity": "", "title": "Une", "brief": "", "opens": now() + opens, "due": now() + due,
            "late": False, "markers": 0, "blind": False,
        }  # fmt: skip
        with transaction() as connection:
            made = add_assignment(connection, self.one, AssignmentFacts(**{**facts, **more}))
            return read_assignment(connection, self.one.organisation, made)

    def gate(self, person: str = "", *, begun: bool = False, activity: str = ACTIVITY) -> Gate | None:
        with db.engine.connect() as connection:
            where = (self.room.classroom, self.one.organisation, person or self.student, activity)
            return find_gate(connection, *where, begun=begun)

    def grant(self, given: AssignmentFacts, due: int) -> None:
        """A delay for the student, until so far from now."""
        with transaction() as connection:
            grant_time(connection, given, find_current([], given, self.student), now() + due)

    def shown(self) -> tuple[Gate | None, int]:
        """What the student's own pages say of the only assignment: what keeps from it, and until when."""
        with db.engine.connect() as connection:
            who = read_student(connection, self.one, self.student)
            (stand,) = read_own_stands(connection, self.room.classroom, self.one, who)
            return stand.gate, stand.due

    def change(self, **values: Any) -> None:
        with transaction() as connection:
            change_student(connection, self.one, self.student, **values)


@pytest.fixture
def school(migrated_url: str, tmp_path: Path) -> Iterator[School]:
    with open_room(migrated_url, tmp_path / "home") as room:
        with transaction() as connection:
            teacher = add_person(connection, room.organisation, "Ana", ["teacher"])
            made = add_promotion(connection, room.organisation, teacher, "ASS", "sums")
            one = read_promotion(connection, room.organisation, teacher, made)
            student = add_person(connection, room.organisation, "Lina", ["student"])
            enlist(connection, one, student)
        yield School(room, one, student)


def test_what_is_not_assigned_is_open(school: School) -> None:
    assert school.gate() is None
    school.assign(DAY, 2 * DAY)
    assert school.gate(activity="sums/other") is None


def test_before_the_opening_it_says_when(school: School) -> None:
    given = school.assign(DAY, 2 * DAY)
    assert school.gate() == Gate("coming", given.opens)
    assert school.gate(begun=True) == Gate("coming", given.opens)


def test_after_the_end_it_says_when_it_was_due_unless_late_work_is_taken(school: School) -> None:
    given = school.assign(-3 * DAY, -DAY)
    assert school.gate() == Gate("missed", given.due)
    with transaction() as connection:
        remove_assignment(connection, given)
    school.assign(-3 * DAY, -DAY, late=True)
    assert school.gate() is None


def test_open_by_one_assignment_is_open(school: School) -> None:
    school.assign(-3 * DAY, -DAY)
    first = school.assign(DAY, 2 * DAY)
    assert school.gate() == Gate("coming", first.opens)
    school.assign(-DAY, DAY)
    assert school.gate() is None


def test_more_time_by_right_moves_the_end(school: School) -> None:
    school.assign(-10 * DAY, -DAY)
    assert school.gate() is not None
    school.change(extra=33)
    assert school.gate() is None


def test_a_delay_for_one_student_opens_it_for_this_one_alone(school: School) -> None:
    given = school.assign(-3 * DAY, -DAY)
    with transaction() as connection:
        other = add_person(connection, school.one.organisation, "Paul", ["student"])
        enlist(connection, school.one, other)
    school.grant(given, DAY)
    assert school.gate() is None
    assert school.gate(other) == Gate("missed", given.due)


def test_a_delay_shortens_nothing_when_the_end_of_all_is_moved_behind_it(school: School) -> None:
    given = school.assign(-5 * DAY, -3 * DAY)
    school.grant(given, -DAY)
    assert school.gate() is not None
    with transaction() as connection:
        move_assignment(connection, given, given.opens, now() + 7 * DAY, False)
        moved = read_assignment(connection, given.organisation, given.id)
    assert school.shown() == (None, moved.due)
    assert school.gate() is None


def test_a_delay_inside_more_time_by_right_shortens_nothing(school: School) -> None:
    school.change(extra=33)
    given = school.assign(-10 * DAY, -2 * DAY)
    school.grant(given, -DAY)
    assert school.shown() == (None, given.find_due(33))
    assert school.gate() is None


def test_a_delay_that_is_over_closes_it_on_the_pages_and_at_the_gate_alike(school: School) -> None:
    given = school.assign(-5 * DAY, -3 * DAY)
    school.grant(given, -DAY)
    gate, due = school.shown()
    assert due > given.due
    assert gate == school.gate() == Gate("missed", due)


def test_a_resit_ends_when_it_was_told_to_and_a_first_work_not_before_all(school: School) -> None:
    given, who = school.assign(-DAY, 3 * DAY), StudentFacts(school.student, "Lina", "lina", "", 0, False, "")
    early = given.due - 2 * DAY
    first = replace(find_current([], given, who.person), due=early)
    assert find_due(given, first, who) == given.due
    assert find_due(given, replace(first, number=2), who) == early


def test_what_was_begun_in_time_has_two_hours_more(school: School) -> None:
    school.assign(-3 * DAY, -HOUR)
    assert school.gate() is not None
    assert school.gate(begun=True) is None


def test_after_these_hours_it_is_closed_too(school: School) -> None:
    given = school.assign(-3 * DAY, -GRACE - HOUR)
    assert school.gate(begun=True) == Gate("missed", given.due)


def test_another_group_and_whoever_is_no_student_are_not_concerned(school: School) -> None:
    with transaction() as connection:
        group = add_group(connection, school.one, "Groupe A")
    school.assign(DAY, 2 * DAY, group=group)
    assert school.gate() is None
    assert school.gate(school.room.person) is None
    school.change(group_id=group)
    assert school.gate() is not None


def test_what_was_done_may_be_done_again(school: School) -> None:
    attempt = school.room.begin(who=Who(school.one.organisation, school.student))
    school.room.send(attempt, {"do": "end"})
    school.assign(-3 * DAY, -DAY)
    assert school.gate() is None


def test_who_waits_for_an_agreement_begins_nothing_at_all(school: School) -> None:
    school.change(guarded=True)
    assert school.gate(activity="sums/other") == Gate("waits")
    school.change(consented="2026-11-20")
    assert school.gate() is None
