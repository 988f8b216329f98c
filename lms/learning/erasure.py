"""Erasing a person: everything goes but a tombstone without a name, and the count of what was said."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, or_, select, update

from lms.database.clock import hybrid, now
from lms.database.models import (
    Attempt,
    Attendance,
    Attestation,
    Card,
    Enrolment,
    Event,
    GroupMember,
    LearnerHome,
    Live,
    Marking,
    Nudge,
    Person,
    PersonAlias,
    Progress,
    PromotionStudent,
    PromotionTeacher,
    Review,
    RoleGrant,
    RolePair,
    ScreenShare,
    Seat,
    StaffAccount,
    Throttle,
    Work,
    WorkFile,
    World,
)
from lms.database.rows import table
from lms.errors import NotFound
from lms.learning.progress import hold_learner
from lms.lrs.documents import erase_documents
from lms.lrs.erasing import erase_statements, mark_statements
from lms.people.sign_in import throttle_key
from lms.people.throttle import password_key, staff_key

OWN = (
    Progress,
    LearnerHome,
    Live,
    Nudge,
    ScreenShare,
    World,
    Card,
    GroupMember,
    Attendance,
    Enrolment,
    RoleGrant,
    StaffAccount,
    PromotionStudent,
    PromotionTeacher,
    Work,
    Attestation,
)
"""Tables whose rows belong to one person."""


def erase_person(connection: Connection, organisation: str, person: str, identity: str) -> Mapping[str, int]:
    """Erase everything about a person, in the current transaction; how much of what there was.

    Again for the same person erases what came since. Raises NotFound for whoever was never here.
    """
    mine = (Person.organisation_id == organisation, Person.id == person)
    if connection.execute(select(Person.id).where(*mine).with_for_update()).first() is None:
        raise NotFound(f"no person {person} in this organisation")
    hold_learner(connection, organisation, person)
    done = {"statements": 0, "documents": 0, "attempts": 0, "other rows": 0}
    for one in (person, *_drop_aliases(connection, organisation, person)):
        mark_statements(connection, organisation, one, identity)
        account = {"account": {"homePage": f"{identity}{organisation}", "name": one}}
        done["documents"] += erase_documents(connection, organisation, account)
        done["attempts"] += _erase_attempts(connection, organisation, one)
        done["other rows"] += _erase_rows(connection, organisation, one)
    done["statements"] = erase_statements(connection)
    gone = {"first_name": "", "locale": "fr", "voice": None, "theme": ""}
    instant = hybrid.tick()
    connection.execute(update(table(Person)).where(*mine).values(**gone, changed=instant, deleted_at=instant))
    return done


def _drop_aliases(connection: Connection, organisation: str, person: str) -> list[str]:
    """Other ids of the same person."""
    alias = table(PersonAlias).c
    mine = (alias.organisation_id == organisation, or_(alias.person_id == person, alias.alias_id == person))
    found = list(connection.execute(select(alias.alias_id).where(*mine, alias.alias_id != person)).scalars())
    connection.execute(delete(table(PersonAlias)).where(*mine))
    return found


def _erase_attempts(connection: Connection, organisation: str, person: str) -> int:
    """What this person began goes whole; an attempt of somebody else keeps nothing of what was typed by two."""
    house = Attempt.organisation_id == organisation
    begun = select(Attempt.id).where(house, Attempt.person_id == person)
    for model in (Event, Seat, Live):
        columns = table(model).c
        inside = (columns.organisation_id == organisation, columns.attempt_id.in_(begun))
        connection.execute(delete(table(model)).where(*inside))
    sat = (Seat.organisation_id == organisation, Seat.person_id == person)
    shared = house & Attempt.id.in_(select(Seat.attempt_id).where(*sat))
    emptied = {"state": "{}", "erased": now(), "rev": Attempt.rev + 1}
    connection.execute(update(table(Attempt)).where(shared).values(emptied))
    connection.execute(update(table(Seat)).where(*sat).values(person_id=None, locale="", gone=True))
    return connection.execute(delete(table(Attempt)).where(house, Attempt.person_id == person)).rowcount


def _erase_rows(connection: Connection, organisation: str, person: str) -> int:
    """Rows of this person's own, what was written to others, and counted sign-ins; a review loses who saw it."""
    login = select(StaffAccount.login).where(
        StaffAccount.organisation_id == organisation, StaffAccount.person_id == person
    )
    keys = [throttle_key(organisation, person), password_key(organisation, person), f"pair {organisation} {person}"]
    keys += [staff_key(one) for one in connection.execute(login).scalars()]
    connection.execute(delete(table(Throttle)).where(Throttle.key.in_(keys)))
    for column in (table(Review).c.author_id, table(Review).c.seen_by):
        written = (Review.organisation_id == organisation, column == person)
        connection.execute(update(table(Review)).where(*written).values({column: None}))
    count = _erase_markings(connection, organisation, person)
    said = (Nudge.organisation_id == organisation, Nudge.author_id == person)
    count += connection.execute(delete(table(Nudge)).where(*said)).rowcount
    looked = (ScreenShare.organisation_id == organisation, ScreenShare.watcher_id == person)
    count += connection.execute(delete(table(ScreenShare)).where(*looked)).rowcount
    for model in OWN:
        columns = table(model).c
        mine = (columns.organisation_id == organisation, columns.person_id == person)
        count += connection.execute(delete(table(model)).where(*mine)).rowcount
    return count


def _erase_markings(connection: Connection, organisation: str, person: str) -> int:
    """What was said of this person's works goes; what a marker said of others' stays, without saying who."""
    works = select(Work.id).where(Work.organisation_id == organisation, Work.person_id == person)
    about = (Marking.organisation_id == organisation, Marking.work_id.in_(works))
    count = connection.execute(delete(table(Marking)).where(*about)).rowcount
    joined = (WorkFile.organisation_id == organisation, WorkFile.work_id.in_(works))
    count += connection.execute(delete(table(WorkFile)).where(*joined)).rowcount
    for column in (table(Marking).c.marker_id, table(Attestation).c.teacher_id):
        signed = (column.table.c.organisation_id == organisation, column == person)
        connection.execute(update(column.table).where(*signed).values({column: None}))
    pair = or_(RolePair.first_id == person, RolePair.second_id == person)
    count += connection.execute(delete(table(RolePair)).where(RolePair.organisation_id == organisation, pair)).rowcount
    return count
