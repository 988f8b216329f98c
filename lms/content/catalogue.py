"""Courses, modules and activities as frozen objects, wherever they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.content.diplomas import Diploma
from lms.content.sessions import Session
from lms.contract import Activity


@dataclass(frozen=True)
class Module:
    """A part of a course; `activities` are ids, `course/activity`."""

    id: str
    title: str
    pictogram: str
    activities: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """One course. `activities` are in its own locale; `translations` by locale and id; `revision` hashes all of it.

    `audience` is `learners` or `professionals`: plain words are asked of what learners read.
    """

    id: str
    title: str
    type: str
    locale: str
    licence: str
    audience: str
    source: str
    verified_on: str
    review_due: str
    pictogram: str
    modules: tuple[Module, ...]
    activities: Mapping[str, Activity]
    translations: Mapping[str, Mapping[str, Activity]]
    revision: str
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By locale: titles of modules by id, and the course's own under the empty id."""

    sessions: tuple[Session, ...] = ()
    """Sheets for whoever leads a session; learners never see them, so they are no part of the revision."""

    diplomas: tuple[Diploma, ...] = ()
    """What its modules prepare for; no part of the revision either."""

    def find_title(self, locale: str, module: str = "") -> str:
        """The title of a module, or of the course, in that locale, else in the course's own."""
        own = next((one.title for one in self.modules if one.id == module), self.title)
        return self.names.get(locale, {}).get(module) or own

    def find_activity(self, id: str, locale: str = "") -> Activity | None:
        """The activity in that locale, else in the course's own; None when the course has none of that id."""
        return self.translations.get(locale, {}).get(id) or self.activities.get(id)


@dataclass(frozen=True)
class Catalogue:
    """All courses by id."""

    courses: Mapping[str, Course]

    def find_course(self, id: str) -> Course | None:
        """The course, None when there is none of that id."""
        return self.courses.get(id)

    def find_activity(self, id: str, locale: str = "") -> Activity | None:
        """`course/activity` in that locale, else in the course's own; None when there is none."""
        course = self.courses.get(id.partition("/")[0])
        return course.find_activity(id, locale) if course else None
