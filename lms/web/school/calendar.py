"""The calendar of a promotion: what is assigned, from when, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest, NotFound
from lms.learning.days import say_day
from lms.learning.school.assignments import (
    KINDS,
    WRITTEN,
    AssignmentFacts,
    add_assignment,
    move_assignment,
    read_assignment,
    read_assignments,
    remove_assignment,
)
from lms.people.promotions import PromotionFacts, read_groups
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.days import read_day, say_left, type_day
from lms.web.school.promotions import find_made, find_own
from lms.web.site import site

WEEK = 7 * 24 * 3600 * 1_000_000
TYPED = ("kind", "module", "activity", "title", "brief", "group", "opens", "due", "markers")


def list_modules(course: str) -> dict[str, str]:
    """Id → title of the modules of a course."""
    found = site().classroom.catalogue.find_course(course)
    return {module.id: module.title for module in found.modules} if found else {}


def list_plays(course: str) -> dict[str, str]:
    """Id → title of the activities of a course that two may play, each from a seat."""
    classroom = site().classroom
    found = classroom.catalogue.find_course(course)
    activities = found.activities.values() if found else ()
    return {one.id: one.title for one in activities if classroom.find_type(one).seats(one)}


@pages.get("/school/promotions/<promotion_id>/calendar")
@needs("teacher")
def calendar(promotion_id: str) -> str:
    """All that is assigned, by end."""
    return draw_calendar(find_own(promotion_id))


def draw_calendar(one: PromotionFacts, error: str = "", typed: Mapping[str, str] | None = None) -> str:
    """The page, with what was typed where it was refused."""
    with db.engine.connect() as connection:
        found, groups = read_assignments(connection, one), read_groups(connection, one)
    modules = list_modules(one.course)
    return render(
        "school/calendar.html",
        promotion=one,
        assignments=[_show(each, groups, modules) for each in found],
        kinds=KINDS,
        modules=modules,
        groups=groups,
        activities=list_plays(one.course),
        action=url_for("school.new_assignment", promotion_id=one.id),
        back_url=url_for("school.promotion", promotion_id=one.id),
        error=error,
        typed=typed or {"opens": type_day(now()), "due": type_day(now() + WEEK), "markers": "1"},
    )


def _show(each: AssignmentFacts, groups: Mapping[str, str], modules: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": each.title,
        "kind": KINDS[each.kind],
        "module": modules.get(each.module, ""),
        "group": groups.get(each.group, "Toute la promotion"),
        "opens": say_day(each.opens),
        "due": say_day(each.due),
        "left": say_left(each.due),
        "state": "closed" if each.due < now() else "open" if each.opens <= now() else "coming",
        "url": url_for("school.assignment", assignment_id=each.id),
    }


@pages.post("/school/promotions/<promotion_id>/calendar")
@needs("teacher")
def new_assignment(promotion_id: str) -> str | Response:
    """One more thing to do."""
    one = find_own(promotion_id)
    typed = {name: request.form.get(name, "").strip() for name in TYPED}
    typed |= {name: "on" for name in ("late", "blind") if name in request.form}
    try:
        given = read_given(one, typed)
        with transaction() as connection:
            add_assignment(connection, one, given)
    except BadRequest as error:
        return draw_calendar(one, error.sentence, typed)
    return redirect(url_for("school.calendar", promotion_id=one.id))


def read_given(one: PromotionFacts, typed: Mapping[str, str]) -> AssignmentFacts:
    """What the form says. Raises BadRequest with what is missing."""
    modules = list_modules(one.course)
    with db.engine.connect() as connection:
        groups = read_groups(connection, one)
    if typed["kind"] == "module" and typed["module"] not in modules:
        raise BadRequest("no module", sentence="Choisissez un module.")
    if typed["kind"] == "pair" and typed["activity"] not in list_plays(one.course):
        raise BadRequest("no play", sentence="Choisissez l'exercice du jeu de rôle.")
    title = typed["title"] or (modules.get(typed["module"], "") if typed["kind"] == "module" else "")
    return AssignmentFacts(
        organisation=one.organisation,
        id=find_made("assignment", one.id),
        promotion=one.id,
        group=typed["group"] if typed["group"] in groups else "",
        kind=typed["kind"],
        module=typed["module"] if typed["module"] in modules else "",
        activity=typed["activity"] if typed["kind"] == "pair" else "",
        title=title,
        brief=typed["brief"],
        opens=read_day(typed["opens"], "Ouverture"),
        due=read_day(typed["due"], "Fin", end=True),
        late="late" in typed,
        markers=int(typed["markers"]) if typed["kind"] in WRITTEN and typed["markers"] in ("1", "2") else 0,
        blind="blind" in typed,
    )


def find_assignment(assignment_id: str) -> tuple[PromotionFacts, AssignmentFacts]:
    """An assignment of one of the viewer's promotions. Raises NotFound for any other."""
    with db.engine.connect() as connection:
        given = read_assignment(connection, viewer().organisation, assignment_id)
    try:
        return find_own(given.promotion), given
    except NotFound as error:
        raise NotFound(str(error), sentence="Ce travail n'existe pas, ou n'existe plus.") from error


@pages.post("/school/assignments/<assignment_id>/dates")
@needs("teacher")
def move(assignment_id: str) -> Response:
    """Other dates for everybody."""
    _, given = find_assignment(assignment_id)
    opens = read_day(request.form.get("opens", ""), "Ouverture")
    due = read_day(request.form.get("due", ""), "Fin", end=True)
    with transaction() as connection:
        move_assignment(connection, given, opens, due, "late" in request.form)
    return redirect(url_for("school.assignment", assignment_id=given.id))


@pages.post("/school/assignments/<assignment_id>/remove")
@needs("teacher")
def remove(assignment_id: str) -> Response:
    """Out of the calendar; what was handed in stays."""
    one, given = find_assignment(assignment_id)
    with transaction() as connection:
        remove_assignment(connection, given)
    return redirect(url_for("school.calendar", promotion_id=one.id))
