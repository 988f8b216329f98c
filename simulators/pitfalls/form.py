"""A form's pages and blocks, and whether an answer is the right one."""

from __future__ import annotations

from typing import Any

from lms.contract import is_same

Own = dict[str, Any]


def find_page(mine: Own, own: Own) -> Own:
    """The page in front."""
    return next(dict(page) for page in mine["pages"] if page["id"] == own["page"])


def find_block(page: Own, part: str) -> Own:
    """The block that a part belongs to: its own id, or one of its boxes."""
    same = [block for block in page["blocks"] if block["id"] == part]
    inner = [
        block for block in page["blocks"] if block["kind"] in ("many", "proof") and part.startswith(block["id"] + "-")
    ]
    return dict((same or inner)[0])


def options_of(block: Own, own: Own) -> list[Own]:
    """What can be chosen now; some files are there only once something was done."""
    return [one for one in block["options"] if one.get("when") in (None, *own["done"])]


def is_right(block: Own, own: Own) -> bool:
    """Whether a block's answer is what the exercise expects."""
    name, kind = block["id"], block["kind"]
    value = own["values"].get(name)
    if kind == "tick":
        return bool(value) == (block["expect"] == "on")
    if kind == "many":
        given = own["values"]
        return all(bool(given.get(f"{name}-{one['value']}")) == (one["expect"] == "on") for one in block["options"])
    if kind == "file":
        return bool(value)
    asked = block["variants"][own["way"].get(name, 0)] if kind == "proof" else block
    return isinstance(value, str) and is_same(asked.get("answer", "text"), value, asked["expect"])
