"""A statement takes another back (xAPI 1.0.3, part 2, 2.3.2). A row says so; the statement itself stays."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.models import Voiding
from lms.database.prepared import run
from lms.database.rows import insert_missing
from lms.lrs.kept import Kept, find_kept
from lms.lrs.validation.statements import VOIDED


@dataclass(frozen=True)
class New:
    """A statement just stored: who vouches, what it voids, whether its sender chose the id."""

    id: str
    stored: int
    authority: str
    voids: str
    named: bool


def void(connection: Connection, organisation: str, new: Sequence[New], pointing: Collection[str]) -> None:
    """Mark what these void, in the current transaction. `pointing` are statements that point at some of these.

    What voids cannot be voided, nor what another authority said, whichever arrived first.
    """
    marks = {one.voids: one for one in new if one.voids}
    for kept in find_kept(connection, organisation, marks) if marks else ():
        if kept.verb == VOIDED:
            marks.pop(kept.id)
    for voided, one in sorted(marks.items()):
        _mark(connection, organisation, voided, one)
    wrong = {one.id: None for one in new if one.named and one.voids}
    named = {one.id: one.authority for one in new if one.named and not one.voids}
    early = wrong | dict(_find_foreign(connection, organisation, named, pointing))
    if early:
        dialect = connection.dialect.name
        run(connection, _UNDO[dialect], {"organisation": organisation, "ids": pack(dialect, early)})
    for voided, right in sorted(early.items()):
        if right is not None:
            _mark(connection, organisation, voided, right)


def _mark(connection: Connection, organisation: str, voided: str, by: New | Kept) -> None:
    mark = {"organisation_id": organisation, "statement_id": voided, "by_id": by.id, "stored": by.stored}
    insert_missing(connection, Voiding, [mark])


def _find_foreign(
    connection: Connection, organisation: str, named: Mapping[str, str], pointing: Collection[str]
) -> Iterator[tuple[str, Kept | None]]:
    """What somebody else voided before it was there, and the statement with which its own sender did so too."""
    if not named or not pointing:
        return
    early: dict[str, list[Kept]] = {}
    for one in find_kept(connection, organisation, pointing):
        if one.verb == VOIDED:
            early.setdefault(str(json.loads(one.body)["object"]["id"]).lower(), []).append(one)
    for voided in early.keys() & named.keys():
        right = [one for one in early[voided] if one.authority == named[voided]]
        if len(right) < len(early[voided]):
            yield voided, next(iter(right), None)


_UNDO = listed("DELETE FROM voiding WHERE organisation_id = :organisation AND statement_id IN LIST(:ids)")
"""Marks that were set before it was known what, and whose, they are about."""
