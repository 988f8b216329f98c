"""Rows of the table of routes for a school: a teacher's own promotion, a student's own work."""

from __future__ import annotations

from typing import Any

from tests.web.routes import ROLE, Route, page


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
    teach("draw", "POST", "assignments/{written}/pairs"),
    teach("give", "POST", "assignments/{written}/give", 302),
    teach("marking", "GET", "promotions/{promotion}/marking"),
    teach("mark", "GET", "works/{work}"),
    teach("keep_marking", "POST", "works/{work}", 302, form={"r1": "2", "do": "keep"}),
    teach("results", "GET", "promotions/{promotion}/results"),
    teach("results_csv", "GET", "promotions/{promotion}/results.csv"),
    teach("results_xlsx", "GET", "promotions/{promotion}/results.xlsx"),
    teach("places_csv", "GET", "promotions/{promotion}/places.csv"),
    teach("statements", "GET", "promotions/{promotion}/statements.ndjson"),
    teach("attestations", "GET", "promotions/{promotion}/attestations"),
    teach("sign_attestation", "POST", "promotions/{promotion}/attestations/{student}/detecter"),
    teach("withdraw_attestation", "POST", "promotions/{promotion}/attestations/{attestation}/withdraw", 302),
    teach("portfolio_of", "GET", "promotions/{promotion}/students/{student}/portfolio"),
    Route(
        "school.attestation_pdf",
        "GET",
        "/school/attestations/{attestation}.pdf",
        ROLE,
        roles=("teacher", "student"),
        owned=True,
    ),
    Route("school.work_file", "GET", "/school/files/{file}", ROLE, roles=("teacher", "student"), owned=True),
    page("school.check", "/attestation?code={attested}", 200, 200),
    Route("school.portfolio", "GET", "/school/me/portfolio", ROLE, roles=("student",)),
    teach("remove", "POST", "assignments/{written}/remove", 302),
    Route("school.own", "GET", "/school/me", ROLE, roles=("student",)),
    study("own_assignment", "GET", "assignments/{module}"),
    study("own_files", "GET", "assignments/{written}/files"),
    study("join_file", "POST", "assignments/{written}/files"),
    study("take_file", "POST", "assignments/{written}/files/none/remove", 302),
    study("write", "POST", "assignments/{written}", 302, form={"text": "Un début.", "do": "keep"}),
)
