"""Keep statements: the same path for what Déclic says and for what partners send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from lms.database.clock import to_iso
from lms.database.models import Erasure, Statement, StatementKey, Voiding
from lms.database.prepared import run_many
from lms.database.rows import insert_missing, origin, table, take_places
from lms.errors import Conflict
from lms.lrs.members import add_members

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class AlreadyStored(Conflict):
    """A statement with this id is kept already, or was erased and must not come back."""

    sentence = "Cette déclaration est déjà enregistrée."
    kept = "Ce qui était enregistré est gardé."
    next = "N'envoyez pas cette déclaration une deuxième fois."


@dataclass(frozen=True)
class Entry:
    """One statement to keep. `body` is its JSON; `happened` microseconds; `verb` and `object_id` are IRIs.

    `person` and `activity` are Déclic's own ids where it knows them; `evidence` says that it moves progress.
    `authority` is our name for who vouches, `authority_agent` the same as an xAPI Agent (JSON).
    """

    id: str
    happened: int
    verb: str
    object_id: str
    body: str
    authority: str
    authority_agent: str
    person: str | None = None
    activity: str = ""
    registration: str | None = None
    evidence: bool = False
    voids: str | None = None


def store_entries(connection: Connection, organisation: str, entries: Sequence[Entry]) -> list[str]:
    """Insert the entries in the current transaction, all or none; ids in order.

    `stored` grows within a batch, so that the order of `stored` is the order of the batch.
    Raises Conflict when an id is taken, also by a transaction that commits at the same instant.
    """
    if not entries:
        return []
    places, source = take_places(connection, len(entries)), origin(connection)
    rows = [
        _row(organisation, one, stored, source, number) for one, (number, stored) in zip(entries, places, strict=True)
    ]
    keys = [{"organisation_id": organisation, "id": row["id"], "stored": row["stored"]} for row in rows]
    if insert_missing(connection, StatementKey, keys) < len(keys):
        raise AlreadyStored("a statement with one of these ids was stored at the same instant")
    run_many(connection, _INSERT, rows)
    voidings = [(one, row) for one, row in zip(entries, rows, strict=True) if one.voids]
    for one, row in voidings:
        mark = {"organisation_id": organisation, "statement_id": one.voids, "by_id": one.id, "stored": row["stored"]}
        insert_missing(connection, Voiding, [mark])
    return [one.id for one in entries]


_INSERT = insert(table(Statement))


def _row(organisation: str, one: Entry, stored: int, source: str, number: int) -> dict[str, object]:
    return {
        "organisation_id": organisation,
        "stored": stored,
        "id": one.id,
        "origin": source,
        "origin_seq": number,
        "happened": one.happened,
        "person_id": one.person,
        "activity": one.activity,
        "verb": one.verb,
        "object_id": one.object_id,
        "registration": one.registration,
        "authority": one.authority,
        "evidence": one.evidence,
        "body": add_members(one.body, {"stored": f'"{to_iso(stored)}"', "authority": one.authority_agent}),
    }


def known_ids(connection: Connection, organisation: str, ids: Sequence[str]) -> set[str]:
    """Which of these ids are already stored, or were erased and must not come back."""
    known = select(StatementKey.id).where(StatementKey.organisation_id == organisation, StatementKey.id.in_(ids))
    gone = select(Erasure.statement_id).where(Erasure.organisation_id == organisation, Erasure.statement_id.in_(ids))
    return set(connection.execute(known).scalars()) | set(connection.execute(gone).scalars())
