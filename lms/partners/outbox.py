"""Outbox rows, written in the transaction of the statement that they carry."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select

from lms.database.clock import now
from lms.database.models import Outbox, Partner
from lms.database.prepared import run
from lms.database.rows import table


def enqueue(connection: Connection, organisation: str, statement_ids: Sequence[str]) -> int:
    """One row for each statement and partner that wants a relay; how many rows."""
    wanted = {"organisation": organisation}
    partners = [one for (one,) in run(connection, _RELAYED, wanted).fetchall()] if statement_ids else []
    instant = now()
    rows = [
        {
            "organisation_id": organisation,
            "partner_id": partner,
            "statement_id": statement,
            "stored": instant,
            "tries": 0,
            "next_try": instant,
            "parked": None,
        }
        for partner in partners
        for statement in statement_ids
    ]
    if rows:
        connection.execute(insert(table(Outbox)), rows)
    return len(rows)


_RELAYED = select(Partner.id).where(
    Partner.organisation_id == bindparam("organisation"), Partner.relay_url != "", Partner.revoked.is_(None)
)
