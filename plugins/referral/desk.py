"""The blueprint of this plugin, who its pages are for, and today."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from lms.contract.pages import Blueprint

from .hours import PARIS

pages = Blueprint("referral", __name__)
WORKERS = ("trainer", "social_worker", "administrator")
"""They refer people."""
READERS = (*WORKERS, "author", "teacher", "student")
"""They look at the directory; a student describes a place of it as homework."""


def instant() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def now() -> datetime:
    """This instant."""
    return local(instant())


def local(at: int) -> datetime:
    """An instant, where the people are."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(PARIS)


def today() -> date:
    """The day, where the people are."""
    return now().date()
