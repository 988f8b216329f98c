"""What a partner posts: checked, kept character for character, never evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lms.database.clock import from_iso, now, to_iso
from lms.database.ids import new_xapi_id
from lms.errors import BadRequest, Conflict
from lms.lrs.store import VOIDED, Entry, known_ids, splice, store_entries
from lms.lrs.validate import InvalidStatement, check_statement

LARGEST_BATCH = 1000


@dataclass(frozen=True)
class Sender:
    """Who posts: the organisation, the credential's key, and the same as an xAPI Agent."""

    organisation: str
    authority: str
    agent: str


def parse_statements(text: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Each statement of the body as (its own characters, parsed). Raises InvalidStatement or BadRequest."""
    decoder = json.JSONDecoder(object_pairs_hook=_refuse_twice, parse_constant=_refuse_constant)
    try:
        whole = decoder.decode(text)
        if isinstance(whole, dict):
            return [(text.strip(), check_statement(whole))]
        pieces = list(_split_array(text, decoder))
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"not JSON: {error.msg}, line {error.lineno} column {error.colno}", sentence="Ce n'est pas du JSON."
        ) from error
    except RecursionError as error:
        raise BadRequest("JSON nested too deeply") from error
    if len(pieces) > LARGEST_BATCH:
        raise BadRequest(f"{len(pieces)} statements; at most {LARGEST_BATCH} at once")
    return [(raw, check_statement(one, f"[{at}].")) for at, (raw, one) in enumerate(pieces)]


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
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidStatement(f"{twice}: the same member twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise InvalidStatement(f"{name} is not JSON")


def receive(connection: Connection, sender: Sender, given: list[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Keep a partner's statements, all or none; ids in order. Raises Conflict when an id is taken by another."""
    entries = [_build_entry(sender, raw, one) for raw, one in given]
    ids = [entry.id for entry in entries]
    if len(set(ids)) < len(ids):
        raise BadRequest("the same statement id twice in one batch")
    if known := known_ids(connection, sender.organisation, ids):
        raise Conflict(
            f"statement {sorted(known)[0]} is already stored", sentence="Cette déclaration est déjà enregistrée."
        )
    return store_entries(connection, sender.organisation, entries)


def _build_entry(sender: Sender, raw: str, one: Mapping[str, Any]) -> Entry:
    instant, body = now(), raw
    missing = {
        "id": new_xapi_id() if "id" not in one else "",
        "timestamp": to_iso(instant) if "timestamp" not in one else "",
        "version": "1.0.0" if "version" not in one else "",
    }
    body = strip_members(body, one, ("stored", "authority"))
    if set_now := {name: json.dumps(value) for name, value in missing.items() if value}:
        body = splice(body, set_now)
    about = one["object"]
    return Entry(
        id=str(one.get("id") or missing["id"]).lower(),
        happened=from_iso(one["timestamp"]) if "timestamp" in one else instant,
        verb=str(one["verb"]["id"]),
        object_id=str(about.get("id", "")),
        body=body,
        authority=sender.authority,
        authority_agent=sender.agent,
        registration=one.get("context", {}).get("registration"),
        voids=str(about["id"]) if one["verb"]["id"] == VOIDED and about.get("objectType") == "StatementRef" else None,
    )


def strip_members(raw: str, one: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Without the members that the LRS sets itself; the rest is written anew only where one of them was sent."""
    if not any(name in one for name in names):
        return raw
    kept = {name: value for name, value in one.items() if name not in names}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
