"""The trainer's pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("teach", __name__)

from lms.web.teach import (  # noqa: E402,F401  (they register their routes on `pages`)
    board,
    freshness,
    records,
    screen,
    sessions,
    switches,
    workshops,
)
