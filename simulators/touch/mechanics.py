"""A drawn phone: what a finger does there. Which page is in front, where one has swiped to, what is written.

A trace is a list of samples: `["tap"]`, `["hold", ms]`, `["swipe", dx, dy]`, `["pinch", percent]`, `["key", name]`.
The buttons under the phone (`way-…`) do what fingers do, for whoever has a mouse or a keyboard.
"""

from __future__ import annotations

from typing import Any

from lms.contract import Refused

from .phone import Own, find_page, find_seen, find_thing
from .route import aim

HOLD = 450
SHORT = 30
LONGEST = 60
WAYS = {"left": (1, "x"), "right": (-1, "x"), "up": (1, "y"), "down": (-1, "y")}
WAY_NAMES = {"x": ("right", "left"), "y": ("down", "up")}
LENGTHS = {"tap": 0, "hold": 1, "swipe": 2, "pinch": 1}

NOTES = {
    "tap": "Presque. Gardez le doigt posé un moment.",
    "short": "Presque. Glissez le doigt plus loin.",
    "way": "Presque. Glissez dans l'autre sens.",
    "end": "C'est le bout. Revenez dans l'autre sens.",
    "one": "Presque. Deux doigts : écartez-les.",
    "wrong": "Presque. Lisez les mots sous les images.",
    "held": "Touchez d'abord une image, puis « Rester appuyé ».",
}


def parts(ref: Own, world: Own, app: str) -> dict[str, str]:
    """What can be touched on the page in front."""
    page, own = find_page(ref[app], world[app]), world[app]
    seen = find_seen(page, own)
    found = {thing["id"]: {"tap": "click", "type": "type"}.get(thing["gesture"], "trace") for thing in seen}
    for thing in seen:
        found |= {f"way-{name}": "click" for name in find_ways(thing)}
    return found | ({"back": "click"} if "back" in page else {})


def find_ways(thing: Own) -> tuple[str, ...]:
    """The buttons under the phone that do the same as the finger."""
    if thing["gesture"] == "swipe":
        return WAY_NAMES[thing["axis"]]
    return {"zoom": ("less", "more"), "hold": ("hold",)}.get(thing["gesture"], ())


def touch(ref: Own, world: Own, app: str, part: str, do: str, value: Any) -> Own:
    """The world after one touch."""
    page, own = find_page(ref[app], world[app]), world[app]
    return {**world, app: _touch(page, own, part, do, value)}


def _touch(page: Own, own: Own, part: str, do: str, value: Any) -> Own:
    if part == "back":
        return _clear({**own, "page": page["back"]})
    if part.startswith("way-"):
        return _press_way(page, own, part.removeprefix("way-"))
    thing = find_thing(page, part)
    if do == "type":
        return _write(own, thing, value)
    if do == "click":
        return _reach(own, thing)
    return _judge(own, thing, _read(value))


def _judge(own: Own, thing: Own, trace: list[list[Any]]) -> Own:
    """The gesture that the thing asks for, or a kind word."""
    last = trace[-1] if trace else ["tap"]
    if thing["gesture"] == "hold":
        if last[0] == "key" or (last[0] == "hold" and last[1] >= HOLD):
            return _reach(own, thing)
        return {**own, "note": "tap", "chosen": thing["id"]}
    if thing["gesture"] == "zoom":
        if last[0] != "pinch" or 90 < last[1] < 110:
            return {**own, "note": "one"}
        return _turn(own, thing, 1 if last[1] > 100 else -1)
    return _swipe(own, thing, last)


def _swipe(own: Own, thing: Own, last: list[Any]) -> Own:
    if last[0] != "swipe":
        return {**own, "note": "short"}
    along = last[1] if thing["axis"] == "x" else last[2]
    across = last[2] if thing["axis"] == "x" else last[1]
    if abs(along) < max(SHORT, abs(across)):
        return {**own, "note": "short"}
    return _turn(own, thing, 1 if along < 0 else -1)


