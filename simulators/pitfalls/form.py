"""A form's pages and blocks, and whether an answer is the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lms.contract import ANSWERS, is_same, normalise

Own = dict[str, Any]
Fault = tuple[tuple[str | int, ...], str]

FIGURES = re.compile(r"[\d/.]+")


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


def check(ref: Own, app: str) -> Iterator[Fault]:
    """Kinds of answers that nobody knows, and figures that would be compared as words."""
    for at, page in enumerate(ref[app]["pages"]):
        for rank, block in enumerate(page["blocks"]):
            steps = ("pages", at, "blocks", rank)
            if block["kind"] == "proof":
                for turn, asked in enumerate(block["variants"]):
                    yield from _check_asked(asked, (*steps, "variants", turn), written=True)
            else:
                yield from _check_asked(block, steps, written=block["kind"] == "text")


def _check_asked(asked: Own, steps: tuple[str | int, ...], written: bool) -> Iterator[Fault]:
    if asked.get("answer", "text") not in ANSWERS:
        yield (*steps, "answer"), f"no kind of answer «{asked['answer']}»; there is: {', '.join(ANSWERS)}"
    elif written and "answer" not in asked and _is_figures(asked["expect"]):
        told = f"«{asked['expect']}» would be compared as words; say what it is, such as `answer: digits`"
        yield (*steps, "expect"), f"{told}: {', '.join(ANSWERS)}"


def _is_figures(text: str) -> bool:
    """Whether a date, a sum, a number is meant: «7 juin 1996», «912 euros», «842»."""
    return any(FIGURES.fullmatch(normalise(kind, text)) for kind in ANSWERS)
