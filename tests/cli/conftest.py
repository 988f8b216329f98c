"""The `lms` command in this process, on an instance folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms.cli import lms

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
