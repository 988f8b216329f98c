"""A room served on this machine, and steps that many of its tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.web_static.room import Room, build_app


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room with its server; `room.url` is its address."""
    made = Room(audio=tmp_path)
    server = make_server("127.0.0.1", 0, build_app(made), threaded=True)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: refused inline code, exceptions. Must stay empty."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda one: one.type == "error" and "Security Policy" in one.text and found.append(one.text))
    yield found
    assert found == []
