"""People at a drawn screen, for the tests of «why it fails»: what their hand, eye and idea do, by chance from a seed.

Nothing here knows the rules. A screen is a column of boxes; a hand aims at the middle of one and lands beside it by so
many pixels; an eye takes its seconds; an idea is sometimes another one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.content.desk import Desk
from lms.contract import Activity, ActivityType, Guide, State

TALL, GAP, NEAR = 48, 16, 32
"""Pixels: a box, the room between two, and what the desk calls just beside."""
MOST = 400


@dataclass(frozen=True)
class Person:
    """`shake`: pixels (deviation); `twice`, `letter`, `wrong`, `listen`, `reopen`: chances; `read`: seconds."""

    shake: float
    twice: float
    letter: float
    read: tuple[float, float]
    listen: float
    reopen: float
    wrong: float


PEOPLE = {
    "steady": Person(6, 0.04, 0.02, (2, 12), 0.1, 0.05, 0.03),
    "trembling": Person(29, 0.45, 0.25, (3, 16), 0.15, 0.05, 0.03),
    "slow": Person(8, 0.06, 0.03, (25, 110), 0.6, 0.35, 0.04),
    "confused": Person(7, 0.06, 0.03, (3, 16), 0.15, 0.05, 0.6),
    "mixed": Person(29, 0.4, 0.2, (25, 110), 0.6, 0.35, 0.6),
}


def play(kind: ActivityType, activity: Activity, start: State, who: Person, seed: int) -> State:
    """One attempt to its end, or until its time is over."""
    chance, state, scenario = random.Random(seed), start, activity.options["scenario"]
    for _ in range(MOST):
        guide = scenario.guide(state)
        if guide is None or state["proof"]:
            return state
        for response in act(chance, who, scenario, state, guide):
            state = kind.evaluate(activity, response, state).state
    return state


def act(chance: random.Random, who: Person, scenario: Desk, state: State, guide: Guide) -> Iterator[dict[str, Any]]:
    """Read, then one touch."""
    parts = scenario.parts(state)
    seen: dict[str, int] = {"dwell": round(1000 * chance.uniform(*who.read))} if is_new(state, guide) else {}
    count(seen, "heard", chance.random() < who.listen)
    count(seen, "unfolded", chance.random() < who.reopen)
    meant, value = guide.part, guide.value
    if chance.random() < who.wrong:
        meant, value = mistake(chance, parts, guide)
    if parts[meant] in ("type", "choose"):
        yield touch(meant, parts[meant], write(chance, who, value, parts[meant]), seen)
        return
    count(seen, "again", chance.random() < who.twice)
    landed = aim(chance, who, list(parts), meant, seen)
    if landed is not None and parts[landed] == "click":
        yield touch(landed, "click", None, seen)
    elif seen:  # nothing was hit: the next touch tells it
        retried = aim(chance, who, list(parts), meant, seen)
        yield touch(retried if retried and parts[retried] == "click" else meant, "click", None, seen)


def is_new(state: State, guide: Guide) -> bool:
    return not state["tries"].get(guide.goal)


def count(seen: dict[str, int], name: str, happened: bool) -> None:
    if happened:
        seen[name] = seen.get(name, 0) + 1


def mistake(chance: random.Random, parts: Mapping[str, str], guide: Guide) -> tuple[str, Any]:
    """Another field, another value, or a button before its time."""
    fields = [one for one, do in parts.items() if do in ("type", "choose") and one != guide.part]
    buttons = [one for one, do in parts.items() if do == "click" and one != guide.part]
    if guide.do in ("type", "choose"):
        if fields and chance.random() < 0.4:
            return chance.choice(fields), guide.value
        return guide.part, chance.choice(["valcombe", "demain", "je ne sais pas", "chez moi"])
    return (chance.choice(buttons) if buttons else guide.part), None


def write(chance: random.Random, who: Person, value: Any, do: str) -> Any:
    if do != "type" or not isinstance(value, str) or len(value) < 3 or chance.random() >= who.letter:
        return value
    at = chance.randrange(1, len(value))
    return value[:at] + chance.choice("azertyuiop") + value[at + 1 :]


def aim(chance: random.Random, who: Person, parts: list[str], meant: str, seen: dict[str, int]) -> str | None:
    """Where the hand lands; what lies just beside is told as the desk tells it."""
    wanted = parts.index(meant) * (TALL + GAP) + TALL / 2
    y = wanted + chance.gauss(0, who.shake)
    row, within = divmod(y, TALL + GAP)
    if abs(y - wanted) <= TALL / 2:
        return meant
    count(seen, "beside", abs(y - wanted) <= TALL / 2 + NEAR)
    count(seen, "missed", abs(y - wanted) > TALL / 2 + NEAR)
    return parts[int(row)] if 0 <= row < len(parts) and within <= TALL else None


def touch(part: str, do: str, value: Any, seen: dict[str, int]) -> dict[str, Any]:
    told = {"part": part, "do": do} | ({} if value is None else {"value": value})
    return told | ({"measures": dict(seen)} if seen else {})
