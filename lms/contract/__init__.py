"""What crosses the border between the core and its plugins. A plugin imports this and nothing else of `lms`.

`lms.contract.tables` stands beside it for plugins that need SQL; this module knows neither Flask nor SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import pluggy

CONTRACT_VERSION = 1
"""A plugin states the version it needs as `CONTRACT = 1` in its module."""

hookimpl = pluggy.HookimplMarker("lms")

FieldKind = Literal["text", "markdown", "integer", "boolean", "choice", "picture", "scenario", "group"]
Json = Any
State = dict[str, Json]
Mode = Literal["show", "guided", "assisted", "alone"]
Help = Literal["none", "hint", "where", "shown"]
Tone = Literal["info", "almost", "right", "done"]


@dataclass(frozen=True)
class Field:
    """One option of an activity or course type. The author's form and the checks of `lms check` are made from it.

    `many` makes it a list; `fields` are the members of a `group`; `choices` the allowed values of a `choice`.
    A `scenario` field holds `simulator/scenario` in the file and arrives resolved, as a `Scenario`.
    """

    name: str
    kind: FieldKind
    label: str
    required: bool = False
    default: Json = None
    many: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Switch:
    """Something that a trainer may let happen in an attempt; `on` once it was asked for."""

    id: str
    title: str
    on: bool = False


@dataclass(frozen=True)
class Cause:
    """Why a learner does not get on: motor, reading or concept. `say` is for the trainer, with `{name}` in it.

    `train` is the competence whose exercise fits; empty: a lesson of the goal's own competence.
    """

    name: str
    confidence: float
    say: str
    goal: str = ""
    train: str = ""
    competences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """One activity of a course, frozen with its revision. `id` is `course/activity`."""

    id: str
    type: str
    title: str
    instruction: str
    competences: tuple[str, ...]
    options: Mapping[str, Json]
    body: str
    html: str
    locale: str
    revision: str
    pictogram: str = ""
    otherwise: str = ""
    source: str = ""
    verified_on: str = ""
    review_due: str = ""


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
class AttemptFacts:
    """What is fixed when an attempt starts. `now` is aware (UTC) and is the attempt's clock for ever.

    `kept` is the world that the activity needs, if an earlier attempt left it; `outdated` when its exercise has
    changed since, so that it is not given.
    """

    now: datetime
    seed: int
    mode: Mode
    locale: str
    again: bool = False
    kept: KeptWorld | None = None
    outdated: bool = False


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
        """Apply `{part, do, value}` to `state`, which is left untouched."""

    def guide(self, state: State) -> Guide | None:
        """The next touch towards the aim, None once the aim is reached."""

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


@dataclass(frozen=True)
class Feedback:
    """One sentence back to the learner; `part` is where to look, if anywhere."""

    tone: Tone
    say: str
    part: str = ""


@dataclass(frozen=True)
class Fact:
    """Something worth a statement of its own: a goal met, a trap, help asked. `about` is its id within the activity."""

    verb: str
    about: str
    success: bool | None = None
    help: Help | None = None
    code: str = ""


@dataclass(frozen=True)
class Live:
    """What the trainer's board shows while this attempt runs."""

    goal: str
    sentence: str
    tries: int = 0


@dataclass(frozen=True)
class Outcome:
    """All that an activity says about one response.

    `verb` None makes no statement of its own (the state still moves); `score` is in [0, 1];
    `help` is the most help taken so far; `refused` names why a value was not even kept.
    """

    state: State
    verb: str | None = None
    score: float | None = None
    success: bool | None = None
    completion: bool | None = None
    feedback: Feedback | None = None
    help: Help = "none"
    mode: Mode | None = None
    facts: tuple[Fact, ...] = ()
    live: Live | None = None
    stale: bool = False
    refused: str = ""
    keeps: KeptWorld | None = None


@dataclass(frozen=True)
class View:
    """What the learner's page shows of an activity now.

    `template` is a Jinja template of the plugin (`<plugin>/<name>.html`) or of the core; `data` its variables (JSON).
    `island` names an ES module that takes over the page with `data["island"]`; the template is what stands without it.
    """

    template: str
    data: Mapping[str, Json] = field(default_factory=dict)
    step: int = 0
    steps: int = 0
    island: str = ""


