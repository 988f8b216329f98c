"""By keyboard alone: Tab, Enter, Space, arrows and typing, from the code to the end of each kind of activity."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, find_attempt, part, wait_for_desk, wait_until_sent
from lms.contract import Guide
from lms.people.workshops import PICTURE_WORDS
from tests.fixtures.keys import reach_by_tab


def press(page: Page, target: Any, key: str = "Enter") -> None:
    """Reach it and press."""
    reach_by_tab(page, target)
    page.keyboard.press(key)


def press_and_go(page: Page, target: Any, key: str = "Enter") -> None:
    """Reach it, press, and wait for the next page."""
    reach_by_tab(page, target)
    with page.expect_navigation():
        page.keyboard.press(key)


class Keys(Hand):
    """A hand without mouse."""

    def make_gesture(self, target: Any, guide: Guide) -> None:
        if guide.do == "type":
            reach_by_tab(self.page, target)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(guide.value))
            self.page.keyboard.press("Tab")
        elif guide.do == "choose":
            self.choose_by_keys(target, str(guide.value))
        elif guide.do == "trace" and guide.value[1:] and isinstance(guide.value[1], str):
            reach_by_tab(self.page, target)
            self.press_keys(guide.value[1:])
        else:
            press(self.page, target)

    def choose_by_keys(self, target: Any, value: str) -> None:
        """A list by its words; round boxes by Space and arrows."""
        reach_by_tab(self.page, target, within=True)
        if target.evaluate("(node) => node.tagName") == "SELECT":
            self.page.keyboard.type(target.locator(f"option[value='{value}']").inner_text())
            self.page.keyboard.press("Tab")
            return
        wanted = target.locator(f"input[value='{value}']")
        for _ in range(8):
            if wanted.evaluate("(node) => node === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        self.page.keyboard.press("Tab")


def come_in_by_keys(page: Page, house: House, learner: Learner) -> None:
    """The code typed, the name and the pictures reached by Tab."""
    page.goto(house.url)
    reach_by_tab(page, page.get_by_label("Code de l'atelier"))
    page.keyboard.type(learner.code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_and_go(page, page.get_by_role("button", name=learner.name, exact=True))
    for picture in learner.pictures:
        press(page, page.get_by_role("button", name=PICTURE_WORDS[picture], exact=True))
    page.wait_for_url("**/learn/")


def test_keys_alone_lead_from_the_code_to_the_end_of_a_procedure(page: Page, house: House, learner: Learner) -> None:
    come_in_by_keys(page, house, learner)
    page.goto(f"{house.url}/learn/begin/premiers-pas/p01-exercice")
    press_and_go(page, page.locator("button[name=mode][value=guided]"))
    wait_for_desk(page)
    Keys(page, house).follow()
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    press_and_go(page, page.get_by_role("button", name="J'ai fini"))
    expect(page.get_by_role("heading", name="Au revoir.")).to_be_visible()


@pytest.mark.parametrize("activity", ["k06-exercice", "k06-exercice-2"])
def test_keys_alone_copy_and_paste_with_ctrl_and_by_the_buttons(
    page: Page, house: House, learner: Learner, activity: str
) -> None:
    come_in_by_keys(page, house, learner)
    attempt = begin(page, house, activity, "guided")
    Keys(page, house).follow()
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    assert house.read_attempt(attempt).state["trapped"] == []


def test_keys_alone_read_a_lesson(page: Page, house: House, learner: Learner) -> None:
    come_in_by_keys(page, house, learner)
    press_and_go(page, page.locator(".button-next"))
    while "/done" not in page.url:
        press_and_go(page, page.get_by_role("button", name="Continuer"))
    expect(page.locator(".feedback-done")).to_be_visible()


@pytest.mark.parametrize("activity", ["p01-quiz", "e02-quiz"])
def test_keys_alone_answer_a_quiz(page: Page, house: House, learner: Learner, activity: str) -> None:
    come_in_by_keys(page, house, learner)
    attempt = begin(page, house, activity)
    for question in house.classroom.find_activity(f"premiers-pas/{activity}").options["questions"]:
        answer_by_keys(page, question)
        press_and_go(page, page.get_by_role("button", name="Valider ma réponse"))
        expect(page.locator("#answer .feedback-right")).to_be_visible()
        press_and_go(page, page.get_by_role("button", name="Continuer"))
    assert house.read_attempt(attempt).ended


def answer_by_keys(page: Page, question: Any) -> None:
    """Space on what is right, arrows among round boxes, words in lists."""
    if question["kind"] in ("order", "match"):
        for number, one in enumerate(question["answers"], 1):
            match = question["kind"] == "match"
            reach_by_tab(page, page.get_by_label(one["text"] if match else f"Numéro {number}", exact=True))
            page.keyboard.type(one["with"] if match else one["text"])
        return
    for one in question["answers"]:
        if one["right"]:
            choose_box(
                page, page.locator("li label").filter(has=page.get_by_text(one["text"], exact=True)).locator("input")
            )


def choose_box(page: Page, box: Any) -> None:
    """A square box by Tab and Space; a round one by Tab to its group, then arrows."""
    if box.get_attribute("type") == "checkbox":
        return press(page, box, "Space")
    reach_by_tab(page, page.locator("fieldset.question"), within=True)
    for _ in range(6):
        if box.is_checked():
            return None
        page.keyboard.press("Space" if box.evaluate("(node) => node === document.activeElement") else "ArrowDown")
    raise AssertionError("the arrows never reach the answer")


def test_keys_alone_ask_for_help_and_get_out_of_it(page: Page, house: House, learner: Learner) -> None:
    come_in_by_keys(page, house, learner)
    page.goto(f"{house.url}/learn/begin/premiers-pas/p01-exercice")
    press_and_go(page, page.locator("button[name=mode][value=alone]"))
    wait_for_desk(page)
    attempt = find_attempt(page)
    press(page, page.locator("#help"))
    expect(page.get_by_role("button", name="Un indice")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Un indice")).to_be_hidden()
    press(page, page.locator("#help"))
    press(page, page.get_by_role("button", name="Montrez-moi"))
    expect(part(page, "form/code")).to_be_visible()
    wait_until_sent(page)
    assert house.read_attempt(attempt).mode == "assisted"
    assert house.read_attempt(attempt).state["help"] == "shown"


def test_the_first_tab_leads_to_the_content(page: Page, house: House) -> None:
    page.goto(house.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
