"""Two people play one attempt, each from a seat of his own, at a machine of his own.

One begins and shows a short code; the other, of the same organisation, types it. The code is good only while the
first one looks at the page that shows it, and only once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from lms.contract import Mode, Outcome
from lms.database.clock import now
from lms.database.door import transaction
from lms.database.models import Attempt, Seat
from lms.errors import BadRequest, Conflict
from lms.learning.attempts import AttemptNow, Who, read_attempt, start_attempt, write_state
from lms.learning.classroom import Classroom
from lms.learning.evidence import Judged, Recorded, record, show_live, tell
from lms.learning.seats import Place, find_place, read_places
from lms.people.throttle import check_open, count_failure, unlock

FIGURES = 4
WRONG = "Ce code ne va pas. Regardez encore l'autre écran."


def begin_pair(classroom: Classroom, who: Who, activity_id: str, mode: Mode, seat: str) -> str:
    """Begin an attempt for two, from this seat; the attempt. Raises BadRequest where there is no such seat."""
    activity = classroom.find_activity(activity_id)
    seats = classroom.find_type(activity).seats(activity)
    if seat not in seats:
        raise BadRequest(f"seat {seat!r}; there is: {', '.join(seats) or 'none'}")
    code = "".join(secrets.choice("0123456789") for _ in range(FIGURES))
    rows = [_row(one, who if one == seat else None, "" if one == seat else code) for one in seats]
    return start_attempt(classroom, who, activity_id, mode, rows)


def _row(seat: str, who: Who | None, code: str) -> Mapping[str, Any]:
    sits = {"person_id": who.person if who else None, "locale": who.locale if who else ""}
    return sits | {"seat": seat, "code": code, "token": secrets.token_urlsafe(24), "seen": now(), "gone": False}


def join_pair(
    classroom: Classroom, who: Who, code: str, allow: Callable[[Connection, AttemptNow], None] | None = None
) -> str:
    """Take the free seat that this code opens; the attempt. Raises BadRequest, and TooManyTries after wrong ones.

    `allow` raises where this person may not play it, and reads with the connection that it is given. The seat stays
    free then.
    """
    key = f"pair {who.organisation} {who.person}"
    with transaction() as connection:
        check_open(connection, key)
        found = _take(connection, who, "".join(code.split()))
        if found is None:
            count_failure(connection, key)
        else:
            unlock(connection, key)
            if allow:
                allow(connection, read_attempt(connection, who.organisation, found))
            judged, recorded = _greet(connection, classroom, who, found)
    if found is None:
        raise BadRequest("no pair waits under this code", sentence=WRONG)
    tell(classroom, who.organisation, who.person, judged.activity.id, recorded)
    return found


def _take(connection: Connection, who: Who, code: str) -> str | None:
    """Sit down; the attempt, None where nobody waits under this code. Of two at once only one finds the seat free."""
    free = (Seat.organisation_id == who.organisation, Seat.person_id.is_(None), Seat.code == code)
    for attempt in connection.execute(select(Seat.attempt_id).where(*free).order_by(Seat.attempt_id.desc())).scalars():
        waiting = [one for one in read_places(connection, who.organisation, attempt) if one.person]
        if any(one.person == who.person or not one.is_here for one in waiting):
            continue  # one's own code, or nobody looks at the page that shows it any more
        sits = {"person_id": who.person, "locale": who.locale, "code": "", "seen": now()}
        taken = update(Seat).where(*free, Seat.attempt_id == attempt).values(sits)
        if connection.execute(taken).rowcount == 1:
            return str(attempt)
    return None


def _greet(connection: Connection, classroom: Classroom, who: Who, attempt_id: str) -> tuple[Judged, Recorded]:
    """Who sits down begins too: a statement, and a row on the board."""
    attempt = read_attempt(connection, who.organisation, attempt_id)
    activity = classroom.find_activity(attempt.activity)
    place = find_place(read_places(connection, who.organisation, attempt_id), who.person)
    sat = place.take(attempt, classroom, activity)
    live = classroom.find_type(activity).live(activity, sat.state)
    judged = Judged(activity, attempt.id, attempt.mode, now(), (Outcome(sat.state, verb="initialized", live=live),))
    recorded = record(connection, classroom, who.organisation, who.person, judged, guest=False)
    show_live(connection, who.organisation, who.person, judged, attempt.rev, bool(attempt.ended))
    return judged, recorded


def share(classroom: Classroom, places: Sequence[Place], judged: Judged) -> list[tuple[str, Judged, Judged]]:
    """By person: what is recorded, and what the board shows. The facts are of whoever acted, the end of both.

    Whoever acted sits in the first of `places`.
    """
    place, activity = places[0], judged.activity
    kind, last = classroom.find_type(activity), judged.outcomes[-1]
    own = tuple(replace(one, help=one.helps.get(place.seat, "none")) for one in judged.outcomes)
    shared = [(place.person, replace(judged, outcomes=own), replace(judged, outcomes=own))]
    for other in (one for one in places[1:] if one.person and not one.gone):
        end = (replace(last, facts=(), help=last.helps.get(other.seat, "none")),) if last.verb else ()
        live = kind.live(activity, kind.sit(activity, last.state, other.seat))
        shown = (Outcome(last.state, live=live),)
        shared.append((other.person, replace(judged, outcomes=end), replace(judged, outcomes=shown)))
    return sorted(shared, key=lambda one: one[0])  # two writers hold two learners in the same order


def play_alone(classroom: Classroom, attempt: AttemptNow, places: list[Place]) -> None:
    """Who began goes on alone and takes both seats in turn. Raises Conflict while the other is there."""
    if any(one.is_here for one in places if one.person != attempt.who.person):
        raise Conflict(f"attempt {attempt.id}: the other is here", sentence="L'autre personne est encore là.")
    activity = classroom.find_activity(attempt.activity)
    state = classroom.find_type(activity).sit(activity, attempt.state, "")
    mine = (Attempt.organisation_id == attempt.who.organisation, Attempt.id == attempt.id)
    after = {"paired": False, "state": write_state(state), "rev": attempt.rev + 1}
    seats = (Seat.organisation_id == attempt.who.organisation, Seat.attempt_id == attempt.id)
    with transaction() as connection:
        moved = connection.execute(update(Attempt).where(*mine, Attempt.rev == attempt.rev).values(after)).rowcount
        if moved != 1:
            raise Conflict(f"attempt {attempt.id} moved meanwhile", sentence="L'écran a changé. Essayez encore.")
        connection.execute(delete(Seat).where(*seats))
