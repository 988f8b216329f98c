"""The scheduler: each job once, whoever looks; what was typed goes, what was achieved stays."""

from __future__ import annotations

import logging
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, update

from lms.contract.tables import connection_in_use
from lms.database.clock import now
from lms.database.db import db
from lms.database.door import transaction
from lms.database.models import Attempt, Event, Lease, Nudge, Progress, Statement, Throttle
from lms.database.rows import table
from lms.learning.attempts import Who, resume_or_start
from lms.learning.submit import Response, submit
from lms.worker import (
    DAY,
    HOUR,
    Work,
    erase_events,
    erase_guests,
    erase_typed,
    find_due,
    find_work,
    run_due,
    watch_once,
)
from tests.learning.test_submit import at_once
from tests.room import ACTIVITY, Room, count_rows, open_room, read_rows


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened


def write_one(connection: Connection) -> int:
    row = {"key": str(uuid.uuid4()), "failures": 1, "since": now(), "until": 0}
    connection.execute(insert(table(Throttle)), row)
    return 1


def named(*works: Work) -> Mapping[str, Work]:
    return {one.name: one for one in works}


def in_transaction(act: Callable[[Connection], int]) -> int:
    with transaction() as connection:
        return act(connection)


def test_a_job_runs_once_though_eight_look_at_the_same_instant(room: Room) -> None:
    works = named(Work("one", HOUR, write_one))
    done = at_once(8, lambda at: watch_once(works, f"process-{at}"), room)
    assert sorted(map(repr, done)) == sorted(map(repr, [{"one": 1}] + [{}] * 7))
    assert count_rows(Throttle) == 1
    assert [(row["until"], row["holder"] != "") for row in read_rows(Lease)] == [(0, True)]


def test_it_runs_again_when_its_time_has_come(room: Room) -> None:
    works = named(Work("one", HOUR, write_one))
    assert watch_once(works, "a") == {"one": 1}
    assert watch_once(works, "b") == {}
    with transaction() as connection:
        connection.execute(update(Lease).values(ran=now() - HOUR - 1))
    assert watch_once(works, "b") == {"one": 1}


def test_a_lease_that_died_with_its_process_is_taken_over(room: Room) -> None:
    works = named(Work("one", HOUR, write_one))
    row = {"name": "one", "holder": "dead", "until": now() + DAY, "ran": 0}
    with transaction() as connection:
        connection.execute(insert(table(Lease)), row)
    assert watch_once(works, "a") == {}
    with transaction() as connection:
        connection.execute(update(Lease).values(until=now() - 1))
    assert watch_once(works, "a") == {"one": 1}


