"""What `lms check` asks of each goal: that help has enough to say, in few words, and that all of it can be heard."""

from __future__ import annotations

from collections.abc import Iterator

from lms.content.desk import Desk
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
