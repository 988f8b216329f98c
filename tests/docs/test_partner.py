"""The partner's examples of the xAPI guide, sent to a real server as they stand there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.docs.blocks import DOCS
from tests.fixtures.server import Server, run_lms

EXAMPLE = "http://127.0.0.1:8000"


def read_commands() -> list[list[str]]:
    """The curl commands of the guide, in words."""
    blocks = re.findall(r"^```sh\n(curl.*?)^```$", (DOCS / "xapi.md").read_text(), re.MULTILINE | re.DOTALL)
    return [shlex.split(block.replace("\\\n", " ")) for block in blocks]


def send(command: list[str], server: Server, key: str, secret: str) -> httpx.Response:
    """What curl does with such a command: GET, or POST when there is data."""
    words = iter(command[1:])
    headers, data, address = {}, None, ""
    for word in words:
        if word == "--user":
            assert next(words) == "$KEY:$SECRET"
        elif word == "--header":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "--data":
            data = next(words)
        else:
            assert word.startswith(EXAMPLE)
            address = server.url + word.removeprefix(EXAMPLE)
    method = "GET" if data is None else "POST"
    return httpx.request(method, address, headers=headers, content=data, auth=(key, secret), timeout=10)


def test_a_partner_writes_and_reads_with_the_commands_of_the_guide(
    tmp_path: Path, start_server: Callable[..., Server]
) -> None:
    home = tmp_path / "instance"
    assert run_lms(home, "init").returncode == 0
    made = run_lms(home, "partners", "add", "Notre partenaire")
    key, secret = re.findall(r"^(?:key|secret)\s+(\S+)$", made.stdout, re.MULTILINE)
    server = start_server(home, workers=1)
    commands = read_commands()
    assert len(commands) == 2
    for command in sorted(commands, key=lambda words: "--data" not in words):
        answer = send(command, server, key, secret)
        assert answer.status_code == 200, answer.text
    assert [one["object"]["id"] for one in answer.json()["statements"]] == ["https://partner.example/workshops/7"]
    assert answer.json()["more"] == ""
    assert "X-Experience-API-Consistent-Through" in answer.headers
    assert send(commands[0], server, key, "wrong").status_code == 401
