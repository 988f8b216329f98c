"""The catalogue is kept between starts, and read anew as soon as a file is another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lms.app import create_app
from lms.content.desk import Desk
from lms.content.kept import KEPT
from lms.contract import Activity
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


def find(home: Path, name: str) -> Activity:
    app = create_app(Settings(home=home, cache=str(home / "kept")))
    found: Activity = app.extensions["lms"].classroom.find_activity(f"essai/{name}")
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
