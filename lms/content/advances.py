"""What one touch did to a scenario's state, told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.content.bound import Bound
from lms.content.goals import DESK, Step
from lms.content.world_paths import find_value
from lms.contract import Advance, Guide, State

Json = Any


def tell_advance(
    bound: Bound,
    state: State,
    world: Json,
    happened: list[str],
    step: Step | None,
    touch: tuple[str, str, Json],
    guide: Guide | None,
) -> Advance:
    """What a touch did: goals newly met, traps walked into, and whether it was one touch too many."""
    before = state["world"]
    done = [name for name, goal in bound.goals.items() if goal.done(world)]
    met = [name for name in done if name not in state["met"]]
    fallen = [trap for trap in bound.traps if trap.test(world) and not trap.test(before)]
    trapped = [trap.id for trap in fallen if trap.id not in state["trapped"]]
    tries = {name: count for name, count in state["tries"].items() if name not in done}
    if (
        step
        and not met
        and not _is_led(step, guide, touch[0])
        and not happened
        and not _leads_on(step, touch, before, world)
    ):
        tries = count_try(tries, step)
    new = {
        **state,
        "world": world,
        "met": [*state["met"], *met],
        "trapped": [*state["trapped"], *trapped],
        "fired": [*state["fired"], *happened],
        "tries": tries,
    }
    return Advance(
        new,
        met=tuple(met),
        trapped=tuple(trapped),
        happened=tuple(happened),
        success=all(name in done for name in bound.aim),
        say=fallen[-1].say if fallen else "",
    )


def _is_led(step: Step, guide: Guide | None, touch: str) -> bool:
    """Whether this touch is a mere way that the guide told: another app, another seat, a window to close."""
    return guide is not None and touch == guide.part and (touch.startswith(f"{DESK}/") or touch != step.way.touch)


def _leads_on(step: Step, touch: tuple[str, str, Json], before: Json, world: Json) -> bool:
    """Whether a touch that met nothing new was a right one: a goal again, its app, one hit of ten, half of a way."""
    if step.goal.done(world):
        return True
    if step.way.app != before["front"] and touch[0] == f"{DESK}/{step.way.app}":
        return True
    part, do, value = touch
    if part != step.way.touch or (do in ("type", "choose") and value != step.way.value):
        return False
    return any(find_value(before, path) != find_value(world, path) for path in step.goal.find_paths())


def count_try(tries: Mapping[str, int], step: Step | None) -> dict[str, int]:
    """One more touch that brought nothing for the goal then sought."""
    return {**tries, step.goal.id: tries.get(step.goal.id, 0) + 1} if step else dict(tries)
