"""The outbox: a row for each statement and partner, written with the statement, gone when the partner has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, tuple_, update

from lms.database.clock import now
from lms.database.db import SHARDED
from lms.database.models import Outbox, Partner, PartnerCredential, Statement
from lms.database.prepared import run, run_many
from lms.database.rows import insert_missing, table
from lms.errors import NotFound
from lms.lrs.retrieval import Key
from lms.partners.credentials import find_partner_name

NEVER = 2**62
"""`next_try` of a parked row: it is never due, and no look for work passes over it."""

LONGEST_ANSWER = 2000
FIRST: Key = (0, "")
"""Before all statements."""


def enqueue(connection: Connection, organisation: str, statement_ids: Sequence[str]) -> int:
    """One row for each of these statements, which Déclic said itself, and partner that wants it; how many rows."""
    if not statement_ids:
        return 0
    found = run(connection, _RELAYED, {"organisation": organisation}).fetchall()
    return _enqueue(connection, [(organisation, partner, statement_ids) for (partner,) in found])


def enqueue_received(
    connection: Connection,
    organisation: str,
    sent: Sequence[tuple[str, Sequence[str]]],
    relays: Sequence[str],
) -> int:
    """As `enqueue`, for (the partner that posted them, ids); nobody is sent its own words.

    `relays`: each partner that is sent what others said too.
    """
    return _enqueue(connection, [(organisation, one, ids) for one in relays for sender, ids in sent if one != sender])


def _enqueue(connection: Connection, wanted: Sequence[tuple[str, str, Sequence[str]]]) -> int:
    """For each (organisation, partner, ids)."""
    instant = now()
    rows = [_row(organisation, partner, name, instant) for organisation, partner, ids in wanted for name in ids]
    if rows:
        run_many(connection, insert(table(Outbox)), rows)
    return len(rows)


_RELAYED = select(Partner.id).where(
    Partner.organisation_id == bindparam("organisation"), Partner.relay_url != "", Partner.revoked.is_(None)
)


def _row(organisation: str, partner: str, statement: str, instant: int) -> dict[str, object]:
    return {
        "organisation_id": organisation,
        "partner_id": partner,
        "statement_id": statement,
        "stored": instant,
        "tries": 0,
        "next_try": instant,
        "parked": None,
    }


def enqueue_past(
    connection: Connection, organisation: str, partner: str, after: Key, limit: int
) -> tuple[int, Key | None]:
    """Queue statements behind `after` (`FIRST` to begin) that are not waiting yet; (how many, where to go on).

    For a partner that begins late. What it has already answers 409 or 200, so sending again does no harm.
    """
    what = select(Partner.relay_what).where(Partner.organisation_id == organisation, Partner.id == partner)
    keys = select(PartnerCredential.key).where(
        PartnerCredential.organisation_id == organisation, PartnerCredential.partner_id == partner
    )
    wanted = select(Statement.id, Statement.stored).where(
        Statement.organisation_id == organisation,
        tuple_(Statement.stored, Statement.id) > tuple_(*after),
        Statement.authority.not_in(keys),
    )
    if connection.execute(what).scalar() != "all":
        wanted = wanted.where(Statement.evidence)
    found = connection.execute(wanted.order_by(Statement.stored, Statement.id).limit(limit)).all()
    instant = now()
    count = insert_missing(connection, Outbox, [_row(organisation, partner, one.id, instant) for one in found])
    return count, ((found[-1].stored, found[-1].id) if len(found) == limit else None)


@dataclass(frozen=True)
class Due:
    """A partner with something to send now."""

    organisation: str
    partner: str


def find_due(connection: Connection) -> list[Due]:
    """Partners that may be spoken to and have rows that are due. Read only."""
    instant = now()
    waiting = select(Outbox.organisation_id, Outbox.partner_id).where(Outbox.next_try <= instant)
    if connection.info.get(SHARDED):  # cut by house, a question about one row of a table that is not cut is refused
        asked: ColumnElement[bool] = tuple_(Partner.organisation_id, Partner.id).in_(waiting)
    else:  # SQLite would first gather all that waits
        mine = (Outbox.organisation_id == Partner.organisation_id, Outbox.partner_id == Partner.id)
        asked = waiting.where(*mine).exists()
    wanted = select(Partner.organisation_id, Partner.id).where(
        Partner.relay_url != "", Partner.revoked.is_(None), Partner.relay_next <= instant, asked
    )
    return [Due(row.organisation_id, row.id) for row in connection.execute(wanted.order_by(Partner.relay_last))]


def claim(connection: Connection, due: Due, count: int, lease: int) -> Sequence[Any]:
    """(statement_id, stored, tries) of at most `count` rows, oldest first; nobody else gets them for `lease` µs.

    Processes beside each other take different rows: PostgreSQL skips what another holds, SQLite has one writer.
    """
    instant = now()
    mine = (Outbox.organisation_id == due.organisation, Outbox.partner_id == due.partner)
    wanted = select(Outbox.statement_id, Outbox.stored, Outbox.tries).where(*mine, Outbox.next_try <= instant)
    ordered = wanted.order_by(Outbox.next_try, Outbox.stored, Outbox.statement_id).limit(count)
    rows: Sequence[Any] = connection.execute(ordered.with_for_update(skip_locked=True)).all()
    ids = [row.statement_id for row in rows]
    if ids:
        connection.execute(update(Outbox).where(*mine, Outbox.statement_id.in_(ids)).values(next_try=instant + lease))
    return rows


@dataclass(frozen=True)
class Result:
    """What came of one round with a partner: ids it has, ids withheld, ids refused with the answer, ids for later."""

    kept: Sequence[str] = ()
    withheld: Sequence[str] = ()
    refused: Sequence[tuple[str, str]] = ()
    later: Sequence[str] = ()
    error: str = ""
    pause: int = 0


def settle(connection: Connection, due: Due, result: Result) -> None:
    """Write what came of it: rows go, are parked, or wait until the partner may be spoken to again."""
    mine = (Outbox.organisation_id == due.organisation, Outbox.partner_id == due.partner)
    instant = now()
    if gone := [*result.kept, *result.withheld]:
        connection.execute(delete(Outbox).where(*mine, Outbox.statement_id.in_(gone)))
    for statement, answer in result.refused:
        parked = {"parked": answer[:LONGEST_ANSWER], "next_try": NEVER, "tries": Outbox.tries + 1}
        connection.execute(update(Outbox).where(*mine, Outbox.statement_id == statement).values(parked))
    if result.later:
        later = {"next_try": instant + result.pause, "tries": Outbox.tries + 1}
        connection.execute(update(Outbox).where(*mine, Outbox.statement_id.in_(result.later)).values(later))
    connection.execute(
        update(Partner)
        .where(Partner.organisation_id == due.organisation, Partner.id == due.partner)
        .values(_partner_values(result, instant))
    )


def _partner_values(result: Result, instant: int) -> dict[str, object]:
    values: dict[str, object] = {"relay_sent": Partner.relay_sent + len(result.kept)}
    if result.error:
        failed = {"relay_failures": Partner.relay_failures + 1, "relay_next": instant + result.pause}
        return values | failed | {"relay_error": result.error[:LONGEST_ANSWER]}
    return values | {"relay_failures": 0, "relay_next": 0, "relay_error": "", "relay_last": instant}


@dataclass(frozen=True)
class Backlog:
    """How it goes with one partner; `oldest` is when the oldest waiting row was written, 0 when none waits."""

    organisation: str
    partner: str
    name: str
    waiting: int
    parked: int
    oldest: int
    sent: int
    last: int
    failures: int
    error: str


def read_backlogs(connection: Connection, organisation: str = "") -> list[Backlog]:
    """One for each partner with a relay, of one organisation or of all."""
    waits = Outbox.parked.is_(None)
    wanted = (
        select(
            table(Partner),
            func.count(Outbox.statement_id).filter(waits).label("waiting"),
            func.count(Outbox.parked).label("parked_count"),
            func.min(Outbox.stored).filter(waits).label("oldest"),
        )
        .outerjoin(Outbox, (Outbox.organisation_id == Partner.organisation_id) & (Outbox.partner_id == Partner.id))
        .where(Partner.relay_url != "", Partner.revoked.is_(None))
        .group_by(*table(Partner).columns)
        .order_by(Partner.name)
    )
    if organisation:
        wanted = wanted.where(Partner.organisation_id == organisation)
    return [
        Backlog(
            organisation=row.organisation_id,
            partner=row.id,
            name=row.name,
            waiting=row.waiting,
            parked=row.parked_count,
            oldest=row.oldest or 0,
            sent=row.relay_sent,
            last=row.relay_last,
            failures=row.relay_failures,
            error=row.relay_error,
        )
        for row in connection.execute(wanted)
    ]


def read_parked(connection: Connection, organisation: str, partner: str, limit: int = 100) -> Sequence[Any]:
    """(statement_id, parked, stored) of what the partner refused, oldest first."""
    wanted = select(Outbox.statement_id, Outbox.parked, Outbox.stored).where(
        Outbox.organisation_id == organisation, Outbox.partner_id == partner, Outbox.parked.is_not(None)
    )
    found: Sequence[Any] = connection.execute(wanted.order_by(Outbox.stored, Outbox.statement_id).limit(limit)).all()
    return found


def retry_now(connection: Connection, organisation: str, partner: str, statement: str = "") -> int:
    """Send what was refused once more, and what waits without waiting: all of it, or one; how many. Raises NotFound."""
    find_partner_name(connection, organisation, partner)  # another organisation's is not there
    instant = now()
    mine = [Outbox.organisation_id == organisation, Outbox.partner_id == partner, Outbox.next_try > instant]
    if statement:
        mine.append(Outbox.statement_id == statement)
    awake = update(Partner).where(Partner.organisation_id == organisation, Partner.id == partner)
    connection.execute(awake.values(relay_next=0))
    again = {"parked": None, "next_try": instant, "tries": 0}
    return connection.execute(update(Outbox).where(*mine).values(again)).rowcount


def drop_parked(connection: Connection, organisation: str, partner: str, statement: str) -> None:
    """Give up on one statement for this partner; ours stays. Raises NotFound."""
    mine = (Outbox.organisation_id == organisation, Outbox.partner_id == partner, Outbox.statement_id == statement)
    if connection.execute(delete(Outbox).where(*mine, Outbox.parked.is_not(None))).rowcount == 0:
        raise NotFound(f"no parked statement {statement!r}")
