"""Fixtures that tests and journeys share. A plugin list may only stand in the topmost conftest."""

import gc
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.fixtures.shares import BROWSERS, Shares, put_long_files_first

# Tests are not timed: a slow machine is no fault of what they look at.
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pytest_plugins = [
    "tests.fixtures.network",
    "tests.fixtures.postgres",
    "tests.fixtures.database",
    "tests.fixtures.server",
    "tests.fixtures.browser",
    "pytester",
]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay in memory: looking for rubbish among them, while they come and ever after, finds none."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey waits on a browser, a server and others' load: it may be tried once more, and that is counted."""
    for item in items:
        if BROWSERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=2))
    put_long_files_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares | None:
    """`--dist loadfile` means ours, which cuts the longest file."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return Shares(config, log)
