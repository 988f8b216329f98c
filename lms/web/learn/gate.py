"""A student begins nothing that is not open yet or no more, nor before whoever must agree has agreed."""

from __future__ import annotations

from contextlib import nullcontext

from sqlalchemy import Connection

from lms.content.courses import PROFESSIONALS
from lms.database.db import db
from lms.errors import NotAllowed
from lms.learning.attempts import AttemptNow, Who
from lms.learning.school.gates import find_gate
from lms.people.roles import STUDENT
from lms.web.access import find_viewer
from lms.web.site import site


class Closed(NotAllowed):
    """An assigned exercise outside its dates. A delay may open it again: the browser keeps what it could not send."""

    later = True
    next = "Vos dates sont sur la page « Mon travail »."


def check_gate(who: Who, activity: str, *, begun: bool = False, connection: Connection | None = None) -> None:
    """Nothing, or Closed with the day. Whoever holds a connection passes it: a second one may never come.

    `begun` allows for the hours of grace: what was begun in time is carried to its end.
    """
    if not is_concerned(who, activity):
        return
    with nullcontext(connection) if connection is not None else db.engine.connect() as reading:
        gate = find_gate(reading, site().classroom, who.organisation, who.person, activity, begun=begun)
    if gate is not None:
        raise Closed(f"{activity} is closed: {gate.state}", sentence=gate.sentence)


def check_going_on(attempt: AttemptNow) -> None:
    """As `check_gate`, of whoever goes on with what was begun."""
    check_gate(attempt.who, attempt.activity, begun=True)


def is_concerned(who: Who, activity: str) -> bool:
    """Whether this may be a student, told without a query: by the roles of whoever is signed in.

    Where only a token speaks, by the course: promotions follow courses for professionals. Only
    events of an attempt that was begun before come so: whoever begins is signed in.
    """
    account = find_viewer()
    if account is not None and (account.organisation, account.person) == (who.organisation, who.person):
        return STUDENT in account.roles
    course = site().classroom.catalogue.find_course(activity.partition("/")[0])
    return not who.guest and course is not None and course.audience == PROFESSIONALS
