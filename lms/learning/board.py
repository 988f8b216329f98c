"""The live board and nudges: what a trainer sees of the room, and what he sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from lms.database.clock import now
from lms.database.models import Live, Nudge
from lms.database.rows import insert_missing, table

STUCK_AFTER = 90 * 1_000_000
"""A goal sought longer than this, or missed three times, is worth a look (microseconds)."""
STUCK_TRIES = 3
AWAY_AFTER = 10 * 60 * 1_000_000
CALL_ENDS = 4 * 3600 * 1_000_000
"""Nobody waits so long: a call of the last workshop is none of today's (microseconds)."""
WORDS = {"calls": "Appelle", "stuck": "Cherche", "working": "Travaille", "done": "A fini", "away": "Absent·e"}
ORDER = tuple(WORDS)


@dataclass(frozen=True)
class BoardRow:
    """One learner on the board."""

    person: str
    first_name: str
    urgency: str
    sentence: str
    activity: str
    attempt: str
    since: int
    rev: int
    tries: int = 0


def read_board(connection: Connection, organisation: str, learners: Sequence[tuple[str, str]]) -> list[BoardRow]:
    """Rows of these (person, first name), the most urgent first; one query."""
    wanted = select(table(Live)).where(
        Live.organisation_id == organisation, Live.person_id.in_([person for person, _ in learners])
    )
    lives = {row.person_id: row for row in connection.execute(wanted)}
    instant = now()
    rows = [build_row(person, name, lives.get(person), instant) for person, name in learners]
    return sorted(rows, key=lambda row: (ORDER.index(row.urgency), row.since, row.first_name))


def build_row(person: str, first_name: str, live: Any, instant: int) -> BoardRow:
    """What the board says of one learner; `live` is a row of the table, or None."""
    if live is None:
        return BoardRow(person, first_name, "away", "Pas encore venu·e.", "", "", 0, 0)
    urgency = find_urgency(live, instant)
    since = (live.called if urgency == "calls" else live.since) or instant
    sentence = _say(live, urgency, max(0, (instant - since) // 60_000_000))
    return BoardRow(
        person,
        first_name,
        urgency,
        sentence,
        live.activity,
        live.attempt_id,
        since,
        live.rev,
        live.tries,
    )


def find_urgency(live: Any, instant: int) -> str:
    """calls, stuck, working, done or away."""
    called, ended, seen = live.called, live.ended, live.seen
    if called and instant - called < CALL_ENDS:
        return "calls"
    if ended:
        return "done"
    if instant - seen > AWAY_AFTER:
        return "away"
    stuck = live.goal and (live.tries >= STUCK_TRIES or instant - live.since > STUCK_AFTER)
    return "stuck" if stuck else "working"


def _say(live: Any, urgency: str, minutes: int) -> str:
    since = f" depuis {minutes} min" if minutes else ""
    doing = live.sentence.rstrip(".").replace("« ", "“").replace(" »", "”")
    told = f"« {doing} »{since}" if doing else f"À l'accueil{since}."
    return {"done": "A terminé son exercice.", "away": "N'est plus devant l'écran."}.get(urgency, told)


def read_seen(connection: Connection, organisation: str, people: Sequence[str]) -> dict[str, int]:
    """When each was last at an exercise."""
    wanted = select(Live.person_id, Live.seen).where(Live.organisation_id == organisation, Live.person_id.in_(people))
    return {row.person_id: row.seen for row in connection.execute(wanted)}


PRESENT_EVERY = 60 * 1_000_000
"""Who only reads is present too: the desk asks for nudges, and once a minute that is noted (microseconds)."""


def is_due(connection: Connection, organisation: str, person: str) -> bool:
    """Whether this learner's presence was last noted more than a minute ago."""
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    seen = connection.execute(select(Live.seen).where(*mine)).scalar()
    return seen is not None and seen < now() - PRESENT_EVERY


def find_shown(connection: Connection, organisation: str, person: str) -> str:
    """The attempt that the board shows of this learner; empty where there is none."""
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    return connection.execute(select(Live.attempt_id).where(*mine)).scalar() or ""


def note_present(connection: Connection, organisation: str, person: str) -> None:
    """The learner's exercise is open before him."""
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    connection.execute(update(Live).where(*mine).values(seen=now()))


def call_trainer(connection: Connection, organisation: str, person: str) -> int:
    """The learner asks for the trainer; since when (the first call counts until it is answered)."""
    key = {"organisation_id": organisation, "person_id": person}
    instant = now()
    blank = {"attempt_id": "", "activity": "", "goal": "", "sentence": "", "tries": 0, "ended": False, "rev": 0}
    insert_missing(connection, Live, [key | blank | {"since": instant, "seen": instant}])
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    over = Live.called.is_(None) | (Live.called < instant - CALL_ENDS)
    connection.execute(update(Live).where(*mine, over).values(called=instant))
    return connection.execute(select(Live.called).where(*mine)).scalar_one() or instant


def read_call(connection: Connection, organisation: str, person: str) -> int | None:
    """Since when this learner calls, None when he does not."""
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    return connection.execute(select(Live.called).where(*mine, Live.called > now() - CALL_ENDS)).scalar()


def answer_call(connection: Connection, organisation: str, person: str) -> None:
    """The trainer came, or wrote, or the learner has left."""
    mine = (Live.organisation_id == organisation, Live.person_id == person)
    connection.execute(update(Live).where(*mine).values(called=None))


def send_nudge(
    connection: Connection, organisation: str, person: str, author: str, kind: str, part: str, text: str
) -> int:
    """A highlight (`point`), a sentence (`say`) or an exercise (`offer`) for this learner; its number.

    It also answers a call.
    """
    mine = (Nudge.organisation_id == organisation, Nudge.person_id == person)
    row = {"organisation_id": organisation, "person_id": person, "author_id": author, "kind": kind, "stored": now()}
    row |= {"part": part[:120], "text": text[:300]}
    number = 0
    while True:  # two trainers at once: whoever comes second waits for the first, then takes the next number
        number = max(number, connection.execute(select(func.max(Nudge.number)).where(*mine)).scalar() or 0) + 1
        if insert_missing(connection, Nudge, [row | {"number": number}]):
            break
    answer_call(connection, organisation, person)
    return number


def read_nudges(connection: Connection, organisation: str, person: str, after: int) -> list[dict[str, object]]:
    """Nudges after this number, of the last quarter of an hour: an old one would only confuse."""
    wanted = select(Nudge.number, Nudge.kind, Nudge.part, Nudge.text).where(
        Nudge.organisation_id == organisation,
        Nudge.person_id == person,
        Nudge.number > after,
        Nudge.stored > now() - 15 * 60 * 1_000_000,
    )
    return [
        {"id": row.number, "kind": row.kind, "part": row.part, "text": row.text}
        for row in connection.execute(wanted.order_by(Nudge.number))
    ]
