"""Plugins from outside the repository: built as wheels, installed with pip, used in a page, taken away again."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import httpx
import pytest
from sqlalchemy import create_engine, inspect, text

from tests.fixtures import server as servers
from tests.fixtures.network import guarded_environment
from tests.fixtures.server import Server, run_lms
from tests.learning.test_eight_at_once import find_csrf, sign_in

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "declic-NAME"
version = "1.0"

[project.entry-points."lms.plugins"]
NAME = "declic_NAME"

[tool.hatch.build.targets.wheel]
packages = ["declic_NAME"]
"""

RIDDLE = '''
from lms.contract import ActivityType, Feedback, Field, Outcome, View, hookimpl

CONTRACT = 1
TEMPLATES = {
    "riddle/page.html": """{% from "parts.html" import csrf %}<p>{{ data.ask }}</p>
<form method="post" action="{{ url }}">{{ csrf() }}<input type="hidden" name="event" value="{{ event }}">
<input name="answer"><button>OK</button></form>""",
}


class Riddle(ActivityType):
    name = "riddle"
    title = "Devinette"
    options = (Field("ask", "text", "Question", required=True), Field("answer", "text", "Réponse", required=True))

    def present(self, activity, state):
        return View("riddle/page.html", {"ask": activity.options["ask"]})

    def evaluate(self, activity, response, state):
        if response.get("answer") == activity.options["answer"]:
            return Outcome(state, "passed", success=True, completion=True, feedback=Feedback("right", "Bien vu."))
        return Outcome(state, feedback=Feedback("almost", "Presque. Pensez au ciel."))


@hookimpl
def register_activity_types():
    return [Riddle()]
'''

TABLE = """
from pathlib import Path
from sqlalchemy import Column, MetaData, String, Table, insert
from lms.contract import hookimpl
from lms.contract.tables import Tables, write

CONTRACT = 1
metadata = MetaData()
SEEN = Table("NAME_seen", metadata, Column("statement", String(36), primary_key=True))


@hookimpl
def register_tables():
    return Tables(metadata, Path(__file__).parent / "migrations")


@hookimpl
def statement_stored(organisation, statement):
    write(insert(SEEN), {"statement": statement["id"]})
"""

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("NAME_seen", sa.Column("statement", sa.String(36), primary_key=True))
"""

COURSE = "title: Devinettes\nmodules:\n  - id: one\n    title: Une\n    activities: [ciel]\n"
PAGE = """---
type: riddle
title: Une devinette
instruction: Lisez, puis répondez.
options:
  ask: Je brille le jour. Qui suis-je ?
  answer: soleil
---

Rien à lire.
"""


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=guarded_environment())
    assert done.returncode == 0, done.stderr


def install(shelf: Path, name: str, source: str, migration: str = "") -> Path:
    """Build a wheel of a plugin package and install it into a folder of its own, without network; the folder."""
    place = shelf / f"{name}-{crc32((source + migration).encode())}"
    project, wheels, target = place / "src", place / "wheels", place / "site"
    if target.exists():
        return target
    package = project / f"declic_{name}"
    package.mkdir(parents=True)
    (project / "pyproject.toml").write_text(PROJECT.replace("NAME", name))
    (package / "__init__.py").write_text(source.replace("NAME", name), encoding="utf-8")
    if migration:
        (package / "migrations").mkdir()
        (package / "migrations" / "0001_first.py").write_text(migration.replace("NAME", name))
    offline = ("--no-deps", "--no-index")
    pip("wheel", *offline, "--no-build-isolation", "--wheel-dir", str(wheels), str(project))
    (wheel,) = wheels.glob(f"declic_{name}-*.whl")
    pip("install", *offline, "--target", str(target), str(wheel))
    return target


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where plugins are built: each once for both databases."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that says which of these folders the next `lms` processes find installed."""

    def choose(*folders: Path) -> None:
        base = guarded_environment()
        path = ":".join([base["PYTHONPATH"], *map(str, folders)])
        monkeypatch.setattr(servers, "guarded_environment", lambda: base | {"PYTHONPATH": path})

    return choose


def read_tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return {one for one in inspect(engine).get_table_names() if one.startswith(("visits", "notes"))}
    finally:
        engine.dispose()


def count(url: str, table: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
    finally:
        engine.dispose()


def write_course(home: Path) -> None:
    course = home / "courses" / "devinettes"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE, encoding="utf-8")
    (course / "ciel.fr.md").write_text(PAGE, encoding="utf-8")


def test_a_plugin_installed_with_pip_is_used_in_a_page_and_writes_its_table(
    tmp_path: Path, shelf: Path, database_url: str, use: Callable[..., None], start_server: Callable[..., Server]
) -> None:
    home = tmp_path / "home"
    write_course(home)
    use(install(shelf, "riddle", RIDDLE), install(shelf, "visits", TABLE, MIGRATION))
    done = run_lms(home, "demo", database_url=database_url)
    assert done.returncode == 0, done.stderr
    assert read_tables(database_url) == {"visits_seen", "visits_version"}
    server = start_server(home=home, database_url=database_url, workers=1)
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as learner:
        sign_in(learner, home)
        page = learner.get("/learn/begin/devinettes/ciel")
        assert "Je brille le jour. Qui suis-je ?" in page.text
        page = learner.post(page.url, data=fill(page, "lune"))
        assert "Presque.</strong> Pensez au ciel." in page.text
        page = learner.post(str(page.url).partition("#")[0], data=fill(page, "soleil"))
        assert page.url.path.endswith("/done")
        assert "Bien vu." in page.text
    told = run_lms(home, "statements", "--last", "1", database_url=database_url)
    assert "a réussi  «Une devinette»" in told.stdout
    assert count(database_url, "visits_seen") == count(database_url, "statement") == 2


def fill(page: httpx.Response, answer: str) -> dict[str, str]:
    """The form of the riddle, as a browser would send it."""
    event = re.search(r'name="event" value="([^"]+)"', page.text)
    assert event
    return {"csrf_token": find_csrf(page), "event": event[1], "answer": answer}


def test_a_plugin_with_a_table_is_removed_and_the_rest_still_migrates(
    tmp_path: Path, shelf: Path, database_url: str, use: Callable[..., None]
) -> None:
    home = tmp_path / "home"
    visits = install(shelf, "visits", TABLE, MIGRATION)
    use(visits)
    assert run_lms(home, "init", database_url=database_url).returncode == 0
    assert read_tables(database_url) == {"visits_seen", "visits_version"}
    use(install(shelf, "notes", TABLE, MIGRATION))  # one is gone, another has come
    done = run_lms(home, "migrate", database_url=database_url)
    assert done.returncode == 0, done.stderr
    assert read_tables(database_url) == {"visits_seen", "visits_version", "notes_seen", "notes_version"}
    use()
    assert run_lms(home, "rebuild", database_url=database_url).returncode == 0
    use(visits)
    assert run_lms(home, "migrate", database_url=database_url).returncode == 0


def test_a_migration_that_fails_names_its_plugin_and_leaves_nothing_half_made(
    tmp_path: Path, shelf: Path, database_url: str, use: Callable[..., None]
) -> None:
    broken = MIGRATION + textwrap.indent('op.execute("NONSENSE")\n', "    ")
    use(install(shelf, "visits", TABLE, broken))
    done = run_lms(tmp_path / "home", "migrate", database_url=database_url)
    assert done.returncode == 1
    assert "plugin «visits»: its migrations in" in done.stderr
    assert "Traceback" not in done.stderr
    assert read_tables(database_url) == set()
    use()
    assert run_lms(tmp_path / "home", "migrate", database_url=database_url).returncode == 0
