"""From answers to four means and a proposed profile, as the rule of the grid says. Pure; exact fractions.

A, U, C and M (access, use, skills, motivation) stay apart. S = U + C alone proposes: up to 1.5 → 2, 3.5 → 3, 5 → 4,
above → 5. What was not answered leaves the mean; without any answer on U or C nothing is proposed. 1 is never computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .grid import Grid

STEPS = ((Fraction(3, 2), 2), (Fraction(7, 2), 3), (Fraction(5), 4))
LASTING = 1
"""A lasting relay: decided by people, with a reason, never by this module."""
LOW = 1
REFUSED = "-"

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Scores:
    """The four means, 0 to 3; None where nothing was answered."""

    access: Fraction | None
    use: Fraction | None
    skills: Fraction | None
    motivation: Fraction | None

    @property
    def total(self) -> Fraction | None:
        """S = U + C."""
        return None if self.use is None or self.skills is None else self.use + self.skills

    @property
    def lacks_access(self) -> bool:
        """A below 1: look for a device or a connection first."""
        return self.access is not None and self.access < LOW

    @property
    def motivate_first(self) -> bool:
        """M below 1: begin with what the person wants, without injunction."""
        return self.motivation is not None and self.motivation < LOW


def find_scores(grid: Grid, answers: Answers) -> Scores:
    """The means of what was answered; None, and what is not a point of its question, counts as not answered."""
    means = {}
    for axis in "AUCM":
        given = [
            point
            for one in grid.questions
            if one.axis == axis and (point := answers.get(one.id)) in {answer.points for answer in one.answers}
            if point is not None
        ]
        means[axis] = Fraction(sum(given), len(given)) if given else None
    return Scores(means["A"], means["U"], means["C"], means["M"])


def find_profile(scores: Scores) -> int | None:
    """2 to 5, a hypothesis for people to confirm or change; None where too little was answered."""
    total = scores.total
    if total is None:
        return None
    return next((profile for limit, profile in STEPS if total <= limit), 5)


def list_choices(scores: Scores) -> list[int]:
    """What people may decide after these scores."""
    return list_allowed(find_profile(scores))


def list_allowed(proposed: int | None) -> list[int]:
    """2 to 5 always, a lasting relay only where S is at most 1.5, that is where 2 was proposed."""
    return [LASTING, 2, 3, 4, 5] if proposed == 2 else [2, 3, 4, 5]


def round_score(score: Fraction | None) -> float | None:
    """As it is kept and shown to professionals: two digits."""
    return None if score is None else round(float(score), 2)
