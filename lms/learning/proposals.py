"""The small exercise that fits why a learner does not get on: found by competence, in the course that he is in."""

from __future__ import annotations

from dataclasses import dataclass

from lms.contract import Activity, Cause
from lms.learning.attempts import AttemptNow
from lms.learning.classroom import Classroom


@dataclass(frozen=True)
class Proposal:
    """Why, and what to train; `activity` is in the language asked for."""

    cause: Cause
    activity: Activity

    def tell(self, name: str) -> str:
        """For the trainer."""
        return f"{self.cause.say.replace('{name}', name)} Proposez : {self.activity.title}."


def find_proposal(classroom: Classroom, attempt: AttemptNow, locale: str = "") -> Proposal | None:
    """What fits this attempt as it stands; None where the cause is unknown, or nothing else trains it."""
    activity = classroom.find_activity(attempt.activity)
    if attempt.erased or attempt.mode == "show" or attempt.revision != activity.revision:
        return None
    cause = classroom.find_type(activity).cause(activity, attempt.state)
    if cause is None:
        return None
    found = _find_training(classroom, activity, cause)
    return Proposal(cause, classroom.find_activity(found.id, locale)) if found else None


def _find_training(classroom: Classroom, activity: Activity, cause: Cause) -> Activity | None:
    """The first exercise of the competence to train; else what its own competence begins with, the lesson."""
    course = classroom.catalogue.courses[activity.id.split("/")[0]]
    wanted = (cause.train,) if cause.train else cause.competences
    for name in wanted:
        for one in course.activities.values():
            fits = name in one.competences and one.id != activity.id
            if fits and (not cause.train or classroom.find_type(one).modes):
                return one
    return None
