"""What a trainer leads, seen as a whole: few queries, however many workshops and people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from lms.database.models import GroupMember, Person, Workshop, WorkshopDate
from lms.errors import NotFound
from lms.people.workshops import LearnerFacts, WorkshopFacts, read_learners


def find_led(
    connection: Connection, organisation: str, trainer: str, person: str
) -> tuple[WorkshopFacts, LearnerFacts]:
    """A learner of one of this trainer's groups, in the newest workshop they share. Raises NotFound for others."""
    leader, member = aliased(GroupMember), aliased(GroupMember)
    facts = (Workshop.organisation_id, Workshop.id, Workshop.group_id, Workshop.title, Workshop.code, Workshop.course)
    wanted = (
        select(*facts)
        .join(leader, (leader.organisation_id == Workshop.organisation_id) & (leader.group_id == Workshop.group_id))
        .join(member, (member.organisation_id == Workshop.organisation_id) & (member.group_id == Workshop.group_id))
        .where(Workshop.organisation_id == organisation, Workshop.deleted_at.is_(None))
        .where(leader.person_id == trainer, leader.part == "trainer", leader.deleted_at.is_(None))
        .where(member.person_id == person, member.part == "learner", member.deleted_at.is_(None))
        .order_by(Workshop.id.desc())
    )
    row = connection.execute(wanted).first()
    if row is not None:
        workshop = WorkshopFacts(*row)
        for one in read_learners(connection, organisation, workshop.group):
            if one.person == person:
                return workshop, one
    sentence = "Cette personne n'est pas dans vos groupes."
    raise NotFound(f"no learner {person!r} in the groups of {trainer!r}", sentence=sentence)


def count_learners(connection: Connection, organisation: str, groups: Sequence[str]) -> Mapping[str, int]:
    """How many learners each group has, by its id."""
    wanted = (
        select(GroupMember.group_id, func.count())
        .join(Person, (Person.organisation_id == GroupMember.organisation_id) & (Person.id == GroupMember.person_id))
        .where(GroupMember.organisation_id == organisation, GroupMember.group_id.in_(groups))
        .where(GroupMember.part == "learner", GroupMember.deleted_at.is_(None), Person.deleted_at.is_(None))
        .group_by(GroupMember.group_id)
    )
    return {group: int(count) for group, count in connection.execute(wanted)}


def read_starts(connection: Connection, organisation: str, workshops: Sequence[str]) -> Mapping[str, list[int]]:
    """The dates of each workshop in order, by its id."""
    wanted = (
        select(WorkshopDate.workshop_id, WorkshopDate.starts)
        .where(WorkshopDate.organisation_id == organisation, WorkshopDate.workshop_id.in_(workshops))
        .where(WorkshopDate.deleted_at.is_(None))
        .order_by(WorkshopDate.starts)
    )
    found: dict[str, list[int]] = defaultdict(list)
    for workshop, starts in connection.execute(wanted):
        found[workshop].append(starts)
    return found
