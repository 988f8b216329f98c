"""A statement takes another back (xAPI 1.0.3, part 2, 2.3.2). A row says so; the statement itself stays."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.models import Voiding
from lms.database.prepared import run
from lms.database.rows import insert_missing
from lms.lrs.kept import find_kept
from lms.lrs.validation.statements import VOIDED


def void(connection: Connection, organisation: str, new: Sequence[tuple[str, int, str, bool]]) -> None:
    """Of statements just stored, (id, stored, what it voids, whether its sender chose the id).

    What voids cannot be voided, whichever arrived first.
    """
    marks = {voided: (name, stored) for name, stored, voided, _ in new if voided}
    late = [name for name, _, voided, named in new if voided and named]
    for one in find_kept(connection, organisation, marks) if marks else ():
        if one.verb == VOIDED:
            marks.pop(one.id)
    for voided, (name, stored) in sorted(marks.items()):
        mark = {"organisation_id": organisation, "statement_id": voided, "by_id": name, "stored": stored}
        insert_missing(connection, Voiding, [mark])
    if late:
        dialect = connection.dialect.name
        run(connection, _UNDO[dialect], {"organisation": organisation, "ids": pack(dialect, late)})


_UNDO = listed("DELETE FROM voiding WHERE organisation_id = :organisation AND statement_id IN LIST(:ids)")
"""Marks that were set before it was known that these void something themselves."""
