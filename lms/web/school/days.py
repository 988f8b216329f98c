"""Days as a school types and reads them: from midnight of one to the end of another, in Paris."""

from __future__ import annotations

from datetime import date, datetime, time

from lms.database.clock import now
from lms.errors import BadRequest
from lms.learning.days import PARIS, find_day
from lms.web.teach.workshops import YEARS

LAST = time(23, 59, 59)


def read_day(text: str, what: str, *, end: bool = False) -> int:
    """The first instant of a day, or its last. Raises BadRequest naming `what` was asked."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadRequest(f"date {text!r}", sentence=f"{what} : écrivez le jour, le mois et l'année.") from error
    if day.year not in YEARS:
        raise BadRequest(f"year {day.year}", sentence=f"{what} : regardez l'année, elle a quatre chiffres.")
    moment = datetime.combine(day, LAST if end else time(), PARIS)
    return round(moment.timestamp() * 1_000_000)


def type_day(instant: int) -> str:
    """As a date field holds it."""
    return find_day(instant).isoformat()


def say_left(instant: int) -> str:
    """How far away an end is: «aujourd'hui», «dans 3 jours», «depuis 2 jours»."""
    days = (find_day(instant) - find_day(now())).days
    if days == 0:
        return "aujourd'hui" if instant >= now() else "depuis aujourd'hui"
    if days == 1:
        return "demain"
    return f"dans {days} jours" if days > 0 else f"depuis {-days} jour{'s' if days < -1 else ''}"
