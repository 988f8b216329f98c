"""Content, plugins and themes with a fault: `lms serve` says what and where, and does not start."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fixtures.server import run_lms

LESSON = """---
type: lesson
title: Une leçon
instruction: Lisez, puis continuez.
competences: [M01]
{more}---
## Un titre

Une phrase.
"""
COURSE = """title: Un cours
{more}modules:
  - id: un
    title: Un module
    activities: [lecon]
"""
DESK = """title: Un scénario
apps: {box: mail}
ref: {box: {}}
start: {box: {}}
aim: [sent]
goals:
  sent: {done: {box.sent: 1}, touch: box/send, needs: [written], say: Envoyez.}
  written: {done: {box.text: a}, touch: box/text, do: type, value: a, needs: [sent], say: Écrivez.}
"""


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance that works: its database holds one organisation."""
    made = tmp_path_factory.mktemp("working") / "instance"
    assert run_lms(made, "init").returncode == 0
    return made


@pytest.fixture
def home(working: Path, tmp_path: Path) -> Path:
    """The same, to put a fault into."""
    return shutil.copytree(working, tmp_path / "instance")


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def refuse(home: Path, **settings: object) -> str:
    """What `lms serve` says on stderr when it refuses to start; what was accepted before is still there."""
    done = run_lms(home, "serve", **settings)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "http://" not in done.stdout, "no address is told that nobody answers on"
    with closing(sqlite3.connect(home / "declic.db")) as connection:
        assert connection.execute("SELECT count(*) FROM organisation").fetchone() == (1,)
    return done.stderr


def test_a_course_with_a_wrong_key(home: Path) -> None:
    write(home / "courses/mien/course.yaml", COURSE.format(more="titre: Encore\n"))
    write(home / "courses/mien/lecon.fr.md", LESSON.format(more="couleur: bleu\n"))
    told = refuse(home)
    assert f"{home}/courses/mien/course.yaml:2: titre: unknown key «titre»; allowed: title, type," in told
    assert f"{home}/courses/mien/lecon.fr.md:6: couleur: unknown key «couleur»; allowed: " in told
    assert "Ce contenu a un défaut" in told
    assert "« lms check » montre tout" in told


def test_a_goal_that_needs_itself(home: Path) -> None:
    simulator = home / "simulators/boite"
    write(simulator / "simulator.yaml", "name: boite\ntitle: Une boîte\nlib: {}\n")
    write(
        simulator / "mechanics.py",
        "def parts(ref, world, app):\n    return {}\n\n\ndef touch(*given):\n    return {}\n",
    )
    write(simulator / "app.js", "export function mount() {}\n")
    write(simulator / "app.css", "")
    write(simulator / "scenarios/cercle.yaml", DESK.replace("box: mail", "box: boite"))
    write(home / "courses/mien/course.yaml", COURSE.format(more=""))
    exercise = LESSON.format(more="options: {scenario: boite/cercle}\n").replace("type: lesson", "type: simulation")
    write(home / "courses/mien/lecon.fr.md", exercise)
    told = refuse(home)
    assert f"{simulator}/scenarios/cercle.yaml:" in told
    assert "sent → written → sent" in told or "written → sent → written" in told


def test_a_plugin_that_raises_at_import(home: Path) -> None:
    write(home / "plugins/broken.py", "CONTRACT = 1\nraise RuntimeError('the disk ate it')\n")
    told = refuse(home)
    assert "plugin «broken»" in told
    assert str(home / "plugins/broken.py") in told
    assert "the disk ate it" in told
    assert run_lms(home, "migrate", plugins_skip_broken="true").returncode == 0
    assert run_lms(home, "migrate", plugins_blocked="broken").returncode == 0


def test_a_plugin_name_used_twice(home: Path) -> None:
    write(home / "plugins/quiz.py", "CONTRACT = 1\n")
    told = refuse(home)
    assert "two plugins are named «quiz»" in told
    assert str(home / "plugins/quiz.py") in told
    assert "plugins/quiz/__init__.py" in told


def test_an_activity_type_registered_twice(home: Path) -> None:
    source = (
        "from lms.contract import ActivityType, hookimpl\nCONTRACT = 1\n\n\nclass Mine(ActivityType):\n"
        "    name = 'quiz'\n\n\n@hookimpl\ndef register_activity_types():\n    return [Mine()]\n"
    )
    write(home / "plugins/mine.py", source)
    told = refuse(home)
    assert "«quiz»" in told
    assert "«mine»" in told


def test_a_misspelt_hook(home: Path) -> None:
    source = "from lms.contract import hookimpl\nCONTRACT = 1\n\n\n@hookimpl\ndef register_activity_tipes(): ...\n"
    write(home / "plugins/typo.py", source)
    told = refuse(home)
    assert "«typo»" in told
    assert "register_activity_tipes" in told


@pytest.mark.parametrize(
    ("theme", "said"),
    [("name: mien\ntitle: Le mien\n", "parent"), ("name: mien\ntitle: Le mien\nparent: absent\n", "absent")],
    ids=["none", "unknown"],
)
def test_a_theme_without_parent(home: Path, theme: str, said: str) -> None:
    write(home / "themes/mien/theme.yaml", theme)
    told = refuse(home)
    assert f"{home}/themes/mien/theme.yaml" in told
    assert said in told


def test_a_setting_that_is_not_understood(home: Path) -> None:
    write(home / "lms.toml", "prot = 8000\n")
    assert f"{home}/lms.toml: prot: unknown setting; allowed: " in refuse(home)
    write(home / "lms.toml", "workers = 'deux'\n")
    assert f"{home}/lms.toml: workers: 'deux' is not a int" in refuse(home)


def test_a_database_that_is_no_database(home: Path) -> None:
    other = home / "other.db"
    other.write_text("This is a letter to my aunt, and no database at all. " * 40, encoding="utf-8")
    told = refuse(home, database_url=f"sqlite:///{other}")
    assert "file is not a database" in told
    assert other.read_text(encoding="utf-8").startswith("This is a letter")
