"""«Tous les exercices»: the modules for whoever is here, then one module's activities, each with its state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from lms.content.catalogue import Course, Module
from lms.content.courses import LEARNERS
from lms.contract import Standing
from lms.database.db import db
from lms.errors import NotFound
from lms.learning.progress import read_standings
from lms.people.roles import STAFF
from lms.web.access import find_guest, find_viewer, open_to_anybody
from lms.web.languages import find_locale
from lms.web.learn import pages
from lms.web.learn.voices import find_page_voice
from lms.web.pages import home_url, render
from lms.web.site import site

ALONE = 3
"""Mastery of what was done alone on two days; what a person did alone once stands at 2."""


@pages.get("/learn/exercises")
@open_to_anybody
def exercises() -> str:
    """Modules first: twelve names can be read, a hundred and seventy cannot."""
    standings, locale = _read_standings(), find_locale()
    courses = [one for one in site().classroom.catalogue.courses.values() if _is_for_me(one)]
    shown = [{"title": one.find_title(locale), "modules": _list_modules(one, standings, locale)} for one in courses]
    return render("learn/exercises.html", courses=shown, back_url=home_url(), voice_of=find_page_voice)


def _list_modules(course: Course, standings: Mapping[str, Standing], locale: str) -> list[dict[str, Any]]:
    return [
        {
            "title": course.find_title(locale, module.id),
            "pictogram": module.pictogram,
            "url": url_for("learn.module", course=course.id, module=module.id),
            "count": len(module.activities),
            "done": sum(find_state(standings.get(name)) != "" for name in module.activities),
        }
        for module in course.modules
    ]


@pages.get("/learn/exercises/<course>/<module>")
@open_to_anybody
def module(course: str, module: str) -> str:
    """The activities of one module, in the order of the course; each leads to its choice of mode."""
    found, part = _find_module(course, module)
    standings, locale = _read_standings(), find_locale()
    shown = [
        {
            "title": one.title,
            "kind": site().classroom.find_type(one).name,
            "pictogram": one.pictogram,
            "locale": one.locale,
            "url": url_for("learn.begin", activity=one.id),
            "state": find_state(standings.get(one.id)),
        }
        for name in part.activities
        if (one := found.find_activity(name, locale)) is not None
    ]
    title = found.find_title(locale, part.id)
    return render(
        "learn/module.html",
        title=title,
        activities=shown,
        diplomas=tell_diplomas(found, part.id),
        back_url=url_for("learn.exercises"),
        voice_of=find_page_voice,
    )


def tell_diplomas(course: Course, module: str) -> list[dict[str, Any]]:
    """What this module prepares for, under each reform that people may be in training for; days as they are read."""
    return [
        {
            "title": one.title,
            "since": tell_day(one.valid_from),
            "until": tell_day(one.valid_until),
            "parts": one.find_parts(module),
            "count": len(one.parts),
            "note": one.note,
            "source": one.source,
            "verified_on": tell_day(one.verified_on),
        }
        for one in course.diplomas
    ]


def tell_day(day: str) -> str:
    """«2026-11-21» as it is read here: 21/11/2026."""
    return "/".join(reversed(day.split("-")))


def _is_for_me(course: Course) -> bool:
    """Courses for learners are everybody's; those for professionals are for whoever accompanies."""
    account = find_viewer()
    return course.audience == LEARNERS or bool(account and account.roles & STAFF)


def _find_module(course: str, module: str) -> tuple[Course, Module]:
    found = site().classroom.catalogue.find_course(course)
    part = next((one for one in found.modules if one.id == module), None) if found else None
    if found is None or part is None or not _is_for_me(found):
        raise NotFound(f"no module {course}/{module}")
    return found, part


def _read_standings() -> Mapping[str, Standing]:
    """Of whoever is here; a visitor leaves none."""
    account = find_viewer()
    if account is None or find_guest():
        return {}
    with db.engine.connect() as connection:
        return read_standings(connection, account.organisation, account.person)


def find_state(standing: Standing | None) -> str:
    """`seen`, `done`, or `alone` when it was done without help; empty for what was never finished."""
    if standing is None or not (standing.completed or standing.succeeded):
        return ""
    if not standing.succeeded:
        return "seen"
    return "alone" if standing.mastery >= ALONE else "done"
