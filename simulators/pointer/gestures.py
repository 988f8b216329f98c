"""Gestures: what a trace is, and whether it did what the drill asks.

A trace is a list of samples, in pixels from the centre of the part and milliseconds from the first sample:
`["over", x, y, t]` pointer there, nothing pressed · `["press", x, y, t]` · `["lift", x, y, t]`
`["tap", x, y, t]` a finger, where a pointer would only rest · `["key", name]` the part was chosen with the keyboard
`["right", x, y, t]` the right button, or a long press · `["leave", x, y, t]` the pointer went away from an open menu
`["drop", shelf, x, y, w, h]` let go over a shelf of that size · `["scroll", above, below]` pixels hidden on each side.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lms.contract import Refused

Own = dict[str, Any]
Trace = list[list[Any]]

TOLERANCE = 20
DWELL = 250
LONGEST = 200
SLOWEST = 2000
KEYS = ("Enter", " ")


def read_trace(value: Any) -> Trace:
    """A trace as it came, if it is one."""
    if not isinstance(value, list) or len(value) > LONGEST:
        raise Refused("trace", "Ce geste n'est pas arrivé. Recommencez.")
    for sample in value:
        if not _is_sample(sample):
            raise Refused("trace", "Ce geste n'est pas arrivé. Recommencez.")
    return value


def _is_sample(sample: Any) -> bool:
    if not isinstance(sample, list) or not sample or not isinstance(sample[0], str):
        return False
    what, *rest = sample
    if what == "key":
        return len(rest) == 1 and isinstance(rest[0], str)
    if what == "drop":
        return len(rest) == 5 and isinstance(rest[0], str) and all(map(_is_number, rest[1:]))
    lengths = {"over": 3, "press": 3, "lift": 3, "tap": 3, "right": 3, "leave": 3, "scroll": 2}
    return len(rest) == lengths.get(what) and all(map(_is_number, rest))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1_000_000


def find_tolerance(mine: Own) -> int:
    return int(mine.get("tolerance", TOLERANCE))


def add_note(own: Own, note: str) -> Own:
    """Say something kind; the same note again may be said in other words."""
    row = own.get("row", 0) + 1 if own.get("note") == note else 1
    return {**own, "note": note, "row": min(row, 9)}


def settle(own: Own, **change: Any) -> Own:
    return {**own, "note": None, "row": 0, **change}


def include(names: list[str], name: str) -> list[str]:
    return names if name in names else [*names, name]


def is_keyed(trace: Trace) -> bool:
    return any(sample[0] == "tap" or (sample[0] == "key" and sample[1] in KEYS) for sample in trace)


def is_inside(mine: Own, sample: list[Any], size: int) -> bool:
    """On a round target, or so near that a trembling hand meant it."""
    return bool((sample[1] ** 2 + sample[2] ** 2) ** 0.5 <= size / 2 + find_tolerance(mine))


def _size(mine: Own, part: str) -> int:
    return next(int(item.get("size", 96)) for item in mine["items"] if item["id"] == part)


def _light(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Hover: the pointer rests on the thing. A finger or the Enter key do as well."""
    inside = [s for s in trace if s[0] == "over" and is_inside(mine, s, _size(mine, part))]
    rested = inside and inside[-1][3] - inside[0][3] >= DWELL
    if rested or is_keyed(trace):
        return settle(own, lit=include(own["lit"], part))
    return add_note(own, "press" if any(s[0] == "press" for s in trace) else "brief")


def _rung(mine: Own, hits: int) -> Own:
    """The rung of the ladder one stands on; at the top, the last one."""
    for rung in mine["ladder"]:
        hits -= int(rung["count"])
        if hits < 0:
            return dict(rung)
    return dict(mine["ladder"][-1])


