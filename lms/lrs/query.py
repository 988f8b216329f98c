"""Read statements: for pages, for the command line, for partners."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, Row, Select, select, text, tuple_

from lms.database.clock import now
from lms.database.models import Sequence as Counter
from lms.database.models import Statement, StatementKey, Voiding
from lms.database.rows import LAST_STORED
from lms.database.turns import is_idle
from lms.errors import BadRequest
from lms.lrs import vocabulary

Rows = Sequence[Row[Any]]


def read_page(connection: Connection, organisation: str, people: Sequence[str], before: int | None, limit: int) -> Rows:
    """(stored, person_id, body) of these people's statements, newest first, below the cursor `before`."""
    wanted = select(Statement.stored, Statement.person_id, Statement.body).where(
        Statement.organisation_id == organisation, Statement.person_id.in_(people)
    )
    if before is not None:
        wanted = wanted.where(Statement.stored < before)
    return _read(connection, wanted.order_by(Statement.stored.desc()).limit(limit))


def _read(connection: Connection, wanted: Executable) -> Rows:
    found: Rows = connection.execute(wanted).all()
    return found


def read_last(connection: Connection, limit: int) -> Rows:
    """(organisation_id, stored, body) of the newest statements of the whole instance, oldest of them first."""
    wanted = select(Statement.organisation_id, Statement.stored, Statement.body).order_by(Statement.stored.desc())
    return _read(connection, wanted.limit(limit))[::-1]


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
    """Filters of GET statements that this store answers; instants in microseconds.

    `after` is the cursor: (stored, id) of the last statement that was read, so that two of one instant are not lost.
    """

    verb: str = ""
    activity: str = ""
    registration: str = ""
    agent: Mapping[str, Any] | None = None
    since: int | None = None
    until: int | None = None
    ascending: bool = False
    limit: int = 100
    after: tuple[int, str] | None = None


def read_filtered(connection: Connection, organisation: str, filters: Filters) -> Rows:
    """(stored, id, body), at most `limit` + 1, in the order asked for; voided statements are left out."""
    wanted = _build_filtered(organisation, filters)
    if filters.agent is None:
        return _read(connection, wanted.limit(filters.limit + 1))
    return _take_agent(connection, wanted, filters)


def _build_filtered(organisation: str, filters: Filters) -> Select[int, str, str]:
    voided = select(Voiding.statement_id).where(Voiding.organisation_id == organisation)
    wanted = select(Statement.stored, Statement.id, Statement.body).where(
        Statement.organisation_id == organisation, Statement.id.not_in(voided)
    )
    for column, value in (
        (Statement.verb, filters.verb),
        (Statement.object_id, filters.activity),
        (Statement.registration, filters.registration),
    ):
        wanted = wanted.where(column == value) if value else wanted
    if filters.since is not None:
        wanted = wanted.where(Statement.stored > filters.since)
    if filters.until is not None:
        wanted = wanted.where(Statement.stored <= filters.until)
    place = tuple_(Statement.stored, Statement.id)
    if filters.after is not None:
        wanted = wanted.where(place > filters.after if filters.ascending else place < filters.after)
    if filters.ascending:
        return wanted.order_by(Statement.stored, Statement.id)
    return wanted.order_by(Statement.stored.desc(), Statement.id.desc())


def write_cursor(row: Row[Any]) -> str:
    """The cursor behind a row of `read_filtered`."""
    return f"{row.stored}.{row.id}"


def read_cursor(text: str) -> tuple[int, str]:
    """The cursor as `Filters.after`. Raises BadRequest."""
    stored, _, statement_id = text.partition(".")
    if not (stored.isascii() and stored.isdigit() and statement_id):
        raise BadRequest("cursor: take the address in `more` as it is")
    return int(stored), statement_id


def _take_agent(connection: Connection, wanted: Executable, filters: Filters) -> Rows:
    """Statements whose actor or object is this agent, read in the order of the cursor."""
    found: list[Row[Any]] = []
    with connection.execution_options(yield_per=200).execute(wanted) as rows:
        for row in rows:
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
    """Everything stored up to here can be read; ask before reading. Below the oldest transaction that writes."""
    if connection.dialect.name != "postgresql":
        instant = now()
        return instant if is_idle(connection.engine) else _read_last_stored(connection)
    return int(connection.execute(_OLDEST).scalar_one())


def _read_last_stored(connection: Connection) -> int:
    """SQLite has one writer: what is committed ends here."""
    return connection.execute(select(Counter.value).where(Counter.name == LAST_STORED)).scalar() or 0


_OLDEST = text(
    """SELECT coalesce(extract(epoch FROM min(xact_start)), extract(epoch FROM clock_timestamp())) * 1000000 - 1
       FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname = current_database()"""
)
