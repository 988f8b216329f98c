"""Statements that point at others are found by what those say, whichever of the two arrived first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from lms.database.bulk import insert_many, listed, pack
from lms.database.models import StatementTerm
from lms.database.prepared import run
from lms.database.rows import Lock
from lms.database.terms import find_terms, term
from lms.lrs.kept import find_kept

_TERM = ("organisation_id", "term", "stored", "id")
LONGEST_CHAIN = 100
"""Each statement of a chain is given the terms of all behind it: what a batch takes grows with both."""


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
    chains = Chains(connection, organisation)
    named = {term("reference", one.id): one.id for one in new if one.named}
    waiting = _find_waiting(connection, organisation, named) if named and awaited else []
    own = {one.id for one in new}  # these are given their whole chain here
    pointing = [(one.stored, one.id, one.refers) for one in new if one.refers]
    pointing += [(stored, name, named[found]) for found, stored, name in waiting if name not in own]
    rows = {
        (organisation, found, stored, name) for stored, name, target in pointing for found in chains.find_terms(target)
    }
    insert_many(connection, StatementTerm, _TERM, sorted(rows))
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


@dataclass
class Chains:
    """What statements lead to, one after the other; each is read once, since many may lead to the same."""

    connection: Connection
    organisation: str
    _read: dict[str, Any] = field(default_factory=dict)
    _terms: dict[str, set[int]] = field(default_factory=dict)

    def walk(self, target: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """(id, statement) of each, as far as they are kept; a circle is walked once."""
        seen: set[str] = set()
        while target and target not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(target)
            if target not in self._read:
                kept = find_kept(self.connection, self.organisation, [target])
                self._read[target] = json.loads(kept[0].body) if kept else None
            statement = self._read[target]
            if statement is None:
                return
            yield target, statement
            about = statement["object"]
            target = str(about["id"]).lower() if about.get("objectType") == "StatementRef" else ""

    def find_terms(self, target: str) -> set[int]:
        """All terms of a statement and of those that it leads to."""
        found: set[int] = set()
        for name, statement in self.walk(target):
            if name not in self._terms:
                self._terms[name] = find_terms(statement)
            found |= self._terms[name]
        return found
