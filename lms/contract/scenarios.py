"""Scenarios as an activity type sees them: what it may ask of one, and what crosses between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Json = Any
State = dict[str, Json]


@dataclass(frozen=True)
class Switch:
    """Something that a trainer may let happen in an attempt; `on` once it was asked for."""

    id: str
    title: str
    on: bool = False


@dataclass(frozen=True)
class Window:
    """A window over the app in front, until its button, the `part`, is touched; the words are French."""

    part: str
    name: str
    title: str
    text: str
    button: str


@dataclass(frozen=True)
class KeptWorld:
    """A learner's world between two attempts: `persona` and `name` find it again, `clock` is the day it was left.

    `simulators` says by app what each part of the world was made by.
    """

    persona: str
    name: str
    clock: str
    simulators: Mapping[str, str]
    world: Mapping[str, Json]


@dataclass(frozen=True)
class Guide:
    """The next touch that leads to success: which goal, what to say, which part, which value."""

    goal: str
    say: str
    part: str
    do: str
    value: Json = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advance:
    """What one event did to a scenario's state."""

    state: State
    met: tuple[str, ...] = ()
    trapped: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    refused: str | None = None
    stale: bool = False
    success: bool = False
    say: str = ""


class Refused(Exception):
    """Raised by a simulator's mechanics: this value is not accepted and is not to be kept.

    `code` goes into events and statements, `say` to the learner; the value itself goes nowhere.
    """

    def __init__(self, code: str, say: str) -> None:
        super().__init__(code)
        self.code = code
        self.say = say


class Scenario(Protocol):
    """A compiled scenario: what an activity type may do with it. Everything is pure."""

    @property
    def id(self) -> str:
        """`simulator/scenario`."""

    @property
    def title(self) -> str: ...

    @property
    def needed(self) -> tuple[str, str] | None:
        """Persona and name of the kept world that it goes on from."""

    @property
    def days(self) -> int:
        """How many days later than the kept world it plays."""

    def start(self, now: datetime, seed: int) -> State:
        """A fresh state: world, goals met, help taken."""

    def resume(self, kept: KeptWorld, seed: int) -> State | None:
        """A state that goes on from a kept world; None when it does not fit, or nothing would be left to do."""

    def keep(self, state: State) -> KeptWorld | None:
        """What of this state is kept for a later visit, None where the scenario keeps nothing."""

    def advance(self, state: State, event: Mapping[str, Json], now: datetime, seed: int) -> Advance:
        """Apply `{part, do, value}` to `state`, which is left untouched. `here`: the page on which it was made."""

    def titles_of_seats(self) -> Mapping[str, str]:
        """Who sits at this desk, by seat; empty where it has no seats."""

    def sit(self, state: State, seat: str) -> State:
        """The state as one of two people sees it from that seat; `""` when one plays on alone."""

    def here(self, state: State) -> str:
        """Where one is: the app in front, and the page that it shows. The browser sends it back with a touch."""

    def guide(self, state: State) -> Guide | None:
        """The next touch towards the aim, None once the aim is reached."""

    def window(self, state: State) -> Window | None:
        """What stands over the app in front, None when nothing does."""

    def switches(self, state: State) -> Sequence[Switch]:
        """Incidents that sleep until somebody switches them on; those without a title are only for authors."""

    def steps(self, state: State) -> tuple[int, int]:
        """Aims and named goals reached, and how many there are."""

    def seen(self, state: State) -> Mapping[str, Json]:
        """The part of the world that the browser gets: from a seat, the apps of that seat."""

    def public(self, state: State) -> Mapping[str, Json]:
        """What the browser gets to draw the desk: apps, ref without answers, persona, today."""

    def competences(self, goal: str) -> tuple[str, ...]: ...

    def wanted(self, state: State, part: str) -> tuple[str, ...]:
        """The texts that goals want in this part."""

    def is_last(self, state: State, part: str) -> bool:
        """Whether this touch is the one that ends the exercise when all is ready."""

    def sentences(self) -> Mapping[str, str]:
        """What the guide says for each goal that counts as a step, in the order of the goals."""
