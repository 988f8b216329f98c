"""Who marks what: works are shared among the teachers, drafts are passed on, a third decides where two differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from lms.contract.rubric import CRITERIA
from lms.database.clock import now
from lms.database.models import Assignment, Marking, Work
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest, NotFound
from lms.learning.school.assignments import AssignmentFacts
from lms.learning.school.rubric import Verdict, differ, join
from lms.people.accounts import merge_marks
from lms.people.promotions import PromotionFacts, read_teachers

DECIDES = 3
"""The place of whoever decides where two differ."""

NOT_YOURS = "Cette copie n'est pas à corriger par vous."


@dataclass(frozen=True)
class MarkingFacts:
    """One marker's view of one work. Nobody has taken it while `marker` is None."""

    work: str
    place: int
    marker: str | None
    marks: Mapping[str, int]
    comment: str
    done: int | None


def read_markings(connection: Connection, organisation: str, works: Sequence[str]) -> dict[str, list[MarkingFacts]]:
    """By work, in order of places."""
    columns = (Marking.work_id, Marking.place, Marking.marker_id, Marking.marks, Marking.comment, Marking.done)
    wanted = select(*columns).where(Marking.organisation_id == organisation, Marking.work_id.in_(works))
    found: dict[str, list[MarkingFacts]] = {}
    for work, place, marker, marks, comment, done in connection.execute(wanted.order_by(Marking.place)):
        found.setdefault(work, []).append(MarkingFacts(work, place, marker, json.loads(marks), comment, done))
    return found


def find_verdict(given: AssignmentFacts, markings: Sequence[MarkingFacts]) -> Verdict | None:
    """What the markers make together; None while one is missing, or a third has not decided yet."""
    if decided := next((one for one in markings if one.place == DECIDES), None):
        return Verdict({name: float(mark) for name, mark in decided.marks.items()}) if decided.done else None
    done = [one.marks for one in markings if one.done]
    if len(done) < given.markers or (len(done) == 2 and differ(done[0], done[1])):
        return None
    return join(done)


def needs_third(markers: int, markings: Sequence[MarkingFacts]) -> bool:
    """Whether two are done and differ, and nobody was asked to decide yet."""
    done = [one.marks for one in markings if one.done and one.place != DECIDES]
    asked = any(one.place == DECIDES for one in markings)
    return markers == 2 and len(done) == 2 and not asked and differ(done[0], done[1])


def share_markings(connection: Connection, one: PromotionFacts) -> None:
    """Every work that is in has its markers: teachers of the promotion, who has least to do first, nobody twice.

    What somebody had begun who teaches here no more is passed on as it is, marks and comment. Again changes nothing.
    """
    waiting = _read_waiting(connection, one)
    markings = read_markings(connection, one.organisation, list(waiting))
    fresh = [
        place for work, markers in waiting.items() for place in _open_places(work, markers, markings.get(work, []))
    ]
    for each in fresh:
        row = {"organisation_id": one.organisation, "work_id": each.work, "place": each.place}
        insert_missing(connection, Marking, [row | {"marks": "{}", "comment": ""} | merge_marks(connection)])
        markings.setdefault(each.work, []).append(each)
    teachers = [each.person for each in read_teachers(connection, one)]
    begun = [each for some in markings.values() for each in some if each.marker and not each.done]
    load = Counter[str | None](each.marker for each in begun)
    for some in markings.values():
        _fill_places(connection, one, some, teachers, load)


def is_shared(connection: Connection, one: PromotionFacts) -> bool:
    """Whether every place is open: two who finish at one instant do not see that they differ."""
    waiting = _read_waiting(connection, one)
    markings = read_markings(connection, one.organisation, list(waiting))
    return not any(_open_places(work, markers, markings.get(work, [])) for work, markers in waiting.items())


