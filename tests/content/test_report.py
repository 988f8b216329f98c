"""The line of `lms check` that says what there is."""

from __future__ import annotations

from pathlib import Path

from lms.content.report import count_bare, report
from tests.content.desks import NAMED, write_desk


def test_goals_with_few_hints_are_counted(tmp_path: Path) -> None:
    few = write_desk(tmp_path, NAMED)
    enough = write_desk(tmp_path, NAMED.replace("[Un astre.]", "[Un astre., Il brille la nuit.]"))
    assert (count_bare([few]), count_bare([enough])) == (2, 1)


def test_nothing_to_tell_is_told_too() -> None:
    told = report([], {})
    assert "0 activities; 0 of" in told
    assert "nothing to compare" in told
