"""The write door: full, busy, closed. Each is produced for real."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from lms.database.db import CACHE, WIDE_CACHE, db, engine_options, find_writing, prepare_engine, reading
from lms.database.door import transaction, widen, write_to
from lms.database.models import Instance, Throttle
from lms.database.rows import table
from lms.errors import BadRequest, StorageBusy, StorageFull
from tests.fixtures.postgres import Cluster
from tests.room import Room, open_room, read_rows

Open = Callable[..., Engine]


@pytest.fixture
def open_engine(migrated_url: str) -> Iterator[Open]:
    made: list[Engine] = []

    def make(wait: float = 5.0) -> Engine:
        made.append(create_engine(migrated_url, **engine_options(migrated_url, wait)))
        prepare_engine(made[-1])
        return made[-1]

    yield make
    for one in made:
        one.dispose()


def put(engine: Engine, key: str, value: str = "v") -> None:
    with write_to(engine) as connection:
        connection.execute(insert(table(Instance)), {"key": key, "value": value})


def keys(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(select(Instance.key)).scalars()) - {"origin"}


def test_a_write_outside_the_door_fails(open_engine: Open) -> None:
    engine = open_engine()
    put(engine, "before")
    for _ in range(3):  # also on the connection that the door has used
        with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"), engine.begin() as connection:
            connection.execute(insert(table(Instance)), {"key": "around", "value": "v"})
    assert keys(engine) == {"before"}
    put(engine, "after")
    assert keys(engine) == {"before", "after"}


def put_half(connection: Connection) -> None:
    connection.execute(insert(table(Instance)), {"key": "half", "value": "v"})
    raise ZeroDivisionError


def test_an_exception_inside_leaves_nothing(open_engine: Open) -> None:
    engine = open_engine()
    with pytest.raises(ZeroDivisionError), write_to(engine) as connection:
        put_half(connection)
    assert keys(engine) == set()
    put(engine, "next")
    assert keys(engine) == {"next"}


def test_a_new_file_with_names_in_it_is_its_owners_alone(sqlite_url: str, tmp_path: Path) -> None:
    file, before = Path(sqlite_url.removeprefix("sqlite:///")), os.umask(0)
    try:
        with open_room(sqlite_url, tmp_path / "home") as room:
            room.begin()
            made = sorted(file.parent.glob(f"{file.name}*"))
            assert {
                one.name.removeprefix(file.name): stat.S_IMODE(one.stat().st_mode) for one in made
            } == dict.fromkeys(("", "-shm", "-wal", ".lock", ".lock.next"), 0o600)
    finally:
        os.umask(before)


def test_a_write_inside_a_write_is_told_at_once(migrated_sqlite_url: str) -> None:
    engine = create_engine(migrated_sqlite_url, **engine_options(migrated_sqlite_url, 5.0))
    prepare_engine(engine)
    with pytest.raises(RuntimeError, match="pass the connection on"), write_to(engine), write_to(engine):
        raise AssertionError("not reached")
    put(engine, "after")
    engine.dispose()


def test_words_that_were_typed_are_not_taken_for_a_fault_of_the_storage(open_engine: Open) -> None:
    engine = open_engine()
    put(engine, "the disk is full, busy and locked")
    with pytest.raises(IntegrityError):
        put(engine, "the disk is full, busy and locked")


def test_a_nul_character_is_the_senders_fault(migrated_postgres_url: str) -> None:
    engine = create_engine(migrated_postgres_url, **engine_options(migrated_postgres_url, 5.0))
    prepare_engine(engine)
    with pytest.raises(BadRequest, match="character that cannot be kept"):
        put(engine, "a\0b")
    engine.dispose()


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home", wait=0.4) as opened:
        yield opened


@pytest.fixture
def sqlite_room(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_sqlite_url, tmp_path / "home", wait=0.4) as opened:
        yield opened


def limit_pages(connection: sqlite3.Connection, _record: object) -> None:
    """As many pages as the database has now, and two: a disk that fills up while people work."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 2}")


def write_until_full(room: Room, attempt: str, accepted: Iterator[int]) -> None:
    for _ in range(200):
        room.send(attempt, {"do": "type", "part": "form/name", "value": "x" * 500})
        next(accepted)


def test_a_full_disk_is_told_and_what_was_accepted_stays(sqlite_room: Room) -> None:
    from lms.database.db import db

    room = sqlite_room
    attempt = room.begin()
    room.send(attempt, {"do": "add"})
    db.engine.dispose()
    event.listen(find_writing(db.engine), "connect", limit_pages)
    accepted = count(1)
    with pytest.raises(StorageFull) as caught:
        write_until_full(room, attempt, accepted)
    assert caught.value.status == 507
    assert caught.value.sentence == "Le serveur n'a plus de place pour enregistrer."
    assert caught.value.next == "Prévenez l'animateur : il faut faire de la place."
    after = room.read(attempt)
    assert (after.rev, after.state["total"]) == (next(accepted), 1)
    event.remove(find_writing(db.engine), "connect", limit_pages)
    db.engine.dispose()
    assert room.send(attempt, {"do": "add"}).attempt.state["total"] == 2


