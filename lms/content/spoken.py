"""Every sentence that the page says aloud: instructions, what activity types say, what guides and hints say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.content.catalogue import Catalogue
from lms.content.desk import Desk
from lms.content.goal_specs import say_front
from lms.content.seats import say_seat
from lms.contract import Activity, ActivityType


def find_spoken(catalogue: Catalogue, kinds: Mapping[str, ActivityType], locale: str) -> list[str]:
    """Texts of this locale, each once, in the order of the courses. `kinds` are the activity types by name."""
    activities = [
        activity
        for course in catalogue.courses.values()
        for name in course.activities
        if (activity := course.find_activity(name, locale)) is not None and activity.locale == locale
    ]
    spoken = (text for one in activities for text in iter_spoken(one, kinds[one.type]))
    return list(dict.fromkeys(text for text in spoken if text.strip()))


def iter_spoken(activity: Activity, kind: ActivityType) -> Iterator[str]:
    """What one activity says."""
    yield activity.instruction
    yield from kind.spoken(activity)
    for value in activity.options.values():
        if isinstance(value, Desk):
            yield from _iter_desk(value)


def _iter_desk(desk: Desk) -> Iterator[str]:
    for goal in desk.checked.goals.values():
        yield from (way.say for way in goal.ways)
        yield from goal.hints
    for facts in desk.checked.ref.values():
        yield from facts.get("heard", ()) if isinstance(facts, Mapping) else ()
    if len(desk.titles) > 1:
        yield from map(say_front, desk.titles.values())
    yield from (say_seat(one.title) for one in desk.seats.values())
