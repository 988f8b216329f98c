"""From the goal that is next to the touch that is next: through another app, from another seat."""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.goal_specs import say_front
from lms.content.goals import DESK, WAY_HINTS, Step
from lms.content.seats import Seats, find_seat, part_of, say_seat, say_turn
from lms.content.windows import HINTS, say_button
from lms.contract import Guide, State, Window


def guide_to(step: Step, state: State, titles: Mapping[str, str], seats: Seats, window: Window | None = None) -> Guide:
    """What to touch now; while it is the other's turn, of two people, there is nothing to touch.

    A `window` over the app in front is closed first.
    """
    if window:
        return Guide(step.goal.id, say_button(window.button), window.part, "click", None, HINTS)
    goal, way, world = step.goal, step.way, state["world"]
    app = way.touch.partition("/")[2] if way.app == DESK else way.app
    if seats and app not in seats[world["seat"]].apps:
        seat = find_seat(seats, world["seat"], app)
        if "fronts" in state:
            return Guide(goal.id, say_turn(seats[seat].title), "", "")
        return Guide(goal.id, say_seat(seats[seat].title), part_of(seat), "click", None, WAY_HINTS)
    if way.app not in (DESK, world["front"]):
        there = f"{DESK}/{way.app}"
        return Guide(goal.id, say_front(titles[way.app]), there, "click", None, WAY_HINTS)
    return Guide(goal.id, way.say, way.touch, way.do, way.value, goal.hints)
