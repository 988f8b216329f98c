"""From the screen to paper and back: print, fill by hand on the table, photograph. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lms.contract import Refused

from .deposit import facts
from .disk import find

Json = Any
World = dict[str, Json]

MOST_COPIES = 9
SETTINGS = {"light": ("flash", "window"), "frame": ("near", "whole"), "hold": ("air", "rest")}
"""How one photographs a sheet; the first of each is what goes wrong."""


def print_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """The preview: which pages, how many copies."""
    found = {"range": "choose", "copies": "type", "ink": "click", "cancel": "click"}
    last = int(find(ref, world, app, world[app]["open"]).get("pages", "1"))
    shown = _sheet(world[app])
    return found | ({"sheet-next": "click"} if shown < last else {}) | ({"sheet-back": "click"} if shown > 1 else {})


def _sheet(mine: Mapping[str, Json]) -> int:
    return int(mine.get("sheet") or 1)


def printed_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """The printer has worked: back to the files, or on to the table with the sheet."""
    found = {"close": "click"}
    return found | ({"table": "click"} if has_table(ref, world, app) else {})


def has_table(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> bool:
    """Whether the paper to fill lies on the table: it was printed."""
    form = facts(ref, app, "paper").get("file")
    return any(job["file"] == form for job in world.get(app, {}).get("printed", ()))


def table_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """The lines of the paper that are still empty, the camera, and the way back."""
    done = world[app].get("filled", ())
    lines = [line["id"] for line in facts(ref, app, "paper").get("lines", ()) if line["id"] not in done]
    more = ["camera"] if facts(ref, app, "camera") else []
    return dict.fromkeys([*(f"pen-{line}" for line in lines), *more, "close"], "click")


def camera_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """Light, distance, hands; then the button that takes the picture."""
    return dict.fromkeys(SETTINGS, "choose") | {"shoot": "click", "close": "click"}


def start_print(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """The preview of the open file."""
    return {"page": "print", "copies": "1", "range": "all", "sheet": 1}


def turn_sheet(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, way: Json) -> World:
    """The next or the former page of the preview."""
    return {"sheet": _sheet(world[app]) + (1 if way == "next" else -1)}


def set_copies(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, value: Json) -> World:
    """A number of copies; what is none is said and not kept."""
    text = str(value or "").strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST_COPIES:
        raise Refused("copies", f"Écrivez un chiffre de 1 à {MOST_COPIES}.")
    return {"copies": str(int(text))}


def choose(part: str, allowed: tuple[str, ...]) -> Callable[..., World]:
    """A touch that keeps one of these."""

    def keep(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, value: Json) -> World:
        if value not in allowed:
            raise Refused("no-choice", "Choisissez une réponse de la liste.")
        return {part: value}

    return keep


def put_on_paper(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """The printer takes what the preview says."""
    mine = world[app]
    pages = find(ref, world, app, mine["open"]).get("pages", "1") if mine["range"] == "all" else "1"
    job = {"file": mine["open"], "pages": str(pages), "copies": mine["copies"], "range": mine["range"]}
    return {"page": "printed", "printed": [*mine.get("printed", ()), job][-9:]}


def write(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, line: Json) -> World:
    """One line of the paper is filled with a pen."""
    return {"filled": [*world[app].get("filled", ()), line]}


def shoot(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> World:
    """The picture shows how it was taken; what is empty on the paper stays empty."""
    mine, camera = world[app], facts(ref, app, "camera")
    lines = [line["id"] for line in facts(ref, app, "paper").get("lines", ())]
    look = _find_look(mine)
    if look == "good" and set(lines) - set(mine.get("filled", ())):
        look = "empty"
    file = camera[look]
    return {
        "page": "open",
        "open": file,
        "got": [*dict.fromkeys([*mine.get("got", ()), file])],
        "seen": [*dict.fromkeys([*mine.get("seen", ()), file])],
    }


def _find_look(mine: Mapping[str, Json]) -> str:
    for setting, look in (("frame", "cut"), ("light", "flash"), ("hold", "blurred")):
        if (mine.get(setting) or SETTINGS[setting][0]) == SETTINGS[setting][0]:
            return look
    return "good"


PARTS: dict[str, Callable[..., dict[str, str]]] = {
    "print": print_parts,
    "printed": printed_parts,
    "table": table_parts,
    "camera": camera_parts,
}
SINGLE: dict[str, Callable[..., World]] = {
    "print": start_print,
    "copies": set_copies,
    "range": choose("range", ("all", "first")),
    "ink": put_on_paper,
    "table": lambda ref, world, app, _: {"page": "table", "open": None},
    "camera": lambda ref, world, app, _: {"page": "camera", "open": None},
    "shoot": shoot,
    **{name: choose(name, allowed) for name, allowed in SETTINGS.items()},
}
MANY: dict[str, Callable[..., World]] = {"sheet": turn_sheet, "pen": write}
