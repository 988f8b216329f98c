"""Keep statements: the same path for what Déclic says and for what partners send."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from lms.database.bulk import insert_together
from lms.database.clock import to_iso
from lms.database.door import widen
from lms.database.models import Statement, StatementKey, StatementTerm
from lms.database.rows import Lock, Place, origin, take_places
from lms.database.terms import term
from lms.errors import Conflict
from lms.lrs.definitions import Told
from lms.lrs.members import add_members
from lms.lrs.references import Linked, find_lock, link
from lms.lrs.validation.statements import VOIDED
from lms.lrs.voiding import New, void

__all__ = ["VOIDED", "AlreadyStored", "Entry", "StoredMeanwhile", "store_entries"]


class AlreadyStored(Conflict):
    """Another statement with this id is kept already, or was erased and must not come back."""

    sentence = "Cette déclaration est déjà enregistrée."
    kept = "Ce qui était enregistré est gardé."
    next = "N'envoyez pas cette déclaration une deuxième fois."


class StoredMeanwhile(AlreadyStored):
    """Somebody stored one of these ids at the same instant: look again whether it is the same statement."""


@dataclass(frozen=True)
class Entry:
    """One statement to keep. `body` is its JSON; `verb` and `object_id` are IRIs; `terms` what it is found by.

    `happened` is in microseconds; None: when it is stored, and its JSON gets that as timestamp. `person` and
    `activity` are Déclic's own ids where it knows them; `evidence` says that it moves progress. `authority` is our
    name for who vouches, `authority_agent` the same as an xAPI Agent (JSON). `refers` is the statement it points at,
    `named` says that its sender chose the id: others may point at it already. `told`: by IRI, what it says about
    activities.
    """

    id: str
    happened: int | None
    verb: str
    object_id: str
    body: str
    authority: str
    authority_agent: str
    terms: Collection[int] = ()
    person: str | None = None
    activity: str = ""
    registration: str | None = None
    evidence: bool = False
    refers: str = ""
    named: bool = False
    told: Mapping[str, Told] = field(default_factory=dict)

    @property
    def voids(self) -> str:
        """The statement that this one takes back."""
        return self.refers if self.verb == VOIDED else ""


MANY = 20
"""Statements that touch more pages of SQLite than a connection usually keeps."""

_KEY = ("organisation_id", "id", "stored")
_TERM = ("organisation_id", "term", "stored", "id")
_COLUMNS = (
    *("organisation_id", "stored", "id", "origin", "origin_seq", "happened", "person_id", "activity", "verb"),
    *("object_id", "registration", "authority", "evidence", "body"),
)


def find_entries_lock(organisation: str, entries: Sequence[Entry]) -> Lock | None:
    """What must be held before these take their places."""
    if not any(one.refers or one.named for one in entries):
        return None
    return find_lock(organisation, alone=any(one.refers for one in entries))


def store_entries(
    connection: Connection, organisation: str, entries: Sequence[Entry], places: Sequence[Place] | None = None
) -> list[str]:
    """Insert the entries in the current transaction, all or none; ids in order.

    `stored` grows within a batch, so that the order of `stored` is the order of the batch. `places`: those that were
    taken for them already in this transaction, under the lock of `find_entries_lock`.
    Raises StoredMeanwhile when an id is taken, also by a transaction that commits at the same instant.
    """
    if not entries:
        return []
    if len(entries) >= MANY:
        widen(connection)
    lock, source = find_entries_lock(organisation, entries), origin(connection)
    if places is None:
        places = take_places(connection, len(entries), lock)
    placed = [(one, stored, number) for one, (number, stored) in zip(entries, places, strict=True)]
    keys = [(organisation, one.id, stored) for one, stored, _ in placed]
    rows = [_row(organisation, source, *one) for one in placed]
    terms = sorted({(organisation, name, stored, one.id) for one, stored, _ in placed for name in one.terms})
    tables = [(StatementKey, _KEY, keys), (Statement, _COLUMNS, rows), (StatementTerm, _TERM, terms)]
    new, awaited = insert_together(connection, tables, organisation, find_references(entries))
    if new < len(keys):
        raise StoredMeanwhile("a statement with one of these ids was stored at the same instant")
    if lock is not None:
        pointing = [Linked(one.id, stored, one.refers, one.named) for one, stored, _ in placed]
        waiting = link(connection, organisation, pointing, awaited=awaited)
        new_ones = [New(one.id, stored, one.authority, one.voids, one.named) for one, stored, _ in placed]
        void(connection, organisation, new_ones, waiting)
    return [one.id for one in entries]


def find_references(entries: Sequence[Entry]) -> list[int]:
    """The terms that others have which point at these."""
    return [term("reference", one.id) for one in entries if one.named]


def _row(organisation: str, source: str, one: Entry, stored: int, number: int) -> tuple[Any, ...]:
    instant = f'"{to_iso(stored, 6)}"'
    members = {"stored": instant, "authority": one.authority_agent}
    if one.happened is None:
        members["timestamp"] = instant
    body = add_members(one.body, members)
    happened = stored if one.happened is None else one.happened
    return (
        *(organisation, stored, one.id, source, number, happened, one.person, one.activity, one.verb),
        *(one.object_id, one.registration, one.authority, one.evidence, body),
    )
