"""A served demonstration whose disk can be full and whose database can be locked by somebody else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from lms.database.ids import new_id
from lms.people.demonstration import Demonstration, read_demonstration
from tests.fixtures.server import Server, run_lms, running

EXERCISE = "premiers-pas/m01-exercice"
SMALL_DISK = '''"""No page more than there are, as on a full disk, while the file `full` stands beside this folder."""

from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from lms.contract import hookimpl

CONTRACT = 1
FULL = Path(__file__).parents[1] / "full"


@event.listens_for(Pool, "checkout")
def limit(connection, record, proxy):
    connection.execute(f"PRAGMA max_page_count = {1 if FULL.exists() else 1_000_000_000}")


@hookimpl
def register_jobs():
    return []
'''


@dataclass(frozen=True)
class Room:
    """The server, and how to sign in."""

    server: Server
    told: Demonstration
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.server.home / "declic.db"

    def count(self, table: str) -> int:
        """Rows of a table now."""
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    @contextmanager
    def full(self) -> Iterator[None]:
        """The disk is full inside."""
        mark = self.server.home / "full"
        mark.touch()
        try:
            yield
        finally:
            mark.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the write lock inside, longer than anybody waits."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    def visit(self) -> httpx.Client:
        """A browser without pages; closed with the room."""
        self.clients.append(httpx.Client(base_url=self.server.url, follow_redirects=True, timeout=30))
        return self.clients[-1]

    def sign_in_learner(self) -> httpx.Client:
        client = self.visit()
        page = client.get(f"/c/{self.told.code}").text
        person = re.search(rf'value="([0-9a-f-]{{36}})"[^>]*>(?:(?!</button>).)*{self.told.learner}', page, re.S)
        assert person is not None
        data = {"csrf_token": find_token(page), "learner": person[1], "picture": list(self.told.pictures)}
        assert client.post("/learn/pictures", data=data).url.path == "/learn/"
        return client

    def sign_in_trainer(self) -> httpx.Client:
        client = self.visit()
        data = {"login": self.told.login, "password": self.told.password}
        post(client, "/account/sign-in", "/account/sign-in", **data)
        return client


def find_token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def post(client: httpx.Client, page: str, action: str, **data: str) -> httpx.Response:
    """Open the page of a form, fill it, send it."""
    return client.post(action, data=data | {"csrf_token": find_token(client.get(page).text)})


@dataclass
class Play:
    """An exercise begun by a learner."""

    client: httpx.Client
    island: dict[str, Any]

    def send(self, event: str = "") -> httpx.Response:
        """One event; the same id is the same event."""
        one = {"id": event or new_id(), "rev": 0, "response": {"help": "lost"}}
        return self.client.post(self.island["urls"]["events"], json={"token": self.island["token"], "events": [one]})


def begin(client: httpx.Client) -> Play:
    """Begin, or go on with, the first exercise."""
    page = post(client, f"/learn/begin/{EXERCISE}?again=1", f"/learn/begin/{EXERCISE}", mode="guided").text
    found = re.search(r'id="island">(.*?)</script>', page, re.S)
    assert found is not None
    return Play(client, json.loads(found[1]))


@contextmanager
def open_room(folder: Path) -> Iterator[Room]:
    """Load the demonstration, and serve it until the end."""
    home = folder / "instance"
    assert run_lms(home, "demo").returncode == 0
    plugin = home / "plugins/small_disk.py"
    plugin.parent.mkdir()
    plugin.write_text(SMALL_DISK, encoding="utf-8")
    told = read_demonstration(home)
    assert told is not None
    with running(home, workers=1, write_wait_seconds=0.4) as server:
        room = Room(server, told)
        yield room
        for client in room.clients:
            client.close()
