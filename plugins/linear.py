"""Course type «linear»: one activity after the other; what was done stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lms.contract import CourseType, Standing, hookimpl

CONTRACT = 1


class Linear(CourseType):
    """The next activity is the first one that is not completed."""

    name = "linear"
    title = "Une activité après l'autre"

    def open(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> Sequence[str]:
        following = self.next(activities, standings)
        return [one for one in activities if one == following or (one in standings and standings[one].attempts)]

    def next(self, activities: Sequence[str], standings: Mapping[str, Standing]) -> str | None:
        return next((one for one in activities if not (one in standings and standings[one].completed)), None)


@hookimpl
def register_course_types() -> Sequence[CourseType]:
    return [Linear()]
