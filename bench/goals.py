"""Every goal beside what was measured: one line each, and whether it is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.pages import GOALS
from bench.simulators import ACTION_MS, FIRST_KB, LCP_SECONDS

REQUESTS = 10


@dataclass(frozen=True)
class Goal:
    """`figure` is to be at most, or at least, `goal`."""

    name: str
    figure: float | None
    goal: float
    unit: str = ""
    least: bool = False

    @property
    def reached(self) -> bool:
        """A figure that is missing reaches nothing."""
        if self.figure is None:
            return False
        return self.figure >= self.goal if self.least else self.figure <= self.goal


def list_goals(found: dict[str, Any]) -> list[Goal]:
    """In the order of the table of goals."""
    return [*_targets(found), *_costs(found), *_starts(found), *_pages(found), *_simulators(found), *_growth(found)]


def _targets(found: dict[str, Any]) -> Iterator[Goal]:
    for one in found["targets"]:
        yield Goal(one["name"], round(one["ratio"], 2), one["goal"], "× the reference", least=True)
        yield Goal(f"{one['name']}, failed requests", one["failed"], 0)
        if one["p95_goal"]:
            yield Goal(f"{one['name']}, p95", round(one["ours"]["p95"], 1), one["p95_goal"], "ms")


def _costs(found: dict[str, Any]) -> Iterator[Goal]:
    for name, board in found["boards"].items():
        yield Goal(f"POST of 30 learners → trainer's DOM, p95, {name}", board["p95"], 2.5, "s")
        yield Goal(f"changes of 30 learners that never came to the board, {name}", board["lost"], 0)
    cost = found["board_cost"]
    yield Goal("live board of 40 learners, changed at each poll", cost["percent"], 1.0, "% of a core")
    yield Goal("live board, unchanged", cost["unchanged_percent"], 1.0, "% of a core")
    yield Goal("live board, unchanged: status above 304", abs(cost["unchanged_status"] - 304), 0)


def _starts(found: dict[str, Any]) -> Iterator[Goal]:
    starts = found["starts"]
    yield Goal("cold start to first page", starts["cold_start"], 1.0, "s")
    yield Goal("import lms.serving", starts["import_lms"], 0.7, "s")
    yield Goal("second make run to first page", starts["make_run_again"], 2.0, "s")
    yield Goal("second make run keeps the data", float(starts["data_kept"]), 1, least=True)
    yield Goal("memory loaded, whole tree", round(found["memory_pss_mb"]["loaded"], 1), 140, "MB PSS")


def _pages(found: dict[str, Any]) -> Iterator[Goal]:
    for name, page in found["pages"].items():
        first, again, lcp = GOALS[name]
        yield Goal(f"{name}, first load", page["first"]["kb"], first, "kB")
        yield Goal(f"{name}, first load", page["first"]["requests"], REQUESTS, "requests")
        yield Goal(f"{name}, again", page["again"]["kb"], again, "kB")
        yield Goal(f"{name}, LCP on a slow machine", page["lcp"], lcp, "s")


def _simulators(found: dict[str, Any]) -> Iterator[Goal]:
    rows = found["simulators"]
    yield Goal("an action in the slowest simulator, p95", round(max(one["p95"] for one in rows), 1), ACTION_MS, "ms")
    yield Goal("heaviest simulator, first load", max(one["first"]["kb"] for one in rows), FIRST_KB, "kB")
    yield Goal("slowest simulator, LCP on a slow machine", max(one["lcp"] for one in rows), LCP_SECONDS, "s")


def _growth(found: dict[str, Any]) -> Iterator[Goal]:
    for database, ratios in found.get("growth", {}).items():
        for what, ratio in ratios.items():
            yield Goal(f"10 × learners and statements: {what}, {database}", ratio, 1.2, "× the time")


def print_goals(goals: list[Goal]) -> None:
    """The table; what is not reached stands out."""
    for one in goals:
        sign, shown = "≥" if one.least else "≤", "–" if one.figure is None else f"{one.figure:g}"
        verdict = "ok" if one.reached else "NOT REACHED"
        print(f"{one.name:58} {shown:>8}  {sign} {one.goal:<5g} {one.unit:16} {verdict}")
