"""Every sentence that the page says aloud: instructions, what activity types say, what guides and hints say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.content.catalogue import Catalogue
from lms.content.courses import find_desks
from lms.content.desk import Desk
from lms.content.goal_specs import say_front
from lms.content.goals import WAY_HINTS
from lms.content.seats import say_now, say_seat, say_turn
from lms.content.translations import SOURCE
from lms.content.untranslated import find_desk_translator
from lms.content.windows import iter_said, say_window
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
    for desk in find_desks(activity.options):
        teller = find_desk_translator(desk, activity.locale)
        yield from map(teller.tell, _iter_desk(desk))
        windows = (one for found in desk.checked.windows.values() for one in found.values())
        yield from (say_window(teller.tell(one["title"]), teller.tell(one["text"])) for one in windows)
        if activity.locale == SOURCE:  # a screen speaks French, whatever the learner reads
            yield from _iter_heard(desk)


def _iter_heard(desk: Desk) -> Iterator[str]:
    for facts in desk.checked.ref.values():
        yield from facts.get("heard", ()) if isinstance(facts, Mapping) else ()


def _iter_desk(desk: Desk) -> Iterator[str]:
    for goal in desk.checked.goals.values():
        yield from (way.say for way in goal.ways)
        yield from goal.hints
    yield from (trap.say for trap in desk.checked.traps)
    yield from iter_said(desk.checked.windows)
    if len(desk.titles) > 1:
        yield from map(say_front, desk.titles.values())
        yield from WAY_HINTS
    yield from (say(one.title) for one in desk.seats.values() for say in (say_seat, say_now, say_turn))
