"""Sheets of sessions: read with their course, their faults told where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.sessions import read_sessions
from lms.errors import Problem
from lms.plugins import bundled

SHEET = """---
title: La souris
aim: Chacun clique.
material: [Une souris]
activities: [bouger]
timing: [{minutes: 90, do: Bouger.}, {minutes: 30, do: Parler.}]
---

## Avant

Allumez.
"""


def read(folder: Path, text: str, name: str = "1.fr.md") -> tuple[tuple[object, ...], list[Problem]]:
    (folder / "sessions").mkdir(exist_ok=True)
    (folder / "sessions" / name).write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_sessions(folder, "fr", {"bouger"}, lambda name: name, problems), problems


def test_a_sheet_is_read_with_its_activities_and_its_time(tmp_path: Path) -> None:
    problems: list[Problem] = []
    read(tmp_path, SHEET)
    (one,) = read_sessions(tmp_path, "fr", {"bouger"}, lambda name: name, problems)
    assert problems == []
    assert (one.number, one.minutes, one.activities) == (1, 120, (f"{tmp_path.name}/bouger",))
    assert "<h2>Avant</h2>" in one.html


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ("[bouger]", "[bouger, cliquer]", "no activity «cliquer»", 5),
        ("material:", "matter:", "unknown key «matter»", 4),
        ("minutes: 90", "minutes: long", "not a whole number", 6),
        ("aim: Chacun clique.\n", "", "«aim» is missing", 2),
        ("## Avant\n\nAllumez.\n", "", "has no text", 8),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str, line: int
) -> None:
    sheets, problems = read(tmp_path, SHEET.replace(old, new))
    assert sheets == ()
    assert told in str(problems[0])
    assert problems[0].line == line


def test_a_file_of_another_name_or_language_is_no_sheet(tmp_path: Path) -> None:
    assert "<number>.fr.md" in str(read(tmp_path, SHEET, "un.fr.md")[1][0])


def test_the_base_course_has_six_sessions_of_two_hours() -> None:
    folder, problems = bundled("courses") / "premiers-pas", []
    known = {file.name.partition(".")[0] for file in folder.glob("*.fr.md")}
    found = read_sessions(folder, "fr", known, lambda name: name, problems)
    assert problems == []
    assert [(one.number, one.minutes) for one in found] == [(number, 120) for number in range(1, 7)]
    assert all("Par téléphone" in one.html and "Ce qui coince souvent" in one.html for one in found)
