"""Ten times the learners and ten times the statements: by how much each request grows, on SQLite and PostgreSQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bench.load import Call
from bench.room import Room, build_room, find_simulation
from lms.app import create_app
from lms.contract import Fact, Outcome
from lms.database.clock import now
from lms.database.door import transaction
from lms.database.ids import new_xapi_id
from lms.learning.evidence import Judged, record
from lms.settings import read_settings
from tests.fixtures.postgres import run_cluster

LEARNERS = 40
TIMES = 10
REQUESTS = 60
DONE = 5
"""Exercises that each learner has behind him, of `FACTS` goals each."""
FACTS = 4


def measure_growth(folder: Path) -> dict[str, dict[str, float]]:
    """By database and request: time with ten times as many, as a multiple of the time without.

    The time is the first quartile: what else the machine does lengthens it least.
    """
    found = {"sqlite": _compare(folder, lambda name: "")}
    with run_cluster() as cluster:

        def make(name: str) -> str:
            cluster.execute(f"CREATE DATABASE {name}")
            return cluster.url(name)

        found["postgresql"] = _compare(folder / "postgresql", make)
    return found


def _compare(folder: Path, make: Callable[[str], str]) -> dict[str, float]:
    small = _fill(folder / "small", make("small"), 1)
    large = _fill(folder / "large", make("large"), TIMES)
    return {what: _ratio(what, small, large) for what in ("home", "activity", "events", "board")}


def _fill(home: Path, url: str, workshops: int) -> tuple[FlaskClient, Room]:
    """An instance of so many workshops; requests go to the first."""
    rooms = [build_room(home, url, LEARNERS, attempts=4 if one == 0 else 1) for one in range(workshops)]
    app = create_app(replace(read_settings({"LMS_HOME": str(home)}), database_url=url))
    with app.app_context():
        for room in rooms:
            _add_history(app, room)
    return app.test_client(use_cookies=False), rooms[0]


def _add_history(app: Flask, room: Room) -> None:
    """What each learner did before, one transaction a learner."""
    classroom = app.extensions["lms"].classroom
    activity = find_simulation(classroom.catalogue)
    facts = tuple(Fact("achieved", f"goal-{at}", True, "none") for at in range(FACTS))
    done = Outcome({}, "completed", completion=True, facts=facts)
    for learner in room.learners:
        with transaction() as connection:
            for _ in range(DONE):
                judged = Judged(activity, new_xapi_id(), "guided", now(), (done,))
                record(connection, classroom, room.organisation, learner.person, judged, guest=False)


def _ratio(what: str, *both: tuple[FlaskClient, Room]) -> float:
    """Asked in turn, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for at in range(REQUESTS):
        for (client, room), spent in zip(both, times, strict=True):
            began = time.perf_counter()
            _ask(client, _choose(room, what, at))
            spent.append(time.perf_counter() - began)
    before, after = (statistics.quantiles(spent, n=4)[0] for spent in times)
    return round(after / before, 3)


def _choose(room: Room, what: str, at: int) -> Call:
    if what == "board":
        return room.board
    learner = room.learners[at % len(room.learners)]
    found: Any = getattr(learner, what)
    return found[at // len(room.learners)] if what == "events" else found


def _ask(client: FlaskClient, one: Call) -> None:
    head, _, body = one.wire.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    answer = client.open(path, method=method, headers=headers, data=body)
    if answer.status_code not in one.accept:
        raise RuntimeError(f"{path}: {answer.status_code}")
