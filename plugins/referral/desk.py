"""The blueprint of this plugin, who its pages are for, and today."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lms.contract.pages import Blueprint

from .hours import PARIS

pages = Blueprint("referral", __name__)
WORKERS = ("trainer", "social_worker", "administrator")
"""They refer people."""
READERS = (*WORKERS, "author", "teacher", "student")
"""They look at the directory; a student describes a place of it as homework."""


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def today() -> date:
    """The day, where the people are."""
    return now().astimezone(PARIS).date()
