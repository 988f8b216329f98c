"""Progress is folded from statements, always anew: any order of arrival gives the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text

from lms.contract import Standing
from lms.database.clock import to_datetime
from lms.database.models import LearnerHome, Progress, Statement, Voiding
from lms.database.rows import insert_missing, table, upsert
from lms.lrs import vocabulary

COUNTED = tuple(vocabulary.verb_iri(name) for name in ("initialized", "completed", "passed", "failed"))
LADDER = ("none", "hint", "where", "shown")


@dataclass(frozen=True)
class Line:
    """What the fold reads of one statement."""

    happened: int
    id: str
    verb: str
    registration: str
    success: bool | None
    completion: bool | None
    mode: str
    help: str


def read_line(row: Row[Any]) -> Line:
    """A line from (happened, id, verb, registration, body)."""
    body: dict[str, Any] = json.loads(row.body)
    result, extensions = body.get("result") or {}, (body.get("context") or {}).get("extensions") or {}
    return Line(
        happened=row.happened,
        id=row.id,
        verb=vocabulary.verb_name(row.verb),
        registration=row.registration or "",
        success=result.get("success"),
        completion=result.get("completion"),
        mode=str(extensions.get(vocabulary.MODE, "")),
        help=str(extensions.get(vocabulary.HELP, "none")),
    )


def fold(activity: str, lines: Iterable[Line]) -> tuple[Standing, str]:
    """Standing and least help of a success, from distinct ids sorted by (corrected time, id)."""
    ordered = sorted({line.id: line for line in lines}.values(), key=lambda line: (line.happened, line.id))
    ended = [line for line in ordered if line.verb in ("completed", "passed", "failed")]
    won = [line for line in ended if line.success]
    standing = Standing(
        activity=activity,
        attempts=len({line.registration for line in ordered if line.verb == "initialized"}),
        mastery=_mastery(won),
        completed=any(line.completion or line.verb in ("completed", "passed") for line in ended),
        succeeded=bool(won),
        last=ordered[-1].happened if ordered else 0,
    )
    least = min((_rung(line) for line in won), default=len(LADDER) - 1)
    return standing, LADDER[least] if won else ""


def _rung(line: Line) -> int:
    return LADDER.index(line.help) if line.help in LADDER else len(LADDER) - 1


def _mastery(won: list[Line]) -> int:
    """0 seen, 1 guided, 2 with help now and then, 3 alone on two different days (the design's table)."""
    alone = {to_datetime(line.happened).date() for line in won if line.mode in ("", "alone") and line.help == "none"}
    if len(alone) > 1:
        return 3
    if any(line.mode in ("", "alone", "assisted") for line in won):
        return 2
    return 1 if any(line.mode == "guided" for line in won) else 0


def refold(connection: Connection, organisation: str, person: str, activity: str) -> Standing:
    """Fold one learner × activity again and write both projections; the caller holds the learner's row."""
    lines = [read_line(row) for row in connection.execute(_counted(organisation, person, activity))]
    standing, least = fold(activity, lines)
    key = {"organisation_id": organisation, "person_id": person, "activity": activity}
    values = asdict(standing) | {"help": least}
    upsert(connection, Progress, key | values)
    _place_on_home(connection, organisation, person, standing)
    return standing


def _counted(organisation: str, person: str, activity: str) -> Any:
    voided = select(Voiding.statement_id).where(Voiding.organisation_id == organisation)
    return select(Statement.happened, Statement.id, Statement.verb, Statement.registration, Statement.body).where(
        Statement.organisation_id == organisation,
        Statement.person_id == person,
        Statement.activity == activity,
        Statement.evidence,
        Statement.verb.in_(COUNTED),
        Statement.id.not_in(voided),
    )


def hold_learner(connection: Connection, organisation: str, person: str) -> None:
    """Keep other writers of this learner's progress out until the commit (SQLite's writer is alone anyway)."""
    key = {"organisation_id": organisation, "person_id": person}
    insert_missing(connection, LearnerHome, [key | {"standings": "{}"}])
    connection.execute(_HOME.with_for_update(), key)


_HOME = select(LearnerHome.standings).where(
    LearnerHome.organisation_id == bindparam("organisation_id"), LearnerHome.person_id == bindparam("person_id")
)


def _place_on_home(connection: Connection, organisation: str, person: str, standing: Standing) -> None:
    row = {"organisation_id": organisation, "person_id": person}
    packed = connection.execute(_HOME, row).scalar() or "{}"
    standings = json.loads(packed) | {standing.activity: _pack(standing)}
    ordered = dict(sorted(standings.items()))
    upsert(connection, LearnerHome, row | {"standings": json.dumps(ordered, separators=(",", ":"))})


def _pack(standing: Standing) -> list[int]:
    return [standing.attempts, standing.mastery, int(standing.completed), int(standing.succeeded), standing.last]


def unpack(packed: str) -> Mapping[str, Standing]:
    """Standings by activity from a learner's home row."""
    return {
        name: Standing(name, one[0], one[1], bool(one[2]), bool(one[3]), one[4])
        for name, one in json.loads(packed).items()
    }


def read_standings(connection: Connection, organisation: str, person: str) -> Mapping[str, Standing]:
    """Where this learner stands with everything; one row is read."""
    return unpack(connection.execute(_HOME, {"organisation_id": organisation, "person_id": person}).scalar() or "{}")


def hold_everyone(connection: Connection) -> None:
    """Keep all writers of progress out until the commit: those under way end first (SQLite's writer is alone)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE learner_home IN EXCLUSIVE MODE"))


def rebuild(connection: Connection) -> int:
    """Fold all progress anew from statements; how many learner × activity were folded."""
    hold_everyone(connection)
    connection.execute(table(Progress).delete())
    connection.execute(table(LearnerHome).delete())
    pairs = connection.execute(
        select(Statement.organisation_id, Statement.person_id, Statement.activity)
        .where(Statement.evidence, Statement.person_id != "", Statement.activity != "", Statement.verb.in_(COUNTED))
        .distinct()
        .order_by(Statement.organisation_id, Statement.person_id, Statement.activity)
    ).all()
    for organisation, person, activity in pairs:
        refold(connection, organisation, str(person), activity)
    return len(pairs)


def snapshot(connection: Connection) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Both projections as they are, to compare before and after a rebuild."""
    rows = {tuple(row[:3]): tuple(row[3:]) for row in connection.execute(select(table(Progress)))}
    homes = connection.execute(select(table(LearnerHome)))
    return rows | {(row.organisation_id, row.person_id): (row.standings,) for row in homes}
