"""Lines that a site proposes as one writes, and what it wants said twice: a zero, an address it does not know. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lms.contract import plain

Json = Any
Field = Mapping[str, Json]

FEWEST, MOST, LONG = 2, 5, 5
"""A site proposes from the second letter, and few lines: they are read."""

KEEP = "keep"


def propose(field: Field, value: str) -> list[str]:
    """Lines that begin with what is written, or near an address that may be kept; none once one stands there."""
    told = plain(value)
    if len(told) < FEWEST or is_listed(field, value):
        return []
    near = _is_near if "keep" in field else str.startswith
    return [line for line in field.get("suggest", ()) if near(plain(line), told)][:MOST]


def _is_near(line: str, written: str) -> bool:
    """An address that the site does not know is answered with those that share a long word."""
    return any(len(word) >= LONG and word in line.split() for word in written.split())


def is_listed(field: Field, value: str) -> bool:
    """Whether a line of the list stands there; always where there is no list."""
    return "suggest" not in field or plain(value) in map(plain, field["suggest"])


def asks_to_keep(field: Field, value: str) -> bool:
    """Whether the site wants this answer said twice."""
    if not value or "keep" not in field:
        return False
    pattern = field["keep"].get("match")
    return bool(re.fullmatch(pattern, value)) if pattern else not is_listed(field, value)


def offered(name: str, field: Field, mine: Mapping[str, Json]) -> dict[str, str]:
    """Parts under a field: part → the line it writes, or `keep` for what is kept as it stands."""
    value = mine.get("values", {}).get(name) or ""
    found = {f"{name}~{rank}": line for rank, line in enumerate(propose(field, value), 1)}
    if asks_to_keep(field, value) and name not in mine.get("kept", ()):
        found[f"{name}~{KEEP}"] = KEEP
    return found
