"""The text of a JSON object, member by member: what a sender wrote is kept character for character."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping

_SPACE = re.compile(r"[ \t\n\r]*")
_decoder = json.JSONDecoder()


def find_members(text: str) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of each member of the object, `"name": value`, without the comma. The JSON is valid."""
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        start = at
        name, at = _decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        _, end = _decoder.raw_decode(text, at)
        yield name, start, end
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def drop_members(text: str, names: Collection[str]) -> str:
    """Without these members; the characters of all others stay."""
    found = list(find_members(text))
    kept = [text[start:end] for name, start, end in found if name not in names]
    return text if len(kept) == len(found) else "{" + ",".join(kept) + "}"


def add_members(text: str, members: Mapping[str, str]) -> str:
    """With these members (name → JSON text) at the end; no character of the rest is touched."""
    if not members:
        return text
    inside = text.rstrip()[:-1].rstrip()
    comma = "" if inside.endswith("{") else ","
    return inside + comma + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"
