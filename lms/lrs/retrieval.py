"""Statements by filter, a page at a time: an intersection of terms over one order, never a sort, never a scan."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from lms.database.bulk import listed, pack
from lms.database.prepared import run
from lms.database.terms import name_agent, term
from lms.errors import BadRequest
from lms.lrs.reach import Reach, has_all
from lms.lrs.references import Chains

Key = tuple[int, str]
"""(stored, id) of a statement: the order in which they are read."""

WIDEST = 100
"""Terms of one group that are merged as ranges. «Only these learners» may be thousands: rows are then looked at."""

COUNTED = 200
"""How far terms are counted to find the rarest."""


@dataclass(frozen=True)
class Row:
    """One statement found."""

    stored: int
    id: str
    body: str

    @property
    def key(self) -> Key:
        return self.stored, self.id


@dataclass(frozen=True)
class Filters:
    """Filters of GET statements; instants in microseconds. `terms`: of each group, a statement has one at least.

    `after` is the cursor: the key of the last statement that was read. `reach`: None for a reader who sees everything.
    """

    terms: tuple[tuple[int, ...], ...] = ()
    reach: Reach | None = None
    since: int | None = None
    until: int | None = None
    ascending: bool = False
    limit: int = 100
    after: Key | None = None


def find_filters(
    *,
    agent: Mapping[str, Any] | None = None,
    verb: str = "",
    activity: str = "",
    registration: str = "",
    related_agents: bool = False,
    related_activities: bool = False,
    **more: Any,
) -> Filters:
    """The filters of what is asked for."""
    groups = []
    if agent is not None:
        groups.append(_group("agent", str(name_agent(agent)), related_agents))
    if verb:
        groups.append(_group("verb", verb))
    if activity:
        groups.append(_group("activity", activity, related_activities))
    if registration:
        groups.append(_group("registration", registration.lower()))
    return Filters(terms=tuple(groups), **more)


def _group(kind: str, value: str, related: bool = False) -> tuple[int, ...]:
    return (term(kind, value), term(f"related_{kind}", value)) if related else (term(kind, value),)


def read_filtered(connection: Connection, organisation: str, filters: Filters) -> list[Row]:
    """At most `limit` + 1, in the order asked for; voided statements are left out."""
    found: list[Row] = []
    groups = filters.terms + (filters.reach.terms if filters.reach else ())
    narrow = tuple(group for group in groups if len(group) <= WIDEST)
    asked = replace(filters, terms=_rarest_first(connection, organisation, narrow))
    chains = Chains(connection, organisation)
    while True:
        wanted = filters.limit + 1 - len(found)
        keys = _read_keys(connection, organisation, asked, wanted)
        rows = _read_bodies(connection, organisation, keys)
        found += [row for row in rows if _fits(chains, row, filters)]
        if len(keys) < wanted or len(found) > filters.limit:
            return found
        asked = replace(asked, after=keys[-1])


def _rarest_first(
    connection: Connection, organisation: str, groups: tuple[tuple[int, ...], ...]
) -> tuple[tuple[int, ...], ...]:
    if len(groups) < 2:
        return groups

    def count(group: tuple[int, ...]) -> int:
        asked = [{"organisation": organisation, "term": one, "most": COUNTED} for one in group]
        return sum(int(run(connection, _COUNT, one).fetchone()[0]) for one in asked)

    return tuple(sorted(groups, key=count))


_COUNT = text(
    """SELECT count(*) FROM (SELECT 1 FROM statement_term
       WHERE organisation_id = :organisation AND term = :term LIMIT :most) AS counted"""
)


def _read_keys(connection: Connection, organisation: str, filters: Filters, limit: int) -> list[Key]:
    values: dict[str, Any] = {"organisation": organisation, "limit": limit}
    for at, group in enumerate(filters.terms):
        values |= {f"term_{at}_{number}": one for number, one in enumerate(group)}
    limits = []
    for name, value in (("since", filters.since), ("until", filters.until)):
        if value is not None:
            values[name] = value
            limits.append(name)
    if filters.after is not None:
        values["after_stored"], values["after_id"] = filters.after
        limits.append("after")
    shape = tuple(len(group) for group in filters.terms)
    sql = _build_keys(shape, filters.ascending, tuple(limits))
    return [(row[0], row[1]) for row in run(connection, sql, values).fetchall()]


@lru_cache(maxsize=512)
def _build_keys(shape: tuple[int, ...], ascending: bool, limits: tuple[str, ...]) -> TextClause:
    """The first group leads along its ordered range; of each row the others are looked up by key."""
    order, sign = ("ASC", ">") if ascending else ("DESC", "<")
    clauses = {
        "since": "t.stored > :since",
        "until": "t.stored <= :until",
        "after": f"(t.stored, t.id) {sign} (:after_stored, :after_id)",
    }
    where = ["t.organisation_id = :organisation", *(clauses[name] for name in limits)]
    where.append(f"NOT {_build_lookup('voiding', 'statement_id = t.id')}")
    where += [_build_other(at, size) for at, size in list(enumerate(shape))[1:]]
    along = f"ORDER BY t.stored {order}, t.id {order} LIMIT :limit"
    leads = [f"t.term = :term_0_{number} AND" for number in range(shape[0])] if shape else [""]
    table = "statement_term" if shape else "statement"
    begin, rest = " ".join(("SELECT t.stored, t.id FROM", table, "t WHERE")), " AND ".join(where)
    arms = [" ".join((begin, lead, rest, along)) for lead in leads]
    if len(arms) == 1:
        return text(arms[0])
    both = " UNION ".join(f"SELECT * FROM ({arm}) AS a{at}" for at, arm in enumerate(arms))  # noqa: S608
    return text(" ".join(("SELECT * FROM (", both, ") AS t", along)))


def _build_other(at: int, size: int) -> str:
    """Also in this group."""
    names = ", ".join(f":term_{at}_{number}" for number in range(size))
    return _build_lookup("statement_term", f"term IN ({names}) AND o.stored = t.stored AND o.id = t.id")


def _build_lookup(table: str, found: str) -> str:
    """Whether the organisation has such a row, asked of each row by key.

    OFFSET keeps PostgreSQL from making it a join: that reads all rows of a common term to find the few of a rare one.
    """
    where = f"o.organisation_id = :organisation AND o.{found}"
    return f"EXISTS (SELECT 1 FROM {table} o WHERE {where} LIMIT 1 OFFSET 0)"  # noqa: S608


def _read_bodies(connection: Connection, organisation: str, keys: Sequence[Key]) -> list[Row]:
    """In the order of the keys."""
    if not keys:
        return []
    dialect = connection.dialect.name
    values = {"organisation": organisation, "stored": pack(dialect, {stored for stored, _ in keys})}
    found = {(row[0], row[1]): row[2] for row in run(connection, _BODIES[dialect], values).fetchall()}
    return [Row(*key, found[key]) for key in keys if key in found]


_BODIES = listed(
    """SELECT stored, id, body FROM statement
            WHERE organisation_id = :organisation AND stored IN NUMBERS(:stored)"""
)


def _fits(chains: Chains, row: Row, filters: Filters) -> bool:
    """What points at others has their terms too: one statement alone, of those it leads to, must fit all filters.

    A reader who does not see everything is told nothing through what it does not see.
    """
    terms, reach = filters.terms, filters.reach
    if reach is None and (len(terms) < 2 or '"StatementRef"' not in row.body):
        return True
    statement = json.loads(row.body)
    if reach is not None and not reach.allows(statement):
        return False
    if statement["object"].get("objectType") != "StatementRef" or has_all(statement, terms):
        return True
    target = str(statement["object"]["id"]).lower()
    return any(has_all(one, terms) for _, one in chains.walk(target) if reach is None or reach.allows(one))


def write_cursor(row: Row) -> str:
    """The cursor behind a row of `read_filtered`."""
    return f"{row.stored}.{row.id}"


def read_cursor(cursor: str) -> Key:
    """The cursor as `Filters.after`. Raises BadRequest."""
    stored, _, name = cursor.partition(".")
    if not (stored.isascii() and stored.isdigit() and len(stored) < 19 and name):
        raise BadRequest("cursor: take the address in `more` as it is")
    return int(stored), name
