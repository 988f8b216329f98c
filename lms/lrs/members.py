"""The text of a JSON object, member by member: what a sender wrote is kept character for character."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

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
    if not names:
        return text
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


def set_members(text: str, values: Mapping[str, str]) -> str:
    """With the values of these members (name → JSON text) replaced; every other character stays."""
    if not values:
        return text
    for name, start, end in reversed(list(find_members(text))):
        if name in values:
            text = text[: _find_value(text, start)] + values[name] + text[end:]
    return text


def _find_value(text: str, start: int) -> int:
    """Where the value of the member that begins at `start` begins."""
    _, at = _decoder.raw_decode(text, start)
    return _skip(text, _skip(text, at) + 1)


CONTEXTS = ("parent", "grouping", "category", "other")


def wrap_contexts(text: str, statement: Mapping[str, Any]) -> str:
    """Single activities of contextActivities as arrays, as they are returned (xAPI 1.0.3, part 2, 2.4.6.2)."""
    groups = statement.get("context", {}).get("contextActivities", {})
    if any(isinstance(one, dict) for one in groups.values()):
        text = _change(text, "context", lambda part: _change(part, "contextActivities", _wrap))
    about = statement["object"]
    if about.get("objectType") == "SubStatement" and "context" in about:
        text = _change(text, "object", lambda part: wrap_contexts(part, about))
    return text


def _wrap(text: str) -> str:
    for name, start, end in reversed(list(find_members(text))):
        at = _find_value(text, start)
        if name in CONTEXTS and text[at] == "{":
            text = f"{text[:at]}[{text[at:end]}]{text[end:]}"
    return text


def _change(text: str, name: str, change: Callable[[str], str]) -> str:
    """With the text of one member's value changed."""
    for found, start, end in find_members(text):
        if found == name:
            at = _find_value(text, start)
            return text[:at] + change(text[at:end]) + text[end:]
    return text
