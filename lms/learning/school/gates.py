"""When an exercise that is assigned is open to a student: the dates of its assignment hold wherever it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from lms.database.clock import now
from lms.learning.classroom import Classroom
from lms.learning.progress import read_standings
from lms.learning.school.assignments import read_assignments
from lms.learning.school.standing import Stand, find_stand, is_done, list_activities
from lms.learning.school.works import read_own_works
from lms.people.students import read_enlisted

GRACE = 2 * 3600 * 1_000_000
"""Two hours in which an exercise that was begun before the end may be carried to its own."""


@dataclass(frozen=True)
class Gate:
    """Why an exercise is closed: not open before `instant`, due at `instant`, or an agreement is waited for."""

    state: Literal["coming", "missed", "waits"]
    instant: int = 0


def find_gate(
    connection: Connection, classroom: Classroom, organisation: str, person: str, activity: str, *, begun: bool = False
) -> Gate | None:
    """What keeps this student from an exercise; None where nothing does, and for whoever is no student.

    Open by one assignment is open. What was done may be done again. `begun` allows for the hours of grace.
    """
    enlisted = read_enlisted(connection, organisation, person)
    if any(not who.may_work for _, who in enlisted):
        return Gate("waits")
    standings = read_standings(connection, organisation, person) if enlisted else {}
    if not enlisted or is_done(standings.get(activity)):
        return None
    works = read_own_works(connection, organisation, person)
    stands = [
        find_stand(classroom, one, given, who, works, standings)
        for one, who in enlisted
        for given in read_assignments(connection, one)
        if given.is_for(who) and activity in list_activities(classroom, one, given)
    ]
    return _join(stands, GRACE if begun else 0)


def _join(stands: Sequence[Stand], grace: int) -> Gate | None:
    closed = [one for one in stands if one.state == "coming" or (one.state == "missed" and now() > one.due + grace)]
    if not stands or len(closed) < len(stands):
        return None
    if coming := [one.given.opens for one in closed if one.state == "coming"]:
        return Gate("coming", min(coming))
    return Gate("missed", max(one.due for one in closed))
