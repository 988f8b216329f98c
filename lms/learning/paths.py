"""What comes next for a learner, and what he can now do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, case, select

from lms.content.catalogue import Course
from lms.content.competences import load_competences
from lms.contract import Activity, Standing
from lms.database.models import Attempt, Enrolment, LearnerHome
from lms.database.prepared import find_row
from lms.learning.classroom import Classroom
from lms.learning.progress import unpack

CHOICES = 3
CAN_DO = 5


@dataclass(frozen=True)
class Path:
    """A learner's page: one next thing, few other choices (module's title, activity), what was achieved."""

    next: Activity | None
    resume: bool
    choices: tuple[tuple[str, Activity], ...]
    can_do: tuple[str, ...]


def read_path(connection: Connection, classroom: Classroom, organisation: str, person: str, locale: str) -> Path:
    """The path of one learner, from his newest enrolment and his one row of standings."""
    row = find_row(connection, _FACTS, {"organisation": organisation, "person": person})
    standings, course = unpack(row.standings or "{}"), classroom.catalogue.find_course(row.course or "")
    if course is None:
        return Path(None, False, (), find_can_do(classroom, standings, locale))
    ids = list(course.activities)
    kind = classroom.plugins.course_types[course.type]
    open_ids = list(kind.open(ids, standings))
    begun: str | None = row.begun
    following = begun if begun in open_ids else kind.next(ids, standings)
    others = _find_others(course, open_ids, standings, following, locale)
    return Path(
        next=course.find_activity(following, locale) if following else None,
        resume=following is not None and following == begun,
        choices=tuple((title, one) for title, name in others if (one := course.find_activity(name, locale))),
        can_do=find_can_do(classroom, standings, locale),
    )


def _mine(model: type[Enrolment] | type[Attempt] | type[LearnerHome]) -> ColumnElement[bool]:
    return (model.organisation_id == bindparam("organisation")) & (model.person_id == bindparam("person"))


_FACTS = select(
    select(LearnerHome.standings).where(_mine(LearnerHome)).scalar_subquery().label("standings"),
    select(Enrolment.course)
    .where(_mine(Enrolment), Enrolment.deleted_at.is_(None))
    .order_by(Enrolment.changed.desc())
    .limit(1)
    .scalar_subquery()
    .label("course"),
    select(case((Attempt.ended.is_(None), Attempt.activity)))
    .where(_mine(Attempt))
    .order_by(Attempt.started.desc())
    .limit(1)
    .scalar_subquery()
    .label("begun"),
)
"""One question for the whole page: standings, the course, and what the newest attempt left in the middle."""


def _find_others(
    course: Course, open_ids: list[str], standings: Mapping[str, Standing], following: str | None, locale: str
) -> list[tuple[str, str]]:
    """The first undone thing of each other module, so that one may learn what one came for."""
    found = []
    for module in course.modules:
        undone = [name for name in module.activities if not _done(standings, name)]
        wanted = next((name for name in undone if name in open_ids), None)
        if wanted and wanted != following and (following not in module.activities):
            found.append((course.find_title(locale, module.id), wanted))
    return found[:CHOICES]


def _done(standings: Mapping[str, Standing], name: str) -> bool:
    standing = standings.get(name)
    return standing is not None and (standing.completed or standing.succeeded)


def find_can_do(classroom: Classroom, standings: Mapping[str, Standing], locale: str = "fr") -> tuple[str, ...]:
    """Competences exercised with success, the latest first, as sentences of the framework."""
    names = load_competences()
    won = sorted((one for one in standings.values() if one.succeeded and one.mastery), key=lambda one: -one.last)
    found: list[str] = []
    for standing in won:
        activity = classroom.catalogue.find_activity(standing.activity)
        for competence in activity.competences if activity else ():
            label = names[competence].find_name(locale) if competence in names else ""
            if label and label not in found:
                found.append(label)
    return tuple(found[:CAN_DO])