def test_a_second_connection_that_holds_the_lock_is_told_and_nothing_is_half_written(
    sqlite_room: Room, sqlite_url: str
) -> None:
    room = sqlite_room
    attempt = room.begin()
    room.send(attempt, {"do": "add"})
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StorageBusy) as caught:
            room.send(attempt, {"do": "add"})
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert caught.value.status == 503
    assert caught.value.sentence == "Beaucoup de personnes écrivent en même temps."
    assert caught.value.next == "Attendez un instant, puis essayez encore."
    assert (room.read(attempt).rev, room.read(attempt).state["total"]) == (1, 1)
    assert room.send(attempt, {"do": "add"}).attempt.state["total"] == 2


def test_a_row_that_another_session_holds_is_told_as_busy(migrated_postgres_url: str, tmp_path: Path) -> None:
    with open_room(migrated_postgres_url, tmp_path / "home", wait=0.4) as room:
        attempt = room.begin()
        other = create_engine(migrated_postgres_url)
        with other.begin() as holding:
            holding.execute(text("SELECT 1 FROM attempt FOR UPDATE"))
            with pytest.raises(StorageBusy):
                room.send(attempt, {"do": "add"})
        other.dispose()
        assert room.read(attempt).rev == 0
        assert room.send(attempt, {"do": "add"}).attempt.rev == 1


HOLD = """
import sys, time
from lms.database import turns
from sqlalchemy import create_engine
with turns.turn(create_engine(sys.argv[1]), 5):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_keeps_its_turn_is_told_as_busy(sqlite_room: Room, sqlite_url: str) -> None:
    command = [sys.executable, "-c", HOLD, sqlite_url]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StorageBusy, match="another process"):
            sqlite_room.begin()
        other.communicate("")
    sqlite_room.begin()


def test_many_writers_in_turn_lose_nothing(room: Room) -> None:
    row = {"key": "k", "failures": 0, "since": 0, "until": 0}
    with transaction() as connection:
        connection.execute(insert(table(Throttle)), row)
    faults: list[BaseException] = []

    def write() -> None:
        with room.app.app_context():
            for _ in range(10):
                try:
                    with transaction() as connection:
                        connection.execute(text("UPDATE throttle SET failures = failures + 1"))
                except StorageBusy as error:
                    faults.append(error)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert read_rows(Throttle)[0]["failures"] + len(faults) == 60
    assert len(faults) < 60


def test_a_connection_that_the_server_has_closed_is_replaced_without_anybody_noticing(
    migrated_postgres_url: str, postgres: Cluster, tmp_path: Path
) -> None:
    with open_room(migrated_postgres_url, tmp_path / "home") as room, room.app.app_context():
        for ask in (reading, db.engine.connect):
            with ask() as connection:
                connection.execute(text("SELECT 1"))
            name = migrated_postgres_url.rpartition("/")[2]
            postgres.execute(f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'")
            with ask() as connection:
                assert connection.execute(text("SELECT 1")).scalar() == 1


def test_a_question_outside_of_a_transaction_cannot_write_either(migrated_postgres_url: str, tmp_path: Path) -> None:
    with (
        open_room(migrated_postgres_url, tmp_path / "home") as room,
        room.app.app_context(),
        reading() as connection,
        pytest.raises(DBAPIError, match="read-only transaction"),
    ):
        connection.execute(insert(table(Instance)), {"key": "around", "value": "v"})


def test_sqlite_keeps_what_it_compiled_from_one_write_to_the_next(migrated_sqlite_url: str) -> None:
    """How often the same connection compiled an SQL, told by SQLite's authorizer, which is asked only then."""
    engine = create_engine(migrated_sqlite_url, **engine_options(migrated_sqlite_url, 5))
    prepare_engine(engine)
    compiled: list[str] = []

    def look(_action: int, first: str | None, *_more: str | None) -> int:
        compiled.append(str(first))
        return sqlite3.SQLITE_OK

    with write_to(engine) as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_authorizer(look)
    for number in range(3):
        put(engine, f"k{number}")
    with write_to(engine) as connection:
        assert connection.connection.dbapi_connection is driver
    assert compiled.count("instance") == 1
    engine.dispose()


def test_memory_for_many_rows_is_given_back_after_the_transaction(migrated_sqlite_url: str) -> None:
    engine = create_engine(migrated_sqlite_url, **engine_options(migrated_sqlite_url, 5))
    prepare_engine(engine)
    with write_to(engine) as connection:
        widen(connection)
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -WIDE_CACHE
    with write_to(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -CACHE
    engine.dispose()