def _read_waiting(connection: Connection, one: PromotionFacts) -> dict[str, int]:
    """Works that are in and were not given back, with how many mark each; without reading what is written."""
    wanted = (
        select(Work.id, Assignment.markers)
        .join(
            Assignment,
            (Assignment.organisation_id == Work.organisation_id) & (Assignment.id == Work.assignment_id),
        )
        .where(Assignment.organisation_id == one.organisation, Assignment.promotion_id == one.id)
        .where(Assignment.deleted_at.is_(None), Work.handed.is_not(None), Work.given.is_(None))
    )
    return {row.id: row.markers for row in connection.execute(wanted.order_by(Work.handed, Work.id))}


def _open_places(work: str, markers: int, there: Sequence[MarkingFacts]) -> list[MarkingFacts]:
    """Places that are not there yet: one a marker, and the third's where it is needed."""
    places = list(range(1, markers + 1)) + ([DECIDES] if needs_third(markers, there) else [])
    known = {each.place for each in there}
    return [MarkingFacts(work, place, None, {}, "", None) for place in places if place not in known]


def _fill_places(
    connection: Connection,
    one: PromotionFacts,
    some: Sequence[MarkingFacts],
    teachers: Sequence[str],
    load: Counter[str | None],
) -> None:
    taken = {each.marker for each in some if each.done or each.marker in teachers}
    for each in some:
        if each.done or each.marker in teachers:
            continue
        free = [who for who in teachers if who not in taken]
        marker = min(free, key=lambda who: (load[who], who), default=None)
        if marker != each.marker and _change(connection, one.organisation, each, marker_id=marker):
            load[marker] += 1
            taken.add(marker)


def _change(connection: Connection, organisation: str, marking: MarkingFacts, **values: object) -> bool:
    """Whether it still was this marker's, and not done: somebody may have left, or finished, meanwhile."""
    at = table(Marking).c
    mine = (at.organisation_id == organisation, at.work_id == marking.work, at.place == marking.place)
    same = (at.marker_id.is_not_distinct_from(marking.marker), at.done.is_(None))
    changed = merge_marks(connection)["changed"]
    done = connection.execute(update(table(Marking)).where(*mine, *same).values(changed=changed, **values))
    return done.rowcount == 1


def count_waiting(connection: Connection, one: PromotionFacts, marker: str) -> int:
    """How many works wait for this marker."""
    waiting = read_markings(connection, one.organisation, list(_read_waiting(connection, one)))
    return sum(any(each.marker == marker and not each.done for each in some) for some in waiting.values())


def find_marking(markings: Sequence[MarkingFacts], marker: str) -> MarkingFacts:
    """The one that this marker has to do. Raises NotFound where there is none."""
    found = next((one for one in markings if one.marker == marker), None)
    if found is None:
        raise NotFound("not this marker's work", sentence=NOT_YOURS)
    return found


def keep_marks(
    connection: Connection, organisation: str, marking: MarkingFacts, marks: Mapping[str, int], comment: str
) -> None:
    """A draft: marks so far and the comment. Raises BadRequest once it is done."""
    if marking.done:
        raise BadRequest("marking is done", sentence="Votre correction est déjà validée.")
    if not _change(connection, organisation, marking, marks=json.dumps(dict(marks)), comment=comment):
        raise NotFound("passed on meanwhile", sentence=NOT_YOURS)


def finish_marks(connection: Connection, organisation: str, marking: MarkingFacts, marks: Mapping[str, int]) -> None:
    """It is done. Raises BadRequest naming the criterion without a mark."""
    missing = next((one.title for name, one in CRITERIA.items() if name not in marks), "")
    if missing:
        raise BadRequest("a mark is missing", sentence=f"Il reste à noter : {missing}. Votre brouillon est gardé.")
    if not _change(connection, organisation, marking, done=now()):
        raise NotFound("passed on meanwhile", sentence=NOT_YOURS)


def list_seen(given: AssignmentFacts, marking: MarkingFacts, markings: Sequence[MarkingFacts]) -> list[MarkingFacts]:
    """Others' marks that this marker may see: both of the first two for who decides, else once all are in."""
    others = [one for one in markings if one.place != marking.place]
    if marking.place == DECIDES or (marking.done and all(one.done for one in others)):
        return [one for one in others if one.done]
    return []
