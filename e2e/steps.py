"""What people do in many journeys: come in, begin, go. By real pointer and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from e2e.house import House, Learner


def come_in(page: Page, house: House, who: Learner, base: str = "") -> None:
    """By the address of the card, the name, the three pictures."""
    page.goto(f"{base or house.url}/c/{who.code}")
    choose_name(page, who)


def choose_name(page: Page, who: Learner) -> None:
    """From the list of names to the home."""
    page.get_by_role("button", name=who.name, exact=True).click()
    for picture in who.pictures:
        page.locator(f"button[data-picture='{picture}']").click()
    page.wait_for_url("**/learn/")


def begin(page: Page, house: House, activity: str, mode: str = "", base: str = "") -> str:
    """Open an activity, of the first course where no other is named, and begin it anew; returns the attempt."""
    whole = activity if "/" in activity else f"premiers-pas/{activity}"
    page.goto(f"{base or house.url}/learn/begin/{whole}?again=1")
    if mode:
        page.locator(f"button[name=mode][value={mode}]").click()
    page.wait_for_url("**/learn/attempts/*")
    if mode:
        wait_for_desk(page)
    return find_attempt(page)


def find_attempt(page: Page) -> str:
    """The attempt that this page shows."""
    return page.url.partition("/attempts/")[2].partition("/")[0].partition("#")[0].partition("?")[0]


def wait_for_desk(page: Page) -> None:
    """Until the app in front and the help stand."""
    expect(page.locator(".desk-room:not([hidden]) [data-part]").first).to_be_visible()
    expect(page.locator(".desk-help-list button").first).to_be_attached()


def select_part(name: str) -> str:
    """What selects a part of the desk."""
    return f".desk-frame [data-part='{name}']"


def part(page: Page, name: str) -> Locator:
    """A part of the desk."""
    return page.locator(select_part(name))


def wait_until_sent(page: Page) -> None:
    """Until nothing waits in this browser."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('declic.waiting.'))")


def read_lesson(page: Page) -> int:
    """Every step of a lesson to its end; returns how many there were."""
    count = 0
    while "/done" not in page.url:
        expect(page.locator(".lesson-step h2")).to_be_visible()
        with page.expect_navigation():
            page.get_by_role("button", name="Continuer").click()
        count += 1
    return count


def answer_quiz(page: Page, house: House) -> int:
    """Every question of a quiz, answered right at once; returns how many there were."""
    activity = house.classroom.find_activity(house.read_attempt(find_attempt(page)).activity)
    for question in activity.options["questions"]:
        expect(page.locator("legend")).to_have_text(question["ask"])
        give_answer(page, question)
        with page.expect_navigation():
            page.get_by_role("button", name="Valider ma réponse").click()
        expect(page.locator("#answer .feedback-right")).to_be_visible()
        with page.expect_navigation():
            page.get_by_role("button", name="Continuer").click()
    return len(activity.options["questions"])


def give_answer(page: Page, question: Mapping[str, Any]) -> None:
    """Tick what is right, or choose in each list by its words."""
    answers = question["answers"]
    if question["kind"] in ("order", "match"):
        for number, one in enumerate(answers, 1):
            label, words = (
                (one["text"], one["with"]) if question["kind"] == "match" else (f"Numéro {number}", one["text"])
            )
            page.get_by_label(label, exact=True).focus()
            page.keyboard.type(words)
            expect(page.get_by_label(label, exact=True).locator("option:checked")).to_have_text(words)
        return
    for one in answers:
        if one["right"]:
            page.locator("label").get_by_text(one["text"], exact=True).click()


def come_in_as_trainer(page: Page, house: House) -> None:
    """Sign in as the demonstration's trainer."""
    page.goto(f"{house.url}/account/sign-in")
    page.get_by_label("Adresse e-mail ou nom").fill(house.told.login)
    page.get_by_label("Mot de passe").fill(house.told.password)
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", name="Mes ateliers")).to_be_visible()
