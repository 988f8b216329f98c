"""S01 to S18, the procedures that everything is for: found in «Tous les exercices» and in their path, in four modes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from lms.learning.attempts import Who, start_attempt
from lms.plugins import bundled
from tests.web.house import House
from tests.web.test_accompany import learn

__all__ = ["learn"]

PROCEDURES = [f"S{number:02}" for number in range(1, 19)]
HEAD = re.compile(r"^#.*?\b(S\d\d)\b", re.M)
MODES = ["show", "guided", "assisted", "alone"]


def find_scenarios(procedure: str) -> set[str]:
    """The scenarios that say, in their first lines, which procedure they rehearse."""
    files = bundled("simulators").glob("*/scenarios/*.yaml")
    return {
        f"{file.parts[-3]}/{file.stem}"
        for file in files
        if procedure in HEAD.findall(file.read_text(encoding="utf-8")[:400])
    }


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_each_procedure_is_found_in_all_exercises_and_in_its_path_and_has_four_modes(
    house: House, procedure: str
) -> None:
    scenarios = find_scenarios(procedure)
    found = [
        (course, module.id, activity)
        for course in house.app.extensions["lms"].classroom.catalogue.courses.values()
        for module in course.modules
        for activity in (course.activities[name] for name in module.activities)
        if getattr(activity.options.get("scenario"), "id", "") in scenarios
    ]
    assert found
    for course, module, activity in found:
        who = "learner" if course.audience == "learners" else "social_worker"
        client = house.as_role(house.here, who)
        path = f"/learn/exercises/{course.id}/{module}"
        assert path in client.get("/learn/exercises").get_data(as_text=True)
        begin = f"/learn/begin/{activity.id}"
        assert begin in client.get(path).get_data(as_text=True)
        offered = re.findall(r'name="mode" value="(\w+)"', client.get(begin).get_data(as_text=True))
        assert sorted(offered) == sorted(MODES), activity.id


def test_what_is_for_professionals_is_not_offered_to_learners(house: House) -> None:
    learner = house.as_role(house.here, "learner")
    assert "/accompagner/" not in learner.get("/learn/exercises").get_data(as_text=True)
    assert learner.get("/learn/exercises/accompagner/orienter").status_code == 404


def test_the_sheet_to_take_along_says_what_to_bring_and_fits_one_page_of_paper(
    house: House, learn: str, page: Page
) -> None:
    who = Who(house.here.id, house.here.people["learner"])
    with house.app.app_context():
        attempt = start_attempt(house.app.extensions["lms"].classroom, who, "premiers-pas/p02-logement", "guided")
    page.goto(f"{learn}/attempts/{attempt}/memo")
    sheet = page.locator(".simulation-print")
    for wanted in ("À apporter", "Le bail", "Votre RIB", "Les mots à chercher sur le vrai écran"):
        expect(sheet).to_contain_text(wanted)
    expect(page.locator("main")).to_contain_text("Une agence de la caisse aide à remplir la demande.")
    assert b"/Count 1" in page.pdf(format="A4")
