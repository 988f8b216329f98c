"""How a rule looks, and the objects that are made of named members. Faults are gathered, each with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Leaf = Callable[[Any], str]
"""A rule for a single value: what is needed, or nothing when it is right."""

Part = Callable[[Any, str, list[str]], None]
"""A rule for an object or array: value, its place, where faults go."""

LONGEST_SHOWN = 60


def tell(place: str, needed: str, value: Any) -> str:
    """`actor.mbox: mailto: and an address; found "sally"`."""
    return f"{place}: {needed}; found {show(value)}"


def show(value: Any) -> str:
    """A value, short enough for a sentence."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "an array"
    text = json.dumps(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def join(place: str, name: str) -> str:
    """The place of a member."""
    return f"{place}.{name}" if place else name


@dataclass(frozen=True)
class Shape:
    """An object with these members and no others; `required` must be there."""

    what: str
    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    required: Collection[str] = ()

    def check(self, value: Any, place: str, faults: list[str]) -> bool:
        """Whether it is an object at all; what is wrong with its members goes to `faults`."""
        if type(value) is not dict:
            faults.append(tell(place or self.what, "an object is needed", value))
            return False
        leaves, parts = self.leaves, self.parts
        for name, one in value.items():
            if (leaf := leaves.get(name)) is not None:
                if needed := leaf(one):
                    faults.append(tell(join(place, name), needed, one))
            elif (part := parts.get(name)) is not None:
                part(one, f"{place}.{name}" if place else name, faults)
            else:
                faults.append(f"{join(place, show(name)[1:-1])}: not a member of {self.what}")
        for name in self.required:
            if name not in value:
                faults.append(f"{join(place, name)}: required")
        return True

    def __call__(self, value: Any, place: str, faults: list[str]) -> None:
        self.check(value, place, faults)


def array_of(part: Part, *, empty: bool = True) -> Part:
    """An array whose elements follow `part`."""

    def check(value: Any, place: str, faults: list[str]) -> None:
        if type(value) is not list:
            faults.append(tell(place, "an array is needed", value))
            return
        if not value and not empty:
            faults.append(f"{place}: at least one element is needed")
        for at, one in enumerate(value):
            part(one, f"{place}[{at}]", faults)

    return check


def element(leaf: Leaf) -> Part:
    """A single value where a part is asked for: an element of an array."""

    def check(value: Any, place: str, faults: list[str]) -> None:
        if needed := leaf(value):
            faults.append(tell(place, needed, value))

    return check


def map_of(name_rule: Leaf, value_rule: Leaf | None) -> Part:
    """An object with names of one kind; `value_rule` None: any value, also null."""

    def check(value: Any, place: str, faults: list[str]) -> None:
        if type(value) is not dict:
            faults.append(tell(place, "an object is needed", value))
            return
        for name, one in value.items():
            if needed := name_rule(name):
                faults.append(f"{join(place, show(name)[1:-1])}: {needed}")
            elif value_rule and (needed := value_rule(one)):
                faults.append(tell(join(place, name), needed, one))

    return check
