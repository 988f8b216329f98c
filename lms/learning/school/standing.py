"""Where a student stands with what is assigned, from progress and works; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from lms.contract import Standing
from lms.database.clock import now
from lms.learning.classroom import Classroom
from lms.learning.progress import read_standings
from lms.learning.school.assignments import AssignmentFacts, read_assignments
from lms.learning.school.closed import Gate
from lms.learning.school.works import WorkFacts, find_current, find_due, find_gate_of, read_own_works, read_works
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts, read_students

STATES = {
    "coming": "pas encore ouvert",
    "waits": "accord attendu",
    "todo": "à faire",
    "draft": "commencé",
    "missed": "date passée",
    "handed": "rendu, en correction",
    "done": "terminé",
    "passed": "acquis",
    "failed": "à reprendre",
}
OPEN = ("todo", "draft", "missed")


@dataclass(frozen=True)
class Stand:
    """One student and one assignment. `done` of `total` activities count for modules, one of one for works."""

    given: AssignmentFacts
    who: StudentFacts
    work: WorkFacts
    due: int
    state: str
    done: int
    total: int
    gate: Gate | None = None
    """What keeps from it; None while it is open, and once it is done or handed in."""

    @property
    def is_late(self) -> bool:
        """Handed in after the end, or still open after it."""
        return self.work.late or self.state == "missed" or (self.state in OPEN and now() > self.due)


def find_stand(
    classroom: Classroom,
    one: PromotionFacts,
    given: AssignmentFacts,
    who: StudentFacts,
    works: Sequence[WorkFacts],
    standings: Mapping[str, Standing],
) -> Stand:
    """One cell of the board."""
    work = find_current(works, given, who.person)
    names = list_activities(classroom, one, given)
    done = sum(is_done(standings.get(name)) for name in names)
    if given.is_written:
        done, total = int(work.handed is not None), 1
        state = _find_written(work)
    else:
        total = len(names)
        state = "done" if total and done == total else "draft" if done else "todo"
    gate = find_gate_of(given, work, who, now()) if state in OPEN else None
    return Stand(given, who, work, find_due(given, work, who), gate.state if gate else state, done, total, gate)


def _find_written(work: WorkFacts) -> str:
    if work.given is not None:
        return "passed" if work.result.get("passed") else "failed"
    if work.handed is not None:
        return "handed"
    return "draft" if work.saved is not None else "todo"


def list_activities(classroom: Classroom, one: PromotionFacts, given: AssignmentFacts) -> tuple[str, ...]:
    """Ids of what is to be done in Déclic for an assignment that is not written."""
    if given.kind == "pair":
        return (given.activity,) if given.activity else ()
    if given.kind != "module":
        return ()
    course = classroom.catalogue.find_course(one.course)
    modules = course.modules if course else ()
    return next((module.activities for module in modules if module.id == given.module), ())


def is_done(standing: Standing | None) -> bool:
    """Whether an activity was carried to its end."""
    return standing is not None and (standing.completed or standing.succeeded)


def read_own_stands(
    connection: Connection, classroom: Classroom, one: PromotionFacts, who: StudentFacts
) -> list[Stand]:
    """All that this student has to do in this promotion, by end."""
    works = read_own_works(connection, one.organisation, who.person)
    standings = read_standings(connection, one.organisation, who.person)
    mine = [given for given in read_assignments(connection, one) if given.is_for(who)]
    found = [find_stand(classroom, one, given, who, works, standings) for given in mine]
    return sorted(found, key=lambda each: each.due)


def read_stands(connection: Connection, classroom: Classroom, one: PromotionFacts) -> dict[str, list[Stand]]:
    """By student, in order of names, where each stands with each assignment that is his."""
    assignments, students = read_assignments(connection, one), read_students(connection, one)
    works = read_works(connection, one.organisation, [each.id for each in assignments])
    found: dict[str, list[Stand]] = {}
    for who in students:
        standings = read_standings(connection, one.organisation, who.person)
        mine = [work for work in works if work.person == who.person]
        found[who.person] = [
            find_stand(classroom, one, given, who, mine, standings) for given in assignments if given.is_for(who)
        ]
    return found
