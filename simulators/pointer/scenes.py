"""Scenes: things that ask for different gestures stand side by side, and some hold others: a menu, a window, a bubble.

An item: `{id, gesture, label, say, hints}` and, where needed, `within` (what holds it), `text` (what its bubble
or window says), `then` (a click on it once its bubble was read), `why` (it is not the one to choose), `shuts` (what it
closes), `size` (it is small and round: pixels).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .gestures import (
    DWELL,
    SLOWEST,
    Own,
    Trace,
    add_note,
    find_fault,
    include,
    is_click,
    is_inside,
    is_keyed,
    settle,
)

TRACES: dict[str, Trace] = {
    "hover": [["over", 0, 0, 0], ["over", 0, 0, 400]],
    "click": [["press", 0, 0, 0], ["lift", 0, 0, 90]],
    "double": [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 0, 0, 300], ["lift", 0, 0, 380]],
    "right": [["right", 0, 0, 0]],
}


def find_seen(mine: Own, own: Own) -> list[Own]:
    """Things on the screen now: those of what is closed are hidden."""
    return [item for item in mine["items"] if item.get("within") in (None, *own["open"])]


def judge_scene(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """One gesture on a thing; the wrong gesture is only a note."""
    item = next(each for each in mine["items"] if each["id"] == part)
    if item["gesture"] == "hover":
        return _rest(mine, own, item, trace)
    if item["gesture"] == "double":
        return _open_twice(mine, own, item, trace)
    if item["gesture"] == "right":
        asked = is_keyed(trace) or any(sample[0] == "right" for sample in trace)
        return _reach(mine, own, item) if asked else add_note(own, "left" if trace else "beside")
    return _click(mine, own, item, trace)


def _rest(mine: Own, own: Own, item: Own, trace: Trace) -> Own:
    """The pointer rests: a bubble or a menu opens; leaving the menu closes it, a click comes only after reading."""
    name = item["id"]
    if trace and trace[-1][0] == "leave":
        return add_note({**own, "open": _shut(mine, own, name)}, "away") if name in own["open"] else own
    clicked = is_keyed(trace) or any(sample[0] == "press" for sample in trace)
    if name in own["open"] and clicked and "then" in item:
        return _choose(own, item, item["then"]["id"])
    overs = [sample for sample in trace if sample[0] == "over"]
    if is_keyed(trace) or (overs and overs[-1][3] - overs[0][3] >= DWELL):
        return _reach(mine, own, item)
    return add_note(own, "press" if clicked else "brief")


def _choose(own: Own, item: Own, name: str) -> Own:
    if "why" in item["then"]:
        return add_note(own, f"wrong-{item['id']}")
    return settle(own, done=include(own["done"], name))


def _click(mine: Own, own: Own, item: Own, trace: Trace) -> Own:
    spots = [sample for sample in trace if sample[0] in ("press", "lift")]
    if sum(sample[0] == "press" for sample in trace) > 1:
        return add_note(own, "twice")
    if any(sample[0] == "right" for sample in trace):
        return add_note(own, "right")
    near = is_click(mine, trace) and ("size" not in item or is_inside(mine, spots[0], int(item["size"])))
    return _reach(mine, own, item) if near or is_keyed(trace) else add_note(own, "beside")


def _open_twice(mine: Own, own: Own, item: Own, trace: Trace) -> Own:
    """Two clicks at one place, within a delay that grows with the person; one click only chooses."""
    presses = [sample for sample in trace if sample[0] == "press"]
    if is_keyed(trace) or any(find_fault(mine, own, a, b) is None for a, b in pairwise(presses)):
        return {**_reach(mine, own, item), "selected": None}
    chosen = {**own, "selected": item["id"]}
    if len(presses) < 2:
        return add_note(chosen, "once")
    fault = find_fault(mine, own, presses[0], presses[1])
    wait = min(own["delay"] + 300, SLOWEST) if fault == "slow" else own["delay"]
    return add_note({**chosen, "delay": wait}, fault or "once")


def _reach(mine: Own, own: Own, item: Own) -> Own:
    """The thing was touched as it asks: it opens what it holds, closes what it shuts, or was not the one."""
    name = item["id"]
    if "why" in item:
        return add_note(own, f"wrong-{name}")
    closed = _shut(mine, own, item["shuts"]) if "shuts" in item else own["open"]
    if _holds(mine, item):
        beside = [each["id"] for each in mine["items"] if each.get("within") == item.get("within")]
        for other in beside:
            closed = _shut(mine, {**own, "open": closed}, other)
        closed = [*closed, name]
    return settle(own, done=include(own["done"], name), open=closed)


def _holds(mine: Own, item: Own) -> bool:
    return "text" in item or "then" in item or any(each.get("within") == item["id"] for each in mine["items"])


def _shut(mine: Own, own: Own, name: str) -> list[str]:
    """What stays open once a thing is closed, with all that it holds."""
    gone = {name}
    for item in mine["items"]:
        if item.get("within") in gone:
            gone.add(item["id"])
    return [each for each in own["open"] if each not in gone]


def aim_scene(mine: Own, app: str) -> dict[str, Own]:
    """A goal for each thing to reach; what was closed again is opened first."""
    made: dict[str, Own] = {}
    for item in mine["items"]:
        name = item["id"]
        around = [f"open-{item['within']}"] if "within" in item else []
        touch: dict[str, Any] = {"touch": f"{app}/{name}", "value": TRACES[item["gesture"]], "say": item.get("say")}
        if "why" not in item and "say" in item:
            needs = around + item.get("needs", [])
            words = {"hints": item["hints"]} if "hints" in item else {}
            made[name] = {"done": {f"{app}.done": {"has": name}}, **touch, "needs": needs, **words}
        if _holds(mine, item):
            made[f"open-{name}"] = {"done": {f"{app}.open": {"has": name}}, **touch, "needs": around, "named": False}
        made |= _aim_then(item, app)
    return made


def _aim_then(item: Own, app: str) -> dict[str, Own]:
    then = item.get("then", {})
    if "say" not in then:
        return {}
    done = {f"{app}.done": {"has": then["id"]}}
    words = {key: then[key] for key in ("say", "hints") if key in then}
    goal = {"done": done, "touch": f"{app}/{item['id']}", "value": TRACES["click"], "needs": [f"open-{item['id']}"]}
    return {then["id"]: goal | words}
