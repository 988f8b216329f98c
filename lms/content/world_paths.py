"""Paths in a world: reading, replacing without touching the old world, and telling them for another app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Any


def find_value(world: Json, path: str) -> Json:
    """The value at a dotted path, None where there is none."""
    value = world
    for step in path.split("."):
        value = step_into(value, step)
    return value


def step_into(value: Json, step: str) -> Json:
    """One step into a mapping or a list, None where there is nothing."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return None


def replace_value(world: Json, steps: tuple[str, ...], value: Json) -> Json:
    """A copy of the world, only the path to the value being new."""
    if not steps:
        return value
    base: Mapping[str, Json] = world if isinstance(world, dict) else {}
    return {**base, steps[0]: replace_value(base.get(steps[0]), steps[1:], value)}


def rename_app(spec: Json, old: str, new: str) -> Json:
    """The same predicate about another app: first steps of paths, and the value of `front`."""
    if isinstance(spec, list):
        return [rename_app(one, old, new) for one in spec]
    if not isinstance(spec, Mapping):
        return spec
    return {_rename_path(key, old, new): _rename_under(key, value, old, new) for key, value in spec.items()}


def _rename_path(path: str, old: str, new: str) -> str:
    head, dot, rest = path.partition(".")
    return f"{new}{dot}{rest}" if head == old else path


def _rename_under(key: str, value: Json, old: str, new: str) -> Json:
    if key in ("not", "any", "all"):
        return rename_app(value, old, new)
    return new if key == "front" and value == old else value
