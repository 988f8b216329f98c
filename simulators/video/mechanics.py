"""A video call: prepare, wait, speak, write, show one window, leave. Nothing is captured. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
World = dict[str, Json]


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    mine = world[app]
    page = mine["page"]
    if page == "chat":
        return {"message": "type", "post": "click", "close": "click"}
    if page == "pick":
        return dict.fromkeys((*(f"take-{one['id']}" for one in ref[app]["windows"]), "take-screen", "close"), "click")
    if page == "test":
        return dict.fromkeys(_test_parts(mine), "click")
    return dict.fromkeys(PAGES[page] + (_call_parts(ref[app], mine) if page == "call" else ()), "click")


PAGES: Mapping[str, tuple[str, ...]] = {
    "door": ("test",),
    "wait": ("enter",),
    "call": ("mute", "film", "chat", "leave"),
    "left": ("return",),
}


def _call_parts(facts: Mapping[str, Json], mine: Mapping[str, Json]) -> tuple[str, ...]:
    """What is there for a while only: nothing to show, nothing to close."""
    here = {"share": bool(facts["windows"]), "stop": bool(mine["sharing"]), "single": bool(mine.get("echo"))}
    return tuple(part for part, seen in here.items() if seen)


def _test_parts(mine: Mapping[str, Json]) -> tuple[str, ...]:
    if mine["permission"] is None:
        return ("allow", "refuse")
    return ("try-mic", "try-camera", "join") if mine["permission"] == "given" else ("settings",)


def touch(
    ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json
) -> dict[str, Json]:
    """The whole new world after one touch."""
    mine = world[app]
    if part.startswith("take-"):
        window = part.removeprefix("take-")
        return {**world, app: {**mine, "page": "call", "sharing": window, "shared": [*mine["shared"], window]}}
    return {**world, app: {**mine, **CHANGES[part](mine, value)}}


def _post(mine: Mapping[str, Json], _: Json) -> World:
    """An empty message is not sent."""
    words = mine["message"].strip()
    return {"chat": [*mine["chat"], words], "message": ""} if words else {}


def _set(**change: Json) -> Callable[[Mapping[str, Json], Json], World]:
    return lambda mine, value: change


CHANGES: Mapping[str, Callable[[Mapping[str, Json], Json], World]] = {
    "test": _set(page="test"),
    "allow": _set(permission="given"),
    "refuse": _set(permission="refused"),
    "settings": _set(permission=None),
    "try-mic": _set(mic=True),
    "try-camera": _set(camera=True),
    "join": _set(page="wait"),
    "enter": _set(page="call"),
    "mute": lambda mine, _: {"muted": not mine["muted"]},
    "film": lambda mine, _: {"seen": not mine["seen"]},
    "chat": _set(page="chat"),
    "message": lambda mine, value: {"message": str(value or "")[:200]},
    "post": _post,
    "close": _set(page="call"),
    "share": _set(page="pick"),
    "stop": _set(sharing=None),
    "single": _set(echo=False),
    "leave": _set(page="left", sharing=None),
    "return": _set(page="call"),
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    return ["", "Bonjour"] if part == "message" else []
