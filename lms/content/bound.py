"""A scenario on one day: its facts, first world and goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.goals import Goal
from lms.content.incidents import Changes, Incident, Trap

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

    def is_reached(self, world: Json) -> bool:
        """The aim alone is success."""
        return all(self.goals[name].done(world) for name in self.aim)
