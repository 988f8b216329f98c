"""What crosses the border between the core and its plugins. A plugin imports this and nothing else of `lms`.

`lms.contract.tables` and `lms.contract.pages` stand beside it for plugins that need SQL or pages; this module knows
neither Flask nor SQLAlchemy.
Activities and scenarios have a file each, and are imported from here all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pluggy

from lms.contract.activities import (
    Activity,
    ActivityType,
    AttemptFacts,
    Cause,
    Fact,
    Feedback,
    Field,
    FieldKind,
    Help,
    Live,
    Mode,
    Outcome,
    Tone,
    View,
)
from lms.contract.scenarios import Advance, Guide, Json, KeptWorld, Refused, Scenario, State, Switch, Window
from lms.contract.writing import ANSWERS, MONTHS, find_words, is_same, normalise, plain

__all__ = [
    "ANSWERS",
    "CONTRACT_VERSION",
    "MONTHS",
    "Activity",
    "ActivityType",
    "Advance",
    "AttemptFacts",
    "Cause",
    "CourseType",
    "Fact",
    "Feedback",
    "Field",
    "FieldKind",
    "Folder",
    "Guide",
    "Help",
    "Job",
    "Json",
    "KeptWorld",
    "Live",
    "Mode",
    "NavigationItem",
    "Offer",
    "Outcome",
    "Panel",
    "Refused",
    "Scenario",
    "Standing",
    "State",
    "Switch",
    "Tone",
    "View",
    "Viewer",
    "VocabularyTerm",
    "Window",
    "find_words",
    "hookimpl",
    "is_same",
    "normalise",
    "plain",
]

CONTRACT_VERSION = 1
"""A plugin states the version it needs as `CONTRACT = 1` in its module."""

hookimpl = pluggy.HookimplMarker("lms")


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
    """Scheduled work; it runs once, though several processes serve.

    `run` reads and writes tables in one transaction. With `apart` it has none: it opens its own, as many as it likes
    (`lms.contract.tables.begin`), and may send mail (`lms.contract.mail.send`) between them.
    """

    name: str
    every_seconds: int
    run: Any
    apart: bool = False


@dataclass(frozen=True)
class Panel:
    """A card on the home of these roles: what one can do there. `endpoint` is a Flask endpoint name."""

    name: str
    title: str
    say: str
    endpoint: str
    pictogram: str
    roles: frozenset[str]
    order: int = 100


@dataclass(frozen=True)
class Offer:
    """Something that answers a need: a place to look for, a path, a workshop. `url` is an address of ours."""

    title: str
    say: str
    url: str
    pictogram: str = "continuer"
    order: int = 100