def test_a_failing_job_is_logged_undone_and_does_not_stop_the_others(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(connection: Connection) -> int:
        write_one(connection)
        raise RuntimeError("the printer burns")

    works = named(Work("bad", HOUR, fail), Work("good", HOUR, write_one))
    with caplog.at_level(logging.ERROR):
        assert run_due(works, "a") == {"good": 1}
    assert "job bad failed" in caplog.text
    assert "the printer burns" in caplog.text
    assert count_rows(Throttle) == 1
    with db.engine.connect() as connection:
        assert find_due(connection, works) == []


def age(days: float) -> None:
    """Everything happened that much earlier."""
    back = int(days * DAY)
    with transaction() as connection:
        connection.execute(update(Attempt).values(started=Attempt.started - back, ended=Attempt.ended - back))
        connection.execute(update(Event).values(stored=Event.stored - back))


def type_and_end(room: Room, *, end: bool = True) -> str:
    attempt = room.begin()
    room.send(attempt, {"do": "type", "value": "Secret-Word"}, *([{"do": "end"}] if end else []))
    return attempt


def test_what_was_typed_is_erased_and_what_was_achieved_stays(room: Room) -> None:
    attempt = type_and_end(room)
    statements, progress = read_rows(Statement), read_rows(Progress)
    age(29)
    assert in_transaction(lambda connection: erase_typed(connection, 30)) == 0
    assert room.read(attempt).state["typed"] == "Secret-Word"
    age(2)
    assert in_transaction(lambda connection: erase_typed(connection, 30)) == 1
    assert (room.read(attempt).state, room.read(attempt).erased) == ({}, True)
    assert "Secret-Word" not in repr(read_rows(Attempt))
    assert (read_rows(Statement), read_rows(Progress)) == (statements, progress)
    assert in_transaction(lambda connection: erase_typed(connection, 30)) == 0


def test_an_attempt_left_in_the_middle_is_erased_after_its_last_event_and_begun_again(room: Room) -> None:
    attempt = type_and_end(room, end=False)
    age(20)
    room.send(attempt, {"do": "add"})
    age(20)
    assert in_transaction(lambda connection: erase_typed(connection, 30)) == 0
    age(20)
    assert in_transaction(lambda connection: erase_typed(connection, 30)) == 1
    assert resume_or_start(room.classroom, room.who, ACTIVITY, "alone") != attempt


def test_whoever_is_judging_while_text_is_erased_does_not_bring_it_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.errors import Conflict
    from lms.learning import submit as module

    attempt, real = type_and_end(room, end=False), module._judge
    age(40)

    def judge(*given: object) -> object:
        in_transaction(lambda connection: erase_typed(connection, 30))
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_judge", judge)
    with pytest.raises(Conflict):
        room.send(attempt, {"do": "add"})
    assert "Secret-Word" not in repr(read_rows(Attempt))


def test_visitors_are_erased_whole_and_learners_stay(room: Room) -> None:
    guest = Who("guest", str(uuid.uuid4()), guest=True)
    attempt = room.begin(who=guest)
    submit(room.classroom, "guest", attempt, [Response(str(uuid.uuid4()), 0, {"do": "add"})], lambda _: True)
    kept = type_and_end(room)
    assert in_transaction(lambda connection: erase_guests(connection, 24)) == 0
    age(1.1)
    assert in_transaction(lambda connection: erase_guests(connection, 24)) == 1
    assert [row["id"] for row in read_rows(Attempt)] == [kept]
    assert {row["attempt_id"] for row in read_rows(Event)} == {kept}


def test_compact_events_and_old_pauses_go_after_their_time(room: Room) -> None:
    type_and_end(room)
    nudge = {"organisation_id": "o", "person_id": "p", "number": 1, "author_id": "t", "kind": "say", "part": ""}
    with transaction() as connection:
        connection.execute(insert(table(Nudge)), nudge | {"text": "old", "stored": now() - 200 * DAY})
        connection.execute(insert(table(Throttle)), {"key": "k", "failures": 1, "since": now() - 2 * DAY, "until": 0})
    age(181)
    assert in_transaction(lambda connection: erase_events(connection, 180)) == 2
    assert [count_rows(one) for one in (Event, Nudge, Throttle)] == [0, 0, 0]
    assert count_rows(Statement) == 2


def test_a_job_that_found_the_database_busy_is_told_in_a_line_and_due_at_once(
    migrated_sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(migrated_sqlite_url.removeprefix("sqlite:///"), isolation_level=None)

    def lock_out() -> int:
        other.execute("BEGIN IMMEDIATE")
        try:
            return in_transaction(write_one)
        finally:
            other.execute("ROLLBACK")

    with open_room(migrated_sqlite_url, tmp_path / "home", wait=0.3):
        assert run_due(named(Work("daily", DAY, apart=lock_out)), "one") == {}
        assert run_due(named(Work("daily", DAY, write_one)), "two") == {"daily": 1}
        assert run_due(named(Work("daily", DAY, write_one)), "two") == {}
    other.close()
    (told,) = (one for one in caplog.records if one.name == "lms.worker")
    assert told.getMessage().startswith("job daily waits: ")
    assert told.exc_info is None


PLUGIN = """
from lms.contract import Job, hookimpl
CONTRACT = 1

def work():
    from lms.contract.tables import read
    from sqlalchemy import text
    return read(text("SELECT 40 + 2 AS found"))[0]["found"]

@hookimpl
def register_jobs():
    return [Job("answer", 60, work)]
"""


def test_a_plugins_job_runs_with_a_connection_of_its_own(migrated_url: str, tmp_path: Path) -> None:
    from lms.plugins import load_plugins

    with open_room(migrated_url, tmp_path / "home") as room:
        (tmp_path / "home" / "plugins" / "answer.py").write_text(PLUGIN)
        plugins = load_plugins(room.classroom.settings, tmp_path / "none")
        works = find_work(room.classroom.settings, plugins)
        assert set(works) == {"erase-typed", "erase-guests", "erase-events", "make-partitions", "answer"}
        assert watch_once(works, "a")["answer"] == 42
        with pytest.raises(LookupError):
            connection_in_use.get()
