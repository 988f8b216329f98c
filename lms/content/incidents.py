"""What happens by itself after a touch: a code arrives, the connection drops, a trap was walked into."""

from __future__ import annotations

from dataclasses import dataclass

from lms.content.predicates import Test
from lms.content.world_paths import Json, find_value, replace_value

NOTICE = "notice"
"""The member of an app's world that names the window over it, and the part that its button is."""

Changes = tuple[tuple[tuple[str, ...], Json], ...]
"""Paths, cut into steps, and what is set or added there."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A wrong turn worth a kind word when `test` begins to hold; `reads` are the paths of its predicate."""

    id: str
    test: Test
    say: str
    reads: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Incident:
    """A change of the world, once, when `test` holds; a `switched` one waits for the state to name it.

    `title` is what a trainer reads who may wake it; a `window` comes over whichever app is in front.
    """

    id: str
    test: Test
    sets: Changes = ()
    adds: Changes = ()
    switched: bool = False
    reads: frozenset[str] = frozenset()
    line: int = 0
    title: str = ""
    window: str = ""


def run_incidents(
    incidents: tuple[Incident, ...], world: Json, fired: list[str], switches: list[str]
) -> tuple[Json, list[str]]:
    """The world after every incident that is due, and their ids; one may set off the next."""
    happened: list[str] = []
    waiting = [one for one in incidents if one.id not in fired and (not one.switched or one.id in switches)]
    while due := next((one for one in waiting if one.test(world)), None):
        waiting.remove(due)
        happened.append(due.id)
        world = apply_incident(due, world)
    return world, happened


def apply_incident(incident: Incident, world: Json) -> Json:
    """A new world with the incident's changes."""
    world = change_world(world, incident.sets)
    if incident.window:
        world = replace_value(world, (world["front"], NOTICE), incident.window)
    for steps, value in incident.adds:
        world = replace_value(world, steps, _sum(find_value(world, ".".join(steps)), value))
    return world


def change_world(world: Json, sets: Changes) -> Json:
    """A new world in which these paths have these values."""
    for steps, value in sets:
        world = replace_value(world, steps, value)
    return world


def _sum(old: Json, value: Json) -> Json:
    """A number is added, a member appended once, a list member by member."""
    if isinstance(value, int) and not isinstance(value, bool) and not isinstance(old, list):
        return (old or 0) + value
    members = value if isinstance(value, list) else [value]
    start = old if isinstance(old, list) else []
    return [*start, *(member for member in members if member not in start)]
