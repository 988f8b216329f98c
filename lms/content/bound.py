"""A scenario on one day: its facts, first world and goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.content.goals import Goal
from lms.content.incidents import Changes, Incident, Trap
from lms.content.windows import Windows
from lms.contract import State

Json = Any


@dataclass(frozen=True)
class Bound:
    """The scenario on one day: facts, first world, goals in the order they are needed."""

    ref: Mapping[str, Json]
    start: Mapping[str, Json]
    goals: Mapping[str, Goal]
    aim: tuple[str, ...]
    traps: tuple[Trap, ...]
    incidents: tuple[Incident, ...]
    returning: Changes = ()
    """What a later visit finds otherwise than it was left."""
    windows: Mapping[str, Windows] = field(default_factory=dict)
    """By app, what may come over it."""

    def is_reached(self, world: Json) -> bool:
        """The aim alone is success."""
        return all(self.goals[name].done(world) for name in self.aim)

    def count_steps(self, state: State) -> tuple[int, int]:
        """Aims and named goals reached at any time, and how many there are; what was so from the start is no step."""
        given = state.get("given", ())
        names = [name for name, goal in self.goals.items() if name in self.aim or (goal.named and name not in given)]
        if self.is_reached(state["world"]):
            return len(names), len(names)
        # An aim that was undone is not reached, however near one was.
        met = [name for name in names if name in state["met"] and name not in self.aim]
        return len(met) + sum(self.goals[name].done(state["world"]) for name in self.aim), len(names)

    def list_wanted(self, part: str) -> tuple[str, ...]:
        """The texts that goals want in this part."""
        ways = (way for goal in self.goals.values() for way in goal.ways)
        return tuple(way.value for way in ways if way.touch == part and isinstance(way.value, str))

    def is_last(self, part: str) -> bool:
        """Whether this touch brings the aim when all it needs is there."""
        return any(way.touch == part for name in self.aim for way in self.goals[name].ways)

    def list_said(self) -> dict[str, str]:
        """What the guide says first for each goal that counts as a step."""
        named = {name: goal for name, goal in self.goals.items() if goal.named}
        said = {name: next((way.say for way in goal.ways if way.say), "") for name, goal in named.items()}
        return {name: say for name, say in said.items() if say}
