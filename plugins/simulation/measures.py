"""What an attempt counts of the way it goes, by goal: numbers only, never a text. `causes` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from lms.contract import Advance, Guide, Scenario, State

from .causes import load_rules

SEEN = ("dwell", "heard", "unfolded", "missed", "beside", "again")
"""What the browser tells with an event; all else is known here."""
LONGEST = "dwell"
"""Of this the longest is kept; the others are summed."""
MOST = 99


def note_measures(state: State, guide: Guide | None, found: Mapping[str, int]) -> State:
    """The state with these added at the goal now sought. A demonstration counts nothing."""
    if not found or guide is None or state["mode"] == "show":
        return state
    traces = state.get("traces", {})
    own = dict(traces.get(guide.goal, {}))
    for name, count in found.items():
        before = own.get(name, 0)
        own[name] = max(before, count) if name == LONGEST else min(before + count, MOST)
    return {**state, "traces": {**traces, guide.goal: own}}


def read_seen(response: Mapping[str, Any]) -> dict[str, int]:
    """The measures of an event that have a name here."""
    told = response.get("measures") or {}
    return {name: told[name] for name in SEEN if told.get(name)}


def count_touch(
    scenario: Scenario, state: State, advance: Advance, guide: Guide | None, response: Mapping[str, Any]
) -> dict[str, int]:
    """What this touch adds: what the browser saw of it, and what its answer says."""
    found = read_seen(response)
    if advance.trapped:
        found["trap"] = len(advance.trapped)
    if advance.refused:
        return found | {"refused": 1}
    if guide is None or advance.met or advance.stale:
        return found
    name = _find_note(scenario, advance.state, str(response.get("part"))) or (
        "" if "trap" in found else _find_miss(scenario, state, advance, guide, response)
    )
    # Next to the part that was meant, another one was pressed: that is the hand, not the idea.
    if not name or (name == "other" and "beside" in found):
        return found
    return found | {name: found.get(name, 0) + 1}


def _find_note(scenario: Scenario, state: State, part: str) -> str:
    """What the mechanics say of a gesture, in our words."""
    app = part.partition("/")[0]
    own = state["world"].get(app)
    note = own.get("note") if isinstance(own, Mapping) else None
    if not note:
        return ""
    simulator = next((one["simulator"] for one in scenario.public(state)["apps"] if one["app"] == app), "")
    return load_rules().notes.get(simulator, {}).get(note, "")


def _find_miss(scenario: Scenario, state: State, advance: Advance, guide: Guide, response: Mapping[str, Any]) -> str:
    """Which kind of wrong touch, "" when it led on."""
    if advance.state["tries"].get(guide.goal, 0) <= state["tries"].get(guide.goal, 0):
        return ""
    part, do = str(response.get("part")), response.get("do", "click")
    if do not in ("type", "choose"):
        return "" if part == guide.part else "early" if scenario.is_last(state, part) else "other"
    value = response.get("value")
    text, wanted = value if isinstance(value, str) else "", scenario.wanted(state, part)
    if part == guide.part and isinstance(guide.value, str):
        wanted = (*wanted, guide.value)
    return _judge_text(text, wanted, "value" if part == guide.part or wanted else "field", typed=do == "type")


def _judge_text(text: str, wanted: tuple[str, ...], wrong: str, *, typed: bool) -> str:
    """On its way, nearly right, or another thing. The text itself goes nowhere."""
    small = text.casefold().strip()
    for one in (each.casefold() for each in wanted):
        if one.startswith(small) if typed else one == small:
            return ""
        if typed and SequenceMatcher(None, small, one).ratio() >= load_rules().likeness:
            return "typo"
    return wrong
