"""How alike two activities are: by what is done in them, and by their words. Ten copies are not ten exercises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lms.content.desk import Desk
from lms.content.fictional import iter_texts
from lms.contract import Activity

Json = Any
Shingle = tuple[str, ...]

LIMIT = 0.6
"""No two activities may share more than this, by what is done or by words."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Alike:
    """Two activities that share too much; `by` is `goals` or `words`, `share` their Jaccard index."""

    first: str
    second: str
    by: str
    share: float

    def __str__(self) -> str:
        return f"{self.first} and {self.second} are alike by {self.share:.0%} of their {self.by}"


def goal_shingles(scenario: Desk) -> frozenset[Shingle]:
    """What a scenario asks and shows: touches, predicates and values of its own goals, facts on its screens."""
    goals = [goal for goal in scenario.checked.goals.values() if goal.named]
    ways = [way for goal in goals for way in goal.ways]
    return frozenset(
        {("touch", way.touch) for way in ways}
        | {("predicate", goal.predicate) for goal in goals}
        | {
            ("value", json.dumps(way.value, ensure_ascii=False, sort_keys=True))
            for way in ways
            if way.value is not None
        }
        | {("fact", path, value) for path, value in _iter_facts("", dict(scenario.checked.ref))}
    )


def text_trigrams(text: str) -> frozenset[Shingle]:
    """Every three words that follow each other; a shorter text is one of its own."""
    words = _WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset({tuple(words)} if words else ())


def jaccard(first: frozenset[Shingle], second: frozenset[Shingle]) -> float:
    """What two sets share, from 0 to 1; two empty sets share nothing."""
    return len(first & second) / len(first | second) if first or second else 0.0


def alike(activities: Sequence[Activity], limit: float = LIMIT) -> list[Alike]:
    """Pairs that share more than the limit, the most alike first. A ladder of sizes is one activity already."""
    words = {one.id: text_trigrams(read_text(one)) for one in activities}
    goals = {one.id: frozenset[Shingle]().union(*map(goal_shingles, _find_desks(one.options))) for one in activities}
    pairs = [
        Alike(first.id, second.id, by, share)
        for first, second in combinations(activities, 2)
        for by, sets in (("goals", goals), ("words", words))
        if (share := jaccard(sets[first.id], sets[second.id])) > limit
    ]
    return sorted(pairs, key=lambda pair: (-pair.share, pair.first, pair.second, pair.by))


def read_text(activity: Activity) -> str:
    """All words that a learner meets: title, instruction, body, options, and what its scenario says."""
    said = [sentence for desk in _find_desks(activity.options) for sentence in _iter_sentences(desk)]
    options = [value for key, value in sorted(activity.options.items()) if key != "modes"]
    return "\n".join([activity.title, activity.instruction, activity.body, *iter_texts(options), *said])


def _iter_sentences(desk: Desk) -> Iterator[str]:
    for goal in desk.checked.goals.values():
        if goal.named:
            yield from (way.say for way in goal.ways)
            yield from goal.hints
    yield from (trap.say for trap in desk.checked.traps)


def _find_desks(options: Any) -> list[Desk]:
    return [value for value in options.values() if isinstance(value, Desk)]


def _iter_facts(path: str, facts: Json) -> Iterator[tuple[str, str]]:
    """Leaves with the names above them; the rank in a list says nothing."""
    if isinstance(facts, dict):
        for key, child in facts.items():
            yield from _iter_facts(f"{path}.{key}", child)
    elif isinstance(facts, list):
        for child in facts:
            yield from _iter_facts(path, child)
    else:
        yield path, str(facts)
