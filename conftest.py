"""Fixtures that tests and journeys share. A plugin list may only stand in the topmost conftest."""

pytest_plugins = [
    "tests.fixtures.network",
    "tests.fixtures.postgres",
    "tests.fixtures.database",
    "tests.fixtures.server",
    "tests.fixtures.browser",
    "pytester",
]