def _hit(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Ladder: press and lift on the target. How long it takes is nobody's business."""
    size = int(_rung(mine, own["hits"])["size"])
    clicks = [s for s in trace if s[0] in ("press", "lift")]
    if is_keyed(trace) or (clicks and all(is_inside(mine, s, size) for s in clicks)):
        most = sum(int(rung["count"]) for rung in mine["ladder"])
        return settle(own, hits=min(own["hits"] + 1, most))
    return add_note(own, "beside")


def _open(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Double click: two presses at one place within a delay that grows with the person."""
    presses = [s for s in trace if s[0] == "press" and is_inside(mine, s, _size(mine, part))]
    if is_keyed(trace) or any(find_fault(mine, own, a, b) is None for a, b in pairwise(presses)):
        return settle(own, open=include(own["open"], part), selected=None)
    chosen = {**own, "selected": part if presses else own["selected"]}
    if len(presses) < 2:
        return add_note(chosen, "once" if presses else "beside")
    fault = find_fault(mine, own, presses[0], presses[1])
    wait = min(own["delay"] + 300, SLOWEST) if fault == "slow" else own["delay"]
    return add_note({**chosen, "delay": wait}, fault or "once")


def find_fault(mine: Own, own: Own, first: list[Any], second: list[Any]) -> str | None:
    if _distance(first, second) > find_tolerance(mine):
        return "slip"
    return "slow" if second[3] - first[3] > own["delay"] else None


def _move(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Drag: let go over a shelf; a click or a key takes the thing in hand instead."""
    drops = [s for s in trace if s[0] == "drop" and _over_shelf(mine, s)]
    if drops:
        return _shelve(mine, own, part, drops[-1][1])
    if not is_keyed(trace) and not is_click(mine, trace):
        return add_note({**own, "held": None}, "nowhere")
    if own["held"] == part:
        return settle(own, held=None)
    return add_note({**own, "held": part}, "held")


def is_click(mine: Own, trace: Trace) -> bool:
    """Pressed and lifted at one place, a trembling hand's width apart at most."""
    spots = [s for s in trace if s[0] in ("press", "lift")]
    if len(spots) < 2 or len(spots) < len(trace):
        return False
    return _distance(spots[0], spots[-1]) <= find_tolerance(mine)


def _distance(one: list[Any], other: list[Any]) -> float:
    return float(((one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2) ** 0.5)


def _over_shelf(mine: Own, drop: list[Any]) -> bool:
    _, shelf, x, y, wide, high = drop
    known = any(each["id"] == shelf for each in mine["shelves"])
    slack = find_tolerance(mine)
    return known and abs(x) <= wide / 2 + slack and abs(y) <= high / 2 + slack


def put_down(mine: Own, own: Own, part: str) -> Own:
    """A click on a shelf puts there what one holds."""
    return _shelve(mine, own, own["held"], part) if own["held"] else add_note(own, "empty")


def _shelve(mine: Own, own: Own, part: str, shelf: str) -> Own:
    item = next(each for each in mine["items"] if each["id"] == part)
    if item["shelf"] != shelf:
        return add_note({**own, "held": None}, f"wrong-{part}" if "why" in item else "wrong")
    return settle(own, held=None, placed={**own["placed"], part: shelf})


def _scroll(mine: Own, own: Own, part: str, trace: Trace) -> Own:
    """Scroll: how far down the page one is. The wheel, the bar and the keys are alike."""
    places = [s for s in trace if s[0] == "scroll"]
    if not places:
        return add_note(own, "unread") if not own["seen"] else own
    _, above, below = places[-1]
    seen = own["seen"] or below <= find_tolerance(mine)
    back = own["back"] or (own["answer"] is not None and above <= find_tolerance(mine))
    place = int(100 * above / max(1, above + below) + 0.5)
    return settle(own, place=place, seen=seen, back=back)


def choose_answer(mine: Own, own: Own, part: str) -> Own:
    if not own["seen"]:
        return add_note(own, "unread")
    right = any(answer["id"] == part and answer.get("right") for answer in mine["answers"])
    return settle(own, answer=part) if right else add_note(own, "other")


JUDGES: dict[str, Callable[[Own, Own, str, Trace], Own]] = {
    "hover": _light,
    "ladder": _hit,
    "double": _open,
    "drag": _move,
    "scroll": _scroll,
}
