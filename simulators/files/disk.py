"""What a disk holds now: folders, files, what was downloaded, what is shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any

FOLDERS = ({"id": "downloads", "name": "Téléchargements"}, {"id": "documents", "name": "Documents"})
DELETED = "deleted"


def folders(ref: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """The folders of this desk, deleted files left out."""
    facts = ref.get(app)
    given = facts.get("folders") if isinstance(facts, Mapping) else None
    return [dict(folder) for folder in given or FOLDERS]


def _known(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    facts = ref.get(app) or {}
    if not isinstance(facts, Mapping):
        return [dict(item) for item in facts]
    items = [dict(item) for item in facts.get("items", ())]
    later = {item["id"]: item for item in facts.get("later", ())}
    seen: dict[str, int] = {}
    for got in world.get(app, {}).get("got", ()):
        if got in later:
            items.append(_copy(later[got], seen.get(got, 0)))
            seen[got] = seen.get(got, 0) + 1
    return items


def _copy(item: Mapping[str, Json], rank: int) -> dict[str, Json]:
    if not rank:
        return {"folder": "downloads", **item}
    stem, dot, ending = str(item["name"]).rpartition(".")
    return {"folder": "downloads", **item, "id": f"{item['id']}~{rank}", "name": f"{stem} ({rank}){dot}{ending}"}


def listed(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """Every file that is there now, with the name and the folder that the learner gave it."""
    mine = world.get(app, {})
    default = folders(ref, app)[-1]["id"]
    return [
        {
            **item,
            "name": _name(mine, item),
            "size": _size(mine, item),
            "folder": DELETED
            if item["id"] in mine.get("deleted", ())
            else mine.get("places", {}).get(item["id"], item.get("folder", default)),
        }
        for item in _known(ref, world, app)
    ]


def shown(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> list[dict[str, Json]]:
    """The rows of the list on screen: what is searched for everywhere, else the folder in front."""
    mine = world.get(app, {})
    words = str(mine.get("search") or "").lower().split()
    files = listed(ref, world, app)
    if words:
        return [f for f in files if f["folder"] != DELETED and all(word in f["name"].lower() for word in words)]
    return [f for f in files if f["folder"] == folder_in_front(ref, mine, app)]


def folder_in_front(ref: Mapping[str, Json], mine: Mapping[str, Json], app: str) -> str:
    """The folder whose rows are shown."""
    return str(mine.get("folder") or folders(ref, app)[0]["id"])


def find(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, wanted: str) -> dict[str, Json]:
    """One file by its id."""
    return next(file for file in listed(ref, world, app) if file["id"] == wanted)


def _name(mine: Mapping[str, Json], item: Mapping[str, Json]) -> str:
    """The name that the learner gave; another kind of file has another ending."""
    name = str(mine.get("names", {}).get(item["id"], item["name"]))
    kind = mine.get("formats", {}).get(item["id"])
    return name.rpartition(".")[0] + f".{kind}" if kind and "." in name else name


def _size(mine: Mapping[str, Json], item: Mapping[str, Json]) -> str:
    """How heavy it is, in millions of signs, once it was made lighter or not."""
    chosen = mine.get("sizes", {}).get(item["id"])
    return next((str(one["size"]) for one in item.get("sizes", ()) if one["id"] == chosen), str(item.get("size", "1")))
