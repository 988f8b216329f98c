"""What a teacher and a student do with a keyboard and a pointer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from e2e.house import House
from e2e.steps import answer_quiz, find_attempt, read_lesson


def enter(page: Page, base: str, login: str, password: str) -> None:
    """With a password, in whatever language the page is."""
    page.goto(f"{base}/account/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/school/**")


def sign_in(page: Page, house: House, login: str, password: str, heading: str) -> None:
    """With a password, as staff do."""
    enter(page, house.url, login, password)
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def do_activity(page: Page, house: House) -> None:
    """Carry the activity that stands open to its end, whatever it is."""
    kind = house.classroom.find_activity(house.read_attempt(find_attempt(page)).activity).type
    if kind == "lesson":
        read_lesson(page)
    elif kind == "quiz":
        answer_quiz(page, house)
    else:
        fill_pages(page)
    expect(page).to_have_url(re.compile("/done"))


def fill_pages(page: Page) -> None:
    """Conversations, grids and positionings: an answer of each question, then the one next action, until the end."""
    for _ in range(40):
        for group in page.locator("#answer fieldset, .answer fieldset").all():
            group.locator("label").nth(1).click()
        with page.expect_navigation():
            page.locator(".answer .button-next").click()
        if "/done" in page.url:
            return
    raise AssertionError(f"{page.url} has no end")
