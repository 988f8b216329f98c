"""What is there already of what is sent, in one question: ids that are kept, ids that were erased, definitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.prepared import run


@dataclass(frozen=True)
class Known:
    """`definitions`: by the key of an activity, when what is kept of it last changed (microseconds)."""

    kept: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    definitions: Mapping[str, int] = field(default_factory=dict)


def find_known(connection: Connection, organisation: str, ids: Collection[str], activities: Collection[str]) -> Known:
    """Which of these statements, and of these activities by their keys, are known."""
    if not ids and not activities:
        return Known()
    dialect = connection.dialect.name
    wanted = {"organisation": organisation, "ids": pack(dialect, ids), "activities": pack(dialect, activities)}
    rows = run(connection, _KNOWN[dialect], wanted).fetchall()
    kept, erased = (frozenset(name for what, name, _ in rows if what == kind) for kind in ("kept", "erased"))
    return Known(kept, erased, {name: changed for what, name, changed in rows if what == "told"})


_KNOWN = listed(
    """SELECT 'kept' AS what, id, stored FROM statement_key WHERE organisation_id = :organisation AND id IN LIST(:ids)
    UNION ALL SELECT 'erased', statement_id, stored FROM erasure
            WHERE organisation_id = :organisation AND statement_id IN LIST(:ids)
    UNION ALL SELECT 'told', id, stored FROM activity_definition
            WHERE organisation_id = :organisation AND id IN LIST(:activities)"""
)
