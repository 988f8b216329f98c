"""What modules prepare for: dated data beside the course, both reforms side by side, faults told where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.diplomas import Diploma, read_diplomas
from lms.content.yaml_source import read_yaml
from lms.errors import Problem
from lms.plugins import bundled

COURSE = bundled("courses") / "accompagner"
MODULES = ["detecter", "orienter", "postures", "coffre", "a-distance", "ethique"]
PAGE = """diplomas:
  - id: deass
    title: Diplôme
    short: D
    valid_from: 2018-09-01
    valid_until: 2026-08-31
    source: Un texte
    verified_on: 2026-11-21
    review_due: 2027-05-21
    parts: [{id: DC1, title: Un}, {id: DC2}]
    modules: [{module: detecter, parts: [DC1]}]
"""


def read(folder: Path, text: str) -> tuple[tuple[Diploma, ...], list[str]]:
    (folder / "diploma.yaml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    found = read_diplomas(folder, MODULES, problems)
    return found, [str(one).replace(f"{folder}/", "") for one in problems]


def read_own() -> tuple[Diploma, ...]:
    problems: list[Problem] = []
    found = read_diplomas(COURSE, MODULES, problems)
    assert problems == []
    return found


def test_a_diploma_is_read_with_its_days_and_the_parts_of_a_module(tmp_path: Path) -> None:
    (one,), problems = read(tmp_path, PAGE)
    assert problems == []
    assert (one.valid_from, one.valid_until, dict(one.parts)) == ("2018-09-01", "2026-08-31", {"DC1": "Un", "DC2": ""})
    assert one.find_parts("detecter") == {"DC1": "Un"}
    assert one.find_parts("coffre") == {}


def test_a_course_without_such_a_file_has_none(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert (read_diplomas(tmp_path, MODULES, problems), problems) == ((), [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("module: detecter", "module: detect", "diploma.yaml:11: diplomas.0.modules.0.module: no module «detect»"),
        ("parts: [DC1]}]", "parts: [DC9]}]", "diploma.yaml:11: diplomas.0.modules.0.parts: no part «DC9»"),
        ("2026-08-31", "août", "diploma.yaml:6: diplomas.0.valid_until: «août» is no day"),
        ("2026-08-31", "2017-08-31", "diploma.yaml:6: diplomas.0.valid_until: 2017-08-31 is before 2018-09-01"),
        ("    short: D\n", "", "«short» is missing"),
        ("short:", "court:", "diploma.yaml:4: diplomas.0.court: unknown key «court»"),
        ("diplomas:", "diplomas: [", "this is not YAML"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PAGE
    found, problems = read(tmp_path, PAGE.replace(old, new, 1))
    assert found == ()
    assert any(said in one for one in problems)


def test_two_diplomas_of_the_same_name_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, PAGE + PAGE.partition("\n")[2])
    assert any("two diplomas are called «deass»" in one for one in problems)


def test_the_domains_of_2018_are_there_and_every_module_prepares_for_two() -> None:
    old = read_own()[0]
    assert (old.short, old.valid_until) == ("DEASS 2018", "2026-08-31")
    assert [*old.parts] == ["DC1", "DC2", "DC3", "DC4"]
    assert {module: [*old.find_parts(module)] for module in MODULES} == {
        "detecter": ["DC1", "DC2"],
        "orienter": ["DC4", "DC1"],
        "postures": ["DC1", "DC3"],
        "coffre": ["DC1", "DC3"],
        "a-distance": ["DC3", "DC1"],
        "ethique": ["DC2", "DC3"],
    }


def test_the_four_blocks_of_2026_stay_without_title_until_somebody_verified_them() -> None:
    new = read_own()[1]
    assert (new.valid_from, dict(new.parts)) == ("2026-09-01", {f"Bloc {number}": "" for number in range(1, 5)})
    assert new.modules == {}
    assert "pas encore vérifiés" in new.note


def test_every_module_that_the_file_names_stands_in_the_course() -> None:
    assert [one["id"] for one in read_yaml(COURSE / "course.yaml").data["modules"]] == MODULES
