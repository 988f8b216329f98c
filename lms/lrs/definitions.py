"""Definitions of activities: everything that statements said about one activity, merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, update

from lms.database.bulk import listed, pack
from lms.database.clock import now
from lms.database.models import ActivityDefinition
from lms.database.prepared import run
from lms.database.rows import insert_missing, table
from lms.lrs.people import hash_texts

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


def learn_definitions(connection: Connection, organisation: str, statements: Iterable[Mapping[str, Any]]) -> None:
    """Keep what these statements say about activities, in the current transaction; what is known costs no query."""
    told: dict[str, dict[str, Any]] = {}
    for statement in statements:
        for activity in find_activities(statement):
            if definition := activity.get("definition"):
                told[activity["id"]] = merge_definitions(told.get(activity["id"], {}), definition)
    memory = _remember(str(connection.engine.url))
    said = {iri: hash_texts(json.dumps(definition, sort_keys=True)) for iri, definition in told.items()}
    unsure = [iri for iri in sorted(told) if memory.get((organisation, iri)) != said[iri]]
    kept = read_definitions(connection, organisation, unsure) if unsure else {}
    for iri in unsure:  # in one order, so that two writers cannot wait for each other
        if iri in kept and merge_definitions(kept[iri], told[iri]) == kept[iri]:
            _note(memory, (organisation, iri), said[iri])
        else:
            memory.pop((organisation, iri), None)
            _learn(connection, organisation, iri, told[iri])


Memory = dict[tuple[str, str], str]
"""(organisation, IRI) → hash of a definition that held nothing new when it was read: a write may still roll back."""


@lru_cache(maxsize=4)
def _remember(database: str) -> Memory:
    return {}


def _note(memory: Memory, activity: tuple[str, str], said: str) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[activity] = said


def _learn(connection: Connection, organisation: str, iri: str, told: Definition) -> None:
    """The row is there before it is held: two may describe it at once."""
    key, instant = hash_texts(iri), now()
    row = {"organisation_id": organisation, "id": key, "iri": iri, "definition": "{}", "stored": instant}
    insert_missing(connection, ActivityDefinition, [row])
    mine = (ActivityDefinition.organisation_id == organisation, ActivityDefinition.id == key)
    wanted = select(ActivityDefinition.definition).where(*mine).with_for_update()
    kept = json.loads(connection.execute(wanted).scalar_one())
    merged = merge_definitions(kept, told)
    if merged != kept:
        changed = {"definition": json.dumps(merged), "stored": instant}
        connection.execute(update(table(ActivityDefinition)).where(*mine).values(changed))


def read_definitions(connection: Connection, organisation: str, iris: Sequence[str]) -> Mapping[str, Definition]:
    """IRI → its merged definition; those that nobody described are not there."""
    dialect = connection.dialect.name
    wanted = {"organisation": organisation, "ids": pack(dialect, {hash_texts(iri) for iri in iris})}
    return {iri: json.loads(told) for iri, told in run(connection, _READ[dialect], wanted).fetchall()}


_READ = listed(
    "SELECT iri, definition FROM activity_definition WHERE organisation_id = :organisation AND id IN LIST(:ids)"
)
