"""A mandate in presence: read, chosen, understood, agreed, confirmed, used, revoked; or stopped. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from lms.contract import normalise

from .aims import aim
from .facts import BEFORE, LENGTHS, PAGES, PERSON, SIGNED, THEMES

Json = Any
Facts = Mapping[str, Json]
Mine = dict[str, Json]

LINE = 20
DIGITS = re.compile(r"\d{6}")


def parts(ref: Facts, world: Facts, app: str) -> dict[str, str]:
    """What can be touched on this side's screen now."""
    mine = world[app]
    own = ref[app]
    if own["role"] == "person":
        return _person_parts(own, mine)
    page = mine["page"]
    found = dict.fromkeys(PAGES[page], "click")
    if page == "read":
        found |= {f"read-{one['id']}": "click" for one in own["reading"]}
    elif page == "themes":
        found |= {f"theme-{name}": "click" for name in THEMES}
    elif page == "length" or (page == "identify" and mine["asked"]):
        found["length" if page == "length" else "protection"] = "choose"
    elif page == "recap":
        found["code"] = "type"
    return found


def _person_parts(own: Facts, mine: Facts) -> dict[str, str]:
    """The person listens, answers three questions, signs in, says yes or no."""
    if mine["page"] == "questions":
        return {f"question-{one['id']}": "choose" for one in own["questions"]}
    return dict.fromkeys(PERSON.get(mine["page"], ("wait",)), "click")


def _show(own: Facts, mine: Facts, pro: Facts) -> str:
    """The person's page: it follows what the professional does."""
    if pro["page"] in (*SIGNED, "stopped"):
        return "ended" if pro["page"] == "revoked" else str(pro["page"])
    if not pro["read"]:
        return "wait"
    if not mine["heard"]:
        return "plain"
    if len(mine["right"]) < len(own["questions"]):
        return "questions"
    if pro["page"] != "recap":
        return "ready"
    return "choice" if mine["signed"] else "sign"


def _is_right(question: Facts, mine: Facts) -> bool:
    given = mine["answers"].get(question["id"])
    return any(one["id"] == given and "right" in one for one in question["answers"])


def touch(ref: Facts, world: Facts, app: str, part: str, do: str, value: Json) -> dict[str, Json]:
    """The whole new world after one touch."""
    own, mine = ref[app], {**world[app], "note": None}
    if own["role"] == "person":
        return _settle(ref, {**world, app: _touch_person(own, mine, part, value)}, own["pro"])
    other = own["person"]
    if part == "anew":
        fresh = {"page": "read", "box": False, "code": "", "revoked": False}
        return _settle(ref, {**world, app: mine | fresh, other: {**world[other], "consent": None}}, app)
    return _settle(ref, {**world, app: _press(mine, world[other], part, value)}, app)


def _settle(ref: Facts, world: dict[str, Json], app: str) -> dict[str, Json]:
    """Each screen knows of the other what it would be told: who looks from one seat is sent nothing else."""
    other = ref[app]["person"]
    seen = {name: world[other][name] for name in ("signed", "consent")}
    there = {**world[other], "page": _show(ref[other], world[other], world[app])}
    return {**world, app: {**world[app], "seen": seen}, other: there}


def _press(mine: Mine, person: Facts, part: str, value: Json) -> Mine:
    if part in PRESSED:
        return PRESSED[part](mine, person)
    if part.startswith("read-"):
        return {**mine, "read": sorted({*mine["read"], part.removeprefix("read-")})}
    if part.startswith("theme-"):
        theme = part.removeprefix("theme-")
        return {**mine, "themes": [name for name in THEMES if (name in mine["themes"]) != (name == theme)]}
    if part == "code":
        return {**mine, "code": normalise("code", str(value or "")[:LINE])}
    return {**mine, part: value} if value in CHOICES[part] else mine


def _touch_person(own: Facts, mine: Mine, part: str, value: Json) -> Mine:
    if part.startswith("question-"):
        answers = {**mine["answers"], part.removeprefix("question-"): value}
        mine = {**mine, "answers": answers}
        return {**mine, "right": [one["id"] for one in own["questions"] if _is_right(one, mine)]}
    change = {"heard": {"heard": True}, "sign": {"signed": True}, "accept": {"consent": True}, "wait": {}}
    return mine | change.get(part, {"consent": False})


CHOICES: Mapping[str, tuple[str, ...]] = {"length": LENGTHS, "protection": ("yes", "no")}


def _go(page: str) -> Callable[[Mine, Facts], Mine]:
    return lambda mine, person: {**mine, "page": page}


def _after_themes(mine: Mine, person: Facts) -> Mine:
    return {**mine, "page": "length"} if mine["themes"] else {**mine, "note": "themes"}


def _after_identity(mine: Mine, person: Facts) -> Mine:
    if mine["protection"] is None:
        return {**mine, "note": "protection"}
    return {**mine, "page": "recap"} if mine["protection"] == "no" else {**mine, "page": "stopped", "note": "stop"}


def _confirm(mine: Mine, person: Facts) -> Mine:
    """Consent first, then the box, then the code of the card."""
    if person["consent"] is not True:
        return {**mine, "note": "consent"}
    if not mine["box"]:
        return {**mine, "note": "box"}
    return {**mine, "page": "given"} if DIGITS.fullmatch(mine["code"]) else {**mine, "note": "code"}


PRESSED: Mapping[str, Callable[[Mine, Facts], Mine]] = {
    "to-themes": _go("themes"),
    "to-length": _after_themes,
    "to-identify": _go("identify"),
    "ask": lambda mine, person: {**mine, "asked": True},
    "to-recap": _after_identity,
    "box": lambda mine, person: {**mine, "box": not mine["box"]},
    "confirm": _confirm,
    "use": _go("use"),
    "act": lambda mine, person: {**mine, "done": ["act"]},
    "beyond": lambda mine, person: {**mine, "beyond": True, "note": "beyond"},
    "keep": lambda mine, person: {**mine, "kept": True, "note": "kept"},
    "revoke": lambda mine, person: {**mine, "revoked": True, "page": "revoked"},
    "refer": lambda mine, person: {**mine, "done": ["referred"]},
    "back": lambda mine, person: {**mine, "page": BEFORE[mine["page"]]},
}


def goals(ref: Facts, app: str) -> dict[str, dict[str, Json]]:
    """Those of the professional name both sides; the person's side adds none."""
    return aim(ref[app], ref[ref[app]["person"]], app) if ref[app]["role"] == "pro" else {}


def values(ref: Facts, world: Facts, app: str, part: str) -> list[Json]:
    """Values for random walks."""
    if part == "code":
        return ["12", "", ref[app]["card"]]
    if part == "length":
        return list(LENGTHS)
    if part == "protection":
        return ["yes", "no"]
    asked = [one for one in ref[app].get("questions", ()) if part == f"question-{one['id']}"]
    return [one["id"] for question in asked for one in question["answers"]]


def public(ref: Facts) -> dict[str, Json]:
    """Without what would serve best, and without the right answers."""
    told = {key: value for key, value in ref.items() if key not in ("wanted", "length")}
    if "questions" in told:
        keep = ("id", "text")
        told["questions"] = [
            {**one, "answers": [{key: answer[key] for key in keep} for answer in one["answers"]]}
            for one in told["questions"]
        ]
    return told
