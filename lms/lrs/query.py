"""Read statements: for pages, for the command line, for partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Row, select, text

from lms.database.clock import now
from lms.database.models import Sequence as Counter
from lms.database.models import Statement
from lms.database.prepared import run
from lms.database.rows import LAST_STORED
from lms.database.turns import is_idle
from lms.lrs import vocabulary
from lms.lrs.kept import Kept, find_kept

Rows = Sequence[Row[Any]]


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
    help_taken = helps.get(str(extensions.get(vocabulary.HELP)))  # a partner may have put anything there
    if result and help_taken:  # what only begins has had no time for it
        yield help_taken
    if code := extensions.get(vocabulary.CODE):
        yield str(code)


def find_statement(connection: Connection, organisation: str, statement_id: str, *, voided: bool) -> Kept | None:
    """One statement by its id; a voided one only when asked for as such."""
    name = statement_id.lower()
    gone = run(connection, _VOIDED, {"organisation": organisation, "id": name}).fetchone() is not None
    return next(iter(find_kept(connection, organisation, [name])), None) if gone is voided else None


_VOIDED = text("SELECT 1 FROM voiding WHERE organisation_id = :organisation AND statement_id = :id")


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
