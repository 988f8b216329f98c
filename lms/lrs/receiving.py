"""What a partner posts: checked, kept character for character, never evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from lms.database.clock import from_iso, now, to_iso
from lms.database.ids import new_xapi_id
from lms.database.models import Statement, StatementKey
from lms.errors import BadRequest, NotAllowed
from lms.lrs.definitions import learn_definitions
from lms.lrs.members import add_members, drop_members
from lms.lrs.store import VOIDED, AlreadyStored, Entry, known_ids, store_entries
from lms.lrs.validation import InvalidStatement, check_statement

LARGEST_BATCH = 1000
VERSION = "1.0.0"
"""What a statement without a version is (xAPI 1.0.3, part 2, 2.4.10)."""
SET_BY_STORE = ("stored", "authority")


@dataclass(frozen=True)
class Sender:
    """Who posts: the organisation, the credential's key, and the same as an xAPI Agent."""

    organisation: str
    authority: str
    agent: str


def parse_statements(text: str, version: str = "1.0.3") -> list[tuple[str, Mapping[str, Any]]]:
    """Each statement of the body as (its own characters, parsed). Raises InvalidStatement or BadRequest."""
    decoder = json.JSONDecoder(object_pairs_hook=_refuse_twice, parse_constant=_refuse_constant)
    try:
        whole = decoder.decode(text)
        if isinstance(whole, dict):
            return [(text.strip(), check_statement(whole, "", version))]
        pieces = list(_split_array(text, decoder))
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"not JSON: {error.msg}, line {error.lineno} column {error.colno}", sentence="Ce n'est pas du JSON."
        ) from error
    except RecursionError as error:
        raise BadRequest("JSON nested too deeply") from error
    if len(pieces) > LARGEST_BATCH:
        raise BadRequest(f"{len(pieces)} statements; at most {LARGEST_BATCH} at once")
    return [(raw, check_statement(one, f"[{at}]", version)) for at, (raw, one) in enumerate(pieces)]


def _split_array(text: str, decoder: json.JSONDecoder) -> Any:
    """The elements of a JSON array with the very characters of each."""
    if not text.lstrip().startswith("["):
        raise InvalidStatement("a statement, or an array of statements, is needed")
    at = text.index("[") + 1
    while True:
        at = _skip(text, at, " \t\r\n,")
        if text[at] == "]":
            return
        value, end = decoder.raw_decode(text, at)
        yield text[at:end], value
        at = end


def _skip(text: str, at: int, what: str) -> int:
    while text[at] in what:
        at += 1
    return at


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidStatement(f"{_find_twice([name for name, _ in pairs])}: the same member twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise InvalidStatement(f"{name} is not JSON")


def receive(connection: Connection, sender: Sender, given: Sequence[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Keep what was sent, all or none; ids in order.

    Raises AlreadyStored for an id that is taken, NotAllowed for voiding what somebody else said.
    """
    entries = [_build_entry(sender, raw, one) for raw, one in given]
    ids = [entry.id for entry in entries]
    if len(set(ids)) < len(ids):
        raise BadRequest(f"id: {_find_twice(ids)} stands twice in one batch")
    if known := known_ids(connection, sender.organisation, ids):
        raise AlreadyStored(f"id: {sorted(known)[0]} is already stored")
    _check_voiding(connection, sender, [entry.voids for entry in entries if entry.voids])
    stored = store_entries(connection, sender.organisation, entries)
    learn_definitions(connection, sender.organisation, [one for _, one in given])
    return stored


def _find_twice(names: Sequence[str]) -> str:
    return next(name for name in names if names.count(name) > 1)


def _check_voiding(connection: Connection, sender: Sender, voided: Sequence[str]) -> None:
    """A partner takes back what it said itself: our own statements carry progress (xAPI 1.0.3, part 2, 2.3.2)."""
    if not voided:
        return
    wanted = (
        select(Statement.id, Statement.authority, Statement.verb)
        .join(StatementKey, _same_statement)
        .where(StatementKey.organisation_id == sender.organisation, StatementKey.id.in_(voided))
    )
    for row in connection.execute(wanted):
        if row.authority != sender.authority:
            raise NotAllowed(f"object.id: {row.id} was said by another authority, you cannot void it")
        if row.verb == VOIDED:
            raise InvalidStatement(f"object.id: {row.id} voids a statement itself; that cannot be voided")


_same_statement = and_(
    Statement.organisation_id == StatementKey.organisation_id,
    Statement.stored == StatementKey.stored,
    Statement.id == StatementKey.id,
)


def _build_entry(sender: Sender, raw: str, one: Mapping[str, Any]) -> Entry:
    instant, about = now(), one["object"]
    set_here = {"id": new_xapi_id(), "timestamp": to_iso(instant), "version": VERSION}
    missing = {name: json.dumps(value) for name, value in set_here.items() if name not in one}
    return Entry(
        id=str(one.get("id") or set_here["id"]).lower(),
        happened=from_iso(one["timestamp"]) if "timestamp" in one else instant,
        verb=str(one["verb"]["id"]),
        object_id=str(about["id"]) if about.get("objectType", "Activity") in ("Activity", "StatementRef") else "",
        body=add_members(drop_members(raw, SET_BY_STORE), missing),
        authority=sender.authority,
        authority_agent=sender.agent,
        registration=one.get("context", {}).get("registration"),
        voids=str(about["id"]).lower() if one["verb"]["id"] == VOIDED else None,
    )
