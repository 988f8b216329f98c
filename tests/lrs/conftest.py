"""A room on each database, and partners of an application on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from lms.app import create_app
from lms.settings import Settings
from tests.lrs.partner import Partner, add_partner, close
from tests.room import Room, open_room


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def find_app(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Flask]]:
    """The application on this database, built once."""
    built: dict[str, Flask] = {}

    def find(kind: str) -> Flask:
        if kind not in built:
            url = request.getfixturevalue("make_database")() if kind == "postgres" else ""
            app = create_app(Settings(home=tmp_path_factory.mktemp(kind), database_url=url))
            app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, False
            built[kind] = app
        return built[kind]

    yield find
    for app in built.values():
        close(app)


@pytest.fixture
def partner(find_app: Callable[[str], Flask]) -> Partner:
    """Speaks 1.0.3 with an application on SQLite; enough where no SQL is in question."""
    return add_partner(find_app("sqlite"))


@pytest.fixture(params=["sqlite", "postgres"])
def each_partner(request: pytest.FixtureRequest, find_app: Callable[[str], Flask]) -> Partner:
    """The same on both databases."""
    return add_partner(find_app(request.param))


@pytest.fixture
def new_partner(find_app: Callable[[str], Flask]) -> Partner:
    """Speaks 2.0."""
    return add_partner(find_app("sqlite"), "2.0.0")
