"""Results are given back at once: kept with the work, and said as statements, as of any learner."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, update

from lms.contract import Activity, Fact, Outcome
from lms.contract.rubric import CRITERIA, EACH
from lms.database.clock import now
from lms.database.models import Work
from lms.database.rows import table
from lms.learning.classroom import Classroom
from lms.learning.evidence import Judged, Recorded, record
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.markings import MarkingFacts, find_verdict, read_markings
from lms.learning.school.rubric import MOST, Verdict, say_mark
from lms.learning.school.works import WorkFacts, read_works
from lms.people.accounts import merge_marks


def list_ready(
    connection: Connection, given: AssignmentFacts
) -> list[tuple[WorkFacts, Verdict, Sequence[MarkingFacts]]]:
    """Works whose markers are done and agree, and that were not given back yet."""
    works = [
        work
        for work in read_works(connection, given.organisation, [given.id])
        if work.handed is not None and work.given is None
    ]
    markings = read_markings(connection, given.organisation, [work.id for work in works])
    found = [(work, find_verdict(given, markings.get(work.id, [])), markings.get(work.id, [])) for work in works]
    return [(work, verdict, some) for work, verdict, some in found if verdict is not None]


def give_back(
    connection: Connection, classroom: Classroom, given: AssignmentFacts
) -> list[tuple[str, Activity, Recorded]]:
    """Give back what is ready, once; by person what was recorded, for `evidence.tell` after the commit."""
    told = []
    for work, verdict, markings in list_ready(connection, given):
        free = (Work.organisation_id == given.organisation, Work.id == work.id, Work.given.is_(None))
        values = {"given": now(), "result": json.dumps(build_result(verdict, markings), ensure_ascii=False)}
        values["changed"] = merge_marks(connection)["changed"]
        if connection.execute(update(table(Work)).where(*free).values(values)).rowcount == 1:
            activity = build_activity(given)
            judged = Judged(activity, work.id, "", now(), (build_outcome(verdict),))
            done = record(connection, classroom, given.organisation, work.person, judged, guest=False)
            told.append((work.person, activity, done))
    return told


def build_result(verdict: Verdict, markings: Sequence[MarkingFacts]) -> dict[str, Any]:
    """What the student reads: marks, their sum, whether it passes, comments. Not who marked."""
    return {
        "marks": {name: say_mark(mark) for name, mark in verdict.marks.items()},
        "total": say_mark(verdict.total),
        "passed": verdict.passed,
        "comments": [one.comment for one in markings if one.comment],
        "criteria": [{"id": name, "title": one.title} for name, one in CRITERIA.items()],
    }


def build_activity(given: AssignmentFacts) -> Activity:
    """What the statements are about: the assignment, by its title."""
    return Activity(
        id=f"school/{given.id}",
        type="school",
        title=given.title,
        instruction=given.title,
        competences=(),
        options={},
        body="",
        html="",
        locale="fr",
        revision="",
    )


def build_outcome(verdict: Verdict) -> Outcome:
    """Passed or not yet, a fact a criterion."""
    facts = tuple(Fact("answered", name, mark >= EACH, code=f"mark-{mark:g}") for name, mark in verdict.marks.items())
    verb = "passed" if verdict.passed else "failed"
    score = round(verdict.total / MOST, 4)
    return Outcome({}, verb, score=score, success=verdict.passed, completion=True, facts=facts)
