"""What `lms check` does not walk again, and what it does."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lms.content.walked import FORGOTTEN_AFTER, Walked
from lms.content.walks import check_scenario
from lms.errors import Problem

from .desks import BOX, NAMED, write_desk

STUCK = NAMED.replace("needs: [opened], ", "")


def count_walks(folder: Path, scenario: str = NAMED, mechanics: str = BOX) -> tuple[int, list[Problem]]:
    """How often the scenario was walked when `lms check` asks once, and what it was told."""
    walks = []
    desk = write_desk(folder, scenario, mechanics)

    def walk() -> list[Problem]:
        walks.append(desk)
        return check_scenario(desk)

    found = Walked(folder / "cache").once([desk], walk)
    return len(walks), found


def test_what_was_sound_is_not_walked_again(tmp_path: Path) -> None:
    assert count_walks(tmp_path) == (1, [])
    assert count_walks(tmp_path) == (0, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: count_walks(folder, NAMED.replace("Un astre", "Une planète")),
        lambda folder: count_walks(folder, mechanics=BOX + "\n"),
        lambda folder: [
            (folder / "box/more.py").write_text("more = 1\n", encoding="utf-8"),
            count_walks(folder),
        ][1],
    ],
    ids=["scenario", "mechanics", "a file beside them"],
)
def test_what_changed_is_walked_again(tmp_path: Path, change: Callable[[Path], tuple[int, list[Problem]]]) -> None:
    count_walks(tmp_path)
    assert change(tmp_path) == (1, [])


def test_a_change_of_the_engine_makes_all_of_it_worthless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count_walks(tmp_path)
    other = tmp_path / "engine"
    other.mkdir()
    (other / "goals.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("lms.content.walked.ENGINE", (other,))
    assert count_walks(tmp_path) == (1, [])


def test_a_faulty_one_is_walked_and_told_each_time(tmp_path: Path) -> None:
    first, again = count_walks(tmp_path, STUCK), count_walks(tmp_path, STUCK)
    assert first == again
    assert "says type on box/name" in str(again[1][0])


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands there", encoding="utf-8")
    assert count_walks(tmp_path) == count_walks(tmp_path) == (1, [])


def test_what_nobody_asked_for_in_a_month_goes(tmp_path: Path) -> None:
    count_walks(tmp_path)
    (kept,) = (tmp_path / "cache/walks").iterdir()
    Walked(tmp_path / "cache").forget_old()
    assert kept.exists()
    long_ago = time.time() - FORGOTTEN_AFTER - 60
    os.utime(kept, (long_ago, long_ago))
    Walked(tmp_path / "cache").forget_old()
    assert not kept.exists()
    assert count_walks(tmp_path) == (1, [])
