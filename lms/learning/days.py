"""Days as people here say them: in Paris, in French, whatever the clock of the machine."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from babel.dates import format_date

from lms.database.clock import to_datetime

PARIS = ZoneInfo("Europe/Paris")


def find_day(instant: int) -> date:
    """The day in Paris."""
    return to_datetime(instant).astimezone(PARIS).date()


def say_day(instant: int) -> str:
    """«samedi 21 novembre 2026»; the first of a month is «1er»."""
    return format_date(find_day(instant), "EEEE d MMMM y", locale="fr").replace(" 1 ", " 1er ")
