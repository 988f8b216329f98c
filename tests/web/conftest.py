"""One house for all tests of this folder, its database as new for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.house import House, build_house


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Building takes seconds, copying a file does not."""
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(built: House) -> House:
    """The house, as it was built."""
    built.restore()
    return built


@pytest.fixture
def make_house(tmp_path: Path) -> Callable[..., House]:
    """A function that makes a house with settings of its own: `make_house(locale="ar")`."""
    return lambda **settings: build_house(tmp_path / "instance", **settings)
