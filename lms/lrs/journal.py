"""What was recorded, as people look for it: who, what, how it was said, in one attempt, between two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from lms.database.models import Statement


@dataclass(frozen=True)
class Journal:
    """What is looked for in what was recorded; empty or None: everything. Instants in microseconds.

    `people`: only these (a trainer's own). `activity` is an activity or a course; `attempt` its registration;
    `verb` is an IRI; `authority` our name for who vouches.
    """

    people: Sequence[str] | None = None
    activity: str = ""
    attempt: str = ""
    verb: str = ""
    authority: str = ""
    after: int | None = None
    before: int | None = None
    ascending: bool = False


def read_page(connection: Connection, organisation: str, journal: Journal, limit: int) -> Sequence[Any]:
    """(stored, person_id, activity, registration, authority, body), newest first unless the journal says otherwise."""
    wanted = select(
        Statement.stored,
        Statement.person_id,
        Statement.activity,
        Statement.registration,
        Statement.authority,
        Statement.body,
    ).where(Statement.organisation_id == organisation, *_find_conditions(journal))
    order = Statement.stored if journal.ascending else Statement.stored.desc()
    found: Sequence[Any] = connection.execute(wanted.order_by(order).limit(limit)).all()
    return found


def _find_conditions(journal: Journal) -> Iterator[ColumnElement[bool]]:
    if journal.people is not None:
        yield Statement.person_id.in_(journal.people)
    if journal.activity:
        whole, part = journal.activity, journal.activity + "/"
        yield or_(Statement.activity == whole, Statement.activity.startswith(part, autoescape=True))
    if journal.attempt:
        yield Statement.registration == journal.attempt
    if journal.verb:
        yield Statement.verb == journal.verb
    if journal.authority:
        yield Statement.authority == journal.authority
    if journal.after is not None:
        yield Statement.stored > journal.after
    if journal.before is not None:
        yield Statement.stored < journal.before
