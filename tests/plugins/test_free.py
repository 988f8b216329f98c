"""Course type «free»: one may begin anywhere, and goes on where one was."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.contract import CourseType, Standing
from lms.plugins import bundled, load_plugins
from lms.settings import Settings

ALL = ["c/a", "c/b", "c/c", "c/d"]


def done(name: str, last: int) -> Standing:
    return Standing(name, attempts=1, completed=True, last=last)


@pytest.fixture
def free(tmp_path: Path) -> CourseType:
    return load_plugins(Settings(home=tmp_path), bundled("plugins")).course_types["free"]


def test_a_newcomer_may_start_anything_and_is_advised_the_first(free: CourseType) -> None:
    assert list(free.open(ALL, {})) == ALL
    assert free.next(ALL, {}) == "c/a"


def test_who_began_in_the_middle_goes_on_from_there(free: CourseType) -> None:
    assert free.next(ALL, {"c/c": done("c/c", 5)}) == "c/d"


def test_the_latest_thing_done_decides_where_to_go_on(free: CourseType) -> None:
    assert free.next(ALL, {"c/c": done("c/c", 5), "c/a": done("c/a", 9)}) == "c/b"


def test_after_the_end_what_was_left_out_comes_and_then_nothing(free: CourseType) -> None:
    standings = {"c/b": done("c/b", 1), "c/c": done("c/c", 2), "c/d": done("c/d", 3)}
    assert free.next(ALL, standings) == "c/a"
    assert free.next(ALL, standings | {"c/a": done("c/a", 4)}) is None
    assert free.done(ALL, standings | {"c/a": done("c/a", 4)})
