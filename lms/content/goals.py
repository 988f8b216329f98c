"""Goals: what must hold, the touch that brings it, what it needs. The first unmet need of an unmet aim is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.content.predicates import Test
from lms.content.world_paths import Json

DESK = "desk"
"""The app that stands for the desk itself: `desk/<app>` brings an app to the front."""

WAY_HINTS = ("Regardez tout l'écran.", "Cherchez ce que dit la consigne.")
"""From vague to precise, where what is sought is a mere way: another app, another folder, a page back."""


@dataclass(frozen=True, slots=True)
class Way:
    """One touch that brings a goal, possible while `test` holds (None: always); `reads` are its paths."""

    touch: str
    do: str
    value: Json
    say: str
    needs: tuple[str, ...] = ()
    test: Test | None = None
    reads: frozenset[str] = frozenset()

    @property
    def app(self) -> str:
        """The app that must be in front for this touch."""
        return self.touch.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, told at `file` and `line`; `predicate` is `done` as written, `named` goals count as steps."""

    id: str
    done: Test
    ways: tuple[Way, ...]
    needs: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()
    predicate: str = ""
    named: bool = True
    file: str = ""
    line: int = 0

    def find_paths(self) -> frozenset[str]:
        """What it is judged by, and what its ways are chosen by."""
        return self.reads.union(*(way.reads for way in self.ways))


@dataclass(frozen=True, slots=True)
class Step:
    """The next touch: the goal it is for, and the way."""

    goal: Goal
    way: Way


def find_step(goals: Mapping[str, Goal], aim: tuple[str, ...], world: Json) -> Step | None:
    """The next touch towards the aim, None when the aim is reached or no way is open."""
    for name in aim:
        if not goals[name].done(world):
            return _find_step_for(goals, goals[name], world)
    return None


def _find_step_for(goals: Mapping[str, Goal], goal: Goal, world: Json) -> Step | None:
    unmet = _find_unmet(goals, goal.needs, world)
    if unmet:
        return _find_step_for(goals, unmet, world)
    way = next((way for way in goal.ways if way.test is None or way.test(world)), None)
    if way is None:
        return None
    unmet = _find_unmet(goals, way.needs, world)
    return _find_step_for(goals, unmet, world) if unmet else Step(goal, way)


def _find_unmet(goals: Mapping[str, Goal], needs: tuple[str, ...], world: Json) -> Goal | None:
    return next((goals[name] for name in needs if not goals[name].done(world)), None)


def find_cycle(needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Goals that need each other in a ring, in order, the first again at the end; empty when there is none."""
    settled: set[str] = set()
    for name in needs:
        ring = _find_ring(needs, name, [], settled)
        if ring:
            return ring
    return []


def _find_ring(needs: Mapping[str, tuple[str, ...]], name: str, path: list[str], settled: set[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in settled:
        return []
    for need in needs.get(name, ()):
        ring = _find_ring(needs, need, [*path, name], settled)
        if ring:
            return ring
    settled.add(name)
    return []


def iter_needed(needs: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> Iterator[str]:
    """These goals and all they need, each once, needs first."""
    seen: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in seen or name not in needs:
            return
        seen.add(name)
        for need in needs[name]:
            yield from visit(need)
        yield name

    for name in names:
        yield from visit(name)
