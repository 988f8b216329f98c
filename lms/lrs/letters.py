"""Statements as they are sent on: the JSON that is kept, with the attachments it names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, select

from lms.database.models import Statement, StatementKey
from lms.lrs.attachments import read_parts
from lms.lrs.multipart import MULTIPART, new_boundary, write_multipart


@dataclass(frozen=True)
class Kept:
    """One statement as it is stored; `activity` is Déclic's own name of it, empty for what others said."""

    id: str
    verb: str
    activity: str
    body: str

    @property
    def may_attach(self) -> bool:
        """Whether it may name attachments, without parsing."""
        return '"attachments"' in self.body


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


def write_letter(organisation: str, batch: Sequence[Kept]) -> tuple[str, bytes]:
    """(content type, body) of one POST of these statements, with the bytes of the attachments that are kept here."""
    text = f"[{','.join(one.body for one in batch)}]"
    parts = read_parts(organisation, [json.loads(one.body) for one in batch if one.may_attach])
    first = next(parts, None)
    if first is None:
        return "application/json", text.encode()
    boundary = new_boundary()
    pieces = write_multipart(boundary, text, chain([first], parts))
    return f"{MULTIPART}; boundary={boundary}", b"".join(pieces)
