"""Every page of a school, in each look: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from e2e.house import House
from e2e.school import enter
from e2e.test_access import Walker, dress, mirrored, walker

__all__ = ["mirrored", "walker"]


def test_every_page_of_a_teacher_and_a_student(walker: Walker, house: House) -> None:
    told, promotion = house.told, f"/school/promotions/{house.told.promotion}"
    dress(house, house.find_person("Hélène"), walker.look)
    enter(walker.page, walker.base, told.teacher, told.teacher_password)
    walker.open("promotions", "/school/")
    walker.open("promotion", promotion)
    for name in ("students", "calendar", "marking", "results", "attestations"):
        walker.open(name, f"{promotion}/{name}")
    walker.page.goto(f"{walker.base}{promotion}/calendar")
    walker.page.get_by_role("link", name="Analyse d'une situation").click()
    walker.look_at("assignment")
    walker.page.goto(f"{walker.base}{promotion}/students")
    walker.page.get_by_role("link", name="Inès Caron").click()
    walker.look_at("student")
    walker.page.get_by_role("link", name="Portfolio").click()
    walker.look_at("portfolio")
    walker.page.context.clear_cookies()
    dress(house, house.find_person("Inès Caron"), walker.look)
    enter(walker.page, walker.base, told.student, told.student_password)
    walker.look_at("my work")
    walker.page.get_by_role("link", name="Analyse d'une situation").click()
    walker.look_at("a work to write")
    walker.open("my portfolio", "/school/me/portfolio")
    assert walker.found == {}
