"""Course type «linear»: one activity after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.contract import CourseType, Standing
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

ALL = ["c/a", "c/b", "c/c"]


@pytest.fixture
def linear(tmp_path: Path) -> CourseType:
    return load_plugins(Settings(home=tmp_path), bundled("plugins")).course_types["linear"]


def test_a_newcomer_may_start_the_first_activity_only(linear: CourseType) -> None:
    assert linear.open(ALL, {}) == ["c/a"]
    assert linear.next(ALL, {}) == "c/a"


def test_what_was_done_stays_open_and_the_following_one_opens(linear: CourseType) -> None:
    standings = {"c/a": Standing("c/a", attempts=1, completed=True)}
    assert linear.open(ALL, standings) == ["c/a", "c/b"]
    assert linear.next(ALL, standings) == "c/b"


def test_an_activity_that_was_begun_but_not_finished_is_next(linear: CourseType) -> None:
    standings = {"c/a": Standing("c/a", attempts=2)}
    assert linear.next(ALL, standings) == "c/a"


def test_the_course_is_done_when_nothing_is_left(linear: CourseType) -> None:
    standings = {one: Standing(one, attempts=1, completed=True) for one in ALL}
    assert linear.next(ALL, standings) is None
    assert linear.done(ALL, standings)
    assert not linear.done(ALL, {})
