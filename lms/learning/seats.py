"""Who sits where in an attempt that two people play: read, take, leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, update

from lms.contract import Activity
from lms.database.clock import now
from lms.database.db import db
from lms.database.models import Attempt, Person, Seat
from lms.database.rows import table
from lms.errors import NotAllowed, NotFound
from lms.learning.attempts import AttemptNow, Who, find_open_attempt
from lms.learning.classroom import Classroom

AWAY_AFTER = 15 * 1_000_000
"""Whose page did not ask for so long is not there (microseconds); a page in view asks every two seconds."""
NOTED_EVERY = 4 * 1_000_000


@dataclass(frozen=True)
class Place:
    """One seat of a pair and whoever sits there; `person` is empty while it waits."""

    organisation: str
    attempt: str
    seat: str
    person: str
    locale: str
    code: str
    token: str
    seen: int
    gone: bool
    host: bool
    """Whether he began the attempt, and so may go on alone."""
    first_name: str = ""

    @property
    def is_here(self) -> bool:
        """Whether this person's page asked a moment ago."""
        return bool(self.person) and not self.gone and self.seen > now() - AWAY_AFTER

    def take(self, attempt: AttemptNow, classroom: Classroom, activity: Activity) -> AttemptNow:
        """The attempt as whoever sits here sees it: his own name, seat and token."""
        who = Who(self.organisation, self.person, locale=self.locale)
        kind = classroom.find_type(activity)
        state = attempt.state if attempt.erased else kind.sit(activity, attempt.state, self.seat)
        return replace(attempt, who=who, state=state, token=f"{self.token}.{self.seat}")


def read_places(connection: Connection, organisation: str, attempt: str) -> list[Place]:
    """All seats of an attempt, with first names."""
    named = (Person.organisation_id == Seat.organisation_id) & (Person.id == Seat.person_id)
    same = (Attempt.organisation_id == Seat.organisation_id) & (Attempt.id == Seat.attempt_id)
    joined = table(Seat).join(table(Attempt), same).outerjoin(table(Person), named)
    mine = (Seat.organisation_id == organisation, Seat.attempt_id == attempt)
    wanted = select(*table(Seat).columns, Person.first_name, Attempt.person_id.label("host")).select_from(joined)
    return [_read_place(row) for row in connection.execute(wanted.where(*mine).order_by(Seat.seat))]


def _read_place(row: Any) -> Place:
    who = (row.organisation_id, row.attempt_id, row.seat, row.person_id or "", row.locale)
    here = (row.seen, bool(row.gone), row.person_id == row.host)
    return Place(*who, row.code, row.token, *here, row.first_name or "")


def find_place(places: list[Place], person: str) -> Place:
    """Where this person sits. Raises NotFound for whoever has no seat there."""
    found = next((one for one in places if person and one.person == person), None)
    if found is None:
        raise NotFound("this person has no seat there", sentence="Cet essai n'existe plus.")
    return found


def find_other(places: list[Place], place: Place) -> Place:
    """The seat across the table."""
    return next(one for one in places if one.seat != place.seat)


def find_open_pair(connection: Connection, who: Who, activity: str) -> str | None:
    """The open attempt of this activity in which this person has a seat and did not leave it; the newest."""
    same = (Attempt.organisation_id == Seat.organisation_id) & (Attempt.id == Seat.attempt_id)
    mine = (Seat.organisation_id == who.organisation, Seat.person_id == who.person, ~Seat.gone)
    wanted = select(Attempt.id).select_from(table(Attempt).join(table(Seat), same)).where(*mine)
    running = wanted.where(Attempt.activity == activity, Attempt.ended.is_(None), Attempt.erased.is_(None))
    return connection.execute(running.order_by(Attempt.started.desc()).limit(1)).scalar()


def find_under_way(connection: Connection, classroom: Classroom, who: Who, activity: Activity) -> tuple[str, bool]:
    """Id of the attempt that whoever comes back goes on with, empty for none; whether the exercise changed since."""
    own = find_open_attempt(connection, who, activity.id)
    pair = find_open_pair(connection, who, activity.id) if classroom.find_type(activity).seats(activity) else None
    if own is None:
        return pair or "", False
    changed = own.revision != activity.revision
    return pair or ("" if changed or own.paired or own.erased else own.id), changed


def read_seated(organisation: str, attempt: str, seat: str) -> list[Place]:
    """The seats of a pair, that of the sender first. Raises NotAllowed where nobody sits there."""
    with db.engine.connect() as connection:
        places = read_places(connection, organisation, attempt)
    if not any(one.seat == seat and one.person for one in places):
        raise NotAllowed(f"attempt {attempt}: nobody sits at {seat!r}")
    return sorted(places, key=lambda one: one.seat != seat)


def find_seated(attempt: str, who: Who) -> list[Place]:
    """The seats of a pair, this person's first. Raises NotFound for whoever has none there."""
    with db.engine.connect() as connection:
        places = read_places(connection, who.organisation, attempt)
    own = find_place(places, who.person)
    return [own, *(one for one in places if one is not own)]


def take_own(connection: Connection, classroom: Classroom, attempt: AttemptNow, person: str) -> AttemptNow:
    """An attempt of two as this person sees it. Raises NotFound for whoever has no seat there."""
    place = find_place(read_places(connection, attempt.who.organisation, attempt.id), person)
    return place.take(attempt, classroom, classroom.find_activity(attempt.activity))


def is_due(place: Place) -> bool:
    """Whether his presence was last noted some seconds ago, or he comes back."""
    return place.gone or place.seen < now() - NOTED_EVERY


def note_here(connection: Connection, place: Place, *, gone: bool = False) -> None:
    """His page is open before him; or he left, for now."""
    mine = (Seat.organisation_id == place.organisation, Seat.attempt_id == place.attempt, Seat.seat == place.seat)
    connection.execute(update(Seat).where(*mine).values(seen=now(), gone=gone))
