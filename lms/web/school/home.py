"""A student's home: what to do now, until when, and what was given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from lms.database.clock import now
from lms.database.db import db
from lms.errors import NotFound
from lms.learning.attempts import Who
from lms.learning.days import say_day
from lms.learning.progress import read_standings
from lms.learning.school.assignments import KINDS, AssignmentFacts, read_assignment
from lms.learning.school.gates import GRACE
from lms.learning.school.standing import OPEN, STATES, Stand, find_stand, is_done, list_activities, read_own_stands
from lms.learning.school.works import find_gate_of, read_own_works
from lms.learning.seats import find_under_way
from lms.people.promotions import PromotionFacts
from lms.people.students import StudentFacts, read_enlisted
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.school.days import say_left
from lms.web.school.pairs import say_partner
from lms.web.site import site

SHOWN = 4
"""Things to do beside the first one."""


def find_mine(assignment_id: str) -> tuple[PromotionFacts, AssignmentFacts, StudentFacts, Stand]:
    """An assignment of one of the viewer's own promotions. Raises NotFound for any other."""
    account = viewer()
    with db.engine.connect() as connection:
        given = read_assignment(connection, account.organisation, assignment_id)
        for one, who in read_enlisted(connection, account.organisation, account.person):
            if one.id == given.promotion and given.is_for(who):
                works = read_own_works(connection, one.organisation, who.person)
                standings = read_standings(connection, one.organisation, who.person)
                return one, given, who, find_stand(site().classroom, one, given, who, works, standings)
    raise NotFound(f"assignment {assignment_id!r} is not this student's", sentence="Ce travail n'est pas le vôtre.")


@pages.get("/school/me")
@needs("student")
def own() -> str:
    """The next thing to do, then the others, then what came back."""
    account = viewer()
    with db.engine.connect() as connection:
        enlisted = read_enlisted(connection, account.organisation, account.person)
        stands = [stand for one, who in enlisted for stand in read_own_stands(connection, site().classroom, one, who)]
    stands.sort(key=lambda each: each.due)
    todo = [each for each in stands if each.state in OPEN]
    return render(
        "school/me.html",
        promotions=[one.title for one, _ in enlisted],
        waits=any(not who.may_work for _, who in enlisted),
        next=show(todo[0]) if todo else None,
        todo=[show(each) for each in todo[1 : SHOWN + 1]],
        more=max(0, len(todo) - 1 - SHOWN),
        coming=[show(each) for each in stands if each.state in ("coming", "waits")][:SHOWN],
        back=[show(each) for each in reversed(stands) if each.state not in (*OPEN, "coming", "waits")],
        portfolio_url=url_for("school.portfolio") if enlisted else "",
    )


def show(stand: Stand) -> dict[str, Any]:
    """One line: what, until when, where it stands."""
    return {
        "title": stand.given.title,
        "kind": KINDS[stand.given.kind],
        "due": say_day(stand.due),
        "left": say_left(stand.due),
        "opens": say_day(stand.given.opens),
        "state": STATES[stand.state],
        "late": stand.is_late,
        "resit": stand.work.number > 1,
        "count": f"{stand.done} sur {stand.total}" if stand.given.kind == "module" else "",
        "total": stand.work.result.get("total") if stand.work.given else None,
        "url": url_for("school.own_assignment", assignment_id=stand.given.id),
    }


def list_begun(given: AssignmentFacts, stand: Stand, names: Sequence[str]) -> list[dict[str, str]]:
    """What was begun in time and may still be carried to its end, once the end is over."""
    if not stand.gate or find_gate_of(given, stand.work, stand.who, now(), GRACE):
        return []
    account, classroom = viewer(), site().classroom
    who = Who(account.organisation, account.person, locale=account.locale)
    found = [classroom.find_activity(name) for name in names]
    with db.engine.connect() as connection:
        begun = [each for each in found if find_under_way(connection, classroom, who, each)[0]]
    return [{"title": each.title, "url": url_for("learn.begin", activity=each.id)} for each in begun]


def draw_module(one: PromotionFacts, given: AssignmentFacts, stand: Stand) -> str:
    """The activities of a module, each with its state; the first that is not done comes first."""
    account, classroom = viewer(), site().classroom
    with db.engine.connect() as connection:
        standings = read_standings(connection, account.organisation, account.person)
    names = list_activities(classroom, one, given)
    found = [classroom.find_activity(name) for name in names]
    shown = [
        {
            "title": each.title,
            "pictogram": each.pictogram,
            "url": url_for("learn.begin", activity=each.id),
            "done": is_done(standings.get(each.id)),
        }
        for each in found
    ]
    return render(
        "school/module.html",
        stand=show(stand),
        brief=given.brief,
        activities=shown,
        next=next((each for each in shown if not each["done"]), None),
        closed=stand.gate.sentence if stand.gate else "",
        begun=list_begun(given, stand, names),
        partner=say_partner(one, given, account.person) if given.kind == "pair" else "",
        back_url=url_for("school.own"),
    )
