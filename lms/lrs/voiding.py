"""A statement takes another back (xAPI 1.0.3, part 2, 2.3.2). A row says so; the statement itself stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.models import Voiding
from lms.database.prepared import run
from lms.database.rows import insert_missing


def void(connection: Connection, organisation: str, new: Sequence[tuple[str, int, str, bool]]) -> None:
    """Of statements just stored, (id, stored, what it voids, whether its sender chose the id).

    What voids cannot be voided, whichever arrived first.
    """
    marks = {voided: (name, stored) for name, stored, voided, _ in new if voided}
    late = [name for name, _, voided, named in new if voided and named]
    for voided in _find_voiding(connection, organisation, marks) if marks else ():
        marks.pop(voided)
    for voided, (name, stored) in sorted(marks.items()):
        mark = {"organisation_id": organisation, "statement_id": voided, "by_id": name, "stored": stored}
        insert_missing(connection, Voiding, [mark])
    if late:
        run(connection, _UNDO[connection.dialect.name], _list(connection, organisation, late))


def _find_voiding(connection: Connection, organisation: str, ids: Collection[str]) -> list[str]:
    """Which of these void something themselves."""
    found = run(connection, _VOIDING[connection.dialect.name], _list(connection, organisation, ids)).fetchall()
    return [row[0] for row in found]


def _list(connection: Connection, organisation: str, ids: Collection[str]) -> dict[str, Any]:
    return {"organisation": organisation, "ids": pack(connection.dialect.name, ids)}


_VOIDING = listed(
    """SELECT s.id FROM statement_key k JOIN statement s
            ON s.organisation_id = k.organisation_id AND s.stored = k.stored AND s.id = k.id
            WHERE k.organisation_id = :organisation AND k.id IN LIST(:ids)
            AND s.verb = 'http://adlnet.gov/expapi/verbs/voided'"""
)
_UNDO = listed("DELETE FROM voiding WHERE organisation_id = :organisation AND statement_id IN LIST(:ids)")
"""Marks that were set before it was known that these void something themselves."""
