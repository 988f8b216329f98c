"""The learner's pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("learn", __name__)

from lms.web.learn import attempts, ending, entry, events, exercises, gate, home, lexicon, pairs, sharing, voices  # noqa: E402,F401  (they register their routes on `pages`)
