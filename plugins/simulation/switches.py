"""Incidents switched on: by the author in the activity, or by a trainer while a learner works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lms.contract import Scenario, State, Switch


def switch_on(state: State, ids: Sequence[str]) -> State:
    """The state with these incidents awake; each happens at the first touch after which its time has come."""
    waking = [id for id in dict.fromkeys(ids) if id not in state.get("switched", ())]
    return {**state, "switched": [*state.get("switched", ()), *waking]} if waking else state


def list_offered(scenario: Scenario, state: State) -> list[Switch]:
    """What a trainer may choose: incidents with a title, unless the exercise is over or plays by itself."""
    if state["proof"] or state["mode"] == "show":
        return []
    return [one for one in scenario.switches(state) if one.title]


def find_unknown(scenario: Scenario, state: State, ids: Sequence[str]) -> Iterator[str]:
    """A fault for each id that the scenario cannot switch on."""
    there = [one.id for one in scenario.switches(state)]
    for id in ids:
        if id not in there:
            yield f"incidents: no «{id}» to switch on in {scenario.id}; there is: {', '.join(there) or 'none'}"
