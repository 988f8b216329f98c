"""A drawn phone: SMS read, answered, reported or sorted; calls; voice messages; contacts. Pure.

What `ref[app]` holds is told in simulator.yaml. An SMS of `later` arrives when its id stands in `world[app].got`,
somebody rings when `world[app].ring` names a caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.contract import Refused

from .texts import find, goals, public, texts

__all__ = ["goals", "parts", "public", "touch", "values"]

Json = Any
World = dict[str, Json]

LIMIT = 320
TABS = ("tab-texts", "tab-calls", "tab-people")


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now; a call stands before everything."""
    facts, mine = ref.get(app, {}), world.get(app, {})
    if mine.get("call"):
        return {"hang": "click"}
    if find(facts.get("callers"), mine.get("ring")):
        return {"answer": "click", "decline": "click"}
    found = dict.fromkeys(TABS, "click")
    if mine.get("page") == "text":
        return found | _text_parts(ref, world, app)
    rows = {
        "texts": [f"row-{text['id']}" for text in texts(ref, world, app)],
        "calls": [f"voice-{voice['id']}" for voice in facts.get("voices", ())],
        "people": [f"dial-{person['id']}" for person in facts.get("contacts", ())],
    }
    tab = mine.get("tab", "texts")
    back = ["restore"] if tab == "texts" and mine.get("deleted") else []
    return found | dict.fromkeys([*rows[tab], *back], "click")


def _text_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    text = find(texts(ref, world, app), world[app].get("open"))
    if not text:
        return {"close": "click"}
    found = dict.fromkeys(("close", "send", "report", "delete"), "click") | {"body": "type"}
    found |= {f"go-{link['app']}": "click" for link in text.get("links", ())}
    if text.get("link"):
        found["link"] = "click"
    if text.get("verdict"):
        found |= dict.fromkeys(("sort-safe", "sort-trap", "sort-unsure"), "click")
        if world[app].get("sorted", {}).get(text["id"]) == "unsure":
            found |= dict.fromkeys(("ask", "site"), "click")
    return found


def touch(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json) -> World:
    """The whole new world after one touch."""
    mine = world.get(app, {})
    verb, dash, what = part.partition("-")
    if part == "body":
        return _write(world, app, value)
    if dash:
        return PREFIXED[verb](world, app, what)
    if part in ("ask", "site"):
        return _with(world, app, then={**mine.get("then", {}), mine["open"]: part})
    return SINGLE[part](world, app)


def _with(world: Mapping[str, Json], app: str, **change: Json) -> World:
    return {**world, app: {**world.get(app, {}), **change}}


def _add(world: Mapping[str, Json], app: str, name: str, item: Json, **change: Json) -> World:
    """A member that is not there yet goes to this list."""
    old = world.get(app, {}).get(name, ())
    return _with(world, app, **{name: [*old, *([] if item in old else [item])]}, **change)


def _write(world: Mapping[str, Json], app: str, value: Json) -> World:
    text = str(value or "")
    if len(text) > LIMIT:
        raise Refused("too-long", "Ce message est long. Écrivez-le plus court.")
    return _with(world, app, draft=text)


def _tab(world: Mapping[str, Json], app: str, tab: str) -> World:
    """Another tab in front; the messages come in again."""
    return _with(world, app, page="list", tab=tab, open=None, draft="", late=False, note=None)


def _open(world: Mapping[str, Json], app: str, text: str) -> World:
    return _add(world, app, "read", text, page="text", open=text, draft="", note=None)


def _close(world: Mapping[str, Json], app: str) -> World:
    return _with(world, app, page="list", open=None, draft="", note=None)


def _send(world: Mapping[str, Json], app: str) -> World:
    """What is written leaves; an empty message stays."""
    mine = world[app]
    if not mine.get("draft", "").strip():
        return _with(world, app, note="Le message est vide. Écrivez un mot.")
    gone = [*mine.get("sent", ()), {"to": mine["open"], "body": mine["draft"].strip()}]
    return _with(world, app, sent=gone, draft="", note=None)


def _report(world: Mapping[str, Json], app: str) -> World:
    return _add(world, app, "reported", world[app]["open"])


def _delete(world: Mapping[str, Json], app: str) -> World:
    return _close(_add(world, app, "deleted", world[app]["open"]), app)


def _link(world: Mapping[str, Json], app: str) -> World:
    return _add(world, app, "followed", world[app]["open"])


def _answer(world: Mapping[str, Json], app: str) -> World:
    caller = world[app]["ring"]
    return _add(world, app, "answered", caller, ring=None, call=caller)


def _decline(world: Mapping[str, Json], app: str) -> World:
    return _add(world, app, "declined", world[app]["ring"], ring=None)


def _sort(world: Mapping[str, Json], app: str, word: str) -> World:
    """One of three words; another word forgets what came after the doubt."""
    mine = world[app]
    then = {text: way for text, way in mine.get("then", {}).items() if text != mine["open"]}
    return _with(world, app, sorted={**mine.get("sorted", {}), mine["open"]: word}, then=then)


PREFIXED = {
    "tab": _tab,
    "row": _open,
    "sort": _sort,
    "voice": lambda world, app, voice: _add(world, app, "heard", voice),
    "dial": lambda world, app, person: _add(world, app, "called", person, call=person),
    "go": lambda world, app, other: {**world, "front": other},
}
SINGLE = {
    "close": _close,
    "send": _send,
    "report": _report,
    "delete": _delete,
    "link": _link,
    "answer": _answer,
    "decline": _decline,
    "restore": lambda world, app: _with(world, app, deleted=[]),
    "hang": lambda world, app: _with(world, app, call=None),
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    return ["", "Oui, merci.", "D'accord pour mardi."] if part == "body" else []
