"""Rows of the table of routes for a school: a teacher's own promotion, a student's own work."""

from __future__ import annotations

from typing import Any

from tests.web.routes import ROLE, Route


def teach(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """A teacher's own promotion."""
    return Route(f"school.{endpoint}", method, f"/school/{path}", ROLE, status, ("teacher",), owned=True, **more)


def study(endpoint: str, method: str, path: str, status: int = 200, **more: Any) -> Route:
    """A student's own work."""
    return Route(f"school.{endpoint}", method, f"/school/me/{path}", ROLE, status, ("student",), owned=True, **more)


SCHOOL = (
    Route("school.home", "GET", "/school/", ROLE, roles=("teacher",)),
    Route("school.new_promotion", "POST", "/school/promotions", ROLE, 302, ("teacher",), form={"title": "Une autre"}),
    teach("promotion", "GET", "promotions/{promotion}"),
    teach("new_teacher", "POST", "promotions/{promotion}/teachers", form={"login": "nobody"}),
    teach("take_teacher_out", "POST", "promotions/{promotion}/teachers/{student}/remove", 302),
    teach("students", "GET", "promotions/{promotion}/students"),
    teach("paste_students", "POST", "promotions/{promotion}/students", form={"names": "Lina Moreau"}),
    teach("new_group", "POST", "promotions/{promotion}/groups", form={"group": "A", "names": "nobody"}),
    teach("student", "GET", "promotions/{promotion}/students/{student}"),
    teach("change", "POST", "promotions/{promotion}/students/{student}", 302, form={"extra": "33"}),
    teach("new_password_of", "POST", "promotions/{promotion}/students/{student}/password"),
    teach("take_student_out", "POST", "promotions/{promotion}/students/{student}/remove", 302),
    teach("calendar", "GET", "promotions/{promotion}/calendar"),
    teach("new_assignment", "POST", "promotions/{promotion}/calendar", form={"kind": "module"}),
    teach("assignment", "GET", "assignments/{written}"),
    teach("move", "POST", "assignments/{written}/dates", 302, form={"opens": "2026-11-01", "due": "2026-12-01"}),
    teach("grant", "POST", "assignments/{written}/students/{student}/time", 302, form={"due": "2026-12-24"}),
    teach("resit", "POST", "assignments/{written}/students/{student}/resit", form={"due": "2026-12-24"}),
    teach("remove", "POST", "assignments/{written}/remove", 302),
    Route("school.own", "GET", "/school/me", ROLE, roles=("student",)),
    study("own_assignment", "GET", "assignments/{module}"),
    study("write", "POST", "assignments/{written}", 302, form={"text": "Un début.", "do": "keep"}),
)
