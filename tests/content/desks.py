"""Desks for tests: the shared examples, and small ones written on the spot."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lms.content.desk import Desk
from lms.content.scenarios import load_scenario, load_simulator
from lms.content.simulators import Simulator
from lms.contract import Advance, State

EXAMPLES = Path(__file__).parent / "examples"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
NAMES = [
    "mail/repondre",
    "procedure/aide-au-logement",
    "procedure/se-connecter",
    "pointer/viser",
    "call/aider-au-telephone",
]

BOX = """
from lms.contract import Refused

def parts(ref, world, app):
    return {"open": "click", "close": "click", "name": "type"} if world[app].get("open") else {"open": "click"}

def touch(ref, world, app, part, do, value):
    box = world[app]
    if part == "name":
        if value == "non":
            raise Refused("bad-name", "Essayez un autre nom.")
        return {**world, app: {**box, "name": value}}
    return {**world, app: {**box, "open": part == "open"}}
"""

NAMED = """
title: Donner un nom
persona: monique
apps: {box: box}
aim: [named]
goals:
  opened: {done: {box.open: true}, touch: box/open, say: Ouvrez la boîte.}
  named:  {done: {box.name: Lune}, touch: box/name, do: type, value: Lune, needs: [opened], say: Écrivez Lune.,
           hints: [Un astre.]}
"""


def load_examples() -> dict[str, Simulator]:
    return {folder.name: load_simulator(folder) for folder in sorted(EXAMPLES.iterdir()) if folder.is_dir()}


def load_example(name: str) -> Desk:
    return load_scenario(load_examples(), name)


def write_simulator(folder: Path, mechanics: str = BOX, more: str = "", name: str = "box") -> Simulator:
    place = folder / name
    (place / "scenarios").mkdir(parents=True, exist_ok=True)
    (place / "simulator.yaml").write_text(f"name: {name}\ntitle: La boîte\n{more}", encoding="utf-8")
    (place / "mechanics.py").write_text(mechanics, encoding="utf-8")
    return load_simulator(place)


def write_desk(folder: Path, scenario: str = NAMED, mechanics: str = BOX, more: str = "") -> Desk:
    simulator = write_simulator(folder, mechanics, more)
    (simulator.folder / "scenarios" / "essai.yaml").write_text(scenario, encoding="utf-8")
    return load_scenario({"box": simulator}, "box/essai")


def touch(desk: Desk, state: State, part: str, value: Any = None) -> Advance:
    return desk.advance(state, {"part": part, "do": desk.parts(state).get(part, "click"), "value": value}, NOW, 1)


def touch_all(desk: Desk, state: State, *parts: str | tuple[str, Any]) -> State:
    for one in parts:
        part, value = one if isinstance(one, tuple) else (one, None)
        outcome = touch(desk, state, part, value)
        assert not outcome.stale, part
        assert outcome.refused is None, part
        state = outcome.state
    return state


def walk(desk: Desk, state: State) -> Iterator[State]:
    """Every state on the guide's way, from this one to the last."""
    yield state
    while guide := desk.guide(state):
        state = touch(desk, state, guide.part, guide.value).state
        yield state


def lead_to(desk: Desk, part: str, state: State | None = None) -> State:
    """Where the guide first asks for this part."""
    for one in walk(desk, state or desk.start(NOW, 1)):
        guide = desk.guide(one)
        if guide and guide.part == part:
            return one
    raise AssertionError(f"the guide of {desk.id} never asks for {part}")


def come_by(desk: Desk, part: str) -> State:
    """Where the guide first leads past this part, asked for or not."""
    return next(one for one in walk(desk, desk.start(NOW, 1)) if part in desk.parts(one))


def follow(desk: Desk, state: State, most: int = 40) -> list[Advance]:
    """Touch what the guide says until it says nothing more."""
    outcomes: list[Advance] = []
    while guide := desk.guide(state):
        outcome = desk.advance(state, {"part": guide.part, "do": guide.do, "value": guide.value}, NOW, 1)
        assert not outcome.stale, guide
        assert outcome.refused is None, guide
        outcomes.append(outcome)
        state = outcome.state
        assert len(outcomes) <= most, guide
    return outcomes