class ActivityType:
    """Base of every activity type. Subclass, name it, give its options, and say how a response is judged."""

    name: str = ""
    title: str = ""
    options: tuple[Field, ...] = ()
    modes: tuple[Mode, ...] = ()

    def start(self, activity: Activity, facts: AttemptFacts) -> State:
        """The state of a fresh attempt (JSON)."""
        return {}

    def needs_world(self, activity: Activity) -> tuple[str, str] | None:
        """Persona and name of a world that `start` would go on from, if it was kept."""
        return None

    def present(self, activity: Activity, state: State) -> View:
        """What the learner sees in this state."""
        raise NotImplementedError

    def evaluate(self, activity: Activity, response: Mapping[str, Json], state: State) -> Outcome:
        """Judge one response. Pure: returns the new state, never changes the old."""
        raise NotImplementedError

    def switches(self, activity: Activity, state: State) -> Sequence[Switch]:
        """What a trainer may let happen in this attempt."""
        return ()

    def switch(self, activity: Activity, id: str, state: State) -> Outcome:
        """A trainer lets it happen. Pure, as `evaluate`; asked twice it happens once."""
        return Outcome(state, stale=True)

    def cause(self, activity: Activity, state: State) -> Cause | None:
        """Why this attempt does not get on, None where nobody knows. Of a finished one: what was hard in all of it."""
        return None

    def print_view(self, activity: Activity) -> View | None:
        """What stands on paper, None when nothing does."""
        return None

    def print_own(self, activity: Activity, state: State) -> View | None:
        """The same for one learner: which steps were hard, say. Nothing typed, nothing personal."""
        return self.print_view(activity)

    def spoken(self, activity: Activity) -> Sequence[str]:
        """What the page says aloud beside the instruction: `lms audio` records each, `voice([…])` finds them."""
        return ()

    def check(self, activity: Activity) -> Sequence[str]:
        """Faults that the options' kinds cannot tell; each a sentence."""
        return ()


@dataclass(frozen=True)
class Standing:
    """Where one learner stands with one activity, folded from statements. `mastery` is 0 to 4."""

    activity: str
    attempts: int = 0
    mastery: int = 0
    completed: bool = False
    succeeded: bool = False
    last: int = 0


class CourseType:
    """Which activities are open, which comes next, and when the course is done."""

    name: str = ""
    title: str = ""

    def open(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> Sequence[str]:
        """Ids that the learner may start now."""
        return activities

    def next(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> str | None:
        """The one next thing, None when nothing is left."""
        raise NotImplementedError

    def done(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> bool:
        """Whether the course is finished."""
        return self.next(activities, standings) is None


@dataclass(frozen=True)
class VocabularyTerm:
    """A verb, activity kind or extension added to Déclic's xAPI profile. `name` is its last path segment."""

    kind: Literal["verb", "activity", "extension"]
    name: str
    labels: Mapping[str, str]
    definition: str


@dataclass(frozen=True)
class Folder:
    """A folder that a plugin brings: one simulator or one theme."""

    name: str
    path: Path


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page: ids and roles, never a row."""

    organisation: str
    person: str
    roles: frozenset[str]
    locale: str


@dataclass(frozen=True)
class NavigationItem:
    """A menu entry; `endpoint` is a Flask endpoint name."""

    label: str
    endpoint: str
    order: int = 100


@dataclass(frozen=True)
class Job:
    """Scheduled work. `run` gets the plugin's or core's services; it runs once, though several processes serve."""

    name: str
    every_seconds: int
    run: Any


class Refused(Exception):
    """Raised by a simulator's mechanics: this value is not accepted and is not to be kept.

    `code` goes into events and statements, `say` to the learner; the value itself goes nowhere.
    """

    def __init__(self, code: str, say: str) -> None:
        super().__init__(code)
        self.code = code
        self.say = say
