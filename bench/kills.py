"""`python -m bench.kills`, part of `make soak`: the server is killed (`kill -9`) again and again while many write.

Partners post single statements and batches, learners play; whoever gets no answer sends the same ids again. At the end
every acknowledged statement is there, none twice (`bench.kept`). SOAK_KILLS: how often, on each database.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil

from bench.kept import Door, find_faults
from bench.load import Call, read_answer
from bench.lrs import ask, build_statement
from bench.processes import BIN, ROOT, find_free_port
from bench.room import build_room
from lms.app import create_app
from lms.database.db import db
from lms.database.door import transaction
from lms.partners.credentials import add_credential
from lms.people.accounts import add_organisation
from lms.settings import Settings
from tests.fixtures.postgres import run_cluster

PARTNERS, BATCH = 4, 10
LONGEST_LIFE = 1.5
"""Seconds between the first answer of a server and its end, at most."""
KILLED_IN_START = 0.2
LONGEST_START = 60.0


@dataclass(frozen=True)
class Deed:
    """One request and the statements that it makes (none that we know of, when a learner's touch makes them)."""

    call: Call
    ids: tuple[str, ...] = ()


class Client(threading.Thread):
    """Sends its deeds in order, each until it is answered. After `ending` what fails once is left as it is."""

    def __init__(self, port: int, deeds: Iterator[Deed], ending: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.deeds, self.ending = port, deeds, ending
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()
        self.answered = self.cut = 0
        self.refused: list[int] = []
        self._socket: socket.socket | None = None

    def run(self) -> None:
        try:
            self._work()
        finally:
            self._hang_up()

    def _work(self) -> None:
        for deed in self.deeds:
            self.sent.update(deed.ids)
            while not self._deliver(deed):
                if self.ending.is_set():
                    return
                time.sleep(0.02)

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _deliver(self, deed: Deed) -> bool:
        try:
            status = self._send(deed.call)
        except (OSError, IndexError, ValueError):
            self.cut += 1
            self._hang_up()
            return False
        if status == 200:
            self.answered += 1
            self.acknowledged.update(deed.ids)
        else:
            self.refused.append(status)
        return status < 500

    def _send(self, call: Call) -> int:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        self._socket.sendall(call.wire)
        with self._socket.makefile("rb") as answers:
            return read_answer(answers)


def iter_posts(door: Door, single: bool) -> Iterator[Deed]:
    """Statements without end, one in each request or several."""
    while True:
        made = [build_statement(random.randrange(100_000)) for _ in range(1 if single else BATCH)]
        body = json.dumps(made[0] if single else made).encode()
        yield Deed(ask(door, "POST", "/xapi/statements", body), tuple(str(one["id"]) for one in made))


def start(port: int, environ: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        command = [str(BIN / "lms"), "serve"]
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | environ, stdout=output, stderr=output)


def wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers. Raises RuntimeError."""
    end = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/xapi/about", timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{log.read_text(errors='replace')[-2000:]}")


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and all that it started; it is held first, so that it replaces none of them."""
    if process.poll() is not None:
        return  # it ended by itself, which `wait` tells
    parent = psutil.Process(process.pid)
    parent.suspend()
    family = [*parent.children(recursive=True), parent]
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()
    while any(_lives(one) for one in family):
        time.sleep(0.01)


def _lives(one: psutil.Process) -> bool:
    """Also where only its first thread has ended: the others still hold its port."""
    try:
        return bool(one.is_running() and (one.status() != psutil.STATUS_ZOMBIE or one.num_threads() > 1))
    except psutil.NoSuchProcess:
        return False


def kill_often(kills: int, launch: Callable[[], subprocess.Popen[bytes]], ready: Callable[..., None]) -> int:
    """Start and kill; how many died before they could answer. The last one is always killed at work."""
    early = 0
    for at in range(kills):
        process = launch()
        try:
            if at < kills - 1 and random.random() < KILLED_IN_START:
                time.sleep(random.uniform(0, 1))
                early += 1
            else:
                ready(process)
                time.sleep(random.uniform(0.05, LONGEST_LIFE))
        finally:
            kill(process)
    return early


@contextmanager
def writing(port: int, deeds: list[Iterator[Deed]]) -> Iterator[list[Client]]:
    """All of them at work; on leaving each ends with its first failure."""
    ending = threading.Event()
    clients = [Client(port, one, ending) for one in deeds]
    for one in clients:
        one.start()
    try:
        yield clients
    finally:
        ending.set()
        for one in clients:
            one.join()


def add_door(home: Path, url: str) -> Door:
    """A partner of an organisation of its own, on a migrated instance."""
    app = create_app(Settings(home=home, database_url=url))
    with app.app_context():
        with transaction() as connection:
            key, secret = add_credential(connection, add_organisation(connection, "banc", "Banc"), "Banc", ("all",))
        url = url or str(app.config["SQLALCHEMY_DATABASE_URI"])
        db.engine.dispose()
    return Door(home, url, find_free_port(), key, secret)


def prepare(home: Path, url: str, kills: int) -> tuple[Door, list[Iterator[Deed]]]:
    """A partner, and a learner with more to do than there will be time for."""
    learner = build_room(home, url, 1, attempts=kills * 2 + 2).learners[0]
    door = add_door(home, url)
    posts = [iter_posts(door, single=at % 2 == 0) for at in range(PARTNERS)]
    return door, [*posts, iter([Deed(one) for one in learner.events])]


def run(home: Path, url: str, kills: int) -> list[str]:
    """Everything on one database; what is wrong at the end."""
    door, deeds = prepare(home, url, kills)
    environ = {"LMS_HOME": str(home), "PORT": str(door.port), "LMS_DATABASE_URL": url, "LMS_WORKERS": "2"}
    log, began = home.with_suffix(".log"), time.monotonic()

    def launch() -> subprocess.Popen[bytes]:
        return start(door.port, environ, log)

    def ready(process: subprocess.Popen[bytes]) -> None:
        wait(process, door.port, log)

    with writing(door.port, deeds) as clients:
        early = kill_often(kills, launch, ready)
    sent, kept = (set().union(*(getattr(one, name) for one in clients)) for name in ("sent", "acknowledged"))
    cut, refused = sum(one.cut for one in clients), [one for client in clients for one in client.refused]
    print(
        f"  {kills} kills ({early} in the start) in {time.monotonic() - began:.0f} s: {len(kept)} statements"
        f" acknowledged, {len(sent - kept)} not; {clients[-1].answered} touches; {cut} requests without an answer",
        flush=True,
    )
    process = launch()
    try:
        ready(process)
        faults = find_faults(door, sent, kept)
    finally:
        kill(process)
    return faults + [f"requests refused: {sorted(set(refused))}"] * bool(refused)


def main() -> int:
    kills = int(os.environ.get("SOAK_KILLS", "100"))
    databases = os.environ.get("SOAK_DATABASES", "sqlite,postgresql").split(",")
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="declic-kills-") as folder:
        if "sqlite" in databases:
            print("sqlite", flush=True)
            found += run(Path(folder) / "sqlite", "", kills)
        if "postgresql" in databases:
            with run_cluster() as cluster:
                print("postgresql", flush=True)
                cluster.execute("CREATE DATABASE kills")
                found += run(Path(folder) / "postgresql", cluster.url("kills"), kills)
    print("\n".join(found) if found else "every acknowledged statement is there, none twice")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
