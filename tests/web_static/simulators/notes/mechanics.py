"""A sheet of paper: open it, write, agree, save; a counter to press several times."""

from __future__ import annotations

from typing import Any

World = dict[str, Any]


def parts(ref: World, world: World, app: str) -> dict[str, str]:
    """What can be touched on this page."""
    if world[app]["page"] == "list":
        return {"new": "click", "look": "click", "count": "click"}
    return {"text": "type", "agree": "click", "size": "choose", "save": "click"}


def touch(ref: World, world: World, app: str, part: str, do: str, value: Any) -> World:
    """The world after one touch."""
    own = world[app]
    changes: dict[str, World] = {
        "new": {"page": "write"},
        "look": {"seen": True},
        "count": {"count": own["count"] + 1},
        "text": {"text": value},
        "agree": {"agreed": not own["agreed"]},
        "size": {"size": value},
        "save": {"saved": True, "page": "list"},
    }
    return {**world, app: {**own, **changes[part]}}
