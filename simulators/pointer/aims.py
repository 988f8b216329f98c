"""What a drill asks for: a goal for each of its things, and the gesture that reaches it."""

from __future__ import annotations

from collections.abc import Callable

from .gestures import Own, Trace

HELD = "C'est pris. Cliquez maintenant sur sa place."


def drag_to(shelf: str) -> Trace:
    return [["press", 0, 0, 0], ["drop", shelf, 0, 0, 120, 90]]


def _goals_of_items(mine: Own, app: str, member: str, trace: Trace) -> dict[str, Own]:
    return {
        item["id"]: {
            "done": {f"{app}.{member}": {"has": item["id"]}},
            "touch": f"{app}/{item['id']}",
            "value": trace,
            **_words(item),
        }
        for item in mine["items"]
    }


def _goals_of_drag(mine: Own, app: str) -> dict[str, Own]:
    """By dragging, or onto the shelf once the thing is in hand."""
    made = {}
    for item in mine["items"]:
        drag = {"touch": f"{app}/{item['id']}", "do": "trace", "value": drag_to(item["shelf"])}
        drop = {"touch": f"{app}/{item['shelf']}", "do": "click", "if": {f"{app}.held": item["id"]}, "say": HELD}
        made[item["id"]] = {"done": {f"{app}.placed.{item['id']}": item["shelf"]}, "ways": [drop, drag], **_words(item)}
    return made


def _goals_of_ladder(mine: Own, app: str) -> dict[str, Own]:
    made: dict[str, Own] = {}
    total = 0
    before: list[str] = []
    for rung in mine["ladder"]:
        total += int(rung["count"])
        trace = [["press", 0, 0, 0], ["lift", 0, 0, 90]]
        goal = {"done": {f"{app}.hits": {"min": total}}, "touch": f"{app}/target", "value": trace, "needs": before}
        made[rung["id"]] = goal | _words(rung)
        before = [rung["id"]]
    return made


def _goals_of_scroll(mine: Own, app: str) -> dict[str, Own]:
    right = next(answer["id"] for answer in mine["answers"] if answer.get("right"))
    down, up = [["scroll", 600, 0]], [["scroll", 0, 600]]
    notice = f"{app}/notice"
    return {
        "bottom": {"done": {f"{app}.seen": True}, "touch": notice, "value": down, **_words(mine["bottom"])},
        "answer": {
            "done": {f"{app}.answer": right},
            "touch": f"{app}/{right}",
            "do": "click",
            "needs": ["bottom"],
            **_words(mine["answer"]),
        },
        "top": {
            "done": {f"{app}.back": True},
            "touch": notice,
            "value": up,
            "needs": ["answer"],
            **_words(mine["top"]),
        },
    }


def _words(thing: Own) -> Own:
    return {key: thing[key] for key in ("say", "hints") if key in thing}


AIMS: dict[str, Callable[[Own, str], dict[str, Own]]] = {
    "hover": lambda mine, app: _goals_of_items(mine, app, "lit", [["over", 0, 0, 0], ["over", 0, 0, 400]]),
    "ladder": _goals_of_ladder,
    "double": lambda mine, app: _goals_of_items(
        mine, app, "open", [["press", 0, 0, 0], ["lift", 0, 0, 80], ["press", 0, 0, 300], ["lift", 0, 0, 380]]
    ),
    "drag": _goals_of_drag,
    "scroll": _goals_of_scroll,
}
