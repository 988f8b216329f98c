"""Why what is assigned is closed to a student: one rule, and one wording on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lms.learning.days import say_day


@dataclass(frozen=True)
class Gate:
    """Why it is closed: not open before `instant`, due at `instant`, or an agreement is waited for."""

    state: Literal["coming", "missed", "waits"]
    instant: int = 0

    @property
    def sentence(self) -> str:
        """For the student, with the day."""
        if self.state == "waits":
            return "L'accord de votre représentant·e est attendu. Ensuite, votre travail s'ouvre."
        if self.state == "coming":
            return f"Ce travail ouvre le {say_day(self.instant)}."
        return f"Ce travail était à rendre le {say_day(self.instant)}. Demandez un délai à votre formateur·rice."
