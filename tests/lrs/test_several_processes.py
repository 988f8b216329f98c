"""Several server processes write to one database at once, and servers are killed meanwhile: nothing is lost or doubled.

The long runs of the same are `make soak`.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.kept import compare_tables
from bench.kills import run
from tests.fixtures.server import Server
from tests.lrs.partner import VERSION, open_house

WRITERS, ROUNDS, BATCH = 6, 8, 10
KILLS = 3
AGENTS = 5


def build(number: int) -> dict[str, Any]:
    """Many speak of the same few people and activities, which two processes then learn at once."""
    about = {"id": f"https://example.org/{number % AGENTS}", "definition": {"name": {"fr": f"Version {number % 3}"}}}
    return {
        "id": str(uuid.uuid4()),
        "actor": {"mbox": f"mailto:{number % AGENTS}@example.org"},
        "verb": {"id": "http://example.org/v"},
        "object": about,
    }


def write(servers: list[Server], key: tuple[str, str], writer: int) -> set[str]:
    """Single statements and batches, in turn to each server; each is sent to the other one once more. The ids kept."""
    kept = set[str]()
    clients = [httpx.Client(base_url=one.url, auth=key, headers={VERSION: "1.0.3"}, timeout=60) for one in servers]
    for at in range(ROUNDS):
        body = [build(writer * ROUNDS + at + one) for one in range(1 if at % 2 else BATCH)]
        for client in clients if writer % 2 else reversed(clients):
            answer = client.post("/xapi/statements", json=body)
            assert answer.status_code == 200, answer.text
            kept.update(answer.json())
    for client in clients:
        client.close()
    return kept


def read_all(server: Server, key: tuple[str, str]) -> list[str]:
    found, path = list[str](), "/xapi/statements?limit=50"
    with httpx.Client(base_url=server.url, auth=key, headers={VERSION: "1.0.3"}, timeout=60) as client:
        while path:
            page = client.get(path).json()
            found += [one["id"] for one in page["statements"]]
            path = page["more"]
    return found


def test_two_servers_on_one_postgresql_lose_nothing_and_keep_nothing_twice(
    start_server: Callable[..., Server], instance_postgres_url: str, tmp_path: Path
) -> None:
    key = open_house(tmp_path / "first", instance_postgres_url)
    servers = [start_server(home=tmp_path / name, database_url=instance_postgres_url) for name in ("first", "second")]
    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(write, servers, key, one) for one in range(WRITERS)]
        kept = [one.result() for one in done]
    assert len(set().union(*kept)) == sum(map(len, kept)) == WRITERS * ROUNDS // 2 * (BATCH + 1)
    for one in servers:
        found = read_all(one, key)
        assert len(found) == len(set(found))
        assert set(found) == set(itertools.chain.from_iterable(kept))
    assert [fault for fault in compare_tables(instance_postgres_url) if fault] == []


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_server_killed_at_any_instant_has_kept_what_it_acknowledged(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("instance_postgres_url") if database == "postgres" else ""
    assert run(tmp_path / "home", url, KILLS) == []
