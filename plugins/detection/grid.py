"""The grid: what is asked, and what each profile and need leads to. Data, read from YAML; frozen once read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Json = Any
SHIPPED = Path(__file__).with_name("grid.yaml")


@dataclass(frozen=True)
class Answer:
    """One answer. `id` is what a form posts: the points of a scored question, a word elsewhere."""

    id: str
    say: str
    points: int | None = None
    strong: bool = False
    kept: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question said aloud. `axis` is A, U, C or M for those that are scored; `several` takes many answers."""

    id: str
    say: str
    answers: tuple[Answer, ...]
    axis: str = ""
    note: str = ""
    several: bool = False
    none: str = ""


@dataclass(frozen=True)
class Profile:
    """What somebody needs, in words said to that person, and where it leads."""

    number: int
    short: str
    need: str
    more: str
    actions: tuple[str, ...]
    competences: tuple[str, ...]
    words: tuple[str, ...]
    house: str = ""


@dataclass(frozen=True)
class Need:
    """What the answers ask for whatever the profile. `when` names the rule that finds it."""

    id: str
    when: str
    actions: tuple[str, ...]
    words: tuple[str, ...]
    house: str = ""


@dataclass(frozen=True)
class Grid:
    """All of it, in order."""

    flash: tuple[Question, ...]
    questions: tuple[Question, ...]
    profiles: Mapping[int, Profile]
    needs: Mapping[str, Need]
    actions: Mapping[str, str]
    reasons: Mapping[str, str]
    steps: Mapping[str, Question] = field(default_factory=dict)

    @property
    def flags(self) -> tuple[Question, ...]:
        """Questions about needs: several answers, no points."""
        return tuple(one for one in self.questions if one.several)

    def find(self, name: str) -> Question | None:
        """A question of the flash or of the grid."""
        return self.steps.get(name)


@cache
def read_shipped() -> Mapping[str, Json]:
    """The tree of the grid as it is shipped."""
    tree: Mapping[str, Json] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return tree


@cache
def load_shipped() -> Grid:
    """The grid as it is shipped."""
    return build_grid(read_shipped())


def build_grid(tree: Mapping[str, Json]) -> Grid:
    """A checked tree as frozen objects."""
    flash = tuple(_build_question(one) for one in tree["flash"])
    scored = tuple(_build_question(one) for one in tree["questions"])
    flags = tuple(_build_question(one, several=True) for one in tree["flags"])
    asked = scored + flags
    return Grid(
        flash,
        asked,
        {one["number"]: Profile(**{**one, **_tuples(one)}) for one in tree["profiles"]},
        {one["id"]: Need(**{**one, **_tuples(one)}) for one in tree["needs"]},
        dict(tree["actions"]),
        dict(tree["reasons"]),
        {one.id: one for one in flash + asked},
    )


def _tuples(tree: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(tree[name]) for name in ("actions", "competences", "words") if name in tree}


def _build_question(tree: Mapping[str, Json], several: bool = False) -> Question:
    answers = tuple(_build_answer(one) for one in tree["answers"])
    more = {name: tree.get(name, "") for name in ("axis", "note", "none")}
    return Question(tree["id"], tree["say"], answers, several=several, **more)


def _build_answer(tree: Mapping[str, Json]) -> Answer:
    points = tree.get("points")
    return Answer(
        str(points) if points is not None else tree["id"],
        tree["say"],
        points,
        tree.get("strong", False),
        tree.get("kept", True),
        tuple(tree.get("words", ())),
    )


def list_words(question: Question, chosen: Sequence[str]) -> list[str]:
    """Words of the directory that these answers ask for."""
    return [word for one in question.answers if one.id in chosen for word in one.words]
