"""Attempts: start, resume, read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from lms.contract import Activity, AttemptFacts, Live, Mode, Outcome, State
from lms.database.clock import now, to_datetime
from lms.database.db import db
from lms.database.door import transaction
from lms.database.ids import new_xapi_id
from lms.database.models import Attempt, CourseRevision, Event, Seat
from lms.database.prepared import find_row
from lms.database.rows import insert_missing, table
from lms.errors import NotFound
from lms.learning.classroom import Classroom
from lms.learning.evidence import Judged, record, show_live, tell
from lms.learning.worlds import find_kept


@dataclass(frozen=True)
class Who:
    """Whose attempt it is. A guest leaves no statement and is forgotten."""

    organisation: str
    person: str
    guest: bool = False
    locale: str = "fr"


@dataclass(frozen=True)
class AttemptNow:
    """An attempt as it was read; `rev` guards every write."""

    who: Who
    id: str
    activity: str
    revision: str
    mode: Mode
    state: State
    rev: int
    ended: int | None
    erased: bool
    token: str
    paired: bool = False
    """Two people play it, each from a seat of his own."""


def read_attempt(connection: Connection, organisation: str, attempt_id: str) -> AttemptNow:
    """The attempt as it is now. Raises NotFound, also for another organisation's."""
    row = find_row(connection, _ONE, {"organisation": organisation, "attempt": attempt_id})
    if row is None:
        raise NotFound(f"no attempt {attempt_id!r}", sentence="Cet essai n'existe plus.")
    return _from_row(row)


def read_attempts(connection: Connection, organisation: str, ids: Sequence[str]) -> dict[str, AttemptNow]:
    """These attempts by id; one query, none without ids."""
    if not ids:
        return {}
    wanted = select(table(Attempt)).where(Attempt.organisation_id == organisation, Attempt.id.in_(ids))
    return {row.id: _from_row(row) for row in connection.execute(wanted)}


def read_attempt_and_answer(
    connection: Connection, organisation: str, attempt_id: str, event: str
) -> tuple[AttemptNow, str | None]:
    """The attempt and, when this event was judged already, its feedback (JSON). Raises as `read_attempt`."""
    row = find_row(connection, _ANSWERED, {"organisation": organisation, "attempt": attempt_id, "event": event})
    if row is None:
        raise NotFound(f"no attempt {attempt_id!r}", sentence="Cet essai n'existe plus.")
    return _from_row(row), row.answered


_ONE = select(table(Attempt)).where(
    Attempt.organisation_id == bindparam("organisation"), Attempt.id == bindparam("attempt")
)
_ANSWERED = _ONE.add_columns(
    select(Event.feedback)
    .where(
        Event.organisation_id == bindparam("organisation"),
        Event.attempt_id == bindparam("attempt"),
        Event.id == bindparam("event"),
    )
    .scalar_subquery()
    .label("answered")
)
"""Built once: every event reads its attempt."""


def _from_row(row: Any) -> AttemptNow:
    return AttemptNow(
        who=Who(row.organisation_id, row.person_id, bool(row.guest), row.locale),
        id=row.id,
        activity=row.activity,
        revision=row.revision,
        mode=row.mode,
        state=json.loads(row.state),
        rev=row.rev,
        ended=row.ended,
        erased=row.erased is not None,
        token=row.token,
        paired=bool(row.paired),
    )


def find_open_attempt(connection: Connection, who: Who, activity: str) -> AttemptNow | None:
    """The attempt to resume: the newest of this learner and activity that has not ended."""
    wanted = (
        select(table(Attempt))
        .where(
            Attempt.organisation_id == who.organisation,
            Attempt.person_id == who.person,
            Attempt.activity == activity,
            Attempt.ended.is_(None),
        )
        .order_by(Attempt.started.desc())
        .limit(1)
    )
    row = connection.execute(wanted).first()
    return None if row is None else _from_row(row)


