"""Statements that point at others are found by what those say, whichever of the two arrived first."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lms.database.bulk import insert_many, listed, pack
from lms.database.models import StatementTerm
from lms.database.prepared import run
from lms.database.rows import Lock
from lms.database.terms import find_terms, term
from lms.lrs.kept import find_kept

_TERM = ("organisation_id", "term", "stored", "id")
LONGEST_CHAIN = 1000


@dataclass(frozen=True)
class Linked:
    """A statement just stored: what it points at, and whether others may point at it already."""

    id: str
    stored: int
    refers: str
    named: bool


def find_lock(organisation: str, *, alone: bool) -> Lock:
    """A statement and one that points at it, stored at the same instant, must not miss each other.

    SQLite has one writer. On PostgreSQL who points waits for those who may be pointed at, house by house.
    """
    return Lock(term("references", organisation), alone)


def link(connection: Connection, organisation: str, new: Sequence[Linked], *, awaited: bool) -> set[str]:
    """Give what points the terms of what it points at, through any chain, in the current transaction.

    The ids of statements that point at these; `awaited` is false when it is known that no earlier one does.
    """
    rows = [
        (organisation, found, one.stored, one.id)
        for one in new
        if one.refers
        for found in read_chain(connection, organisation, one.refers)
    ]
    insert_many(connection, StatementTerm, _TERM, sorted(rows))
    named = {term("reference", one.id): one.id for one in new if one.named}
    if not named or not awaited:
        return set()
    waiting = _find_waiting(connection, organisation, named)
    rows = [
        (organisation, found, stored, name)
        for awaited, stored, name in waiting
        for found in read_chain(connection, organisation, named[awaited])
    ]
    insert_many(connection, StatementTerm, _TERM, sorted(set(rows)))
    return {name for _, _, name in waiting}


def _find_waiting(connection: Connection, organisation: str, terms: Collection[int]) -> list[Any]:
    """(term, stored, id) of statements that point here, directly or through others: they have inherited the term."""
    dialect = connection.dialect.name
    wanted = {"organisation": organisation, "terms": pack(dialect, terms)}
    return list(run(connection, _WAITING[dialect], wanted).fetchall())


_WAITING = listed(
    """SELECT term, stored, id FROM statement_term
            WHERE organisation_id = :organisation AND term IN NUMBERS(:terms)"""
)


def read_chain(connection: Connection, organisation: str, target: str) -> set[int]:
    """All terms of a statement and of those that it points at, one after the other."""
    found: set[int] = set()
    for statement in iter_chain(connection, organisation, target):
        found |= find_terms(statement)
    return found


def iter_chain(connection: Connection, organisation: str, target: str) -> Any:
    """The statements of a chain, as far as they are kept; a circle is walked once."""
    seen: set[str] = set()
    while target and target not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(target)
        kept = find_kept(connection, organisation, [target])
        if not kept:
            return
        statement = json.loads(kept[0].body)
        yield statement
        about = statement["object"]
        target = str(about["id"]).lower() if about.get("objectType") == "StatementRef" else ""
