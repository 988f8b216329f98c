"""Two Déclics: the second is the partner of the first, is killed at any moment, and ends with the same set."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.fixtures.server import LMS, Server, environment, run_lms, running
from tests.lrs.partner import open_house

VERSION = {"X-Experience-API-Version": "1.0.3"}
PATIENCE = 90


def post(server: Server, pair: tuple[str, str], count: int) -> list[str]:
    body = [
        {
            "actor": {"mbox": "mailto:sally@example.org"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
            "object": {"id": f"https://example.org/activities/{uuid.uuid4()}"},
        }
        for _ in range(count)
    ]
    answer = httpx.post(f"{server.url}/xapi/statements", auth=pair, headers=VERSION, json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def post_with_attachment(server: Server, pair: tuple[str, str], content: bytes) -> str:
    sha2 = hashlib.sha256(content).hexdigest()
    about = {"usageType": "http://example.org/u", "display": {"en": "Essay"}, "contentType": "text/plain"}
    one = {
        "actor": {"mbox": "mailto:sally@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"id": "https://example.org/essay"},
        "attachments": [about | {"length": len(content), "sha2": sha2}],
    }
    head = f"--b\r\nContent-Type: application/json\r\n\r\n{json.dumps(one)}\r\n--b\r\nContent-Type: text/plain\r\n"
    data = head.encode() + f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n".encode()
    sent = {**VERSION, "Content-Type": "multipart/mixed; boundary=b"}
    body = data + content + b"\r\n--b--\r\n"
    answer = httpx.post(f"{server.url}/xapi/statements", auth=pair, headers=sent, content=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return str(answer.json()[0])


def read_all(server: Server, pair: tuple[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    path = "/xapi/statements?limit=500"
    while path:
        answer = httpx.get(server.url + path, auth=pair, headers=VERSION, timeout=60).json()
        found |= {one["id"]: one for one in answer["statements"]}
        path = answer["more"]
    return found


def wait_until(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline, "the partner never got everything"
        time.sleep(0.3)


def kill(server: Server) -> None:
    """As a power cut does: the processes it made, then itself."""
    for one in psutil.Process(server.pid).children(recursive=True):
        one.kill()
    server.process.kill()
    server.process.wait()


def send_to(home: Path, database_url: str, there: Server, theirs: tuple[str, str]) -> None:
    where = ["--to", f"{there.url}/xapi/", "--key", theirs[0], "--secret", theirs[1], "--what", "all"]
    for verb in (["send", "Là-bas", *where], ["retry", "Là-bas"]):
        told = run_lms(home, "partners", *verb, database_url=database_url)
        assert told.returncode == 0, told.stderr


def test_a_second_house_that_is_killed_again_and_again_ends_with_the_same_set(
    database_url: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    pair, theirs = open_house(first, database_url), open_house(second)
    settings: dict[str, Any] = {"database_url": database_url, "relay_in_server": "false", "workers": 1}
    assert run_lms(first, "partners", "add", "Là-bas", database_url=database_url).returncode == 0
    with running(first, **settings) as here:
        with running(second, workers=1) as there:
            send_to(first, database_url, there, theirs)
            names = [post_with_attachment(here, pair, b"An essay"), *post(here, pair, 250)]
            relay = start_relay(first, database_url)
            wait_until(lambda: len(read_all(there, theirs)) > 0)
            kill(there)
        names += post(here, pair, 250)
        relay.kill()  # between two instants of its own
        relay.wait()
        relay = start_relay(first, database_url)
        with running(second, workers=1) as there:
            send_to(first, database_url, there, theirs)
            wait_until(lambda: set(read_all(there, theirs)) == set(names))
            whole = f"{there.url}/xapi/statements?attachments=true"
            assert b"An essay" in httpx.get(whole, auth=theirs, headers=VERSION, timeout=60).content
        relay.terminate()
        assert relay.wait(timeout=20) == 0
    told = run_lms(first, "partners", "list", database_url=database_url)
    assert "waiting 0  parked 0" in told.stdout


def start_relay(home: Path, database_url: str) -> subprocess.Popen[bytes]:
    command = [str(LMS), "relay", "--every", "0.2"]
    return subprocess.Popen(
        command, env=environment(home, 0, {"database_url": database_url}), stdout=subprocess.DEVNULL
    )
