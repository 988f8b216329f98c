"""Fixtures that tests and journeys share. A plugin list may only stand in the topmost conftest."""

import pytest

pytest_plugins = [
    "tests.fixtures.network",
    "tests.fixtures.postgres",
    "tests.fixtures.database",
    "tests.fixtures.server",
    "tests.fixtures.browser",
    "pytester",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey waits on a browser, a server and others' load: it may be tried once more, and that is counted."""
    for item in items:
        if {"page", "open_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=2))
