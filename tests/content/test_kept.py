"""The catalogue is kept between starts, and read anew as soon as a file is another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from lms.app import create_app
from lms.content.catalogue import Catalogue
from lms.content.courses import Shelf, load_courses
from lms.content.desk import Desk
from lms.content.kept import KEPT
from lms.contract import Activity
from lms.errors import ContentError
from lms.plugins import bundled
from lms.settings import Settings

COURSE = """\
title: Essai
type: free
locale: fr
modules:
  - {id: un, title: Un, activities: [lire, faire]}
"""
LESSON = "---\ntype: lesson\ntitle: %s\ninstruction: Lisez.\n---\n\n## Un\n\nUne phrase.\n"
PLUGIN = "from lms.contract import hookimpl\n\nCONTRACT = 1\n\n\n@hookimpl\n"
EXERCISE = (
    "---\ntype: simulation\ntitle: Faire\ninstruction: Faites.\noptions:\n  scenario: pointer/survoler-la-cible\n---\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance with a small course of its own, and no other: the bundled ones take seconds to read."""
    monkeypatch.setattr("lms.app.bundled", lambda name: tmp_path / "none" if name == "courses" else bundled(name))
    course = tmp_path / "courses" / "essai"
    course.mkdir(parents=True)
    (course / "course.yaml").write_text(COURSE)
    (course / "lire.fr.md").write_text(LESSON % "Lire")
    (course / "faire.fr.md").write_text(EXERCISE)
    return tmp_path


@pytest.fixture
def shipped(home: Path) -> Path:
    """A course that ships, beside the instance's own."""
    folder = home / "none" / "livre"
    shutil.copytree(home / "courses/essai", folder)
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which courses were read from their files."""
    read: list[str] = []

    def note(folders: list[Path], shelf: Shelf) -> Catalogue:
        found = load_courses(folders, shelf)
        read.extend(found.courses)
        return found

    monkeypatch.setattr("lms.app.load_courses", note)
    return read


def find(home: Path, name: str, course: str = "essai") -> Activity:
    app = create_app(Settings(home=home, cache=str(home / "kept")))
    found: Activity = app.extensions["lms"].classroom.find_activity(f"{course}/{name}")
    return found


def test_the_second_start_finds_the_same_activities(home: Path) -> None:
    first, second = find(home, "lire"), find(home, "lire")
    assert len(list((home / "kept").glob("*.catalogue"))) == 1
    assert second == first
    assert second.html == first.html != ""


def test_a_scenario_sleeps_until_it_is_used_and_is_the_same(home: Path) -> None:
    first, second = find(home, "faire").options["scenario"], find(home, "faire").options["scenario"]
    assert isinstance(second, Desk)
    assert type(second) is not Desk
    assert (second.id, second.title, second.checked.aim) == (first.id, first.title, first.checked.aim)


def test_a_file_that_changed_is_read_anew(home: Path) -> None:
    find(home, "lire")
    (home / "courses/essai/lire.fr.md").write_text(LESSON % "Lire encore")
    assert find(home, "lire").title == "Lire encore"


def test_what_ships_is_not_read_again_for_a_course_or_a_plugin_of_ones_own(
    home: Path, shipped: Path, reads: list[str]
) -> None:
    assert find(home, "lire", "livre").title == find(home, "lire").title == "Lire"
    assert reads == ["livre", "essai"]
    (home / "courses/essai/lire.fr.md").write_text(LESSON % "Lire encore")
    assert find(home, "lire").title == "Lire encore"
    (home / "plugins").mkdir()
    (home / "plugins/quiet.py").write_text(PLUGIN + "def register_jobs():\n    return []\n")
    assert find(home, "lire", "livre").title == "Lire"
    assert reads == ["livre", "essai", "essai", "essai"], "its plugin may say how a course of its own is read"
    (shipped / "lire.fr.md").write_text(LESSON % "Lire mieux")
    assert find(home, "lire", "livre").title == "Lire mieux"


def test_a_plugin_that_renders_texts_is_heard_in_those_that_ship(home: Path, shipped: Path) -> None:
    assert "Une phrase." in find(home, "lire", "livre").html
    (home / "plugins").mkdir()
    (home / "plugins/loud.py").write_text(PLUGIN + "def render_body(body, activity):\n    return body.upper()\n")
    assert "UNE PHRASE." in find(home, "lire", "livre").html
    (home / "plugins/loud.py").unlink()
    assert "Une phrase." in find(home, "lire", "livre").html


def test_a_course_of_the_name_of_one_that_ships_is_a_fault(home: Path, shipped: Path) -> None:
    shipped.rename(shipped.with_name("essai"))
    with pytest.raises(ContentError, match="two courses are named «essai»"):
        find(home, "lire")


def test_a_damaged_file_is_no_fault(home: Path) -> None:
    find(home, "lire")
    for file in (home / "kept").iterdir():
        file.write_bytes(b"not this")
    assert find(home, "lire").title == "Lire"


def test_old_ones_go(home: Path) -> None:
    (home / "kept").mkdir()
    for number in range(KEPT + 2):
        old = home / f"kept/{number}.catalogue"
        old.touch()
        os.utime(old, (number, number))
    find(home, "lire")
    names = {one.name for one in (home / "kept").iterdir()}
    assert len(names) == KEPT
    assert {f"{KEPT + 1}.catalogue", f"{KEPT}.catalogue"} < names
    assert len([one for one in names if len(one) > 30]) == 1, "what was just read is among them"


def test_one_that_is_used_stays(home: Path) -> None:
    find(home, "lire")
    (used,) = (home / "kept").iterdir()
    for number in range(KEPT):
        (home / f"kept/{number}.catalogue").touch()
        os.utime(home / f"kept/{number}.catalogue", (number + 10, number + 10))
    os.utime(used, (1, 1))
    find(home, "lire")
    (home / "courses/essai/lire.fr.md").write_text(LESSON % "Lire encore")
    find(home, "lire")
    assert used.exists()


def test_content_with_faults_is_never_kept(home: Path) -> None:
    (home / "courses/essai/lire.fr.md").write_text("---\ntype: nothing\n---\n")
    with pytest.raises(Exception, match="unknown activity type"):
        find(home, "lire")
    assert not (home / "kept").exists()
