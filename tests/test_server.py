"""`lms serve` started as a process, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.fixtures.server import Server


def test_a_fresh_instance_is_migrated_and_answers(server: Server) -> None:
    assert httpx.get(server.url + "/", follow_redirects=True).status_code == 200
    assert (server.home / "declic.db").exists()


def test_it_serves_on_both_databases(start_server: Callable[..., Server], database_url: str) -> None:
    server = start_server(database_url=database_url)
    assert httpx.get(server.url + "/", follow_redirects=True).status_code == 200


def test_ended_it_leaves_nobody_on_its_port(start_server: Callable[..., Server]) -> None:
    server = start_server()
    server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)
