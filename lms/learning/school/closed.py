"""Why what is assigned is closed to a student: one rule, and one wording on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date

from lms.database.clock import to_datetime

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Gate:
    """Why it is closed: not open before `instant`, due at `instant`, or an agreement is waited for."""

    state: Literal["coming", "missed", "waits"]
    instant: int = 0

    @property
    def sentence(self) -> str:
        """For the student, with the day."""
        if self.state == "waits":
            return "L'accord de votre représentant·e est attendu. Votre formateur·rice note la date."
        day = format_date(to_datetime(self.instant).astimezone(PARIS), "EEEE d MMMM y", locale="fr")
        if self.state == "coming":
            return f"Ce travail ouvre le {day}."
        return f"Ce travail était à rendre le {day}. Demandez un délai à votre formateur·rice."
