"""Definitions of activities: everything that statements said about one activity, merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, update

from lms.database.clock import now
from lms.database.models import ActivityDefinition
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
    for iri in sorted(told):  # in one order, so that two writers cannot wait for each other
        said = hash_texts(json.dumps(told[iri], sort_keys=True))
        if memory.get((organisation, iri)) == said:
            continue
        if _learn(connection, organisation, iri, told[iri]):
            memory.pop((organisation, iri), None)
        else:
            _note(memory, (organisation, iri), said)


Memory = dict[tuple[str, str], str]
"""(organisation, IRI) → hash of a definition that held nothing new when it was read: a write may still roll back."""


@lru_cache(maxsize=4)
def _remember(database: str) -> Memory:
    return {}


def _note(memory: Memory, activity: tuple[str, str], said: str) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[activity] = said


def _learn(connection: Connection, organisation: str, iri: str, told: Definition) -> bool:
    """Whether there was anything new to write. The row is there before it is held: two may describe it at once."""
    key, instant = hash_texts(iri), now()
    row = {"organisation_id": organisation, "id": key, "iri": iri, "definition": "{}", "stored": instant}
    insert_missing(connection, ActivityDefinition, [row])
    mine = (ActivityDefinition.organisation_id == organisation, ActivityDefinition.id == key)
    wanted = select(ActivityDefinition.definition).where(*mine).with_for_update()
    kept = json.loads(connection.execute(wanted).scalar_one())
    merged = merge_definitions(kept, told)
    if merged == kept:
        return False
    changed = {"definition": json.dumps(merged), "stored": instant}
    connection.execute(update(table(ActivityDefinition)).where(*mine).values(changed))
    return True


def read_definitions(connection: Connection, organisation: str, iris: Sequence[str]) -> Mapping[str, Definition]:
    """IRI → its merged definition; those that nobody described are not there."""
    wanted = select(ActivityDefinition.iri, ActivityDefinition.definition).where(
        ActivityDefinition.organisation_id == organisation,
        ActivityDefinition.id.in_({hash_texts(iri) for iri in iris}),
    )
    return {row.iri: json.loads(row.definition) for row in connection.execute(wanted)}
