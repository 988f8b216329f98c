"""Results and their scores."""

from __future__ import annotations

from typing import Any

from lms.lrs.validation.activities import extensions
from lms.lrs.validation.shapes import Shape
from lms.lrs.validation.values import boolean, duration, number, scaled, string

_score = Shape("a score", {"scaled": scaled, "raw": number, "min": number, "max": number})


def _check_score(value: Any, place: str, faults: list[str]) -> None:
    if not _score.check(value, place, faults):
        return
    lowest, raw, highest = (value[name] if number(value.get(name)) == "" else None for name in ("min", "raw", "max"))
    if lowest is not None and highest is not None and lowest >= highest:
        faults.append(f"{place}.min: less than max is needed; found {lowest} and {highest}")
    if raw is not None and lowest is not None and raw < lowest:
        faults.append(f"{place}.raw: not under min is needed; found {raw} and {lowest}")
    if raw is not None and highest is not None and raw > highest:
        faults.append(f"{place}.raw: not over max is needed; found {raw} and {highest}")


check_result = Shape(
    "a result",
    {"success": boolean, "completion": boolean, "response": string, "duration": duration},
    {"score": _check_score, "extensions": extensions},
)