def _turn(own: Own, thing: Own, step: int) -> Own:
    """One view further, or back; at either end it says so. A swipe may also open the next page."""
    if "goes" in thing:
        return _reach(own, thing) if step > 0 else {**own, "note": "way"}
    name = thing["id"]
    at = own["at"].get(name, 0) + step
    if not 0 <= at < len(thing["views"]):
        return {**own, "note": "end"}
    reached = [stop["id"] for stop in thing.get("stops", []) if int(stop["at"]) == at]
    return _clear({**own, "at": {**own["at"], name: at}, "done": _with(own["done"], reached)})


def _press_way(page: Own, own: Own, way: str) -> Own:
    """A button under the phone stands for the gesture of the thing on this page."""
    seen = find_seen(page, own)
    if way == "hold":
        chosen = [thing for thing in seen if thing["id"] == own["chosen"] and thing["gesture"] == "hold"]
        return _reach(own, chosen[0]) if chosen else {**own, "note": "held"}
    thing = next(each for each in seen if way in find_ways(each))
    step = {"more": 1, "less": -1}.get(way) or WAYS[way][0]
    return _turn(own, thing, step)


def _reach(own: Own, thing: Own) -> Own:
    if "why" in thing:
        return {**own, "note": f"wrong-{thing['id']}"}
    after = {**own, "done": _with(own["done"], [thing["id"]])}
    return _clear({**after, "page": thing["goes"]} if "goes" in thing else after)


def _write(own: Own, thing: Own, value: Any) -> Own:
    """What the finger typed; words far longer than the model would be somebody's own."""
    if not isinstance(value, str) or len(value) > len(thing["text"]) + 20:
        raise Refused("too-far", "Ici, recopiez le modèle. N'écrivez rien de personnel.")
    good = " ".join(value.split()).casefold() == thing["text"].casefold()
    done = _with(own["done"], [thing["id"]] if good else [])
    return _clear({**own, "values": {**own["values"], thing["id"]: value}, "done": done})


def _clear(own: Own) -> Own:
    return {**own, "note": None, "chosen": None}


def _with(names: list[str], more: list[str]) -> list[str]:
    return [*names, *(name for name in more if name not in names)]


def _read(value: Any) -> list[list[Any]]:
    """A trace as it came, if it is one."""
    if not isinstance(value, list) or len(value) > LONGEST or not all(map(_is_sample, value)):
        raise Refused("trace", "Ce geste n'est pas arrivé. Recommencez.")
    return value


def _is_sample(sample: Any) -> bool:
    if not isinstance(sample, list) or not sample or not isinstance(sample[0], str):
        return False
    what, *rest = sample
    if what == "key":
        return len(rest) == 1 and isinstance(rest[0], str)
    sound = all(isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 100_000 for one in rest)
    return len(rest) == LENGTHS.get(what, -1) and sound


def goals(ref: Own, app: str) -> dict[str, Own]:
    """A goal for each thing to touch, each place to swipe or zoom to, each line to write."""
    return aim(ref[app], app)


def public(ref: Own) -> Own:
    """What the browser may know: not our words, not which one is meant."""
    hidden = {"say", "hints", "why", "stops", "needs"}
    pages = [
        {**page, "things": [{k: v for k, v in thing.items() if k not in hidden} for thing in page["things"]]}
        for page in ref["pages"]
    ]
    things = [thing for page in ref["pages"] for thing in page["things"]]
    why = {f"wrong-{thing['id']}": thing["why"] for thing in things if "why" in thing}
    return {**ref, "pages": pages, "notes": NOTES | why}


def values(ref: Own, world: Own, app: str, part: str) -> list[Any]:
    """Gestures and words worth trying at random."""
    thing = find_thing(find_page(ref[app], world[app]), part)
    if thing["gesture"] == "type":
        return [thing["text"], thing["text"].upper(), thing["text"][:2], "zz"]
    swipes = [["swipe", x, y] for x, y in ((-120, 4), (120, 0), (0, -120), (2, 120), (-8, 0), (80, 80))]
    others: list[list[Any]] = [["hold", 700], ["hold", 90], ["tap"], ["pinch", 160], ["pinch", 60], ["pinch", 101]]
    return [[one] for one in (*swipes, *others, ["key", "Enter"])] + [[]]
