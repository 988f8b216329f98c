"""Read statements: for pages, for the command line, for partners."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, text

from lms.database.clock import now
from lms.database.models import Statement, StatementKey, Voiding
from lms.lrs import vocabulary


def read_page(
    connection: Connection, organisation: str, people: Sequence[str], before: int | None, limit: int
) -> Sequence[Row[Any]]:
    """(stored, person_id, body) of these people's statements, newest first, below the cursor `before`."""
    wanted = select(Statement.stored, Statement.person_id, Statement.body).where(
        Statement.organisation_id == organisation, Statement.person_id.in_(people)
    )
    if before is not None:
        wanted = wanted.where(Statement.stored < before)
    return connection.execute(wanted.order_by(Statement.stored.desc()).limit(limit)).all()


def read_last(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """(organisation_id, stored, body) of the newest statements of the whole instance, oldest of them first."""
    wanted = select(Statement.organisation_id, Statement.stored, Statement.body).order_by(Statement.stored.desc())
    return list(reversed(connection.execute(wanted.limit(limit)).all()))


def say_statement(statement: Mapping[str, Any], name: str = "", locale: str = "fr") -> dict[str, str]:
    """A statement as texts: actor, verb, object, result."""
    actor, verb, about = statement.get("actor", {}), statement.get("verb", {}), statement.get("object", {})
    return {
        "actor": name or str(actor.get("name") or actor.get("account", {}).get("name", ""))[:8],
        "verb": _pick(verb.get("display"), locale) or vocabulary.verb_name(str(verb.get("id", ""))),
        "object": _pick(about.get("definition", {}).get("name"), locale) or str(about.get("id", "")),
        "result": ", ".join(_say_result(statement)),
    }


def _pick(words: Mapping[str, str] | None, locale: str) -> str:
    return (words or {}).get(locale) or next(iter((words or {}).values()), "")


def _say_result(statement: Mapping[str, Any]) -> Iterable[str]:
    result = statement.get("result", {})
    extensions = statement.get("context", {}).get("extensions", {})
    modes = {"show": "montré", "guided": "avec guidage", "assisted": "à la demande", "alone": "seul·e"}
    helps = {"none": "sans aide", "hint": "avec un indice", "where": "avec le lieu montré", "shown": "geste montré"}
    if result.get("success"):
        yield "réussi"
    if mode := modes.get(str(extensions.get(vocabulary.MODE))):
        yield mode
    if (help_taken := extensions.get(vocabulary.HELP)) in helps:
        yield helps[str(help_taken)]
    if code := extensions.get(vocabulary.CODE):
        yield str(code)


def find_statement(connection: Connection, organisation: str, statement_id: str, *, voided: bool) -> str | None:
    """The JSON of one statement by its id; a voided one only when asked for as such."""
    key = select(StatementKey.stored).where(
        StatementKey.organisation_id == organisation, StatementKey.id == statement_id.lower()
    )
    stored = connection.execute(key).scalar()
    gone = _is_voided(connection, organisation, statement_id.lower())
    if stored is None or gone is not voided:
        return None
    wanted = select(Statement.body).where(
        Statement.organisation_id == organisation, Statement.stored == stored, Statement.id == statement_id.lower()
    )
    return connection.execute(wanted).scalar()


def _is_voided(connection: Connection, organisation: str, statement_id: str) -> bool:
    wanted = select(Voiding.by_id).where(Voiding.organisation_id == organisation, Voiding.statement_id == statement_id)
    return connection.execute(wanted).first() is not None


@dataclass(frozen=True)
class Filters:
    """Filters of GET statements that this store answers; instants in microseconds."""

    verb: str = ""
    activity: str = ""
    registration: str = ""
    agent: Mapping[str, Any] | None = None
    since: int | None = None
    until: int | None = None
    ascending: bool = False
    limit: int = 100
    after: int | None = None


def read_filtered(connection: Connection, organisation: str, filters: Filters) -> Sequence[Row[Any]]:
    """(stored, body), at most `limit` + 1, in the order asked for; voided statements are left out."""
    voided = select(Voiding.statement_id).where(Voiding.organisation_id == organisation)
    wanted = select(Statement.stored, Statement.body).where(
        Statement.organisation_id == organisation, Statement.id.not_in(voided)
    )
    equal = {
        Statement.verb: filters.verb,
        Statement.object_id: filters.activity,
        Statement.registration: filters.registration,
    }
    for column, value in equal.items():
        wanted = wanted.where(column == value) if value else wanted
    if filters.since is not None:
        wanted = wanted.where(Statement.stored > filters.since)
    if filters.until is not None:
        wanted = wanted.where(Statement.stored <= filters.until)
    if filters.after is not None:
        wanted = wanted.where(
            Statement.stored > filters.after if filters.ascending else Statement.stored < filters.after
        )
    order = Statement.stored.asc() if filters.ascending else Statement.stored.desc()
    if filters.agent is None:
        return connection.execute(wanted.order_by(order).limit(filters.limit + 1)).all()
    return _take_agent(connection, wanted.order_by(order), filters)


def _take_agent(connection: Connection, wanted: Any, filters: Filters) -> Sequence[Row[Any]]:
    """Statements whose actor or object is this agent, read in the order of the cursor."""
    found = []
    for row in connection.execution_options(yield_per=200).execute(wanted):
        statement = json.loads(row.body)
        if any(_same_agent(statement.get(name), filters.agent) for name in ("actor", "object")):
            found.append(row)
        if len(found) > filters.limit:
            break
    return found


def _same_agent(one: Any, other: Mapping[str, Any] | None) -> bool:
    names = ("mbox", "mbox_sha1sum", "openid", "account")
    return isinstance(one, Mapping) and any(name in one and one[name] == (other or {}).get(name) for name in names)


def consistent_through(connection: Connection) -> int:
    """Everything stored up to here can be read: below the oldest open transaction on PostgreSQL."""
    if connection.dialect.name != "postgresql":
        return now()
    sql = "SELECT min(extract(epoch FROM xact_start)) FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
    oldest = connection.execute(text(sql)).scalar()
    return int(float(oldest) * 1_000_000) - 1 if oldest is not None else now()
