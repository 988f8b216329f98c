"""Keep statements: the same path for what Déclic says and for what partners send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from lms.database.clock import now, to_iso
from lms.database.models import Erasure, Statement, StatementKey, Voiding
from lms.database.rows import insert_missing, origin, table, take_numbers

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


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
    """Insert the entries in the current transaction; ids in order. The caller has checked that they are new.

    `stored` grows within a batch, so that the order of `stored` is the order of the batch.
    """
    if not entries:
        return []
    numbers = take_numbers(connection, len(entries))
    instant, source = now(), origin(connection)
    rows = [_row(organisation, one, instant + i, source, numbers[i]) for i, one in enumerate(entries)]
    keys = [{"organisation_id": organisation, "id": row["id"], "stored": row["stored"]} for row in rows]
    connection.execute(insert(table(StatementKey)), keys)
    connection.execute(insert(table(Statement)), rows)
    voidings = [(one, row) for one, row in zip(entries, rows, strict=True) if one.voids]
    for one, row in voidings:
        mark = {"organisation_id": organisation, "statement_id": one.voids, "by_id": one.id, "stored": row["stored"]}
        insert_missing(connection, Voiding, [mark])
    return [one.id for one in entries]


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
        "body": splice(one.body, {"stored": f'"{to_iso(stored)}"', "authority": one.authority_agent}),
    }


def splice(body: str, members: dict[str, str]) -> str:
    """Add members (name → JSON text) at the end of a JSON object without touching a character of the rest."""
    inside = body.rstrip()[:-1].rstrip()
    comma = "" if inside.endswith("{") else ","
    return inside + comma + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"


def known_ids(connection: Connection, organisation: str, ids: Sequence[str]) -> set[str]:
    """Which of these ids are already stored, or were erased and must not come back."""
    known = select(StatementKey.id).where(StatementKey.organisation_id == organisation, StatementKey.id.in_(ids))
    gone = select(Erasure.statement_id).where(Erasure.organisation_id == organisation, Erasure.statement_id.in_(ids))
    return set(connection.execute(known).scalars()) | set(connection.execute(gone).scalars())
