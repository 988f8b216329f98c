"""What must be known before anything is kept, in one question: ids kept or erased, definitions, relays, places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lms.database.bulk import listed, pack
from lms.database.db import SHARDED
from lms.database.prepared import run
from lms.database.rows import Lock, Place, places_sql


@dataclass(frozen=True)
class Known:
    """`definitions`: by the key of an activity, when what is kept of it last changed (microseconds).

    `relays`: each partner that is sent what others said too. `places`: for as many statements as are neither kept nor
    erased; None where they are taken in a question of their own.
    """

    kept: frozenset[str]
    erased: frozenset[str]
    definitions: Mapping[str, int]
    relays: Sequence[str]
    places: Sequence[Place] | None


def find_known(
    connection: Connection,
    organisation: str,
    ids: Collection[str],
    activities: Collection[str],
    count: int,
    lock: Lock | None = None,
) -> Known:
    """Which of these statements, and of these activities by their keys, are known; `count` statements were sent.

    PostgreSQL takes their places in the same round, under `lock`: as `lms.database.rows.take_places`.
    """
    dialect = connection.dialect.name
    together = dialect == "postgresql" and not connection.info.get(SHARDED)
    wanted: dict[str, Any] = {"organisation": organisation}
    wanted |= {"ids": pack(dialect, ids), "activities": pack(dialect, activities)}
    sql = _KNOWN[dialect]
    if together:
        sql = _TOGETHER[None if lock is None else lock.alone]
        wanted |= {"count": count} | ({"key": lock.key} if lock else {})
    found: dict[str, list[tuple[str, int]]] = {}
    for what, name, number in run(connection, sql, wanted).fetchall():
        found.setdefault(what, []).append((name, number))
    kept, erased = (frozenset(name for name, _ in found.get(kind, ())) for kind in ("kept", "erased"))
    relays = [name for name, _ in found.get("relay", ())]
    places = [(int(number), instant + at) for at, (number, instant) in enumerate(found.get("place", ()))]
    return Known(kept, erased, dict(found.get("told", ())), relays, places if together else None)


_QUESTION = """SELECT 'kept' AS what, id, stored FROM statement_key
            WHERE organisation_id = :organisation AND id IN LIST(:ids)
    UNION ALL SELECT 'erased', statement_id, stored FROM erasure
            WHERE organisation_id = :organisation AND statement_id IN LIST(:ids)
    UNION ALL SELECT 'told', id, stored FROM activity_definition
            WHERE organisation_id = :organisation AND id IN LIST(:activities)
    UNION ALL SELECT 'relay', id, 0 FROM partner
            WHERE organisation_id = :organisation AND relay_url <> '' AND revoked IS NULL AND relay_what = 'all'"""

_KNOWN = listed(_QUESTION)


def _with_places(alone: bool | None) -> str:
    """An erased one refuses the whole, what is kept is not kept twice: neither takes a place.

    From here to the end of the transaction PostgreSQL keeps to one plan for each SQL: they are found by their keys
    however many rows there are, and planning anew costs as much as inserting.
    """
    fresh = """SELECT generate_series(1, CASE WHEN bool_or(what = 'erased') THEN 0 ELSE :count - count(*) END)
        FROM known WHERE what IN ('kept', 'erased')"""
    place = places_sql(f"({fresh}) AS fresh", alone)
    return f"""WITH known AS MATERIALIZED ({_QUESTION}), place AS MATERIALIZED ({place})
        SELECT what, id, stored FROM known UNION ALL SELECT 'place', number::text, instant FROM place
        UNION ALL SELECT 'plan', set_config('plan_cache_mode', 'force_generic_plan', true), 0"""  # noqa: S608


_TOGETHER = {alone: listed(_with_places(alone))["postgresql"] for alone in (None, False, True)}
