"""A safe for papers: put in, name, share for a time, take back, leave. Pure; its facts are told in simulator.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .papers import DRAFT_PARTS, KINDS, MANY, SINGLE, find_paper, left
from .shares import OFFER_PARTS, SHARING, SHARING_MANY, can_share
from .ways import build_goals

Json = Any
World = dict[str, Json]
TABS = ("papers", "contacts", "appointments", "journal", "code")


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    page = world[app]["page"]
    if page in TABS:
        clicks = [*(f"go-{tab}" for tab in TABS if tab != page), "leave", *_tab_parts(ref, world, app, page)]
        return dict.fromkeys(clicks, "click")
    return PAGES[page](ref, world, app)


def _tab_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, page: str) -> list[str]:
    mine, facts = world[app], ref[app]
    if page == "papers":
        return ["add", *(f"row-{paper['id']}" for paper in mine["papers"])]
    if page == "contacts":
        return [f"person-{person['id']}" for person in facts.get("people", ())]
    if page == "appointments":
        return [f"remind-{one['id']}" for one in facts.get("appointments", ()) if one["id"] not in mine["reminded"]]
    return ["noted"] if page == "code" and not mine["coded"] else []


def _add_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    return dict.fromkeys(("from-photo", "from-file", "from-mail", "cancel"), "click")


def _pick_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    return {f"pick-{one['id']}": "click" for one in left(ref, world, app)} | {"cancel": "click"}


def _paper_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    return dict.fromkeys(("edit", "remove", "back"), "click")


def _person_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    mine = world[app]
    ended = [f"revoke-{share['folder']}" for share in mine["shares"] if share["who"] == mine["open"]]
    return dict.fromkeys((*ended, *(["share"] if can_share(mine) else []), "back"), "click")


PAGES = {
    "door": lambda ref, world, app: {"enter": "click"},
    "add": _add_parts,
    "pick": _pick_parts,
    "describe": lambda ref, world, app: DRAFT_PARTS,
    "paper": _paper_parts,
    "person": _person_parts,
    "share": lambda ref, world, app: OFFER_PARTS,
}


def touch(
    ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json
) -> dict[str, Json]:
    """The whole new world after one touch."""
    verb, _, what = part.partition("-")
    many = {"go": _go, "person": _meet, "remind": _remind} | MANY | SHARING_MANY
    change = many.get(verb) if what else None
    change = change or (SINGLE | SHARING | HERE)[part]
    return {**world, app: {**world[app], **change(ref, world, app, what or value)}}


def _enter(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """After an ended sign-in one finds again what one was writing."""
    return {"page": "describe" if world[app]["draft"] else "papers", "ended": False}


def _go(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, tab: Json) -> World:
    """`told` remembers that one read who looked."""
    looked = tab == "journal" and any(line["what"] == "seen" for line in world[app]["journal"])
    return {"page": tab, "open": None, "told": looked or world[app]["told"]}


def _meet(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, person: Json) -> World:
    return {"page": "person", "open": person}


def _remind(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, one: Json) -> World:
    return {"reminded": [*world[app]["reminded"], one]}


def _back(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    return {"page": "contacts" if world[app]["page"] == "person" else "papers", "open": None}


def _cancel(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """Nothing is kept of a paper or a share that was not finished."""
    if world[app]["page"] == "share":
        return {"page": "person", "offer": None, "fault": None}
    return {"page": "papers", "draft": None, "fault": None, "open": None}


HERE = {
    "enter": _enter,
    "back": _back,
    "cancel": _cancel,
    "leave": lambda ref, world, app, _: {"page": "door", "open": None},
    "noted": lambda ref, world, app, _: {"coded": True},
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    known: dict[str, list[Json]] = {
        "name": ["", "papier", "Carte d'identité"],
        "end": ["", "12/03/2031", "bientôt"],
        "kind": list(KINDS),
        "space": ["private", "shared"],
        "folder": list(KINDS),
        "time": ["day", "month", "half"],
        "right": ["see", "give"],
    }
    return known.get(part, [])


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """Ways to every paper and person."""
    return build_goals(ref[app], app)


__all__ = ["find_paper", "goals", "parts", "touch", "values"]
