"""Statements are deleted only where an erasure names them; its row stays: the count of the gap, and a tombstone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, delete, func, select, tuple_

from lms.database.clock import now
from lms.database.models import Erasure, Outbox, Statement, StatementKey, StatementTerm, Voiding
from lms.database.rows import hold, insert_missing, table
from lms.database.terms import term
from lms.lrs.attachments import erase_attachments
from lms.lrs.references import find_lock

ASKED = "asked"


def mark_statements(connection: Connection, organisation: str, person: str, identity: str) -> None:
    """Erasures for all that this person did, that names its account, and that points at one of those.

    What points at a statement has inherited its terms. `identity` is the prefix of account home pages.
    """
    hold(connection, find_lock(organisation, alone=True))
    name = f"account\n{identity}{organisation}\n{person}"
    terms = [term("agent", name), term("related_agent", name)]
    named = select(StatementTerm.id, StatementTerm.stored).where(
        StatementTerm.organisation_id == organisation, StatementTerm.term.in_(terms)
    )
    mine = Statement.organisation_id == organisation
    wanted = select(Statement.id, Statement.origin).where(mine)
    _mark(connection, organisation, wanted.where(Statement.person_id == person))
    _mark(connection, organisation, wanted.where(tuple_(Statement.id, Statement.stored).in_(named)))


def _mark(connection: Connection, organisation: str, wanted: Executable) -> None:
    found: Sequence[Any] = connection.execute(wanted).all()
    shared = {"organisation_id": organisation, "reason": ASKED, "stored": now()}
    rows = [shared | {"statement_id": one.id, "origin": one.origin} for one in found]
    insert_missing(connection, Erasure, rows)


def erase_statements(connection: Connection) -> int:
    """Delete every statement that an erasure names, with all that leads to it; how many statements there were."""
    marked = select(Erasure.organisation_id, Erasure.statement_id)
    keyed = (StatementKey.organisation_id == Erasure.organisation_id) & (StatementKey.id == Erasure.statement_id)
    places = select(StatementKey.organisation_id, StatementKey.stored, StatementKey.id).where(keyed)
    own = tuple_(Statement.organisation_id, Statement.stored, Statement.id)
    gone = connection.execute(delete(table(Statement)).where(own.in_(places))).rowcount
    for model, name in (
        (StatementTerm, "id"),
        (StatementKey, "id"),
        (Voiding, "statement_id"),
        (Outbox, "statement_id"),
    ):
        columns = table(model).c
        connection.execute(delete(table(model)).where(tuple_(columns.organisation_id, columns[name]).in_(marked)))
    erase_attachments(connection)
    return gone


def count_erased(connection: Connection) -> int:
    """How many statements were erased: the places that stay empty."""
    return int(connection.execute(select(func.count()).select_from(table(Erasure))).scalar_one())
