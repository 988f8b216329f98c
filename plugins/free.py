"""Course type «free»: everything is open, since people come with a real need; the order is only advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lms.contract import CourseType, Standing, hookimpl

CONTRACT = 1


class Free(CourseType):
    """The next activity is the one after the latest that was completed, so that a chosen module goes on."""

    name = "free"
    title = "À votre rythme"

    def next(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> str | None:
        undone = [one for one in activities if not (one in standings and standings[one].completed)]
        done = [one for one in activities if one not in undone]
        latest = max(done, key=lambda one: standings[one].last, default=None)
        after = activities.index(latest) if latest else -1
        return next((one for one in undone if activities.index(one) > after), undone[0] if undone else None)


@hookimpl
def register_course_types() -> Sequence[CourseType]:
    return [Free()]
