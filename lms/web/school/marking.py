"""Marking: what waits for me, one work with the rubric, results given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.contract.rubric import CRITERIA, EACH, LEVELS, TOTAL
from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.learning.days import say_day
from lms.learning.evidence import tell
from lms.learning.school.assignments import AssignmentFacts, read_assignments
from lms.learning.school.forms import FIELDS
from lms.learning.school.markings import (
    DECIDES,
    MarkingFacts,
    find_verdict,
    finish_marks,
    is_shared,
    keep_marks,
    list_seen,
    read_markings,
    share_markings,
)
from lms.learning.school.results import give_back, list_ready
from lms.learning.school.rubric import read_marks, say_mark
from lms.learning.school.works import WorkFacts, read_works
from lms.people.promotions import read_teachers
from lms.people.students import read_students
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.calendar import find_assignment
from lms.web.school.copies import find_work
from lms.web.school.files import list_files
from lms.web.school.promotions import find_own
from lms.web.school.works import list_record
from lms.web.site import site

LONGEST_COMMENT = 5000


@pages.get("/school/promotions/<promotion_id>/marking")
@needs("teacher")
def marking(promotion_id: str) -> str:
    """What waits for me, and where each assignment stands."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        shared = is_shared(connection, one)
    if not shared:
        with transaction() as connection:
            share_markings(connection, one)
    with db.engine.connect() as connection:
        assignments = [given for given in read_assignments(connection, one) if given.is_written]
        names = {each.person: each.name for each in read_students(connection, one)}
        teachers = {each.person: each.name for each in read_teachers(connection, one)}
        shown = [_show_assignment(connection, given, names, teachers) for given in assignments]
    return render(
        "school/marking.html",
        promotion=one,
        assignments=[each for each in shown if each["works"]],
        mine=[work for each in shown for work in each["works"] if work["is_mine"]],
        back_url=url_for("school.promotion", promotion_id=one.id),
    )


def _show_assignment(connection: Any, given: AssignmentFacts, names: dict[str, str], teachers: dict[str, str]) -> Any:
    works = [work for work in read_works(connection, given.organisation, [given.id]) if work.handed is not None]
    markings = read_markings(connection, given.organisation, [work.id for work in works])
    return {
        "title": given.title,
        "works": [_show_work(given, work, markings.get(work.id, []), names, teachers) for work in works],
        "ready": len(list_ready(connection, given)),
        "give_url": url_for("school.give", assignment_id=given.id),
    }


def _show_work(
    given: AssignmentFacts,
    work: WorkFacts,
    markings: Sequence[MarkingFacts],
    names: dict[str, str],
    teachers: dict[str, str],
) -> dict[str, Any]:
    """A row. Nobody's name where it is blind; nobody's marks before they are given back."""
    blind = given.blind and work.given is None
    mine = any(each.marker == viewer().person and not each.done for each in markings)
    return {
        "name": work.copy if blind else names.get(work.person, work.copy),
        "assignment": given.title,
        "handed": say_day(work.handed or 0),
        "late": work.late,
        "state": _say_state(given, work, markings),
        "markers": ", ".join(teachers.get(each.marker or "", "à prendre") for each in markings),
        "is_mine": mine,
        "url": url_for("school.mark", work_id=work.id) if any(m.marker == viewer().person for m in markings) else "",
    }


def _say_state(given: AssignmentFacts, work: WorkFacts, markings: Sequence[MarkingFacts]) -> str:
    if work.given is not None:
        return f"rendue, {work.result.get('total')}/15"
    if find_verdict(given, markings) is not None:
        return "corrigée"
    decides = next((each for each in markings if each.place == DECIDES), None)
    if decides is not None:
        return "les deux corrections diffèrent" + ("" if decides.marker else " : il faut une troisième personne")
    done = sum(each.done is not None for each in markings)
    return f"{done} correction{'s' if done > 1 else ''} sur {given.markers}"


@pages.get("/school/works/<work_id>")
@needs("teacher")
def mark(work_id: str, error: str = "") -> str:
    """What was written beside the rubric."""
    one, given, work, markings, mine = find_work(work_id)
    with db.engine.connect() as connection:
        names = {each.person: each.name for each in read_students(connection, one)}
    return render(
        "school/mark.html",
        promotion=one,
        given=given,
        name=work.copy if given.blind and work.given is None else names.get(work.person, work.copy),
        late=work.late,
        files=list_files(work.id),
        fields=FIELDS[given.kind],
        body=work.body,
        record=[(field, value) for some in list_record(work.body).values() for field, value in some if value]
        if given.kind == "place"
        else [],
        criteria=CRITERIA,
        levels=LEVELS,
        threshold={"each": EACH, "total": TOTAL},
        mine=mine,
        decides=mine.place == DECIDES,
        others=[_show_other(each) for each in list_seen(given, mine, markings)],
        error=error,
        back_url=url_for("school.marking", promotion_id=one.id),
    )


def _show_other(each: MarkingFacts) -> dict[str, Any]:
    total = say_mark(sum(each.marks.values()))
    return {"place": each.place, "marks": each.marks, "total": total, "comment": each.comment}


@pages.post("/school/works/<work_id>")
@needs("teacher")
def keep_marking(work_id: str) -> str | Response:
    """Keep the draft; done, it stays. Posted twice it is done once."""
    one, _, work, _, mine = find_work(work_id)
    if mine.done:
        return redirect(url_for("school.mark", work_id=work.id))
    marks, comment = read_marks(request.form), request.form.get("comment", "").strip()[:LONGEST_COMMENT]
    with transaction() as connection:
        keep_marks(connection, one.organisation, mine, marks, comment)
    if request.form.get("do") != "finish":
        return redirect(url_for("school.marking", promotion_id=one.id))
    try:
        with transaction() as connection:
            finish_marks(connection, one.organisation, mine, marks)
            share_markings(connection, one)
    except BadRequest as error:
        return mark(work_id, error.sentence)
    return redirect(url_for("school.marking", promotion_id=one.id))


@pages.post("/school/assignments/<assignment_id>/give")
@needs("teacher")
def give(assignment_id: str) -> Response:
    """Students see their results now; it is said to the LRS too."""
    one, given = find_assignment(assignment_id)
    classroom = site().classroom
    with transaction() as connection:
        told = give_back(connection, classroom, given)
    for person, activity, recorded in told:
        tell(classroom, given.organisation, person, activity.id, recorded)
    return redirect(url_for("school.marking", promotion_id=one.id))
