"""Every sentence that the page says aloud: instructions, lessons' steps, what guides and hints say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lms.content.catalogue import Catalogue
from lms.content.desk import Desk
from lms.contract import Activity

_STEP = re.compile(r"(?=<h2\b)")
_TAG = re.compile(r"<[^>]+>")


def find_spoken(catalogue: Catalogue, locale: str) -> list[str]:
    """Texts of this locale, each once, in the order of the courses."""
    activities = [
        activity
        for course in catalogue.courses.values()
        for name in course.activities
        if (activity := course.find_activity(name, locale)) is not None and activity.locale == locale
    ]
    return list(dict.fromkeys(text for one in activities for text in iter_spoken(one) if text.strip()))


def iter_spoken(activity: Activity) -> Iterator[str]:
    """What one activity says."""
    yield activity.instruction
    yield from (read_aloud(step) for step in _STEP.split(activity.html) if step.strip())
    for value in activity.options.values():
        if isinstance(value, Desk):
            yield from _iter_desk(value)
        elif isinstance(value, list | tuple):
            yield from _iter_questions(value)


def _iter_desk(desk: Desk) -> Iterator[str]:
    for goal in desk.checked.goals.values():
        yield from (way.say for way in goal.ways)
        yield from goal.hints


def _iter_questions(questions: Iterable[object]) -> Iterator[str]:
    yield from (str(one["ask"]) for one in questions if isinstance(one, dict) and "ask" in one)


def read_aloud(html: str) -> str:
    """The words of a piece of HTML, a pause after each block."""
    text = re.sub(r"</(h2|p|li)>", " ", html)
    return " ".join(_TAG.sub("", text).split())
