"""A room on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.room import Room, open_room


@pytest.fixture
def room(migrated_url: str, tmp_path: Path) -> Iterator[Room]:
    with open_room(migrated_url, tmp_path / "home") as opened:
        yield opened
