"""Random walks through a scenario, each ended by following its guide: what can get stuck is found before."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lms.content.desk import Desk
from lms.content.incidents import NOTICE
from lms.content.simulators import find_line
from lms.contract import Advance, Guide, State
from lms.errors import Problem

Json = Any

SEEDS = range(60)
VISITS = range(12)
STEPS = 20
MOST_TOUCHES = 300
"""More than any exercise takes; a ring is noticed much earlier."""

DAYS = (
    datetime(2026, 11, 21, 9, tzinfo=UTC),
    datetime(2027, 1, 31, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)
"""An ordinary day, one that has no twin a month before, and a leap day."""

GARBAGE: tuple[Json, ...] = (
    "",
    " ",
    "oui",
    "520",
    "xyz",
    "31/02/2026",
    "'\"<>&",
    "é" * 200,
    "06 12 34 56 78",
    "a@b.fr",
)
GARBAGE_TRACES: tuple[Json, ...] = (None, "", [], [[]], [[0, 0]], [["?"]], {}, {"x": None}, [None], 7, [[1, 2, 3, 4]])


def check_scenario(scenario: Desk) -> list[Problem]:
    """What `lms check` asks of a scenario: walks that never get stuck, goals that can be reached."""
    return walk(scenario, SEEDS, STEPS)


def check_visit(keeper: Desk, scenario: Desk) -> list[Problem]:
    """The same of a scenario that goes on from the world that another leaves at its end."""
    walker = _Walker(scenario, keeper)
    for seed in VISITS:
        walker.walk_once(seed, STEPS)
    return list(walker.problems.values())


def walk(scenario: Desk, seeds: Iterable[int], steps: int) -> list[Problem]:
    """Faults met on random walks of `steps` touches, one a seed; each told once, with the touches before it."""
    walker = _Walker(scenario)
    for seed in seeds:
        walker.walk_once(seed, steps)
    return [*walker.problems.values(), *walker.find_unreached(), *walker.find_unseen()]


class _Fault(Exception):
    """Ends one walk. `about` makes faults of the same kind one."""

    def __init__(self, about: str, message: str, file: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.about, self.file, self.line = about, file, line


class _Walker:
    """Walks one scenario, and gathers faults and the goals that were met."""

    def __init__(self, desk: Desk, keeper: Desk | None = None) -> None:
        self.desk, self.keeper = desk, keeper
        self.problems: dict[str, Problem] = {}
        self.met: set[str] = set()
        self.seen: set[str] = {"front", "seat", *desk.simulators}
        self.seen.update(f"{app}.{NOTICE}" for app, windows in desk.checked.windows.items() if windows)
        self._path: list[str] = []

    def walk_once(self, seed: int, steps: int) -> None:
        now, chance = DAYS[seed % len(DAYS)], random.Random(seed)  # noqa: S311 - a walk, no secret
        self._path = []
        try:
            state = self._start(now, seed)
            facts = json.dumps(self.desk.on(state["clock"]).ref)
            self.met.update(state["met"])
            for _ in range(steps if seed else 0):
                state = self._wander(state, chance, now, seed)
            self._follow(state, now, seed)
            if json.dumps(self.desk.on(state["clock"]).ref) != facts:
                raise _Fault("ref", "a touch changed `ref`, which is fixed")
        except _Fault as fault:
            self._note(fault)

    def _start(self, now: datetime, seed: int) -> State:
        """A fresh state; every fourth walk has all its switches on."""
        state = self._return(self.keeper, now, seed) if self.keeper else self.desk.start(now, seed)
        switches = [one.id for one in self.desk.checked.incidents if one.switched and seed % 4 == 3]
        self._see(state)
        return {**state, "switched": switches} if switches else state

    def _return(self, keeper: Desk, now: datetime, seed: int) -> State:
        """The earlier scenario played as its guide says, then this one begun from what it left."""
        before = keeper.start(now, seed)
        for _ in range(MOST_TOUCHES):
            if not (guide := keeper.guide(before)):
                break
            before = keeper.advance(before, {"part": guide.part, "value": guide.value}, now, seed).state
        kept = keeper.keep(before)
        state = self.desk.resume(kept, seed) if kept else None
        if state is None:
            told = f"cannot go on from what {keeper.id} leaves: no app in common, or the aim is reached already"
            raise _Fault("no visit", told)
        return state

    def _see(self, state: State) -> None:
        for app in self.desk.simulators:
            self.seen.update(f"{app}.{member}" for member in state["world"][app])

    def find_unseen(self) -> list[Problem]:
        """Paths that no world ever had: most likely a slip of the pen."""
        message = "«{}» was never seen in the world; is it written right?"
        return [
            Problem(file, line, name, message.format(path))
            for file, line, name, reads in self._iter_reads()
            for path in sorted(reads)
            if ".".join(path.split(".")[:2]) not in self.seen
        ]

    def _iter_reads(self) -> Iterator[tuple[str, int, str, frozenset[str]]]:
        for goal in self.desk.checked.goals.values():
            yield goal.file, goal.line, goal.id, goal.reads.union(*(way.reads for way in goal.ways))
        for trap in self.desk.checked.traps:
            yield self.desk.file, trap.line, trap.id, trap.reads
        for incident in self.desk.checked.incidents:
            yield self.desk.file, incident.line, incident.id, incident.reads

    def find_unreached(self) -> list[Problem]:
        """Named goals that no walk has met."""
        goals = self.desk.checked.goals.items()
        lost = [goal for name, goal in goals if name not in self.met and (goal.named or name in self.desk.checked.aim)]
        message = "never reached, neither at random nor by following the guide"
        return [Problem(goal.file, goal.line, goal.id, message) for goal in lost]

    def _wander(self, state: State, chance: random.Random, now: datetime, seed: int) -> State:
        parts = self._parts(state)
        self._check_guide(state, parts)
        if not parts:
            raise _Fault("no parts", "nothing can be touched")
        part = chance.choice(sorted(parts))
        value = chance.choice(self._values(state, part, parts[part]))
        return self._touch(state, part, parts[part], value, now, seed).state

    def _follow(self, state: State, now: datetime, seed: int) -> None:
        """The guide to its end, which must be success."""
        seen: set[str] = set()
        outcome = None
        while guide := self._check_guide(state, self._parts(state)):
            world = json.dumps([state["world"], state["fired"]])  # an incident that happened does so no more
            if world in seen or len(seen) > MOST_TOUCHES:
                told = f"stuck: the guide to «{guide.goal}» runs in a ring"
                raise _Fault(f"ring {guide.goal}", told, *self._place(guide.goal))
            seen.add(world)
            outcome = self._touch(state, guide.part, guide.do, guide.value, now, seed)
            if outcome.refused:
                told = f"stuck: {guide.part} refuses what the guide says ({outcome.refused})"
                raise _Fault(f"refused {guide.goal}", told, *self._place(guide.goal))
            state = outcome.state
        if not self.desk.on(state["clock"]).is_reached(state["world"]):
            raise _Fault("no way", "stuck: the aim is not reached, and no way of its goals is open")

    def _check_guide(self, state: State, parts: dict[str, str]) -> Guide | None:
        guide = self.desk.guide(state)
        if guide and parts.get(guide.part) != guide.do:
            there = ", ".join(f"{part} ({do})" for part, do in sorted(parts.items()))
            message = f"stuck: the guide to «{guide.goal}» says {guide.do} on {guide.part}; on screen is: {there}"
            raise _Fault(f"absent {guide.goal} {guide.part}", message, *self._place(guide.goal))
        return guide

    def _place(self, goal: str) -> tuple[str, int]:
        found = self.desk.checked.goals[goal]
        return found.file, found.line

    def _parts(self, state: State) -> dict[str, str]:
        try:
            return self.desk.parts(state)
        except Exception as error:
            raise self._blame(state["world"]["front"], "parts", error) from error

    def _values(self, state: State, part: str, do: str) -> list[Json]:
        if do == "click":
            return [None]
        app, _, inner = part.partition("/")
        simulator, ref = self.desk.simulators[app], self.desk.on(state["clock"]).ref
        told = [
            way.value for goal in self.desk.on(state["clock"]).goals.values() for way in goal.ways if way.touch == part
        ]
        try:
            offered = simulator.mechanics.values(ref, state["world"], app, inner) if simulator.mechanics.values else []
        except Exception as error:
            raise self._blame(app, f"values of {part}", error) from error
        # Thrice what makes sense, so that walks go deep as well as astray.
        garbage = GARBAGE if do in ("type", "choose") else GARBAGE_TRACES
        return [*told, *offered] * 3 + list(garbage)

    def _touch(self, state: State, part: str, do: str, value: Json, now: datetime, seed: int) -> Advance:
        self._path.append(part if value is None else f"{part} = {value!r:.40}")
        before = json.dumps(state)
        try:
            outcome = self.desk.advance(state, {"part": part, "do": do, "value": value}, now, seed)
        except Exception as error:
            raise self._blame(part.partition("/")[0], f"touch of {part} with {value!r:.60}", error) from error
        self._check_outcome(state, before, outcome, part)
        self.met.update(outcome.met)
        self._see(outcome.state)
        return outcome

    def _check_outcome(self, state: State, before: str, outcome: Advance, part: str) -> None:
        if json.dumps(state) != before:
            raise _Fault(f"mutated {part}", f"touching {part} changed the old world; it must make a new one")
        if outcome.stale:
            raise _Fault(f"stale {part}", f"{part} stands on screen but cannot be touched")
        if json.loads(_dump(outcome.state, part)) != outcome.state:
            raise _Fault(f"json {part}", f"touching {part} made a world that JSON does not keep as it is")

    def _blame(self, app: str, what: str, error: Exception) -> _Fault:
        path = self.desk.simulators[app].folder / "mechanics.py"
        line = find_line(error, path)
        return _Fault(f"raised {line} {type(error).__name__}", f"{what} raised {error!r}", str(path), line)

    def _note(self, fault: _Fault) -> None:
        trail = " → ".join(self._path[-12:])
        message = f"{fault}; after: {trail}" if trail else str(fault)
        problem = Problem(fault.file or self.desk.file, fault.line, self.desk.id, message)
        self.problems.setdefault(fault.about, problem)


def _dump(state: State, part: str) -> str:
    try:
        return json.dumps(state)
    except (TypeError, ValueError) as error:
        raise _Fault(f"json {part}", f"touching {part} made a world that is not JSON: {error}") from error
