"""Marks of 0 to 3 on a few criteria: read, compared with the expert's, summed against a threshold. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.contract.rubric import CRITERIA

Json = Any

MARKS = ("0", "1", "2", "3")
NEAR = 1
"""Two people who read the same answer may be one level apart and still agree."""


def complete(criteria: Sequence[Mapping[str, Json]]) -> list[dict[str, Json]]:
    """Each with its title and levels: where the activity says none, those of the common rubric."""
    return [_complete(one) for one in criteria]


def _complete(one: Mapping[str, Json]) -> dict[str, Json]:
    common = CRITERIA.get(one["id"])
    if common is None:
        return dict(one)
    return {**one, "title": one.get("title") or common.title, "levels": one.get("levels") or list(common.levels)}


def read_marks(criteria: Sequence[Mapping[str, Json]], response: Mapping[str, Json]) -> dict[str, int]:
    """The marks of a posted grid; what is none is left out."""
    given = {one["id"]: str(response.get(one["id"], "")) for one in criteria}
    return {name: int(mark) for name, mark in given.items() if mark in MARKS}


def compare(criteria: Sequence[Mapping[str, Json]], marks: Mapping[str, int]) -> list[dict[str, Json]]:
    """Each criterion with both marks, whether they agree, and why the expert's is what it is."""
    return [
        {
            "id": one["id"],
            "title": one["title"],
            "mark": marks[one["id"]],
            "level": one["levels"][marks[one["id"]]],
            "expert": one["expert"],
            "expert_level": one["levels"][one["expert"]],
            "near": abs(marks[one["id"]] - one["expert"]) <= NEAR,
            "same": marks[one["id"]] == one["expert"],
            "why": one["why"],
        }
        for one in criteria
    ]


def find_score(criteria: Sequence[Mapping[str, Json]], marks: Mapping[str, int]) -> float:
    """Share of the criteria on which both agree, one level apart at most."""
    return round(sum(one["near"] for one in compare(criteria, marks)) / len(criteria), 2)


def find_verdict(marks: Sequence[int], threshold: Mapping[str, int]) -> dict[str, Json]:
    """What these marks say of the answer: their sum, and whether it passes."""
    passed = min(marks) >= threshold["each"] and sum(marks) >= threshold["total"]
    return {"total": sum(marks), "passed": passed}


def find_faults(options: Mapping[str, Json]) -> Iterator[str]:
    """What makes a grid one that cannot be marked."""
    criteria, threshold = complete(options["criteria"]), options["pass"]
    names = [one["id"] for one in criteria]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield f"two criteria are called «{name}»"
    for one in criteria:
        if not one.get("title"):
            yield f"criterion «{one['id']}» has no title; only {', '.join(CRITERIA)} of the common rubric go without"
        if len(one["levels"]) != len(MARKS):
            yield f"criterion «{one['id']}» has {len(one['levels'])} levels; 4 are needed, from 0 to 3"
        if not 0 <= one["expert"] <= 3:
            yield f"criterion «{one['id']}»: the expert's mark is {one['expert']}; 0 to 3 is allowed"
    if not 0 <= threshold["each"] <= 3:
        yield f"pass.each is {threshold['each']}; 0 to 3 is allowed"
    least, most = len(criteria) * threshold["each"], 3 * len(criteria)
    if not least <= threshold["total"] <= most:
        yield f"pass.total is {threshold['total']}; {least} to {most} is allowed with {len(criteria)} criteria"
