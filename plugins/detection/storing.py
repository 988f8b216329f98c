"""What is kept with consent: tables of the plugin, each row read and written for one worker of one organisation."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, Text, delete, insert, select, update

from lms.contract import Viewer
from lms.contract.tables import Tables, read, write

metadata = MetaData()
RECORD = Table(
    "detection_record",
    metadata,
    *(Column(name, String(36), primary_key=True) for name in ("organisation", "id")),
    *(Column(name, String(40)) for name in ("worker", "called", "birth_range", "reason")),
    *(Column(name, BigInteger) for name in ("consented", "touched")),
    *(Column(name, Float) for name in ("access", "use", "skills", "motivation")),
    *(Column(name, Integer) for name in ("proposed", "decided")),
    *(Column(name, Text) for name in ("flags", "needs")),
)
ACTION = Table(
    "detection_action",
    metadata,
    *(Column(name, String(40), primary_key=True) for name in ("organisation", "record", "action")),
    Column("place", Integer),
    Column("state", String(10)),
    Column("changed", BigInteger),
)
ACCESS = Table(
    "detection_access",
    metadata,
    *(Column(name, String(36), primary_key=True) for name in ("organisation", "id")),
    *(Column(name, String(36)) for name in ("record", "person", "did")),
    Column("at", BigInteger),
)
GRID = Table(
    "detection_grid",
    metadata,
    Column("organisation", String(36), primary_key=True),
    Column("text", Text),
    Column("changed", BigInteger),
    Column("person", String(36)),
)
TABLES = Tables(metadata, Path(__file__).parent / "migrations")
STATES = {"planned": "prévu", "done": "fait", "dropped": "laissé"}
KEPT_MONTHS = 12


@dataclass(frozen=True)
class Kept:
    """One record as pages need it."""

    id: str
    called: str
    birth_range: str
    consented: int
    touched: int
    scores: Mapping[str, float | None]
    proposed: int | None
    decided: int
    reason: str
    flags: tuple[str, ...]
    needs: tuple[str, ...]


def now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def add_record(viewer: Viewer, id: str, facts: Mapping[str, Any], actions: Sequence[str]) -> None:
    """Keep it; the same id twice is one record."""
    if find_record(viewer, id) is not None:
        return
    instant = now()
    row = {**facts, "flags": json.dumps(facts["flags"]), "needs": json.dumps(facts["needs"])}
    mine = {"organisation": viewer.organisation, "id": id, "worker": viewer.person}
    write(insert(RECORD), {**row, **mine, "consented": instant, "touched": instant})
    rows = [
        {"organisation": viewer.organisation, "record": id, "action": one, "place": place}
        | {"state": "planned", "changed": instant}
        for place, one in enumerate(actions)
    ]
    if rows:
        write(insert(ACTION), rows)
    note(viewer, id, "kept")


def _own(viewer: Viewer, id: str) -> tuple[Any, ...]:
    return (RECORD.c.organisation == viewer.organisation, RECORD.c.worker == viewer.person, RECORD.c.id == id)


def find_record(viewer: Viewer, id: str) -> Kept | None:
    """One of this worker's own; None for anybody else's."""
    rows = read(select(RECORD).where(*_own(viewer, id)))
    return _build(rows[0]) if rows else None


def list_records(viewer: Viewer) -> list[Kept]:
    """This worker's own, the latest first."""
    mine = (RECORD.c.organisation == viewer.organisation, RECORD.c.worker == viewer.person)
    return [_build(row) for row in read(select(RECORD).where(*mine).order_by(RECORD.c.touched.desc()))]


def _build(row: Mapping[str, Any]) -> Kept:
    plain = {name: row[name] for name in ("id", "called", "birth_range", "consented", "touched", "decided", "reason")}
    scores = {name: row[name] for name in ("access", "use", "skills", "motivation")}
    lists = {name: tuple(json.loads(row[name])) for name in ("flags", "needs")}
    return Kept(**plain, **lists, scores=scores, proposed=row["proposed"])


def list_actions_of(viewer: Viewer, id: str) -> list[dict[str, Any]]:
    """The actions of a record, in order, with their state."""
    mine = (ACTION.c.organisation == viewer.organisation, ACTION.c.record == id)
    return [dict(row) for row in read(select(ACTION).where(*mine).order_by(ACTION.c.place))]


def change_record(viewer: Viewer, id: str, **values: Any) -> bool:
    """Write these values and the activity's time; False when it is nobody's, or somebody else's."""
    changed = write(update(RECORD).where(*_own(viewer, id)), {**values, "touched": now()})
    return changed == 1


def replace_actions(viewer: Viewer, id: str, actions: Sequence[str]) -> None:
    """After another decision: what was done or left stays, what was only planned gives way to the new list."""
    mine = (ACTION.c.organisation == viewer.organisation, ACTION.c.record == id)
    write(delete(ACTION).where(*mine, ACTION.c.state == "planned"))
    there = {row["action"]: row["place"] for row in list_actions_of(viewer, id)}
    start = max(there.values(), default=-1) + 1
    new = [one for one in actions if one not in there]
    rows = [
        {"organisation": viewer.organisation, "record": id, "action": one, "place": start + at}
        | {"state": "planned", "changed": now()}
        for at, one in enumerate(new)
    ]
    if rows:
        write(insert(ACTION), rows)


def mark_action(viewer: Viewer, id: str, action: str, state: str) -> bool:
    """How an action stands; False when the record has none of this name."""
    mine = (ACTION.c.organisation == viewer.organisation, ACTION.c.record == id, ACTION.c.action == action)
    return write(update(ACTION).where(*mine), {"state": state, "changed": now()}) == 1


def erase_record(viewer: Viewer, id: str) -> bool:
    """Away at once, with its actions. What stays is a line that a record of this id was erased."""
    if write(delete(RECORD).where(*_own(viewer, id))) != 1:
        return False
    write(delete(ACTION).where(ACTION.c.organisation == viewer.organisation, ACTION.c.record == id))
    note(viewer, id, "erased")
    return True


def note(viewer: Viewer, id: str, did: str) -> None:
    """A line of the access log: who did what with which record, nothing of what stands in it."""
    row = {"organisation": viewer.organisation, "id": str(uuid.uuid4()), "record": id}
    write(insert(ACCESS), {**row, "person": viewer.person, "at": now(), "did": did})


def list_accesses(viewer: Viewer, id: str) -> list[dict[str, Any]]:
    """The log of a record, the latest first."""
    mine = (ACCESS.c.organisation == viewer.organisation, ACCESS.c.record == id)
    return [dict(row) for row in read(select(ACCESS).where(*mine).order_by(ACCESS.c.at.desc()))]


def forget_old(today: datetime | None = None) -> int:
    """Records without activity for twelve months go, with their actions; lines of the log after as long."""
    before = find_limit(today or datetime.now(UTC))
    old = [(row["organisation"], row["id"]) for row in read(select(RECORD).where(RECORD.c.touched < before))]
    for organisation, id in old:
        write(delete(ACTION).where(ACTION.c.organisation == organisation, ACTION.c.record == id))
        write(delete(RECORD).where(RECORD.c.organisation == organisation, RECORD.c.id == id))
    write(delete(ACCESS).where(ACCESS.c.at < before))
    return len(old)


def find_limit(today: datetime) -> int:
    """The instant twelve months ago; from 29 February, the 28th."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return int(today.replace(year=today.year - KEPT_MONTHS // 12, day=day).timestamp() * 1_000_000)
