"""The one door: a response enters, is judged by its activity type, and becomes statements in one transaction.

Optimistic: read state and `rev`, judge without any lock, then write under `WHERE rev = :seen`; if somebody was
faster, judge again from the new state. The same event twice finds its first answer and counts once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, update

from lms.contract import Activity, Feedback, Json, Outcome
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attempt
from lms.database.prepared import run
from lms.errors import Conflict, NotAllowed
from lms.learning.attempts import AttemptNow, read_attempt, read_attempt_and_answer, write_state
from lms.learning.classroom import Classroom
from lms.learning.events import add_events, describe_event, find_known
from lms.learning.evidence import Judged, Recorded, record, show_live, tell
from lms.learning.pairs import share
from lms.learning.seats import Place
from lms.learning.worlds import keep_world

TRIES = 40
ENDING = ("completed", "passed")


@dataclass(frozen=True)
class Response:
    """One event from the browser: `id` a UUID made there, `rev` what it saw, `response` for the activity type."""

    id: str
    rev: int
    response: Mapping[str, Json]
    switch: str = ""
    """Set by a trainer's page alone, never from a learner's browser: what he lets happen."""


@dataclass(frozen=True)
class Answer:
    """What the browser gets: the attempt as it is now, what is acknowledged, and the last feedback."""

    attempt: AttemptNow
    activity: Activity
    acknowledged: tuple[str, ...]
    feedback: Feedback | None = None
    stale: bool = False


@dataclass(frozen=True)
class Step:
    """One response with its outcome; `rev` is the attempt's after it."""

    response: Response
    outcome: Outcome
    rev: int


def submit(
    classroom: Classroom,
    organisation: str,
    attempt_id: str,
    responses: Sequence[Response],
    allow: Callable[[AttemptNow], bool],
    places: Sequence[Place] = (),
    check_time: Callable[[AttemptNow], None] | None = None,
) -> Answer:
    """Judge the responses in order and record them, each once; `allow` says whether the sender may.

    `places` are the seats of an attempt that two people play, that of the sender first. `check_time` raises where it
    is too late for the sender. It is asked once, outside any connection, and only of what was not judged before.

    Raises NotAllowed, NotFound, what `check_time` raises, and Conflict only if it never gets its turn.
    """
    responses = list({one.id: one for one in responses}.values())
    for tried in range(TRIES):
        seen, known = _read(organisation, attempt_id, responses, allow)
        activity = classroom.find_activity(seen.activity)
        if seen.paired and not places:
            raise NotAllowed(f"attempt {attempt_id} is played from two seats; the sender says none")
        if places:
            seen = places[0].take(seen, classroom, activity)
        told = classroom.find_activity(seen.activity, seen.who.locale)
        fresh = [one for one in responses if one.id not in known]
        if not fresh or seen.ended:
            return _repeat(seen, told, responses, known)
        if check_time and not tried:
            check_time(seen)
        _check_content(seen, activity)
        steps, after = _judge(classroom, activity, told, seen, fresh)
        recorded = _write(classroom, activity, seen, after, steps, places)
        if recorded is not None:
            for person, one in recorded.items():
                tell(classroom, organisation, person, activity.id, one)
            ids = tuple(one.id for one in responses)
            return Answer(after, told, ids, _latest(steps), steps[-1].outcome.stale)
    raise Conflict(f"attempt {attempt_id}: {TRIES} writers were faster")


def _read(
    organisation: str, attempt_id: str, responses: Sequence[Response], allow: Callable[[AttemptNow], bool]
) -> tuple[AttemptNow, dict[str, str]]:
    """The attempt, then what was judged before: in the other order an event could be judged twice."""
    with db.engine.connect() as connection:
        if len(responses) == 1:  # nearly always: one question, one answer
            seen, told = read_attempt_and_answer(connection, organisation, attempt_id, responses[0].id)
            if not allow(seen):
                raise NotAllowed(f"attempt {attempt_id} is somebody else's")
            return seen, {} if told is None else {responses[0].id: told}
        seen = read_attempt(connection, organisation, attempt_id)
        if not allow(seen):
            raise NotAllowed(f"attempt {attempt_id} is somebody else's")
        known = find_known(connection, organisation, attempt_id, [one.id for one in responses])
        if len(known) == len(responses):
            seen = read_attempt(connection, organisation, attempt_id)  # somebody judged them between the two reads
    return seen, known


def _check_content(seen: AttemptNow, activity: Activity) -> None:
    """A state is only judged by the content that it was begun with. Raises Conflict."""
    if seen.erased:
        raise Conflict(f"attempt {seen.id} was erased", sentence="Cet essai est trop ancien pour continuer.")
    if seen.revision != activity.revision:
        raise Conflict(f"attempt {seen.id} was begun with revision {seen.revision} of {activity.id}")


