"""Statements that are kept, by their ids: through the unpartitioned key, whatever month they are of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.prepared import run


@dataclass(frozen=True)
class Kept:
    """One statement as it is stored; `activity` is Déclic's own name of it, empty for what others said."""

    id: str
    stored: int
    authority: str
    verb: str
    activity: str
    body: str

    @property
    def may_attach(self) -> bool:
        """Whether it may name attachments, without parsing."""
        return '"attachments"' in self.body


def find_kept(connection: Connection, organisation: str, ids: Collection[str]) -> list[Kept]:
    """Those of these statements that are there, in the order they were stored; voided ones too."""
    dialect = connection.dialect.name
    wanted = {"organisation": organisation, "ids": pack(dialect, ids)}
    return [Kept(*row) for row in run(connection, _KEPT[dialect], wanted).fetchall()]


_KEPT = listed(
    """SELECT s.id, s.stored, s.authority, s.verb, s.activity, s.body FROM statement_key k CROSS JOIN statement s
            WHERE k.organisation_id = :organisation AND k.id IN LIST(:ids)
            AND s.organisation_id = k.organisation_id AND s.stored = k.stored AND s.id = k.id ORDER BY s.stored, s.id"""
)
"""CROSS JOIN: SQLite then looks at the keys first; left to choose, it walks through all statements of the house."""
