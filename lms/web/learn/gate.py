"""A student begins nothing that is not open yet or no more, nor before whoever must agree has agreed."""

from __future__ import annotations

from flask import request

from lms.database.db import db
from lms.errors import NotAllowed
from lms.learning.attempts import AttemptNow
from lms.learning.school.gates import find_gate
from lms.people.roles import STUDENT
from lms.web.access import find_viewer
from lms.web.learn import pages
from lms.web.school.gates import say_gate
from lms.web.site import site

BEGINS = frozenset({"learn.begin", "learn.choose_mode", "learn.pair_up", "learn.join"})
PROFESSIONALS = "professionals"
"""Promotions follow courses for them: whoever learns anything else is not asked about."""


class Closed(NotAllowed):
    """An assigned exercise outside its dates."""

    next = "Vos dates sont sur la page « Mon travail »."


@pages.before_request
def check_beginning() -> None:
    """Asked of students alone. Raises Closed; of a code to join only what concerns the student is known here."""
    account = find_viewer() if request.endpoint in BEGINS else None
    if account is not None and STUDENT in account.roles:
        check_gate(account.organisation, account.person, str((request.view_args or {}).get("activity", "")))


def check_gate(organisation: str, person: str, activity: str, *, begun: bool = False) -> None:
    """Nothing, or Closed with the day."""
    with db.engine.connect() as connection:
        gate = find_gate(connection, site().classroom, organisation, person, activity, begun=begun)
    if gate is not None:
        raise Closed(f"{activity} is closed: {gate.state}", sentence=say_gate(gate))


def check_going_on(attempt: AttemptNow, person: str = "") -> bool:
    """True, or Closed: what was begun in time is carried to its end within the hours of grace."""
    course = site().classroom.catalogue.find_course(attempt.activity.split("/")[0])
    if attempt.who.guest or attempt.ended or course is None or course.audience != PROFESSIONALS:
        return True
    check_gate(attempt.who.organisation, person or attempt.who.person, attempt.activity, begun=True)
    return True
