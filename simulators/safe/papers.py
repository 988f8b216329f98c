"""The papers of the safe: where one comes from, its name, its folder, its end, who may see it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lms.contract import Refused, normalise

Json = Any
World = dict[str, Json]

KINDS = ("identite", "sante", "logement", "ressources", "emploi", "famille", "autre")
DRAFT_PARTS = {
    "name": "type",
    "kind": "choose",
    "end": "type",
    "space": "choose",
    "keep": "click",
    "cancel": "click",
}
LONGEST = 60


def left(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[Json]:
    """What can still be put in, of the kind of place that was chosen."""
    mine = world[app]
    kept = {paper["id"] for paper in mine["papers"]}
    return [one for one in ref[app].get("sources", ()) if one["from"] == mine["from"] and one["id"] not in kept]


def find_paper(mine: Mapping[str, Json], paper: Json) -> Json:
    """A paper that is in the safe."""
    return next(one for one in mine["papers"] if one["id"] == paper)


def _seek(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, place: Json) -> World:
    return {"page": "pick", "from": place}


def _pick(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, paper: Json) -> World:
    return {"page": "describe", "draft": {"id": paper, "name": "", "kind": "", "end": "", "space": "private"}}


def _row(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, paper: Json) -> World:
    return {"page": "paper", "open": paper}


def _edit(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    return {"page": "describe", "draft": find_paper(world[app], world[app]["open"])}


def _remove(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    mine = world[app]
    gone = find_paper(mine, mine["open"])
    return {
        "page": "papers",
        "open": None,
        "papers": [paper for paper in mine["papers"] if paper["id"] != gone["id"]],
        "journal": [*mine["journal"], {"what": "removed", "name": gone["name"]}],
    }


def _write(member: str) -> Callable[..., World]:
    def write(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, value: Json) -> World:
        return {"draft": {**world[app]["draft"], member: value}, "fault": None}

    return write


def _name(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: Json) -> World:
    words = " ".join(str(name or "").split())
    if len(words) > LONGEST:
        raise Refused("too-long", "Ce nom est trop long. Écrivez moins.")
    return _write("name")(ref, world, app, words)


def _end(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, day: Json) -> World:
    """No date at all is right too: many papers have no end."""
    day = normalise("date", str(day or ""))
    if day:
        try:
            day = datetime.strptime(day, "%d/%m/%Y").strftime("%d/%m/%Y")
        except ValueError:
            raise Refused("date", "Presque. Écrivez le jour, le mois, l'année : 31/12/2027.") from None
    return _write("end")(ref, world, app, day)


def _choose(member: str, allowed: tuple[str, ...]) -> Callable[..., World]:
    def choose(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, value: Json) -> World:
        if value not in allowed:
            raise Refused("choice", "Choisissez dans la liste.")
        return _write(member)(ref, world, app, value)

    return choose


def _apart(name: str, taken: set[str]) -> str:
    """Two papers of one name get a number, as browsers do; a scenario's trap may speak of it."""
    rank = 2
    found = name
    while found in taken:
        found, rank = f"{name} ({rank})", rank + 1
    return found


def _keep(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """Without name or folder it would not be found again: it stays on the table and the screen says what is missing."""
    mine = world[app]
    draft = mine["draft"]
    if not draft["name"] or not draft["kind"]:
        return {"fault": "name" if not draft["name"] else "kind"}
    others = [paper for paper in mine["papers"] if paper["id"] != draft["id"]]
    draft = {**draft, "name": _apart(draft["name"], {paper["name"] for paper in others})}
    what = "kept" if len(others) == len(mine["papers"]) else "changed"
    return {
        "page": "papers",
        "open": None,
        "draft": None,
        "fault": None,
        "papers": [*others, draft],
        "journal": [*mine["journal"], {"what": what, "name": draft["name"]}],
    }


SINGLE: dict[str, Callable[..., World]] = {
    "add": lambda ref, world, app, _: {"page": "add"},
    "edit": _edit,
    "remove": _remove,
    "name": _name,
    "end": _end,
    "kind": _choose("kind", KINDS),
    "space": _choose("space", ("private", "shared")),
    "keep": _keep,
}
MANY: dict[str, Callable[..., World]] = {"from": _seek, "pick": _pick, "row": _row}
