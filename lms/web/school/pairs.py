"""Pairs of a role-play: drawn by lot on the assignment's page."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from lms.database.db import db
from lms.database.door import transaction
from lms.errors import BadRequest
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.pairs import draw_pairs, find_partners, read_pairs
from lms.people.promotions import PromotionFacts
from lms.people.students import read_students
from lms.web.access import needs
from lms.web.school import pages
from lms.web.school.calendar import find_assignment


def read_names(one: PromotionFacts, given: AssignmentFacts) -> list[tuple[str, str]]:
    """Both names of each pair."""
    with db.engine.connect() as connection:
        names = {each.person: each.name for each in read_students(connection, one)}
        pairs = read_pairs(connection, given)
    return [(names.get(first, "parti·e"), names.get(second, "parti·e")) for first, second in pairs]


def say_partner(one: PromotionFacts, given: AssignmentFacts, person: str) -> str:
    """With whom this student plays; empty before pairs are drawn."""
    with db.engine.connect() as connection:
        names = {each.person: each.name for each in read_students(connection, one)}
        found = find_partners(read_pairs(connection, given), person)
    return " puis ".join(names[each] for each in found if each in names)


@pages.post("/school/assignments/<assignment_id>/pairs")
@needs("teacher")
def draw(assignment_id: str) -> str | Response:
    """All anew."""
    from lms.web.school.assignments import assignment

    one, given = find_assignment(assignment_id)
    try:
        with transaction() as connection:
            people = [each.person for each in read_students(connection, one) if given.is_for(each)]
            draw_pairs(connection, given, people)
    except BadRequest as error:
        return assignment(assignment_id, error.sentence)
    return redirect(url_for("school.assignment", assignment_id=given.id))
