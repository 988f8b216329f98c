"""Files: a list by folder, a document to open, rename, move, delete and bring back. Pure.

What `ref[app]` holds is told in simulator.yaml. A `later` file appears once its id stands in `world[app].got`;
an id that stands there twice is a second copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lms.contract import Refused

from .deposit import MANY as BEFORE_SENDING
from .deposit import SINGLE as DEPOSITING
from .deposit import deposit_parts, facts, incidents, open_parts, size_parts
from .disk import DELETED, find, folders, listed, shown
from .paper import MANY as ON_PAPER
from .paper import PARTS as PAPER_PARTS
from .paper import SINGLE as PRINTING
from .paper import has_table
from .ways import build_goals

__all__ = ["folders", "goals", "incidents", "listed", "parts", "shown", "touch", "values"]

Json = Any


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    mine = world.get(app, {})
    page = mine.get("page") or "list"
    if page == "list":
        return _list_parts(ref, world, app)
    if page == "desk":
        return {"show": "click"}
    if page in PAPER_PARTS:
        return PAPER_PARTS[page](ref, world, app)
    if page == "deposit":
        return deposit_parts(ref, world, app)
    if page == "resize":
        return size_parts(ref, world, app)
    if page == "rename":
        return {"name": "type", "save": "click", "cancel": "click"}
    if page == "move":
        here = find(ref, world, app, mine["open"])["folder"]
        return {f"to-{f['id']}": "click" for f in folders(ref, app) if f["id"] != here} | {"cancel": "click"}
    if not isinstance(ref.get(app), Mapping):  # a plain list of files stays as it is
        return {"close": "click"}
    opened = find(ref, world, app, mine["open"])
    if opened["folder"] == DELETED:
        return {"restore": "click", "close": "click"}
    return dict.fromkeys(("rename", "move", "delete", "close", *open_parts(ref, app, opened)), "click")


def _list_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    found = {f"folder-{folder['id']}": "click" for folder in folders(ref, app)} | {f"folder-{DELETED}": "click"}
    found |= {"search": "type", "sort-name": "click", "sort-date": "click"}
    found |= dict.fromkeys(_doors(ref, world, app), "click")
    if world.get(app, {}).get("search"):
        found["clear"] = "click"
    return found | {f"row-{file['id']}": "click" for file in shown(ref, world, app)}


def _doors(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[str]:
    """Where one goes from the list: the counter, the table, the camera; a window is put aside, made large or closed."""
    found = ["deposit"] if facts(ref, app, "deposit") else []
    found += ["table"] if has_table(ref, world, app) else []
    return found + (["reduce", "enlarge", "shut"] if facts(ref, app, "window") else [])


def touch(
    ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json
) -> dict[str, Json]:
    """The whole new world after one touch."""
    mine = dict(world.get(app, {}))
    verb, _, what = part.partition("-")
    many = {"row": _open, "folder": _enter, "sort": _sort, "to": _move} | BEFORE_SENDING | ON_PAPER
    change = (many.get(verb) if what else None) or SINGLE[part]
    return {**world, app: {**mine, **change(ref, world, app, what or value)}}


def _open(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, file: Json) -> dict[str, Json]:
    seen = [*world.get(app, {}).get("seen", ())]
    return {"page": "open", "open": file, "seen": seen if file in seen else [*seen, file]}


def _enter(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, folder: Json) -> dict[str, Json]:
    return {"page": "list", "folder": folder, "search": "", "open": None}


def _sort(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, order: Json) -> dict[str, Json]:
    return {"sort": order}


def _move(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, folder: Json) -> dict[str, Json]:
    mine = world[app]
    return {"page": "open", "places": {**mine.get("places", {}), mine["open"]: folder}}


def _search(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, words: Json) -> dict[str, Json]:
    return {"search": str(words or "")[:60].strip()}


def _rename(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    return {"page": "rename", "naming": find(ref, world, app, world[app]["open"])["name"]}


def _name(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, name: Json) -> dict[str, Json]:
    """Keep what is typed; signs that no computer takes in a name are refused with a reason."""
    name = re.sub(r"\s+", " ", str(name or "")).strip()
    if re.search(r'[/\\:*?"<>|]', name):
        raise Refused("file-name-sign", "Ce signe n'est pas permis dans un nom. Utilisez un tiret.")
    return {"naming": name[:80]}


def _save(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    """An empty name changes nothing; a name without its ending gets it back."""
    mine = world[app]
    name = str(mine.get("naming") or "")
    if not name:
        return {"page": "open", "naming": None}
    ending = "." + str(find(ref, world, app, mine["open"])["name"]).rpartition(".")[2]
    name = name if name.lower().endswith(ending.lower()) else name + ending
    return {"page": "open", "naming": None, "names": {**mine.get("names", {}), mine["open"]: name}}


def _delete(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    mine = world[app]
    return {"page": "list", "deleted": [*mine.get("deleted", ()), mine["open"]], "open": None}


def _restore(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    mine = world[app]
    return {"page": "open", "deleted": [file for file in mine.get("deleted", ()) if file != mine["open"]]}


def _close(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    return {"page": "list", "open": None}


def _cancel(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    return {"page": "open", "naming": None}


def _clear(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, _: Json) -> dict[str, Json]:
    return {"search": ""}


SINGLE = {
    "search": _search,
    "clear": _clear,
    "rename": _rename,
    "name": _name,
    "save": _save,
    "move": lambda ref, world, app, _: {"page": "move"},
    "delete": _delete,
    "restore": _restore,
    "close": _close,
    "cancel": _cancel,
    "reduce": lambda ref, world, app, _: {"page": "desk", "window": "reduced"},
    "shut": lambda ref, world, app, _: {"page": "desk", "window": "shut"},
    "enlarge": lambda ref, world, app, _: {"window": "normal" if world[app].get("window") == "large" else "large"},
    "show": lambda ref, world, app, _: {"page": "list", "window": "normal"},
    **DEPOSITING,
    **PRINTING,
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    known = {
        "search": ["", "facture", "pdf", "rien de tel"],
        "name": ["", "papier", "été 2026.pdf"],
        "copies": ["2", "0"],
    }
    known |= {
        "range": ["all", "first"],
        "light": ["flash", "window"],
        "frame": ["near", "whole"],
        "hold": ["air", "rest"],
    }
    return known.get(part, [])


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """Ways to every file wherever it was put: `app.at-<folder>`, `app.open-<file>`, `app.kept-<file>`."""
    return build_goals(ref, app)
