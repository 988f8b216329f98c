"""Read statements: for pages, for the command line, for partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from lms.database.models import Statement
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
