"""The `lms` command in this process, on an instance folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli import lms
from lms.content import checks
from lms.content.checks import Folders, find_folders
from lms.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`LMS_HOME`, not made yet."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("LMS_HOME", str(folder))
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """A function that runs one verb: `run("new", "course", "jardin")`."""

    def invoke(*arguments: object, **settings: object) -> Result:
        env = {f"LMS_{name.upper()}": str(value) for name, value in settings.items()}
        return CliRunner().invoke(lms, [str(one) for one in arguments], env=env)

    return invoke


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the instance's own content is looked at; the bundled one has its own test."""

    def own(settings: Settings) -> Folders:
        found = find_folders(settings)
        return replace(found, courses=found.courses[1:], simulators=found.simulators[1:])

    monkeypatch.setattr(checks, "find_folders", own)
