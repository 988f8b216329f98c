"""The desk of whoever accompanies people: what plugins offer there, and the paths that answer a need."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms.content.catalogue import Course
from lms.content.courses import LEARNERS, PROFESSIONALS
from lms.contract import Offer
from lms.database.door import transaction
from lms.errors import NotFound
from lms.people.enrolments import enrol
from lms.people.roles import STAFF
from lms.web.access import needs, viewer
from lms.web.languages import find_locale
from lms.web.pages import render
from lms.web.site import site

pages = Blueprint("social", __name__)


@pages.get("/social/")
@needs(*STAFF)
def home() -> str:
    """A card for each thing to do."""
    roles = viewer().roles
    panels = [one for one in site().classroom.plugins.panels.values() if one.roles & roles]
    cards = [
        {"title": one.title, "detail": one.say, "url": url_for(one.endpoint), "pictogram": one.pictogram}
        for one in sorted(panels, key=lambda one: (one.order, one.name))
    ]
    return render("social/home.html", cards=[*cards, build_together_card()], courses=list_courses())


@pages.get("/social/seats")
@needs(*STAFF)
def seats() -> str:
    """What each of two people does, at the seat of who accompanies and at the person's."""
    return render("social/seats.html")


@pages.post("/social/courses/<course>")
@needs(*STAFF)
def take_course(course: str) -> Response:
    """Anybody of the staff takes a course for professionals by herself; her own page then goes on with it."""
    found, account = site().classroom.catalogue.find_course(course), viewer()
    if found is None or found.audience != PROFESSIONALS:
        raise NotFound(f"no course for professionals named {course!r}")
    with transaction() as connection:
        enrol(connection, account.organisation, account.person, course)
    return redirect(url_for("learn.home"))


def build_together_card() -> dict[str, str]:
    """The core's own card: a learner's screen from afar."""
    return {
        "title": "On fait ensemble, à distance",
        "detail": "Voir l'écran d'entraînement d'une personne, avec son accord.",
        "url": url_for("social.together"),
        "pictogram": "oeil",
    }


def list_courses() -> list[dict[str, object]]:
    """The modules for professionals: anybody of the staff takes them when he likes."""
    locale = find_locale()
    courses = [one for one in site().classroom.catalogue.courses.values() if one.audience == PROFESSIONALS]
    return [
        {
            "title": course.find_title(locale),
            "take_url": url_for("social.take_course", course=course.id),
            "modules": [
                {
                    "title": course.find_title(locale, module.id),
                    "pictogram": module.pictogram,
                    "url": url_for("learn.module", course=course.id, module=module.id),
                    "detail": " ; ".join(tell_parts(course, module.id)),
                }
                for module in course.modules
            ],
        }
        for course in courses
    ]


def tell_parts(course: Course, module: str) -> list[str]:
    """What a module prepares for, in a few letters: «DEASS 2018 : DC1, DC2»."""
    return [f"{one.short} : {', '.join(parts)}" for one in course.diplomas if (parts := one.find_parts(module))]


def find_paths(needs: Sequence[str]) -> list[Offer]:
    """Modules for learners whose activities train these competences; each module once."""
    locale, wanted = find_locale(), set(needs)
    return [
        Offer(
            course.find_title(locale, module.id),
            str(_("Un parcours à faire dans Déclic")),
            url_for("learn.module", course=course.id, module=module.id),
            module.pictogram,
        )
        for course in site().classroom.catalogue.courses.values()
        if course.audience == LEARNERS
        for module in course.modules
        if any(wanted & set(course.activities[name].competences) for name in module.activities)
    ]
