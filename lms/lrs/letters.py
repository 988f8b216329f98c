"""Statements as they are sent on: the JSON that is kept, with the attachments it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from lms.database.models import Statement, StatementKey


@dataclass(frozen=True)
class Kept:
    """One statement as it is stored; `activity` is Déclic's own name of it, empty for what others said."""

    id: str
    verb: str
    activity: str
    body: str


def read_kept(connection: Connection, organisation: str, ids: Sequence[str]) -> list[Kept]:
    """These statements in the order they were stored; one that was erased meanwhile is left out."""
    wanted = (
        select(Statement.id, Statement.verb, Statement.activity, Statement.body)
        .join(
            StatementKey,
            (StatementKey.organisation_id == Statement.organisation_id)
            & (StatementKey.stored == Statement.stored)
            & (StatementKey.id == Statement.id),
        )
        .where(StatementKey.organisation_id == organisation, StatementKey.id.in_(ids))
        .order_by(Statement.stored, Statement.id)
    )
    return [Kept(row.id, row.verb, row.activity, row.body) for row in connection.execute(wanted)]


def write_letter(batch: Sequence[Kept]) -> tuple[str, bytes]:
    """(content type, body) of one POST of these statements."""
    return "application/json", f"[{','.join(one.body for one in batch)}]".encode()
