"""Plugins hear of what was stored, after the commit, each in a transaction of its own."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from lms.contract.tables import connection_in_use
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Statement
from lms.lrs.listeners import tell_stored
from tests.room import ACTIVITY, Room, count_rows, open_room, read_rows

TABLES = """
from pathlib import Path
from sqlalchemy import Column, MetaData, String, Table, insert
from lms.contract import hookimpl
from lms.contract.tables import Tables, read, write

CONTRACT = 1
metadata = MetaData()
HEARD = Table("NAME_heard", metadata, Column("what", String(200)))


@hookimpl
def register_tables():
    return Tables(metadata, Path(__file__).parent / "NAME_migrations")


@hookimpl
def statement_stored(organisation, statement):
    assert write(insert(HEARD), {"what": f"stored {statement['verb']['id'].rsplit('/')[-1]} {statement['id']}"}) == 1
    FAIL


@hookimpl
def progress_changed(organisation, person, activity):
    write(insert(HEARD), {"what": f"moved {person} {activity}"})
"""

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("NAME_heard", sa.Column("what", sa.String(200)))
"""


def plugin(name: str, fail: str = "") -> str:
    return TABLES.replace("NAME", name).replace("FAIL", fail or "pass")


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    home = tmp_path / "home"
    for name in ("calm", "loud"):
        folder = home / "plugins" / f"{name}_migrations"
        folder.mkdir(parents=True)
        (folder / "0001_first.py").write_text(MIGRATION.replace("NAME", name))
    plugins = {"calm": plugin("calm"), "loud": plugin("loud", "raise RuntimeError('too loud')")}
    with open_room(migrated_url, home, plugins=plugins) as opened:
        yield opened


def heard(name: str) -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text(f"SELECT what FROM {name}_heard")).scalars())


def test_each_statement_and_each_move_is_told_once_after_it_was_stored(room: Room) -> None:
    attempt = room.begin()
    room.send(attempt, {"do": "add"}, {"do": "end"})
    room.send(attempt, {"do": "add"})  # after the end: nothing is stored, nobody is told
    rows = sorted(read_rows(Statement), key=lambda row: row["stored"])
    told = [f"stored {row['verb'].rsplit('/')[-1]} {row['id']}" for row in rows]
    moved = f"moved {room.person} {ACTIVITY}"
    assert heard("calm") == [told[0], moved, told[1], told[2], moved]


def test_a_plugin_that_raises_is_logged_undone_and_stops_nobody(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        room.begin()
    assert "plugin «loud» left out of statement_stored: it raised" in caplog.text
    assert "too loud" in caplog.text
    assert [one.split()[0] for one in heard("calm")] == ["stored", "moved"]
    assert heard("loud") == [f"moved {room.person} {ACTIVITY}"]
    assert count_rows(Statement) == 1
    with pytest.raises(LookupError):
        connection_in_use.get()


def test_what_partners_say_is_told_too(room: Room) -> None:
    from lms.lrs.parsing import parse_statements
    from lms.lrs.receiving import Sender, build_entries, receive

    statement = {
        "actor": {"mbox": "mailto:a@b.org"},
        "verb": {"id": "http://e.org/v"},
        "object": {"id": "http://e.org/o"},
    }
    with transaction() as connection:
        who, given = Sender(room.organisation, "p", "{}"), parse_statements(json.dumps(statement))
        ids = receive(connection, who.organisation, given, build_entries(who, given)).new
    tell_stored(room.classroom.plugins, room.organisation, ids)
    assert heard("calm") == [f"stored v {ids[0]}"]
