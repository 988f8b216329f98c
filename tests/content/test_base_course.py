"""The base course: each of the 36 competences has its lesson, two exercises, a check; sessions last two hours."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from lms.content.competences import load_competences
from lms.content.front_matter import read_page
from lms.content.yaml_source import read_yaml
from lms.plugins import bundled

COURSE = bundled("courses") / "premiers-pas"
COMPETENCES = tuple(load_competences())
OTHER_LESSONS = ("services", "forfaits", "outils", "plaisir")


@cache
def read_modules() -> list[list[str]]:
    """Every activity, in the order of the course, by module."""
    return [module["activities"] for module in read_yaml(COURSE / "course.yaml").data["modules"]]


def read_order() -> list[str]:
    return [name for module in read_modules() for name in module]


@cache
def read_facts(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = read_page(COURSE / f"{name}.fr.md").head.data
    return facts


def list_own(competence: str, kind: str) -> list[str]:
    """The activities of a kind that are for this competence first."""
    return [
        name
        for name in read_order()
        if read_facts(name)["type"] == kind and read_facts(name)["competences"][0] == competence
    ]


def test_there_are_thirty_six() -> None:
    assert len(COMPETENCES) == 36


@pytest.mark.parametrize("competence", COMPETENCES)
def test_a_competence_has_a_lesson_two_exercises_and_a_check_in_this_order(competence: str) -> None:
    lessons, exercises, checks = (list_own(competence, kind) for kind in ("lesson", "simulation", "quiz"))
    assert lessons, "no lesson"
    assert len({read_facts(name)["options"]["scenario"] for name in exercises}) >= 2, exercises
    assert checks, "no check"
    home = next(module for module in read_modules() if lessons[0] in module)
    first = [min(home.index(name) for name in ours if name in home) for ours in (lessons, exercises, checks)]
    assert first == sorted(first)


def test_a_code_is_read_in_a_short_exercise_before_a_whole_account_is_made() -> None:
    order = read_order()
    assert order.index("c02-sms") < order.index("c02-exercice")


@pytest.mark.parametrize("name", OTHER_LESSONS)
def test_services_plans_tools_and_pleasure_have_a_lesson_and_a_check(name: str) -> None:
    assert [read_facts(f"{name}-{kind}")["type"] for kind in ("lecon", "quiz")] == ["lesson", "quiz"]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_session_lasts_two_hours_and_its_sheet_says_what_a_trainer_needs(number: int) -> None:
    file = COURSE / "sessions" / f"{number}.fr.md"
    facts, text = read_page(file).head.data, file.read_text("utf-8")
    assert facts["aim"]
    assert facts["material"]
    assert sum(int(one["minutes"]) for one in facts["timing"]) == 120
    assert set(facts["activities"]) <= set(read_order())
    assert all(f"\n## {title}\n" in text for title in ("Avant la séance", "Ce qui coince souvent", "Par téléphone"))
