"""Activities and their types: what an author writes, what a response is worth, what a page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from lms.contract.scenarios import Json, KeptWorld, State, Switch

FieldKind = Literal["text", "markdown", "integer", "boolean", "choice", "picture", "scenario", "group"]
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
    `help` is the most help taken so far, `helps` the same by seat where two play;
    `refused` names why a value was not even kept.
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
    helps: Mapping[str, Help] = field(default_factory=dict)


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

    def seats(self, activity: Activity) -> Mapping[str, str]:
        """The seats that two people may take, each at a machine of their own, and who sits there; empty for most."""
        return {}

    def sit(self, activity: Activity, state: State, seat: str) -> State:
        """The state as it is seen from one seat; `""` once one person plays on alone. Pure."""
        return state

    def live(self, activity: Activity, state: State) -> Live | None:
        """What the board says of whoever sits there, when somebody else acted."""
        return None

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
