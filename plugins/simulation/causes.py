"""Why it fails: rules weigh what was counted, and the heaviest cause is told, unless nobody can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lms.contract import Cause

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Rule:
    """From so much of a measure on, so much weight for a cause."""

    measure: str
    least: int
    weight: int
    cause: str
    say: str
    train: str = ""


@dataclass(frozen=True)
class Rules:
    """The file, read once."""

    least: float
    share: float
    likeness: float
    notes: Mapping[str, Mapping[str, str]]
    rules: tuple[Rule, ...]


@cache
def load_rules() -> Rules:
    """The rules that stand beside this module."""
    tree = yaml.safe_load(Path(__file__).with_name("causes.yaml").read_text(encoding="utf-8"))
    rules = tuple(_build_rule(one) for one in tree.pop("rules"))
    return Rules(**tree, rules=rules)


def _build_rule(one: dict[str, Any]) -> Rule:
    return Rule(**{"least" if name == "from" else name: value for name, value in one.items()})


def find_cause(traces: Mapping[str, Counts], goals: Iterable[str]) -> Cause | None:
    """The cause that clearly weighs most at these goals together; None when unknown."""
    rules = load_rules()
    weights: dict[str, int] = {}
    spoken: list[tuple[Rule, str]] = []
    for goal in goals:
        own = _find_spoken(traces.get(goal, {}))
        for cause, weight in _weigh(own).items():
            if weight >= rules.least:
                weights[cause] = weights.get(cause, 0) + weight
                spoken += [(one, goal) for one in own if one.cause == cause]
    if not weights or max(weights.values()) < rules.share * sum(weights.values()):
        return None
    name = max(weights, key=lambda each: weights[each])
    said, goal = _find_heaviest([(one, goal) for one, goal in spoken if one.cause == name])
    return Cause(name, weights[name] / sum(weights.values()), said.say, goal, said.train)


def _find_spoken(counts: Counts) -> list[Rule]:
    return [one for one in load_rules().rules if counts.get(one.measure, 0) >= one.least]


def _weigh(rules: list[Rule]) -> dict[str, int]:
    causes = dict.fromkeys(one.cause for one in rules)
    return {cause: sum(one.weight for one in rules if one.cause == cause) for cause in causes}


def _find_heaviest(spoken: list[tuple[Rule, str]]) -> tuple[Rule, str]:
    """Of the measure that weighs most, the last rule that spoke: it says the sentence."""
    total: dict[str, int] = {}
    for one, _ in spoken:
        total[one.measure] = total.get(one.measure, 0) + one.weight
    return max(spoken, key=lambda each: total[each[0].measure])
