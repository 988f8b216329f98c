"""A teacher's promotions: make one, its groups, its team."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.content.courses import PROFESSIONALS
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import natural_id, new_id
from lms.errors import BadRequest
from lms.learning.school.assignments import read_assignments
from lms.learning.school.markings import count_waiting, share_markings
from lms.people.promotions import (
    PromotionFacts,
    add_promotion,
    add_teacher,
    count_students,
    find_colleague,
    read_promotion,
    read_promotions,
    read_teachers,
    remove_teacher,
)
from lms.people.students import read_students
from lms.web.access import needs, viewer
from lms.web.pages import render
from lms.web.school import pages
from lms.web.site import site


def find_own(promotion_id: str) -> PromotionFacts:
    """A promotion of the viewer's. Raises NotFound for any other."""
    account = viewer()
    with db.engine.connect() as connection:
        return read_promotion(connection, account.organisation, account.person, promotion_id)


def find_made(*typed: str) -> str:
    """The id of what this form makes: posted twice it makes one thing."""
    form = request.form.get("form", "")
    return natural_id(viewer().person, form, *typed) if form else new_id()


def find_course() -> str:
    """The course that promotions follow: the first one for professionals."""
    courses = site().classroom.catalogue.courses.values()
    return next((one.id for one in courses if one.audience == PROFESSIONALS), "")


@pages.get("/school/")
@needs("teacher")
def home(error: str = "", typed: str = "") -> str:
    """My promotions."""
    account = viewer()
    with db.engine.connect() as connection:
        found = read_promotions(connection, account.organisation, account.person)
        counts = count_students(connection, account.organisation, [one.id for one in found])
    shown = [
        {
            "title": one.title,
            "students": counts.get(one.id, 0),
            "url": url_for("school.promotion", promotion_id=one.id),
        }
        for one in found
    ]
    return render("school/home.html", promotions=shown, error=error, typed=typed)


@pages.post("/school/promotions")
@needs("teacher")
def new_promotion() -> str | Response:
    """A promotion; on to its students."""
    account, title = viewer(), request.form.get("title", "")
    try:
        with transaction() as connection:
            made = find_made(title)
            add_promotion(connection, account.organisation, account.person, title, find_course(), made)
    except BadRequest as error:
        return home(error.sentence, title)
    return redirect(url_for("school.students", promotion_id=made))


@pages.get("/school/promotions/<promotion_id>")
@needs("teacher")
def promotion(promotion_id: str, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    """One promotion: where to go, the team."""
    one = find_own(promotion_id)
    with db.engine.connect() as connection:
        teachers = read_teachers(connection, one)
        students = read_students(connection, one)
        assignments = read_assignments(connection, one)
        waiting = count_waiting(connection, one, viewer().person)
    return render(
        "school/promotion.html",
        promotion=one,
        counts={"students": len(students), "assignments": len(assignments)},
        first=find_first(one, len(students), len(assignments), waiting),
        cards=list_cards(one),
        teachers=[_show_teacher(one, each.person, each.name) for each in teachers],
        teacher_action=url_for("school.new_teacher", promotion_id=one.id),
        errors=errors or {},
        typed=typed or {},
    )


def find_first(one: PromotionFacts, students: int, assignments: int, waiting: int) -> dict[str, str]:
    """The one next thing: students, then something to do for them, then what waits to be marked."""
    if not students:
        url = url_for("school.students", promotion_id=one.id)
        return {
            "label": "Ajouter les étudiants",
            "url": url,
            "pictogram": "groupe",
            "detail": "Une liste collée suffit.",
        }
    if waiting:
        told = f"{waiting} copies vous attendent" if waiting > 1 else "1 copie vous attend"
        url = url_for("school.marking", promotion_id=one.id)
        return {"label": "Corriger", "url": url, "pictogram": "crayon", "detail": told}
    label = "Voir le calendrier" if assignments else "Donner un premier module"
    url = url_for("school.calendar", promotion_id=one.id)
    return {"label": label, "url": url, "pictogram": "calendrier", "detail": ""}


def list_cards(one: PromotionFacts) -> list[dict[str, str]]:
    """Where one may go from a promotion."""
    where = (
        ("Étudiants et groupes", "school.students", "groupe", "Comptes, groupes, temps en plus, accords"),
        ("Calendrier", "school.calendar", "calendrier", "Modules et travaux, avec leurs dates"),
        ("Corriger", "school.marking", "crayon", "Copies à lire, résultats à rendre"),
        ("Résultats", "school.results", "liste", "Qui en est où, quel critère, exports"),
        ("Attestations", "school.attestations", "attestation", "Signer, imprimer, retirer"),
    )
    return [
        {"title": title, "url": url_for(endpoint, promotion_id=one.id), "pictogram": pictogram, "detail": detail}
        for title, endpoint, pictogram, detail in where
    ]


def _show_teacher(one: PromotionFacts, person: str, name: str) -> dict[str, Any]:
    url = url_for("school.take_teacher_out", promotion_id=one.id, person=person)
    return {"name": name, "is_me": person == viewer().person, "remove_url": url}


@pages.post("/school/promotions/<promotion_id>/teachers")
@needs("teacher")
def new_teacher(promotion_id: str) -> str | Response:
    """A colleague of the house teaches and marks too."""
    one, login = find_own(promotion_id), request.form.get("login", "")
    try:
        with transaction() as connection:
            add_teacher(connection, one, find_colleague(connection, one.organisation, login).person)
            share_markings(connection, one)
    except BadRequest as error:
        return promotion(promotion_id, {"login": error.sentence}, {"login": login})
    return redirect(url_for("school.promotion", promotion_id=one.id))


@pages.post("/school/promotions/<promotion_id>/teachers/<person>/remove")
@needs("teacher")
def take_teacher_out(promotion_id: str, person: str) -> Response:
    """A teacher leaves."""
    one = find_own(promotion_id)
    with transaction() as connection:
        remove_teacher(connection, one, person)
        share_markings(connection, one)
    mine = person == viewer().person
    return redirect(url_for("school.home") if mine else url_for("school.promotion", promotion_id=one.id))
