"""The goals of a phone: each thing on its page, and the way to that page from wherever one is."""

from __future__ import annotations

from collections import deque

from .phone import Own

BACK = "Revenez en arrière avec « Retour »."
VALUES = {
    "hold": [["hold", 700]],
    "more": [["pinch", 160]],
    "less": [["pinch", 60]],
    "x": ([["swipe", 120, 0]], [["swipe", -120, 0]]),
    "y": ([["swipe", 0, 120]], [["swipe", 0, -120]]),
}
RETURNS = {
    "x": "Glissez le doigt vers la droite pour revenir.",
    "y": "Glissez le doigt vers le bas pour revenir.",
    "zoom": "Rapprochez deux doigts pour revenir.",
}


def aim(mine: Own, app: str) -> dict[str, Own]:
    """All goals by id; `at-…` and `view-…` are mere ways."""
    made: dict[str, Own] = {}
    for page in mine["pages"]:
        ways = _find_ways(mine, app, page["id"])
        # A page that nothing leads to, such as the lock, is left for good: its things are done by then.
        needs = [f"at-{page['id']}"] if ways else []
        if ways:
            made[f"at-{page['id']}"] = {"done": {f"{app}.page": page["id"]}, "ways": ways, "named": False}
        for thing in page["things"]:
            made |= _aim_thing(app, thing, needs, page["things"])
    for goal in made.values():
        goal["competence"] = "M06"
    return made


def _aim_thing(app: str, thing: Own, needs: list[str], things: list[Own]) -> dict[str, Own]:
    made: dict[str, Own] = {}
    if "on" in thing and "say" in thing:
        swiped, at = _find_swiped(thing, things)
        done = {f"{app}.at.{swiped['id']}": at}
        view = f"view-{swiped['id']}-{at}"
        ways = _turns(app, swiped, at, _say_stop(swiped, at))
        made[view] = {"done": done, "ways": ways, "needs": needs, "named": False}
        needs = [*needs, view]
    if "say" in thing and "why" not in thing:
        words = {"hints": thing["hints"]} if "hints" in thing else {}
        done = {f"{app}.done": {"has": thing["id"]}}
        made[thing["id"]] = {"done": done, **_touch(app, thing), "needs": [*thing.get("needs", []), *needs], **words}
    before: list[str] = []
    for stop in thing.get("stops", []):
        ways = _turns(app, thing, int(stop["at"]), stop["say"])
        done = {f"{app}.done": {"has": stop["id"]}}
        made[stop["id"]] = {"done": done, "ways": ways, "needs": [*before, *needs], "hints": stop["hints"]}
        before = [stop["id"]]
    return made


def _touch(app: str, thing: Own) -> Own:
    """The touch that a thing asks for."""
    touch = {"touch": f"{app}/{thing['id']}", "say": thing.get("say")}
    if thing["gesture"] == "tap":
        return touch
    if thing["gesture"] == "type":
        return touch | {"do": "type", "value": thing["text"]}
    value = VALUES["hold"] if thing["gesture"] == "hold" else VALUES[thing["axis"]][1]
    return touch | {"do": "trace", "value": value}


def _turns(app: str, thing: Own, at: int, say: str) -> list[Own]:
    """On towards a view, or back to it."""
    path, zooms = f"{app}.at.{thing['id']}", thing["gesture"] == "zoom"
    back, on = (VALUES["less"], VALUES["more"]) if zooms else VALUES[thing["axis"]]
    returning = RETURNS["zoom" if zooms else thing["axis"]]
    touch = {"touch": f"{app}/{thing['id']}", "do": "trace"}
    before = [{**touch, "if": {path: {"min": at + 1}}, "value": back, "say": say if at == 0 else returning}]
    return [*before, {**touch, "value": on, "say": say}]


def _find_ways(mine: Own, app: str, page: str) -> list[Own]:
    """From every other page, the first touches of the shortest way."""
    ways = []
    for other in mine["pages"]:
        for way in _find_hop(mine, app, other["id"], page):
            ways.append({**way, "if": {f"{app}.page": other["id"], **way.get("if", {})}})
    return ways


def _find_hop(mine: Own, app: str, start: str, end: str) -> list[Own]:
    seen, queue = {start}, deque([(start, list[Own]())])
    while queue:
        at, first = queue.popleft()
        if at == end:
            return first
        for goes, ways in _edges(mine, app, at):
            if goes not in seen:
                seen.add(goes)
                queue.append((goes, first or ways))
    return []


def _edges(mine: Own, app: str, name: str) -> list[tuple[str, list[Own]]]:
    """The pages that touches on this one lead to; what stands on another view is swiped to first."""
    page = next(each for each in mine["pages"] if each["id"] == name)
    found = [
        (thing["goes"], [*_find_view(app, thing, page["things"]), _touch(app, thing)])
        for thing in page["things"]
        if "goes" in thing
    ]
    if "back" in page:
        found.append((page["back"], [{"touch": f"{app}/back", "say": BACK}]))
    return found


def _find_view(app: str, thing: Own, things: list[Own]) -> list[Own]:
    if "on" not in thing:
        return []
    swiped, at = _find_swiped(thing, things)
    elsewhere = {f"{app}.at.{swiped['id']}": {"not": at}}
    turns = _turns(app, swiped, at, _say_stop(swiped, at))
    return [{**way, "if": way.get("if", elsewhere)} for way in turns]


def _find_swiped(thing: Own, things: list[Own]) -> tuple[Own, int]:
    return next(each for each in things if each["id"] == thing["on"]["of"]), int(thing["on"]["at"])


def _say_stop(swiped: Own, at: int) -> str:
    return str(next(stop["say"] for stop in swiped["stops"] if int(stop["at"]) == at))
