"""Pages of a school: a teacher's promotions, a student's work."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("school", __name__)

from lms.web.school import (  # noqa: E402,F401  (they register their routes on `pages`)
    assignments,
    attestations,
    calendar,
    files,
    home,
    marking,
    pairs,
    portfolio,
    promotions,
    results,
    students,
    works,
)
