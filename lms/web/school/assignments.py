"""One assignment as its teacher sees it: who is where, more time for one, a resit, other dates."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotFound
from lms.learning.days import find_day, say_day
from lms.learning.school.assignments import KINDS, AssignmentFacts
from lms.learning.school.files import copy_files
from lms.learning.school.standing import STATES, Stand, read_stands
from lms.learning.school.works import grant_time, open_resit
from lms.people.promotions import PromotionFacts, read_groups
from lms.web.access import needs
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.calendar import find_assignment
from lms.web.school.days import read_day, type_day
from lms.web.school.pairs import read_names
from lms.web.site import site

NOT_GIVEN = "Cette personne n'a pas ce travail à faire."


def read_column(one: PromotionFacts, given: AssignmentFacts) -> list[Stand]:
    """Where each student stands with this assignment, by name."""
    with db.engine.connect() as connection:
        board = read_stands(connection, site().classroom, one)
    return [stand for stands in board.values() for stand in stands if stand.given.id == given.id]


@pages.get("/school/assignments/<assignment_id>")
@needs("teacher")
def assignment(assignment_id: str, error: str = "") -> str:
    """Who is where."""
    one, given = find_assignment(assignment_id)
    column = read_column(one, given)
    with db.engine.connect() as connection:
        groups = read_groups(connection, one)
    return render(
        "school/assignment.html",
        promotion=one,
        given=given,
        kind=KINDS[given.kind],
        group=groups.get(given.group, "Toute la promotion"),
        rows=[_show(stand) for stand in column],
        counts={"handed": sum(stand.done >= stand.total > 0 for stand in column), "all": len(column)},
        dates={"opens": type_day(given.opens), "due": type_day(given.due), "said": say_day(given.due)},
        dates_action=url_for("school.move", assignment_id=given.id),
        remove_action=url_for("school.remove", assignment_id=given.id),
        back_url=url_for("school.calendar", promotion_id=one.id),
        pairs=read_names(one, given) if given.kind == "pair" else None,
        pair_action=url_for("school.draw", assignment_id=given.id),
        error=error,
    )


def _show(stand: Stand) -> dict[str, Any]:
    """A row. A blind work says that it is in, and nothing of its marks before they are given back."""
    where: dict[str, Any] = {"assignment_id": stand.given.id, "person": stand.who.person}
    may_grant = stand.state != "done" and stand.work.handed is None
    return {
        "name": stand.who.name,
        "state": STATES[stand.state] + (", en retard" if stand.is_late else ""),
        "count": f"{stand.done} sur {stand.total}" if stand.given.kind == "module" else "",
        "due": say_day(stand.due) if stand.due != stand.given.due else "",
        "day": type_day(stand.due),
        "total": stand.work.result.get("total") if stand.work.given else None,
        "grant_url": url_for("school.grant", **where) if may_grant else "",
        "resit_url": url_for("school.resit", **where) if stand.work.given else "",
    }


def find_stand_of(assignment_id: str, person: str) -> Stand:
    """Where this student stands. Raises NotFound for whoever has not got this to do."""
    one, given = find_assignment(assignment_id)
    found = next((stand for stand in read_column(one, given) if stand.who.person == person), None)
    if found is None:
        raise NotFound(f"{person!r} has no work for {assignment_id}", sentence=NOT_GIVEN)
    return found


def check_later(stand: Stand, due: int) -> None:
    """A delay never shortens. Raises BadRequest for a day before the end that this student has anyway."""
    least = stand.given.find_due(stand.who.extra)
    if stand.work.number == 1 and find_day(due) < find_day(least):
        sentence = f"Un délai n'avance pas la date. Choisissez le {say_day(least)}, ou plus tard."
        raise BadRequest(f"{due} is before {least}", sentence=sentence)


@pages.post("/school/assignments/<assignment_id>/students/<person>/time")
@needs("teacher")
def grant(assignment_id: str, person: str) -> str | Response:
    """Another end for one student."""
    stand = find_stand_of(assignment_id, person)
    try:
        due = read_day(request.form.get("due", ""), "Nouvelle date", end=True)
        check_later(stand, due)
        with transaction() as connection:
            grant_time(connection, stand.given, stand.work, due)
    except BadRequest as error:
        return assignment(assignment_id, error.sentence)
    return redirect(url_for("school.assignment", assignment_id=assignment_id))


@pages.post("/school/assignments/<assignment_id>/students/<person>/resit")
@needs("teacher")
def resit(assignment_id: str, person: str) -> str | Response:
    """A second try, with an end of its own; the first stays."""
    stand = find_stand_of(assignment_id, person)
    if not stand.given.is_written:
        raise NotFound(f"nothing is handed in for {assignment_id}", sentence=NOT_GIVEN)
    try:
        due = read_day(request.form.get("due", ""), "Nouvelle date", end=True)
        with transaction() as connection:
            again = open_resit(connection, stand.given, stand.work, due)
            copy_files(connection, stand.given.organisation, stand.work.id, again.id)
    except BadRequest as error:
        return assignment(assignment_id, error.sentence)
    return redirect(url_for("school.assignment", assignment_id=assignment_id))
