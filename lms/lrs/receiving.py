"""What a partner posts: checked, kept character for character, never evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lms.database.ids import new_xapi_id
from lms.database.terms import find_terms, name_agent, term
from lms.errors import BadRequest, NotAllowed
from lms.lrs.definitions import Told, add_told, find_told, learn_definitions
from lms.lrs.equality import SET_BY_STORE, are_same
from lms.lrs.kept import find_kept
from lms.lrs.known import find_known
from lms.lrs.members import add_members, drop_members, set_members, wrap_contexts
from lms.lrs.parsing import Given
from lms.lrs.repeats import find_repeated
from lms.lrs.store import AlreadyStored, Entry, find_entries_lock, store_entries
from lms.lrs.validation.times import find_moment, to_utc

UNNAMED = {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}
"""What a statement without a version is (1.0.3, part 2, 2.4.10; 2.0, 4.2.4.3)."""


@dataclass(frozen=True)
class Sender:
    """Who posts: the organisation, the credential's key, and the same as an xAPI Agent.

    `defines`: what it says of activities is learnt (the scope `define`).
    """

    organisation: str
    authority: str
    agent: str
    defines: bool = True


@dataclass(frozen=True)
class Received:
    """The ids of what was sent, in order, and those of it that are new; to whom it goes on (`Known.relays`)."""

    ids: list[str]
    new: list[str]
    relays: Sequence[str] = ()


def build_entries(sender: Sender, given: Sequence[Given], version: str = "1.0.3") -> list[Entry]:
    """What is to be kept; nothing is written or asked. Raises BadRequest for an id that stands twice."""
    vouching = [term("related_agent", str(name_agent(json.loads(sender.agent))))]
    entries = [_build_entry(sender, one, version, vouching) for one in given]
    ids = [entry.id for entry in entries]
    if twice := find_repeated(ids):
        raise BadRequest(f"[{len(ids) - 1 - ids[::-1].index(twice)}].id: {twice} stands twice in one batch")
    return entries


def receive(connection: Connection, organisation: str, given: Sequence[Given], entries: Sequence[Entry]) -> Received:
    """Keep what was sent, all or none. What is kept already, and says the same, is not kept twice.

    Raises AlreadyStored for an id that stands for another statement, NotAllowed for voiding what somebody else said.
    """
    ids = [entry.id for entry in entries if entry.named]
    activities = {one.key for entry in entries for one in entry.told.values()}
    lock = find_entries_lock(organisation, entries)
    known = find_known(connection, organisation, ids, activities, len(entries), lock)
    if known.erased:
        raise AlreadyStored(f"id: {min(known.erased)} was erased and is not kept again")
    if known.kept:
        sent = {entry.id: one.statement for entry, one in zip(entries, given, strict=True)}
        _compare(connection, organisation, {name: sent[name] for name in known.kept})
    fresh = [entry for entry in entries if entry.id not in known.kept]
    _check_voiding(connection, organisation, entries)
    new = store_entries(connection, organisation, fresh, known.places)
    told: dict[str, Told] = {}
    for entry in fresh:
        add_told(told, entry.told)
    learn_definitions(connection, organisation, told, known.definitions)
    return Received([entry.id for entry in entries], new, known.relays)


def _compare(connection: Connection, organisation: str, sent: Mapping[str, Mapping[str, Any]]) -> None:
    """What is kept already says the same, word for word or as good as (1.0.3, part 2, 2.3.1)."""
    for one in find_kept(connection, organisation, sent):
        if not are_same(json.loads(one.body), sent[one.id]):
            raise AlreadyStored(f"id: {one.id} is already stored, as another statement")


def _check_voiding(connection: Connection, organisation: str, entries: Sequence[Entry]) -> None:
    """A partner takes back what it said itself: our own statements carry progress (1.0.3, part 2, 2.3.2)."""
    voided = {entry.voids: (at, entry) for at, entry in enumerate(entries) if entry.voids}
    for one in find_kept(connection, organisation, voided) if voided else ():
        at, entry = voided[one.id]
        if one.authority != entry.authority:
            raise NotAllowed(f"[{at}].object.id: {one.id} was said by another authority, you cannot void it")


def _build_entry(sender: Sender, given: Given, version: str, vouching: list[int]) -> Entry:
    one, about = given.statement, given.statement["object"]
    kind, verb, moment = about.get("objectType", "Activity"), str(one["verb"]["id"]), one.get("timestamp")
    body, changed = drop_members(given.raw, [name for name in SET_BY_STORE if name in one]), dict[str, str]()
    if version == "2.0.0" and moment and (moved := to_utc(moment)) != moment:
        changed["timestamp"] = json.dumps(moved)
    body = wrap_contexts(set_members(body, changed), one)
    name = str(one["id"]).lower() if "id" in one else new_xapi_id()
    missing = {"id": json.dumps(name), "version": f'"{UNNAMED[version]}"'}
    return Entry(
        id=name,
        happened=_microseconds(moment) if moment else None,
        verb=verb,
        object_id=str(about["id"]) if kind in ("Activity", "StatementRef") else "",
        body=add_members(body, {name: value for name, value in missing.items() if name not in one}),
        authority=sender.authority,
        authority_agent=sender.agent,
        terms={*find_terms({name: value for name, value in one.items() if name != "authority"}), *vouching},
        registration=one.get("context", {}).get("registration"),
        refers=str(about["id"]).lower() if kind == "StatementRef" else "",
        named="id" in one,
        told=find_told(one) if sender.defines else {},
    )


def _microseconds(moment: Any) -> int:
    found = find_moment(str(moment))
    assert found is not None
    return round(found.timestamp() * 1_000_000)
