"""When an exercise that is assigned is open to a student: the dates of its assignment hold wherever it is reached."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from lms.database.clock import now
from lms.learning.classroom import Classroom
from lms.learning.progress import read_standings
from lms.learning.school.assignments import AssignmentFacts, read_assignments
from lms.learning.school.closed import Gate
from lms.learning.school.standing import is_done, list_activities
from lms.learning.school.works import WorkFacts, find_current, find_gate_of, read_own_works
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts, read_enlisted

GRACE = 2 * 3600 * 1_000_000
"""Two hours in which an exercise that was begun before the end may be carried to its own."""

Given = Sequence[tuple[AssignmentFacts, StudentFacts]]


def find_gate(
    connection: Connection, classroom: Classroom, organisation: str, person: str, activity: str, *, begun: bool = False
) -> Gate | None:
    """What keeps this student from an exercise; None where nothing does, and for whoever is no student.

    Open by one assignment is open. What was done may be done again. `begun` allows for the hours of grace.
    Every event asks: while it is open, two queries answer; works and standings are read when it is not. What is open
    without works is open with them: a delay never shortens, and only what is written has resits.
    """
    enlisted = read_enlisted(connection, organisation, person)
    if any(not who.may_work for _, who in enlisted):
        return Gate("waits")
    given = _find_given(connection, classroom, enlisted, activity)
    grace = GRACE if begun else 0
    if not given or _find_gate(given, (), grace) is None:
        return None
    if is_done(read_standings(connection, organisation, person).get(activity)):
        return None
    works = read_own_works(connection, organisation, person, [each.id for each, _ in given])
    return _find_gate(given, works, grace)


def _find_given(
    connection: Connection, classroom: Classroom, enlisted: Sequence[tuple[PromotionFacts, StudentFacts]], activity: str
) -> Given:
    """Assignments that hold this exercise, each with the student as its promotion knows this person."""
    promotions = {one.id: one for one, _ in enlisted}
    students = {one.id: who for one, who in enlisted}
    found = []
    for each in read_assignments(connection, *promotions.values()):
        one, who = promotions[each.promotion], students[each.promotion]
        if each.is_for(who) and activity in list_activities(classroom, one, each):
            found.append((each, who))
    return found


def _find_gate(given: Given, works: Sequence[WorkFacts], grace: int) -> Gate | None:
    """Of several: the first opening, or else the last end."""
    instant, closed = now(), []
    for each, who in given:
        gate = find_gate_of(each, find_current(works, each, who.person), who, instant, grace)
        if gate is None:
            return None
        closed.append(gate)
    coming = [one.instant for one in closed if one.state == "coming"]
    return Gate("coming", min(coming)) if coming else Gate("missed", max(one.instant for one in closed))
