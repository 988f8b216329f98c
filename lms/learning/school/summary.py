"""A promotion seen as a whole: how far each assignment is, which criterion is weak, one row a student. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.contract.rubric import CRITERIA, EACH
from lms.learning.school.standing import STATES, Stand


@dataclass(frozen=True)
class Column:
    """How many students are where with one assignment."""

    title: str
    done: int
    begun: int
    todo: int


@dataclass(frozen=True)
class Criterion:
    """The mean mark of the promotion on one criterion, of so many works."""

    id: str
    title: str
    mean: float
    count: int


DONE = ("done", "passed", "handed", "failed")
"""States in which a student has nothing more to do for now."""


def list_columns(board: Mapping[str, Sequence[Stand]]) -> list[Column]:
    """By assignment, in the order of the board."""
    found: dict[str, list[Stand]] = {}
    for stands in board.values():
        for stand in stands:
            found.setdefault(stand.given.id, []).append(stand)
    return [_count(some) for some in found.values()]


def _count(some: Sequence[Stand]) -> Column:
    done = sum(stand.state in DONE for stand in some)
    begun = sum(stand.state == "draft" for stand in some)
    return Column(some[0].given.title, done, begun, len(some) - done - begun)


def list_criteria(board: Mapping[str, Sequence[Stand]]) -> list[Criterion]:
    """Means over all results that were given back; none without results."""
    results = [
        stand.work.result["marks"] for stands in board.values() for stand in stands if stand.work.given is not None
    ]
    if not results:
        return []
    return [
        Criterion(id, one.title, sum(read_mark(marks[id]) for marks in results) / len(results), len(results))
        for id, one in CRITERIA.items()
    ]


def read_mark(text: str) -> float:
    """«2,5» as a number."""
    return float(str(text).replace(",", "."))


def find_weak(criteria: Sequence[Criterion]) -> Criterion | None:
    """The weakest criterion, where it lies below the threshold; None when all are above."""
    weakest = min(criteria, key=lambda one: one.mean, default=None)
    return weakest if weakest is not None and weakest.mean < EACH else None


def say_stand(stand: Stand) -> str:
    """One cell of the board."""
    if stand.work.given is not None:
        return f"{stand.work.result['total']}/15"
    if stand.given.kind == "module" and stand.state in ("draft", "todo") and stand.done:
        return f"{stand.done} sur {stand.total}"
    return STATES[stand.state] + (", en retard" if stand.is_late and stand.state != "missed" else "")
