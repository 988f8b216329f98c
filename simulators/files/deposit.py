"""What a file becomes before it is sent, and a counter that takes it or says why not. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .disk import DELETED, find, listed

Json = Any
World = dict[str, Json]


def facts(ref: Mapping[str, Json], app: str, name: str) -> Mapping[str, Json]:
    """One member of what the scenario tells, empty when it tells nothing of it."""
    told = ref.get(app)
    return (told.get(name) or {}) if isinstance(told, Mapping) else {}


def open_parts(ref: Mapping[str, Json], app: str, file: Mapping[str, Json]) -> list[str]:
    """What an open file offers besides its name and its place."""
    found = [f"into-{kind}" for kind in file.get("formats", ()) if not file["name"].endswith(f".{kind}")]
    if file.get("sizes"):
        found.append("resize")
    if file.get("pages"):
        found.append("print")
    return found


def deposit_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """The files that may be given to the counter."""
    here = [file["id"] for file in listed(ref, world, app) if file["folder"] != DELETED]
    return {f"give-{file}": "click" for file in here} | {"close": "click"}


def incidents(ref: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Where something is to be given in: the counter loses it once, and says so."""
    if not facts(ref, app, "deposit"):
        return []
    there = {f"{app}.page": "deposit", f"{app}.given": {"min": 1}}
    changes = {f"{app}.given": [], f"{app}.fault": "stopped"}
    told = {"id": f"{app}.stopped", "title": "L'envoi du fichier s'arrête", "switched": "true"}
    return [{**told, "when": there, "set": changes}]


def give(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: Json) -> World:
    """The counter takes a file, or says what stops it; a paper that nobody can read comes back."""
    mine, found = world[app], find(ref, world, app, file)
    counter = facts(ref, app, "deposit")
    fault = _find_fault(counter, found)
    refused = {**mine.get("refused", {}), file: fault} if fault else mine.get("refused", {})
    given = list(mine.get("given", ()))
    return {
        "fault": fault,
        "last": file,
        "refused": refused,
        "given": given if fault else [*dict.fromkeys([*given, file])],
    }


def _find_fault(counter: Mapping[str, Json], file: Mapping[str, Json]) -> str | None:
    if counter.get("formats") and str(file["name"]).rpartition(".")[2].lower() not in counter["formats"]:
        return "format"
    if counter.get("limit") and int(file["size"]) > int(counter["limit"]):
        return "heavy"
    return "unreadable" if file.get("look", "good") != "good" else None


def pick_size(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, size: Json) -> World:
    """The same picture, lighter."""
    mine = world[app]
    return {"page": "open", "sizes": {**mine.get("sizes", {}), mine["open"]: size}}


def turn_into(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, kind: Json) -> World:
    """The same paper as another kind of file."""
    mine = world[app]
    return {"formats": {**mine.get("formats", {}), mine["open"]: kind}}


def size_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """The sizes of the open file, and the way back."""
    sizes = find(ref, world, app, world[app]["open"]).get("sizes", ())
    return {f"size-{one['id']}": "click" for one in sizes} | {"cancel": "click"}


SINGLE: dict[str, Callable[..., World]] = {
    "resize": lambda ref, world, app, _: {"page": "resize"},
    "deposit": lambda ref, world, app, _: {"page": "deposit", "fault": None, "last": None},
}
MANY: dict[str, Callable[..., World]] = {"give": give, "size": pick_size, "into": turn_into}
