"""Works marked by the common rubric; what two markers make together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.contract.rubric import CRITERIA, EACH, TOTAL

MOST = 3 * len(CRITERIA)
APART = 2
"""Levels between two markers on one criterion, from which a third decides."""


@dataclass(frozen=True)
class Verdict:
    """Marks by criterion, halves where two markers meet between; `passed` by the threshold."""

    marks: Mapping[str, float]

    @property
    def total(self) -> float:
        """Of 15."""
        return sum(self.marks.values())

    @property
    def passed(self) -> bool:
        """Every criterion at 2 at least, 11 in all."""
        return min(self.marks.values()) >= EACH and self.total >= TOTAL


def read_marks(given: Mapping[str, str]) -> dict[str, int]:
    """Marks of a posted grid; what is none is left out."""
    return {name: int(given[name]) for name in CRITERIA if given.get(name, "") in ("0", "1", "2", "3")}


def differ(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether a third must decide: only one of both passes it, or a criterion lies two levels apart."""
    if Verdict(one).passed != Verdict(other).passed:
        return True
    return any(abs(one[name] - other[name]) >= APART for name in CRITERIA)


def join(marks: Sequence[Mapping[str, int]]) -> Verdict:
    """The mean of one or two markers, criterion by criterion."""
    return Verdict({name: sum(one[name] for one in marks) / len(marks) for name in CRITERIA})


def say_mark(mark: float) -> str:
    """«2», «2,5»."""
    return f"{mark:g}".replace(".", ",")