def start_attempt(
    classroom: Classroom, who: Who, activity_id: str, mode: Mode, seats: Sequence[Mapping[str, Any]] = ()
) -> str:
    """Start an attempt and say so in a statement; its id. The clock and the seed are fixed here, for ever.

    `seats` are rows of the table of this name, where two people play.
    """
    activity = classroom.find_activity(activity_id)
    instant, seed, attempt_id = now(), secrets.randbelow(2**31), new_xapi_id()
    facts = AttemptFacts(now=to_datetime(instant), seed=seed, mode=mode, locale=who.locale)
    state = classroom.find_type(activity).start(activity, _add_kept(facts, classroom, who, activity))
    with transaction() as connection:
        _pin_revision(connection, classroom, who.organisation, activity)
        row = _row(who, attempt_id, activity, mode, state, seed, instant)
        connection.execute(insert(table(Attempt)), row | {"paired": bool(seats)})
        key = {"organisation_id": who.organisation, "attempt_id": attempt_id}
        if seats:
            connection.execute(insert(table(Seat)), [{**key, **one} for one in seats])
        outcome = Outcome(state, verb="initialized", live=Live("begin", activity.instruction))
        judged = Judged(activity, attempt_id, mode, instant, (outcome,))
        recorded = record(connection, classroom, who.organisation, who.person, judged, guest=who.guest)
        if not who.guest:  # who dares not touch anything yet is on the board too
            show_live(connection, who.organisation, who.person, judged, 0, False)
    tell(classroom, who.organisation, who.person, activity.id, recorded)
    return attempt_id


def show_opened(connection: Connection, classroom: Classroom, attempt: AttemptNow, say: str) -> None:
    """An attempt that goes on stands on the board again, with what its screen says."""
    activity = classroom.find_activity(attempt.activity)
    outcome = Outcome(attempt.state, live=Live("begin", say))
    judged = Judged(activity, attempt.id, attempt.mode, now(), (outcome,))
    show_live(connection, attempt.who.organisation, attempt.who.person, judged, attempt.rev, False)


def _add_kept(facts: AttemptFacts, classroom: Classroom, who: Who, activity: Activity) -> AttemptFacts:
    """With the world that this learner left for this activity, where it needs one."""
    needed = classroom.find_type(activity).needs_world(activity)
    if needed is None:
        return facts
    with db.engine.connect() as connection:
        kept, outdated = find_kept(connection, classroom, who.organisation, who.person, needed)
    return replace(facts, kept=kept, outdated=outdated)


def _pin_revision(connection: Connection, classroom: Classroom, organisation: str, activity: Activity) -> None:
    """Keep the course's files as they are today, so that the attempt can always be shown as it was."""
    course = classroom.catalogue.courses[activity.id.split("/")[0]]
    key = CourseRevision.organisation_id == organisation, CourseRevision.id == course.revision
    if connection.execute(select(CourseRevision.id).where(*key)).first() is None:
        body = json.dumps({one.id: _describe(one) for one in course.activities.values()}, ensure_ascii=False)
        row = {"organisation_id": organisation, "id": course.revision, "course": course.id}
        insert_missing(connection, CourseRevision, [row | {"body": body, "stored": now()}])


def _describe(activity: Activity) -> dict[str, Any]:
    """What stood on the learner's page, without the compiled scenarios: their hash is in the revision."""
    return {
        "type": activity.type,
        "title": activity.title,
        "instruction": activity.instruction,
        "body": activity.body,
        "options": json.loads(json.dumps(dict(activity.options), default=lambda one: getattr(one, "id", str(one)))),
        "revision": activity.revision,
    }


def _row(
    who: Who, attempt_id: str, activity: Activity, mode: Mode, state: State, seed: int, instant: int
) -> dict[str, Any]:
    return {
        "organisation_id": who.organisation,
        "id": attempt_id,
        "person_id": who.person,
        "guest": who.guest,
        "activity": activity.id,
        "revision": activity.revision,
        "mode": mode,
        "locale": who.locale,
        "state": write_state(state),
        "rev": 0,
        "seed": seed,
        "started": instant,
        "token": secrets.token_urlsafe(24),
    }


def write_state(state: State) -> str:
    """Compact JSON of a state. Half a character, which a broken keyboard can send, becomes «?»."""
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def resume_or_start(classroom: Classroom, who: Who, activity_id: str, mode: Mode) -> str:
    """The open attempt of the same activity, or a new one. One whose content changed meanwhile is begun again."""
    activity = classroom.find_activity(activity_id)
    with db.engine.connect() as connection:
        found = find_open_attempt(connection, who, activity_id)
    if (
        found is not None
        and found.revision == activity.revision
        and found.mode == mode
        and not (found.erased or found.paired)
    ):
        return found.id
    return start_attempt(classroom, who, activity_id, mode)