def _repeat(seen: AttemptNow, activity: Activity, responses: Sequence[Response], known: Mapping[str, str]) -> Answer:
    """The first answer again. After the end nothing more is judged, and the browser need not keep it."""
    told = json.loads(known.get(responses[-1].id, "null")) if responses else None
    ids = tuple(one.id for one in responses)
    return Answer(seen, activity, ids, Feedback(**told) if told else None, stale=bool(seen.ended))


def _judge(
    classroom: Classroom, activity: Activity, told: Activity, seen: AttemptNow, fresh: Sequence[Response]
) -> tuple[list[Step], AttemptNow]:
    """What is recorded is in the language of the course; `told`, the learner's, only gives the feedback.

    So who learns in another language is judged twice where something is said: the trainer's board reads the course's.
    """
    kind, steps, state, mode, rev = classroom.find_type(activity), [], seen.state, seen.mode, seen.rev
    ended = seen.ended
    for one in fresh:
        outcome = (
            kind.switch(activity, one.switch, state) if one.switch else kind.evaluate(activity, one.response, state)
        )
        if told is not activity and outcome.feedback:
            outcome = replace(outcome, feedback=kind.evaluate(told, one.response, state).feedback)
        rev += 1
        state, mode = outcome.state, outcome.mode or mode
        steps.append(Step(one, outcome, rev))
        if _ends(outcome):
            ended = now()
            break
    return steps, replace(seen, state=state, rev=rev, mode=mode, ended=ended)


def _ends(outcome: Outcome) -> bool:
    return outcome.verb in ENDING or bool(outcome.completion)


def _write(
    classroom: Classroom,
    activity: Activity,
    seen: AttemptNow,
    after: AttemptNow,
    steps: Sequence[Step],
    places: Sequence[Place],
) -> dict[str, Recorded] | None:
    """Everything of these steps in one transaction, by person; None when somebody else wrote since `seen`."""
    who, instant = seen.who, now()
    state = write_state(after.state)
    judged = Judged(activity, seen.id, after.mode, instant, tuple(step.outcome for step in steps))
    key = {"organisation_id": who.organisation, "attempt_id": seen.id, "stored": instant}
    rows = [key | _describe(step) for step in steps]
    with transaction() as connection:
        if not _claim(connection, seen, after, state):
            return None
        add_events(connection, rows)
        for kept in (step.outcome.keeps for step in steps if step.outcome.keeps):
            keep_world(connection, who.organisation, who.person, activity, kept, guest=who.guest)
        recorded = {}
        for person, proved, shown in share(classroom, places, judged) if places else [(who.person, judged, judged)]:
            recorded[person] = record(connection, classroom, who.organisation, person, proved, guest=who.guest)
            if not who.guest:
                show_live(connection, who.organisation, person, shown, after.rev, bool(after.ended))
    return recorded


def _claim(connection: Connection, seen: AttemptNow, after: AttemptNow, state: str) -> bool:
    """Move the attempt from the `rev` that was judged; False when it is no longer there."""
    moved = {
        "organisation": seen.who.organisation,
        "attempt": seen.id,
        "seen": seen.rev,
        "new_state": state,
        "new_rev": after.rev,
        "new_mode": after.mode,
        "new_ended": after.ended,
    }
    return bool(run(connection, _CLAIM, moved).rowcount == 1)


_CLAIM = (
    update(Attempt)
    .where(
        Attempt.organisation_id == bindparam("organisation"),
        Attempt.id == bindparam("attempt"),
        Attempt.rev == bindparam("seen"),
    )
    .values(
        state=bindparam("new_state"),
        rev=bindparam("new_rev"),
        mode=bindparam("new_mode"),
        ended=bindparam("new_ended"),
    )
)
"""The guard against lost updates: of two writers that saw the same `rev`, one finds no row."""


def _describe(step: Step) -> dict[str, Any]:
    """Part and code only: what was typed is never evidence."""
    part = step.response.response.get("part", "")
    return describe_event(step.response.id, step.rev, part, _code(step), step.outcome.feedback)


def _code(step: Step) -> str:
    if step.response.switch and not step.outcome.stale:
        return f"switch-{step.response.switch}"
    asked = step.response.response.get("help")
    return step.outcome.refused or ("stale" if step.outcome.stale else f"help-{asked}" if asked else "")


def _latest(steps: Sequence[Step]) -> Feedback | None:
    return next((step.outcome.feedback for step in reversed(steps) if step.outcome.feedback), None)
