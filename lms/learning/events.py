"""What was judged in an attempt, event by event: which part, what was said. Never what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from lms.contract import Feedback
from lms.database.models import Event
from lms.database.prepared import run, run_many
from lms.database.rows import table
from lms.learning.attempts import AttemptNow


def find_known(connection: Connection, organisation: str, attempt_id: str, ids: Sequence[str]) -> dict[str, str]:
    """Feedback, by id, of the responses that were judged before."""
    given = {"organisation": organisation, "attempt": attempt_id, "ids": list(ids)}
    return {row.id: row.feedback for row in connection.execute(_KNOWN, given)}


_KNOWN = select(Event.id, Event.feedback).where(
    Event.organisation_id == bindparam("organisation"),
    Event.attempt_id == bindparam("attempt"),
    Event.id.in_(bindparam("ids", expanding=True)),
)


def add_events(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write these rows, each of the same columns."""
    run_many(connection, _INSERT, rows)


_INSERT = insert(table(Event))


def describe_event(id: str, rev: int, part: object, code: str, feedback: Feedback | None) -> dict[str, Any]:
    """The columns that an event has of its own; part and code as text that both databases keep."""
    said = {"tone": feedback.tone, "say": feedback.say, "part": feedback.part} if feedback else None
    return {
        "id": id,
        "rev": rev,
        "part": _plain(part)[:120],
        "code": _plain(code)[:60],
        "feedback": json.dumps(said, ensure_ascii=False),
    }


def _plain(value: object) -> str:
    """Text that both databases keep: what a browser sends may hold anything."""
    return str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def read_feedback(connection: Connection, attempt: AttemptNow) -> Feedback | None:
    """The last thing said in this attempt, so that a reload shows it again."""
    now_at = {"organisation": attempt.who.organisation, "attempt": attempt.id, "rev": attempt.rev}
    said = run(connection, _SAID, now_at).fetchone()
    told = json.loads(said[0]) if said else None
    return Feedback(**told) if told else None


_SAID = select(Event.feedback).where(
    Event.organisation_id == bindparam("organisation"),
    Event.attempt_id == bindparam("attempt"),
    Event.rev == bindparam("rev"),
)
