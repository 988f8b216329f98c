"""A window over the screen, woken by a trainer: whatever app stands in front, in the learner's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, come_in, come_in_as_trainer
from lms.web.teach.switches import wake

TOLD = {
    "fr": ("Êtes-vous toujours là ?", "Ce que vous avez écrit est gardé.", "Rester connecté"),
    "en": ("Are you still there?", "What you wrote is kept.", "Stay signed in"),
    "ar": ("هل ما زلت هنا؟", "ما كتبته محفوظ.", "البقاء متصلًا"),
    "uk": ("Ви ще тут?", "Те, що ви написали, збережено.", "Залишитися в кабінеті"),
}
PLACES = [
    ("e05-exercice", "desk.session", "mail", "uk"),
    ("d03-exercice", "desk.session", "safe", "ar"),
    ("p01-exercice", "desk.session", "procedure", "en"),
    ("travail-offre-2", "desk.session", "procedure", "fr"),
    ("p03-visio", "desk.lost", "video", "en"),
    ("c02-sms", "desk.lost", "phone", "fr"),
]


def let_come(house: House, attempt: str, incident: str) -> None:
    """What the trainer's button does."""
    with house.app.app_context():
        wake(house.read_attempt(attempt), incident)


def touch_until_covered(page: Page, house: House, attempt: str, simulator: str, incident: str) -> Hand:
    """Follow the guide into this app, let the window come, and touch on until it stands there."""
    hand, apps = Hand(page, house), house.classroom.find_activity(house.read_attempt(attempt).activity)
    made = {app: one.name for app, one in apps.options["scenario"].simulators.items()}
    while made[house.read_attempt(attempt).state["world"]["front"]] != simulator:
        guide = hand.see_guide()
        assert guide is not None
        hand.touch(guide)
    let_come(house, attempt, incident)
    for _ in range(30):
        guide = hand.see_guide()
        assert guide is not None
        if guide.part.endswith("/notice"):
            return hand
        hand.touch(guide)
    raise AssertionError(f"{incident} never came")


@pytest.mark.parametrize(("activity", "incident", "simulator", "locale"), PLACES)
def test_a_window_speaks_the_learners_language_and_the_way_goes_on_behind_it(
    page: Page,
    house: House,
    learner: Learner,
    axe: Callable[[Page], list[str]],
    activity: str,
    incident: str,
    simulator: str,
    locale: str,
) -> None:
    house.change_person(learner.person, locale=locale)
    come_in(page, house, learner)
    attempt = begin(page, house, activity, "guided")
    hand = touch_until_covered(page, house, attempt, simulator, incident)
    window = page.locator(".desk-window")
    expect(window).to_be_visible()
    expect(page.locator(f".desk-room .sim-{simulator}:visible")).to_have_count(0)
    if incident == "desk.session":
        title, text, button = TOLD[locale]
        expect(window.locator("h2")).to_have_text(title)
        expect(window).to_contain_text(text)
        expect(window.locator("button.desk-window-button")).to_contain_text(button)
        expect(window.locator("button.desk-window-button")).to_contain_text("Rester connecté")
        expect(window.locator("div[lang]")).to_have_count(0 if locale == "fr" else 1)
    assert axe(page) == []
    hand.follow()
    expect(page.locator(".desk-window")).to_have_count(0)
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    assert house.read_attempt(attempt).state["trapped"] == []


def test_a_window_takes_the_focus_and_is_closed_by_keys(page: Page, house: House, learner: Learner) -> None:
    come_in(page, house, learner)
    attempt = begin(page, house, "e05-exercice", "guided")
    hand = touch_until_covered(page, house, attempt, "mail", "desk.maintenance")
    expect(page.locator(".desk-window")).to_be_focused()
    page.keyboard.press("Tab")
    if page.locator(".desk-window .listen").is_visible():
        page.keyboard.press("Tab")
    expect(page.locator(".desk-window-button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".desk-window")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('.desk-room') !== null")
    hand.follow()
    assert house.read_attempt(attempt).ended


def test_a_trainer_lets_a_window_come_and_sees_it_on_the_learners_screen(
    open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    pupil, trainer = open_page(), open_page()
    come_in(pupil, house, learner)
    begin(pupil, house, "d03-exercice", "guided")
    hand = Hand(pupil, house)
    for _ in range(2):
        guide = hand.see_guide()
        assert guide is not None
        hand.touch(guide)
    come_in_as_trainer(trainer, house)
    trainer.goto(f"{house.url}/teach/learners/{learner.person}")
    trainer.locator("#incidents button", has_text="Une fausse annonce arrive").click()
    guide = hand.see_guide()
    assert guide is not None
    hand.touch(guide)
    expect(pupil.locator(".desk-window")).to_contain_text("Bravo, vous avez gagné un cadeau !")
    trainer.goto(f"{house.url}/teach/learners/{learner.person}")
    expect(trainer.locator(".desk-window")).to_contain_text("Donnez votre numéro de carte")
    pupil.locator(".desk-window-button").click()
    expect(pupil.locator(".desk-window")).to_have_count(0)
    expect(trainer.locator(".desk-window")).to_have_count(0)


def test_on_a_phone_the_window_fits_and_its_button_is_tapped(phone: Page, house: House, learner: Learner) -> None:
    come_in(phone, house, learner)
    attempt = begin(phone, house, "d03-exercice", "guided")
    hand = touch_until_covered(phone, house, attempt, "safe", "desk.session")
    hand.finger = True
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    box = phone.locator(".desk-window-button").bounding_box()
    assert box is not None
    assert box["height"] >= 48
    hand.follow()
    assert house.read_attempt(attempt).ended
