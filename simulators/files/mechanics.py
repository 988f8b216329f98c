"""Files: a list by folder, a document to open, rename, move, delete and bring back. Pure.

What `ref[app]` holds is told in simulator.yaml. A `later` file appears once its id stands in `world[app].got`;
an id that stands there twice is a second copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lms.contract import Refused

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
            "name": mine.get("names", {}).get(item["id"], item["name"]),
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
    return [f for f in files if f["folder"] == _folder(ref, mine, app)]


def _folder(ref: Mapping[str, Json], mine: Mapping[str, Json], app: str) -> str:
    return str(mine.get("folder") or folders(ref, app)[0]["id"])


def parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    """What can be touched on this screen now."""
    mine = world.get(app, {})
    page = mine.get("page") or "list"
    if page == "list":
        return _list_parts(ref, world, app)
    if page == "rename":
        return {"name": "type", "save": "click", "cancel": "click"}
    if page == "move":
        here = _file(ref, world, app, mine["open"])["folder"]
        return {f"to-{f['id']}": "click" for f in folders(ref, app) if f["id"] != here} | {"cancel": "click"}
    if not isinstance(ref.get(app), Mapping):  # a plain list of files stays as it is
        return {"close": "click"}
    gone = _file(ref, world, app, mine["open"])["folder"] == DELETED
    return dict.fromkeys(("restore", "close") if gone else ("rename", "move", "delete", "close"), "click")


def _list_parts(ref: Mapping[str, Json], world: Mapping[str, Json], app: str) -> dict[str, str]:
    found = {f"folder-{folder['id']}": "click" for folder in folders(ref, app)} | {f"folder-{DELETED}": "click"}
    found |= {"search": "type", "sort-name": "click", "sort-date": "click"}
    if world.get(app, {}).get("search"):
        found["clear"] = "click"
    return found | {f"row-{file['id']}": "click" for file in shown(ref, world, app)}


def _file(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, wanted: str) -> dict[str, Json]:
    return next(file for file in listed(ref, world, app) if file["id"] == wanted)


def touch(
    ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str, do: str, value: Json
) -> dict[str, Json]:
    """The whole new world after one touch."""
    mine = dict(world.get(app, {}))
    verb, _, what = part.partition("-")
    change = {"row": _open, "folder": _enter, "sort": _sort, "to": _move}.get(verb) or SINGLE[part]
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
    return {"page": "rename", "naming": _file(ref, world, app, world[app]["open"])["name"]}


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
    ending = "." + str(_file(ref, world, app, mine["open"])["name"]).rpartition(".")[2]
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
}


def values(ref: Mapping[str, Json], world: Mapping[str, Json], app: str, part: str) -> list[Json]:
    """Values for random walks."""
    return {"search": ["", "facture", "pdf", "rien de tel"], "name": ["", "papier", "été 2026.pdf"]}.get(part, [])


def goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
    """Ways to every file wherever it was put: `app.at-<folder>`, `app.open-<file>`, `app.kept-<file>`."""
    facts = ref.get(app) or ()
    items = facts if not isinstance(facts, Mapping) else [*facts.get("items", ()), *facts.get("later", ())]
    later = {item["id"] for item in facts.get("later", ())} if isinstance(facts, Mapping) else set()
    all_folders = [*folders(ref, app), {"id": DELETED, "name": "Supprimés"}]
    found = {f"{app}.at-{folder['id']}": _folder_goal(app, folder) for folder in all_folders}
    for item in items:
        home = item.get("folder", "downloads" if item["id"] in later else all_folders[-2]["id"])
        found |= _file_goals(app, item["id"], home, [folder["id"] for folder in all_folders[:-1]])
    return {name: goal | {"named": False} for name, goal in found.items()}


def _folder_goal(app: str, folder: Mapping[str, Json]) -> dict[str, Json]:
    done = {f"{app}.page": {"in": [None, "list"]}, f"{app}.folder": folder["id"], f"{app}.search": {"filled": False}}
    say = f"Appuyez sur « {folder['name']} »."
    return {"done": done, "touch": f"{app}/folder-{folder['id']}", "needs": [f"{app}.list"], "say": say}


def _file_goals(app: str, file: str, home: str, places: list[str]) -> dict[str, dict[str, Json]]:
    """A file may have been moved or deleted: the way goes through the folder where it is now."""
    row, restore = f"{app}/row-{file}", f"{app}/restore"
    there = {place: {f"{app}.places.{file}": {"in": [None, place] if place == home else [place]}} for place in places}
    ways = [
        {"touch": row, "if": there[place], "needs": [f"{app}.at-{place}"], "say": "Ouvrez ce fichier."}
        for place in places
    ]
    opened = {f"{app}.page": "open", f"{app}.open": file}
    kept = {"done": {"not": {f"{app}.deleted": {"has": file}}}, "touch": restore, "needs": [f"{app}.gone-{file}"]}
    return {
        f"{app}.open-{file}": {"done": opened | kept["done"], "ways": ways, "needs": [f"{app}.kept-{file}"]},
        f"{app}.gone-{file}": {
            "done": opened,
            "touch": row,
            "needs": [f"{app}.at-{DELETED}"],
            "say": "Ouvrez ce fichier.",
        },
        f"{app}.kept-{file}": kept | {"say": "Appuyez sur « Remettre »."},
    }
