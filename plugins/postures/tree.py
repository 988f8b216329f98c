"""The decision aid: questions that lead to a posture and to what to do. Data from YAML, checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Posture:
    """For, with, or teach."""

    id: str
    title: str
    say: str
    when: str
    guard: str
    pictogram: str


@dataclass(frozen=True)
class Question:
    """Yes and no lead to another question or to an end."""

    id: str
    say: str
    note: str
    yes: str
    no: str


@dataclass(frozen=True)
class End:
    """A posture, what to say, what to do now and after."""

    id: str
    posture: str
    title: str
    tell: str
    now: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """All of it."""

    start: str
    source: str
    verified_on: str
    postures: Mapping[str, Posture]
    questions: Mapping[str, Question]
    ends: Mapping[str, End]

    def find_before(self, name: str) -> str:
        """The question that leads here; empty for the first. Each place has one way in."""
        return next((one.id for one in self.questions.values() if name in (one.yes, one.no)), "")


@cache
def read_tree() -> Tree:
    """The tree as it is shipped. Raises ValueError when it does not hold together."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("tree.yaml").read_text(encoding="utf-8"))
    ends = [End(**{**one, "now": tuple(one["now"]), "after": tuple(one["after"])}) for one in found["ends"]]
    tree = Tree(
        found["start"],
        found["source"],
        f"{found['verified_on']:%d/%m/%Y}",
        {one["id"]: Posture(**one) for one in found["postures"]},
        {one["id"]: Question(**one) for one in found["questions"]},
        {one.id: one for one in ends},
    )
    check_tree(tree)
    return tree


def check_tree(tree: Tree) -> None:
    """Every way leads somewhere, each place is reached by one way, every end has a posture that is there."""
    led = [place for one in tree.questions.values() for place in (one.yes, one.no)]
    places = [*tree.questions, *tree.ends]
    if sorted([tree.start, *led]) != sorted(places):
        raise ValueError(f"tree: {sorted(set(places) ^ {tree.start, *led})} is not reached, or not there, or twice")
    if lost := {one.posture for one in tree.ends.values()} - set(tree.postures):
        raise ValueError(f"tree: no posture {sorted(lost)}")
