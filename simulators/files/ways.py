"""Ways to every file wherever it was put. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .disk import DELETED, folders

Json = Any


def build_goals(ref: Mapping[str, Json], app: str) -> dict[str, dict[str, Json]]:
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
