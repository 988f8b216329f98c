"""What `lms check` asks of each goal: help that says enough, in few words, to be heard; values that somebody has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lms.content.desk import Desk
from lms.content.fictional import FEWEST_DIGITS, iter_texts
from lms.content.goals import Goal
from lms.content.plain_language import count_actions, find_faults, split_lines
from lms.content.sentences import MOST_WORDS, count_words
from lms.errors import Problem

LEAST_HINTS = 2


def check_goals(desk: Desk) -> Iterator[Problem]:
    """Faults of the goals and traps of a scenario. (That each goal has a part, reading the scenario has checked.)"""
    for goal in desk.checked.goals.values():
        for fault in _check_goal(goal):
            yield Problem(goal.file, goal.line, goal.id, fault)
    yield from _check_values(desk)
    for trap in desk.checked.traps:
        for fault in (*find_faults(trap.say), *_check_heard(trap.say)):
            yield Problem(desk.file, trap.line, f"traps.{trap.id}", fault)


def _check_goal(goal: Goal) -> Iterator[str]:
    if len(goal.hints) < LEAST_HINTS:
        yield f"has {len(goal.hints)} of at least {LEAST_HINTS} hints; write `hints`, from vague to precise"
    for say in dict.fromkeys(way.say for way in goal.ways):
        if (count := count_words(say)) > MOST_WORDS:
            yield f"{count} words; an instruction has at most {MOST_WORDS} in all: «{say}»"
    for say in dict.fromkeys((*(way.say for way in goal.ways), *goal.hints)):
        yield from find_faults(say)
        yield from _find_double(say)
        yield from _check_heard(say)


def _find_double(say: str) -> Iterator[str]:
    """The guide leads one touch at a time, so a sentence asks for one thing, and perhaps how."""
    yield from (f"more than one action: «{one}»" for one in split_lines(say) if count_actions(one) > 2)


def _check_heard(say: str) -> Iterator[str]:
    if not count_words(say):
        yield f"nothing that a voice could say: «{say}»"


def _check_values(desk: Desk) -> Iterator[Problem]:
    """An address or a number that one must write stands on the desk, is said, or is the persona's: none is guessed."""
    told = _squeeze(" ".join(_iter_told(desk)))
    for goal in desk.checked.goals.values():
        for value in dict.fromkeys(way.value for way in goal.ways if way.do == "type"):
            if ("@" in value or sum(map(str.isdigit, value)) >= FEWEST_DIGITS) and _squeeze(value) not in told:
                whose = f"no value of {desk.persona['id']}" if desk.persona else "no value of a persona"
                yield Problem(goal.file, goal.line, goal.id, f"«{value}» is {whose}, and stands nowhere on this desk")


def _iter_told(desk: Desk) -> Iterator[str]:
    state = desk.start(datetime(2026, 11, 21, tzinfo=UTC), 1)
    yield from iter_texts(dict(desk.persona or {}))
    yield from iter_texts(dict(desk.public(state)["ref"]))
    yield from iter_texts(state["world"])
    for goal in desk.checked.goals.values():
        yield from (way.say for way in goal.ways)
        yield from goal.hints


def _squeeze(text: str) -> str:
    return re.sub(r"[^\w@]", "", text).casefold()
