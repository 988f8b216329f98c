"""Eight at the same instant, through two real server processes over HTTP, on both databases.

It fails when the `rev` clause of the write or the write lock of SQLite is taken away.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from tests.fixtures.server import Server, run_lms
from tests.room import ACTIVITY, write_content

ROUNDS = 4
AT_ONCE = 8


@dataclass(frozen=True)
class Desk:
    """An attempt that a learner has open in his browser."""

    url: str
    token: str
    rev: int

    def events(self, *ids: str) -> dict[str, Any]:
        return {
            "token": self.token,
            "events": [{"id": one, "rev": self.rev, "response": {"do": "add", "value": 1}} for one in ids],
        }


@dataclass(frozen=True)
class Class:
    """Two server processes with the demonstration, and a signed-in learner."""

    server: Server
    database_url: str
    learner: httpx.Client

    def open_desk(self) -> Desk:
        """Begin afresh, as «Recommencer» does."""
        begun = self.learner.get(f"/learn/begin/{ACTIVITY}?again=1")
        page = self.learner.post(begun.url, data={"csrf_token": find_csrf(begun), "mode": "alone"})
        if "/learn/attempts/" in str(page.url) and read_island(page)["rev"] > 0:
            again = f"{page.url}/again"
            page = self.learner.post(again, data={"csrf_token": read_island(page)["csrf"]})
        island = read_island(page)
        return Desk(island["urls"]["events"], island["token"], island["rev"])

    def count(self, sql: str, **values: object) -> Any:
        engine = create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return connection.execute(text(sql), values).scalar()
        finally:
            engine.dispose()


def find_csrf(page: httpx.Response) -> str:
    page.raise_for_status()
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text[:2000]
    return found[1]


def read_island(page: httpx.Response) -> dict[str, Any]:
    page.raise_for_status()
    found = re.search(r'<script type="application/json" id="island">(.*?)</script>', page.text, re.DOTALL)
    assert found, page.text[:2000]
    island: dict[str, Any] = json.loads(found[1])
    return island


def sign_in(client: httpx.Client, home: Path) -> None:
    """As a newcomer with his card: six digits, his name, three pictures."""
    told = json.loads((home / "demonstration.json").read_text())
    page = client.get("/")
    page = client.post("/learn/code", data={"csrf_token": find_csrf(page), "code": told["code"]})
    name = re.search(rf'value="([^"]+)"[^>]*>(?:(?!</li>).)*{told["learner"]}', page.text, re.DOTALL)
    assert name, page.text[:3000]
    page = client.post("/learn/name", data={"csrf_token": find_csrf(page), "learner": name[1]})
    fields = {"csrf_token": find_csrf(page), "learner": name[1], "picture": told["pictures"]}
    page = client.post("/learn/pictures", data=fields)
    assert page.url.path == "/learn/", page.text[:2000]


@pytest.fixture
def room(database_url: str, tmp_path: Path, start_server: Callable[..., Server]) -> Iterator[Class]:
    home = tmp_path / "instance"
    write_content(home, island="core/desk/desk.js")
    done = run_lms(home, "demo", database_url=database_url)
    assert done.returncode == 0, done.stderr
    server = start_server(home=home, database_url=database_url, workers=2)
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as learner:
        sign_in(learner, home)
        yield Class(server, database_url, learner)


def post_at_once(room: Class, desk: Desk, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
    """All bodies at the same instant, each on a connection of its own."""
    gate, answers = threading.Barrier(len(bodies)), [None] * len(bodies)
    jar = room.learner.cookies

    def post(at: int) -> None:
        with httpx.Client(base_url=room.server.url, cookies=jar, timeout=60) as client:
            client.get("/learn/help")  # the connection is open before the gate
            gate.wait()
            answers[at] = client.post(desk.url, json=bodies[at])  # type: ignore[call-overload]

    threads = [threading.Thread(target=post, args=(at,)) for at in range(len(bodies))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return [one for one in answers if one is not None]


def test_eight_at_once_through_two_processes(room: Class) -> None:
    processes: set[int] = set()
    for _ in range(ROUNDS):
        processes |= check_the_same_event(room) | check_different_events(room)
    assert len(processes) == 2, "both server processes must have answered"


def find_processes(answers: list[httpx.Response]) -> set[int]:
    return {one.json()["world"]["process"] for one in answers}


def check_the_same_event(room: Class) -> set[int]:
    """It counts once; all eight get the same answer. Returns which processes answered."""
    desk, event = room.open_desk(), str(uuid.uuid4())
    answers = post_at_once(room, desk, [desk.events(event)] * AT_ONCE)
    assert [one.status_code for one in answers] == [200] * AT_ONCE, [one.text[:300] for one in answers]
    told = [one.json() for one in answers]
    assert {(one["rev"], one["world"]["total"], one["feedback"]["say"]) for one in told} == {(1, 1, "Total 1")}
    assert all(one["acknowledged"] == [event] for one in told)
    assert room.count("SELECT count(*) FROM event WHERE id = :id", id=event) == 1
    attempt = desk.url.split("/")[3]
    assert statements(room, attempt) == 2  # initialized, achieved: not nine
    return find_processes(answers)


def check_different_events(room: Class) -> set[int]:
    """All are counted, none is lost."""
    desk, events = room.open_desk(), [str(uuid.uuid4()) for _ in range(AT_ONCE)]
    answers = post_at_once(room, desk, [desk.events(one) for one in events])
    assert [one.status_code for one in answers] == [200] * AT_ONCE, [one.text[:300] for one in answers]
    assert sorted(one.json()["rev"] for one in answers) == list(range(1, AT_ONCE + 1))
    attempt = desk.url.split("/")[3]
    state = json.loads(room.count("SELECT state FROM attempt WHERE id = :id", id=attempt))
    assert (state["total"], room.count("SELECT rev FROM attempt WHERE id = :id", id=attempt)) == (AT_ONCE, AT_ONCE)
    assert room.count("SELECT count(*) FROM event WHERE attempt_id = :id", id=attempt) == AT_ONCE
    assert statements(room, attempt) == 1 + AT_ONCE
    return find_processes(answers)


def statements(room: Class, attempt: str) -> int:
    return int(room.count("SELECT count(*) FROM statement WHERE registration = :id", id=attempt))
