"""Languages of the first course: all of it in English, what is needed first in Arabic and Ukrainian."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.yaml_source import read_yaml

COURSE = Path(__file__).parents[2] / "courses" / "premiers-pas"
OTHERS = ("ar", "uk")
FIRST_MODULES = ("souris", "tactile", "clavier", "courriel", "comptes")
FIRST_ACTIVITIES = (
    *("d03-lecon", "d03-exercice", "d03-exercice-2", "d03-exercice-3", "d03-exercice-4", "d03-quiz"),
    *("p01-lecon", "p01-exercice", "p01-exercice-2", "p01-quiz"),
    *("p02-lecon", "p02-exercice", "p02-exercice-2", "p02-montant", "p02-quiz"),
)
"""The safe, the certificate and the declaration."""


def read_modules() -> dict[str, list[str]]:
    return {one["id"]: one["activities"] for one in read_yaml(COURSE / "course.yaml").data["modules"]}


def test_every_activity_is_there_in_english() -> None:
    everything = [activity for activities in read_modules().values() for activity in activities]
    assert [one for one in everything if not (COURSE / f"{one}.en.md").is_file()] == []


@pytest.mark.parametrize("locale", OTHERS)
def test_mouse_keyboard_mail_accounts_safe_and_first_procedures_are_there_in_arabic_and_ukrainian(locale: str) -> None:
    modules = read_modules()
    wanted = [*(activity for module in FIRST_MODULES for activity in modules[module]), *FIRST_ACTIVITIES]
    assert [one for one in wanted if not (COURSE / f"{one}.{locale}.md").is_file()] == []


@pytest.mark.parametrize("locale", ["en", *OTHERS])
def test_every_module_has_a_title_in_every_language(locale: str) -> None:
    assert set(read_yaml(COURSE / f"course.{locale}.yaml").data["modules"]) == set(read_modules())
