"""Showing one folder to one worker, for a time, and taking it back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lms.contract import Refused

from .papers import KINDS

Json = Any
World = dict[str, Json]

ALLOWED = {"folder": KINDS, "time": ("day", "month", "half"), "right": ("see", "give")}
OFFER_PARTS = {"folder": "choose", "time": "choose", "right": "choose", "send": "click", "cancel": "click"}


def can_share(mine: Mapping[str, Json]) -> bool:
    """Only what is in the shared space can be shown, so there must be something there."""
    return any(paper["space"] == "shared" for paper in mine["papers"])


def _begin(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    return {"page": "share", "offer": {"folder": "", "time": "", "right": ""}, "fault": None}


def _set(member: str) -> Callable[..., World]:
    def set_member(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, value: Json) -> World:
        if value not in ALLOWED[member]:
            raise Refused("choice", "Choisissez dans la liste.")
        return {"offer": {**world[app]["offer"], member: value}, "fault": None}

    return set_member


def _send(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """The same folder shown again to the same person replaces the earlier share."""
    mine = world[app]
    offer, who = mine["offer"], mine["open"]
    missing = next((member for member in ALLOWED if not offer[member]), None)
    if missing:
        return {"fault": missing}
    others = [share for share in mine["shares"] if (share["who"], share["folder"]) != (who, offer["folder"])]
    return {
        "page": "person",
        "offer": None,
        "fault": None,
        "shares": [*others, {"who": who, **offer}],
        "journal": [*mine["journal"], {"what": "shared", "name": offer["folder"], "who": who} | offer],
    }


def _revoke(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, folder: Json) -> World:
    mine = world[app]
    who = mine["open"]
    return {
        "shares": [share for share in mine["shares"] if (share["who"], share["folder"]) != (who, folder)],
        "journal": [*mine["journal"], {"what": "revoked", "name": folder, "who": who}],
    }


SHARING: dict[str, Callable[..., World]] = {
    "share": _begin,
    "send": _send,
    "folder": _set("folder"),
    "time": _set("time"),
    "right": _set("right"),
}
SHARING_MANY: dict[str, Callable[..., World]] = {"revoke": _revoke}
