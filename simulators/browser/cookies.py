"""The question about cookies: a banner that waits or not, an answer that can always be changed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .sites import site

Json = Any
World = dict[str, Json]


def banner(ref: Mapping[str, Json], app: str, mine: Mapping[str, Json]) -> Mapping[str, Json]:
    """The banner that stands on this page, none once it was answered."""
    name, told = site(ref, app, mine["page"])
    return {} if name in mine.get("cookies", {}) else told.get("banner") or {}


def walled(ref: Mapping[str, Json], app: str, mine: Mapping[str, Json]) -> bool:
    """Whether the page waits for an answer."""
    return bool(banner(ref, app, mine).get("wall"))


def banner_parts(ref: Mapping[str, Json], app: str, mine: Mapping[str, Json]) -> dict[str, str]:
    """Three answers, then boxes when one wants to choose."""
    if not mine.get("choosing"):
        return dict.fromkeys(("accept", "refuse", "choose"), "click")
    purposes = banner(ref, app, mine).get("purposes", ())
    return {f"purpose-{one['id']}": "choose" for one in purposes} | {"keep": "click", "refuse": "click"}


def tick(ref: Mapping[str, Json], app: str, mine: World, what: str, value: Json) -> World:
    """One box, ticked or emptied."""
    others = [one for one in mine.get("allowed", ()) if one != what]
    return {"allowed": [*others, what] if value else others}


def answer(said: str) -> Callable[..., World]:
    """A touch that keeps this answer: `accepted`, `refused` or `chosen`."""

    def keep(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
        name, told = site(ref, app, mine["page"])
        purposes = [one["id"] for one in told["banner"].get("purposes", ())]
        allowed = {"accepted": purposes, "refused": []}.get(said, mine.get("allowed") or [])
        return {"cookies": {**mine.get("cookies", {}), name: said}, "allowed": allowed, "choosing": False}

    return keep


def ask_again(ref: Mapping[str, Json], app: str, mine: World, value: Json) -> World:
    """An answer about cookies may always be changed."""
    name, _ = site(ref, app, mine["page"])
    return {"cookies": {one: answer for one, answer in mine["cookies"].items() if one != name}}
