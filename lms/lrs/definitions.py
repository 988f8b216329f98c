"""Definitions of activities: everything that statements said about one activity, merged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import URL, Connection, select, update

from lms.database.bulk import listed, pack
from lms.database.clock import now
from lms.database.models import ActivityDefinition
from lms.database.prepared import run
from lms.database.rows import insert_missing, table
from lms.lrs.people import hash_texts
from lms.remembering import remember_short

Definition = Mapping[str, Any]

MAPS = ("name", "description", "extensions")
"""Members whose entries are merged; all others are taken whole from the newest statement."""
MOST_REMEMBERED = 5000


def find_activities(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every activity that a statement speaks of: object, context, and those of a sub-statement."""
    about = statement["object"]
    if about.get("objectType", "Activity") == "Activity":
        yield about
    elif about["objectType"] == "SubStatement":
        yield from find_activities(about)
    for held in statement.get("context", {}).get("contextActivities", {}).values():
        yield from held if isinstance(held, list) else [held]


def merge_definitions(kept: Definition, new: Definition) -> dict[str, Any]:
    """`kept` with what `new` adds or says otherwise."""
    merged = {**kept, **new}
    for name in MAPS:
        if name in kept and name in new:
            merged[name] = {**kept[name], **new[name]}
    return merged


@dataclass(frozen=True)
class Told:
    """What a statement says about an activity; `key` is its row, `said` stands for the whole definition."""

    key: str
    said: str
    definition: Definition


def find_told(statement: Mapping[str, Any]) -> dict[str, Told]:
    """IRI → what the statement says about that activity."""
    found: dict[str, Told] = {}
    for activity in find_activities(statement):
        if definition := activity.get("definition"):
            one = Told(_find_key(activity["id"]), _hash(definition), definition)
            add_told(found, {activity["id"]: one})
    return found


def add_told(told: dict[str, Told], more: Mapping[str, Told]) -> None:
    """Add what a later statement says."""
    for iri, one in more.items():
        former = told.get(iri)
        if former is not None and former.said != one.said:
            merged = merge_definitions(former.definition, one.definition)
            one = Told(one.key, _hash(merged), merged)
        told[iri] = one


_find_key = remember_short(MOST_REMEMBERED)(hash_texts)


_write = json.JSONEncoder(sort_keys=True).encode


def _hash(definition: Definition) -> str:
    return hashlib.blake2b(_write(definition).encode("ascii"), digest_size=16).hexdigest()


def learn_definitions(
    connection: Connection, organisation: str, told: Mapping[str, Told], changed: Mapping[str, int]
) -> None:
    """Keep what is told about activities, in the current transaction.

    `changed` says when what is kept of each last changed, by key. What this process found to hold nothing new since
    then costs no question.
    """
    memory = _remember(connection.engine.url)
    places = {iri: (organisation, one.key) for iri, one in told.items()}
    unsure = [iri for iri, one in told.items() if memory.get(places[iri]) != (one.said, changed.get(one.key))]
    if not unsure:
        return
    kept = _read(connection, organisation, unsure)
    for iri in sorted(unsure):  # in one order, so that two writers cannot wait for each other
        if iri in kept and merge_definitions(kept[iri][0], told[iri].definition) == kept[iri][0]:
            _note(memory, places[iri], (told[iri].said, kept[iri][1]))
        else:
            memory.pop(places[iri], None)
            _learn(connection, organisation, iri, told[iri])


Memory = dict[tuple[str, str], tuple[str, int | None]]
"""(organisation, key) → hash of a definition that held nothing new when it was read, and the instant of what was kept
then. Another process may have changed it since: the instant says so. A write is not noted, it may still roll back."""


@lru_cache(maxsize=4)
def _remember(_database: URL) -> Memory:
    return {}


def _note(memory: Memory, place: tuple[str, str], found: tuple[str, int]) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[place] = found


def _learn(connection: Connection, organisation: str, iri: str, told: Told) -> None:
    """The row is there before it is held: two may describe it at once."""
    instant = now()
    row = {"organisation_id": organisation, "id": told.key, "iri": iri, "definition": "{}", "stored": instant}
    insert_missing(connection, ActivityDefinition, [row])
    mine = (ActivityDefinition.organisation_id == organisation, ActivityDefinition.id == told.key)
    wanted = select(ActivityDefinition.definition, ActivityDefinition.stored).where(*mine).with_for_update()
    kept = connection.execute(wanted).one()
    merged = merge_definitions(json.loads(kept.definition), told.definition)
    if merged != json.loads(kept.definition):
        # Never twice the same instant, even when the clock is set back: others compare it.
        changed = {"definition": json.dumps(merged), "stored": max(instant, kept.stored + 1)}
        connection.execute(update(table(ActivityDefinition)).where(*mine).values(changed))


def read_definitions(connection: Connection, organisation: str, iris: Sequence[str]) -> Mapping[str, Definition]:
    """IRI → its merged definition; those that nobody described are not there."""
    return {iri: definition for iri, (definition, _) in _read(connection, organisation, iris).items()}


def _read(connection: Connection, organisation: str, iris: Sequence[str]) -> Mapping[str, tuple[Definition, int]]:
    """IRI → its merged definition, and when that last changed."""
    dialect = connection.dialect.name
    wanted = {"organisation": organisation, "ids": pack(dialect, {_find_key(iri) for iri in iris})}
    rows = run(connection, _READ[dialect], wanted).fetchall()
    return {iri: (json.loads(told), stored) for iri, told, stored in rows}


_READ = listed(
    "SELECT iri, definition, stored FROM activity_definition WHERE organisation_id = :organisation AND id IN LIST(:ids)"
)
