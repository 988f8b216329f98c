"""The house of the pages' tests, and one server on the demonstration for what needs a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bad_input.room import Room, open_room
from tests.web.conftest import built, house

__all__ = ["built", "house", "room"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The demonstration on a disk that can be full, served to the tests of one file."""
    with open_room(tmp_path_factory.mktemp("room")) as opened:
        yield opened
