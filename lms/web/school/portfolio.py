"""A student's portfolio: works, marks, comments, positioning, attestations; for himself and for his teachers."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Connection

from lms.database.db import db
from lms.learning.days import say_day
from lms.learning.school.assignments import KINDS, read_assignments
from lms.learning.school.attestations import read_own_attestations
from lms.learning.school.forms import FIELDS
from lms.learning.school.positioning import Placed, read_placed
from lms.learning.school.works import WorkFacts, read_own_works
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts, read_enlisted, read_student
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.promotions import find_own
from lms.web.site import site


@pages.get("/school/me/portfolio")
@needs("student")
def portfolio() -> str:
    """My own, of every promotion."""
    account = viewer()
    with db.engine.connect() as connection:
        enlisted = read_enlisted(connection, account.organisation, account.person)
        parts = [read_part(connection, one, who, for_teacher=False) for one, who in enlisted]
    return render(
        "school/portfolio.html", name=account.first_name, parts=parts, mine=True, back_url=url_for("school.own")
    )


@pages.get("/school/promotions/<promotion_id>/students/<person>/portfolio")
@needs("teacher")
def portfolio_of(promotion_id: str, person: str) -> str:
    """Of one student of this promotion, and of this promotion alone."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        who = read_student(connection, one, person)
        parts = [read_part(connection, one, who, for_teacher=True)]
    back = url_for("school.student", promotion_id=one.id, person=person)
    return render("school/portfolio.html", name=who.name, parts=parts, mine=False, back_url=back)


def read_part(connection: Connection, one: PromotionFacts, who: StudentFacts, *, for_teacher: bool) -> dict[str, Any]:
    """What stands there of one promotion. A teacher sees no work that is marked blind before it is given back."""
    assignments = {given.id: given for given in read_assignments(connection, one)}
    works = [
        work for work in read_own_works(connection, one.organisation, who.person) if work.assignment in assignments
    ]
    placed = read_placed(connection, site().classroom, one, who.person)
    attested = read_own_attestations(connection, one.organisation, who.person)
    hidden = [work for work in works if for_teacher and assignments[work.assignment].blind and work.given is None]
    shown = [work for work in works if work.handed is not None and work not in hidden]
    return {
        "title": one.title,
        "works": [
            _show_work(assignments[work.assignment].kind, assignments[work.assignment].title, work) for work in shown
        ],
        "hidden": sum(work.handed is not None for work in hidden),
        "placed": [_show_placed(each) for each in placed],
        "attestations": [
            {
                "title": each.title,
                "number": each.number,
                "url": url_for("school.attestation_pdf", attestation_id=each.id),
            }
            for each in attested
            if each.promotion == one.id
        ],
    }


def _show_work(kind: str, title: str, work: WorkFacts) -> dict[str, Any]:
    return {
        "title": title,
        "kind": KINDS[kind],
        "resit": work.number > 1,
        "handed": say_day(work.handed or 0),
        "late": work.late,
        "texts": [(one.label, work.body.get(one.name, "")) for one in FIELDS[kind]],
        "result": work.result if work.given is not None else None,
    }


def _show_placed(one: Placed) -> dict[str, Any]:
    """Levels as «2 sur 3»."""
    rows = [(text, *("–" if level is None else f"{level} sur 3" for level in levels)) for text, *levels in one.rows]
    return {"module": one.title, "rows": rows}
