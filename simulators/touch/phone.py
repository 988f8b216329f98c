"""What a phone's pages hold: which page is in front, which things are on it now."""

from __future__ import annotations

from typing import Any

Own = dict[str, Any]


def find_page(mine: Own, own: Own) -> Own:
    """The page in front."""
    return next(dict(page) for page in mine["pages"] if page["id"] == own["page"])


def find_seen(page: Own, own: Own) -> list[Own]:
    """Things on the page now; some stand only on one view of what is swiped. One line is written at a time."""
    placed = [thing for thing in page["things"] if _stands(thing, own)]
    lines = [thing for thing in placed if thing["gesture"] == "type"]
    now = next((line for line in lines if line["id"] not in own["done"]), None)
    return [thing for thing in placed if thing is now or thing["gesture"] != "type"]


def _stands(thing: Own, own: Own) -> bool:
    on = thing.get("on")
    return on is None or own["at"].get(on["of"], 0) == int(on["at"])


def find_thing(page: Own, name: str) -> Own:
    """A thing of the page by its id."""
    return next(dict(thing) for thing in page["things"] if thing["id"] == name)
