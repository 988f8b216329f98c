"""Worlds kept between attempts of the same learner: written with the end of one, read at the start of another."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from lms.contract import Activity, KeptWorld
from lms.database.clock import now
from lms.database.models import World
from lms.database.rows import table, upsert
from lms.errors import NotFound
from lms.learning.classroom import Classroom


def keep_world(
    connection: Connection, organisation: str, person: str, activity: Activity, kept: KeptWorld, *, guest: bool
) -> None:
    """In the transaction of the event that ended the attempt; a later attempt's world takes its place."""
    row = {
        "organisation_id": organisation,
        "person_id": person,
        "persona": kept.persona,
        "name": kept.name,
        "guest": guest,
        "activity": activity.id,
        "revision": activity.revision,
        "clock": kept.clock,
        "body": json.dumps({"simulators": dict(kept.simulators), "world": dict(kept.world)}, ensure_ascii=False),
        "stored": now(),
    }
    upsert(connection, World, row)


def find_kept(
    connection: Connection, classroom: Classroom, organisation: str, person: str, needed: tuple[str, str]
) -> tuple[KeptWorld | None, bool]:
    """The world (persona, name) that this learner left; (None, True) when its exercise is another one since."""
    persona, name = needed
    mine = (World.organisation_id == organisation, World.person_id == person)
    row = connection.execute(select(table(World)).where(*mine, World.persona == persona, World.name == name)).first()
    if row is None:
        return None, False
    if not _is_current(classroom, row.activity, row.revision):
        return None, True
    return KeptWorld(persona, name, row.clock, **json.loads(row.body)), False


def _is_current(classroom: Classroom, activity: str, revision: str) -> bool:
    try:
        return classroom.find_activity(activity).revision == revision
    except NotFound:
        return False
