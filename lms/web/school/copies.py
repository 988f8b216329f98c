"""A copy as its marker reaches it, for the page that marks and for the files joined to it."""

from __future__ import annotations

from lms.database.db import db
from lms.errors import NotFound
from lms.learning.school.assignments import AssignmentFacts, read_assignment
from lms.learning.school.markings import MarkingFacts, find_marking, read_markings
from lms.learning.school.works import WorkFacts, read_work
from lms.people.promotions import PromotionFacts
from lms.web.access import viewer
from lms.web.school.promotions import find_own


def find_work(work_id: str) -> tuple[PromotionFacts, AssignmentFacts, WorkFacts, list[MarkingFacts], MarkingFacts]:
    """A work that the viewer has to mark, or marked. Raises NotFound for any other."""
    account = viewer()
    with db.engine.connect() as connection:
        work = read_work(connection, account.organisation, work_id)
        given = read_assignment(connection, account.organisation, work.assignment)
        one = find_own(given.promotion)
        markings = read_markings(connection, account.organisation, [work.id]).get(work.id, [])
    if work.handed is None:
        raise NotFound(f"work {work_id} is a draft", sentence="Cette copie n'est pas encore rendue.")
    return one, given, work, markings, find_marking(markings, account.person)
