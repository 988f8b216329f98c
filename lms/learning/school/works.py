"""Works of students: a draft that is never lost, handed in once, late or not; a resit is a second one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from lms.database.clock import now
from lms.database.ids import natural_id
from lms.database.models import Assignment, Work
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotAllowed, NotFound
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.closed import Gate
from lms.people.accounts import merge_marks
from lms.people.students import StudentFacts

LONGEST_TEXT = 20_000
SHORTEST_TEXT = 30


@dataclass(frozen=True)
class WorkFacts:
    """One work as it was read. `body` holds what was written by field; `result` what was given back."""

    id: str
    assignment: str
    person: str
    number: int
    due: int | None
    body: Mapping[str, Any]
    saved: int | None
    handed: int | None
    late: bool
    given: int | None
    result: Mapping[str, Any]

    @property
    def copy(self) -> str:
        """What a marker sees instead of a name."""
        return f"Copie {self.id[:4].upper()}"


_COLUMNS = (
    Work.id,
    Work.assignment_id,
    Work.person_id,
    Work.number,
    Work.due,
    Work.body,
    Work.saved,
    Work.handed,
    Work.late,
    Work.given,
    Work.result,
)


def _read(row: Sequence[Any]) -> WorkFacts:
    id, assignment, person, number, due, body, saved, handed, late, given, result = row
    return WorkFacts(
        id, assignment, person, number, due, json.loads(body), saved, handed, bool(late), given, json.loads(result)
    )


def work_id(assignment: str, person: str, number: int = 1) -> str:
    """Of a work that may not exist yet: written twice at once it is one."""
    return natural_id(assignment, person, str(number))


def read_works(connection: Connection, organisation: str, assignments: Sequence[str]) -> list[WorkFacts]:
    """All works of these assignments, in an order that says nothing about who wrote them."""
    wanted = select(*_COLUMNS).where(Work.organisation_id == organisation, Work.assignment_id.in_(assignments))
    return [_read(row) for row in connection.execute(wanted.order_by(Work.id))]


def read_own_works(
    connection: Connection, organisation: str, person: str, assignments: Sequence[str] | None = None
) -> list[WorkFacts]:
    """Works of one student, all or those of `assignments`; of each assignment the newest last."""
    wanted = select(*_COLUMNS).where(Work.organisation_id == organisation, Work.person_id == person)
    if assignments is not None:
        wanted = wanted.where(Work.assignment_id.in_(assignments))
    return [_read(row) for row in connection.execute(wanted.order_by(Work.assignment_id, Work.number))]


def read_work(connection: Connection, organisation: str, id: str) -> WorkFacts:
    """One work of the house; whoever asks checks the promotion. Raises NotFound."""
    wanted = select(*_COLUMNS).where(Work.organisation_id == organisation, Work.id == id)
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"no work {id!r}", sentence="Ce travail n'existe pas, ou n'existe plus.")
    return _read(row)


def find_current(works: Sequence[WorkFacts], given: AssignmentFacts, person: str) -> WorkFacts:
    """The work that this student is at: the newest; an empty one before anything was written."""
    mine = [one for one in works if one.assignment == given.id and one.person == person]
    empty = WorkFacts(work_id(given.id, person), given.id, person, 1, None, {}, None, None, False, None, {})
    return max(mine, key=lambda one: one.number, default=empty)


def find_due(given: AssignmentFacts, work: WorkFacts, who: StudentFacts) -> int:
    """Until when for this student: the date with more time by right, or what a teacher granted where that is later.

    A delay never shortens, also when the end of all is moved behind it. A resit has its own end.
    """
    if work.due is None:
        return given.find_due(who.extra)
    return work.due if work.number > 1 else max(work.due, given.find_due(who.extra))


def find_gate_of(
    given: AssignmentFacts, work: WorkFacts, who: StudentFacts, instant: int, grace: int = 0
) -> Gate | None:
    """What keeps this student from this assignment then, done or not; `grace` is added to its end."""
    if not who.may_work:
        return Gate("waits")
    if instant < given.opens and work.number == 1:
        return Gate("coming", given.opens)
    due = find_due(given, work, who)
    return Gate("missed", due) if instant > due + grace and not given.late else None


def find_closed(given: AssignmentFacts, work: WorkFacts, who: StudentFacts, instant: int) -> str:
    """Why nothing can be handed in now, as a sentence; empty when it can."""
    if work.handed is not None:
        return "Votre travail est déjà rendu."
    gate = find_gate_of(given, work, who, instant)
    return gate.sentence if gate else ""


def save_draft(
    connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, body: Mapping[str, Any]
) -> None:
    """Keep what was written, also after the end: nothing is lost. Raises NotAllowed before, and once it is in."""
    closed = find_closed(given, work, who, now())
    if closed and (work.handed is not None or now() < given.opens or not who.may_work):
        raise NotAllowed(f"work {work.id} is closed", sentence=closed)
    text = json.dumps(body, ensure_ascii=False)
    hold_work(connection, given, work)
    _change(connection, given.organisation, work.id, body=text, saved=now())


def hand_in(
    connection: Connection, given: AssignmentFacts, work: WorkFacts, who: StudentFacts, body: Mapping[str, Any]
) -> bool:
    """Hand it in; whether it was new: twice is once. Raises NotAllowed when it is closed, BadRequest when it is empty.

    Call `save_draft` before, in a transaction of its own, so that what is refused is kept.
    """
    if work.handed is not None:
        return False
    instant = now()
    if closed := find_closed(given, work, who, instant):
        raise NotAllowed(f"work {work.id} is closed", sentence=closed)
    check_text(body)
    hold_work(connection, given, work)
    open_still = (Work.organisation_id == given.organisation, Work.id == work.id, Work.handed.is_(None))
    values = {
        "handed": instant,
        "late": instant > find_due(given, work, who),
        "body": json.dumps(body, ensure_ascii=False),
    }
    values |= {"saved": instant, "changed": merge_marks(connection)["changed"]}
    return connection.execute(update(table(Work)).where(*open_still).values(values)).rowcount == 1


def check_text(body: Mapping[str, Any]) -> None:
    """Raises BadRequest when nothing much is written, or a whole book."""
    text = str(body.get("text", ""))
    if len(text.strip()) < SHORTEST_TEXT:
        raise BadRequest("text too short", sentence="Écrivez votre réponse, puis rendez-la. Le brouillon est gardé.")
    if len(text) > LONGEST_TEXT:
        told = f"{LONGEST_TEXT:,}".replace(",", "\u202f")
        raise BadRequest("text too long", sentence=f"Le texte est long : {told} signes au plus.")


def hold_work(connection: Connection, given: AssignmentFacts, work: WorkFacts) -> None:
    """The row is there; of two at once one makes it."""
    row = {
        "organisation_id": given.organisation,
        "id": work.id,
        "assignment_id": given.id,
        "person_id": work.person,
        "number": work.number,
        "due": work.due,
        "body": json.dumps(dict(work.body), ensure_ascii=False),
        "late": False,
        "result": "{}",
    }
    insert_missing(connection, Work, [row | merge_marks(connection)])


def _change(connection: Connection, organisation: str, id: str, **values: Any) -> None:
    mine = (Work.organisation_id == organisation, Work.id == id)
    changed = merge_marks(connection)["changed"]
    connection.execute(update(table(Work)).where(*mine).values(changed=changed, **values))


def grant_time(connection: Connection, given: AssignmentFacts, work: WorkFacts, due: int) -> None:
    """Another end for this one student. Raises BadRequest once it was handed in."""
    if work.handed is not None:
        raise BadRequest("handed in already", sentence="Ce travail est déjà rendu.")
    hold_work(connection, given, work)
    _change(connection, given.organisation, work.id, due=due)


def open_resit(connection: Connection, given: AssignmentFacts, work: WorkFacts, due: int) -> WorkFacts:
    """A second work for a student whose first was marked; both stay in the portfolio. Raises BadRequest before."""
    if work.given is None:
        raise BadRequest("not marked yet", sentence="Rendez d'abord le résultat. Le rattrapage vient ensuite.")
    number = work.number + 1
    again = WorkFacts(
        work_id(given.id, work.person, number), given.id, work.person, number, due, dict(work.body), None, None,
        False, None, {},
    )  # fmt: skip
    hold_work(connection, given, again)
    return again


def read_promotion_of(connection: Connection, organisation: str, work: WorkFacts) -> str:
    """The promotion that a work belongs to, also when the assignment was taken out since."""
    wanted = select(Assignment.promotion_id)
    mine = (Assignment.organisation_id == organisation, Assignment.id == work.assignment)
    return str(connection.execute(wanted.where(*mine)).scalar_one())
