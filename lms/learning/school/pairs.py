"""Role-play in pairs: who plays with whom, drawn by lot; an odd one joins a pair in turn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from lms.database.clock import now
from lms.database.ids import new_id
from lms.database.models import RolePair
from lms.database.rows import insert_missing, table
from lms.errors import BadRequest
from lms.learning.school.assignments import AssignmentFacts
from lms.people.accounts import merge_marks


def draw_pairs(connection: Connection, given: AssignmentFacts, people: Sequence[str]) -> None:
    """Draw all pairs anew. Raises BadRequest for fewer than two people."""
    if len(people) < 2:
        raise BadRequest("fewer than two", sentence="Il faut deux personnes au moins.")
    mixed = secrets.SystemRandom().sample(list(people), len(people))
    if len(mixed) % 2:
        mixed.append(mixed[0])  # plays twice, with the last one
    marks = merge_marks(connection)
    at = table(RolePair).c
    mine = (at.organisation_id == given.organisation, at.assignment_id == given.id, at.deleted_at.is_(None))
    connection.execute(update(table(RolePair)).where(*mine).values(deleted_at=now(), changed=marks["changed"]))
    key = {"organisation_id": given.organisation, "assignment_id": given.id} | marks
    rows = [key | {"id": new_id(), "first_id": a, "second_id": b} for a, b in zip(mixed[::2], mixed[1::2], strict=True)]
    insert_missing(connection, RolePair, rows)


def read_pairs(connection: Connection, given: AssignmentFacts) -> list[tuple[str, str]]:
    """Both ids of each pair."""
    wanted = select(RolePair.first_id, RolePair.second_id).where(
        RolePair.organisation_id == given.organisation,
        RolePair.assignment_id == given.id,
        RolePair.deleted_at.is_(None),
    )
    return [(first, second) for first, second in connection.execute(wanted.order_by(RolePair.id))]


def find_partners(pairs: Sequence[tuple[str, str]], person: str) -> list[str]:
    """Who plays with this person."""
    return [b if a == person else a for a, b in pairs if person in (a, b)]
