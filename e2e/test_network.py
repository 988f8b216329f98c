"""The network goes away, pages are reloaded, tabs are doubled, hands click twice: nothing is lost or counts twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from e2e.conftest import Faults
from e2e.hands import Hand
from e2e.house import House, Learner
from e2e.steps import begin, come_in, part, wait_for_desk, wait_until_sent

SENTENCE = "Bonjour, voici mon attestation. Chloé Martinot"


@pytest.fixture
def desk(page: Page, house: House, learner: Learner) -> Hand:
    """A learner before «Télécharger mon attestation», in «Avec moi»."""
    come_in(page, house, learner)
    begin(page, house, "p01-exercice", "guided")
    return Hand(page, house)


def follow_until(hand: Hand, wanted: str) -> None:
    """Follow the guide until this part is the next."""
    for _ in range(40):
        guide = hand.see_guide()
        assert guide is not None
        if guide.part == wanted:
            return
        hand.touch(guide)
    raise AssertionError(f"{wanted} never came; {hand.touches}")


def test_the_network_away_in_the_middle_of_a_field_loses_nothing(desk: Hand, faults: Faults) -> None:
    faults.forgive("ERR_INTERNET_DISCONNECTED")
    page, house = desk.page, desk.house
    follow_until(desk, "mail/body")
    before = house.count_events(desk.attempt)
    field = part(page, "mail/body")
    field.click()
    page.keyboard.type(SENTENCE[:20])
    page.context.set_offline(True)
    page.keyboard.type(SENTENCE[20:])
    expect(page.locator(".desk-offline")).to_contain_text("La connexion est coupée. Ce que vous avez fait est gardé.")
    expect(field).to_have_value(SENTENCE)
    expect(field).to_be_focused()
    assert house.count_events(desk.attempt) == before
    assert house.read_attempt(desk.attempt).state["world"]["mail"]["draft"]["body"] == ""
    page.context.set_offline(False)
    wait_until_sent(page)
    expect(page.locator(".desk-offline")).to_be_hidden()
    expect(field).to_have_value(SENTENCE)
    assert house.read_attempt(desk.attempt).state["world"]["mail"]["draft"]["body"] == SENTENCE
    assert house.count_events(desk.attempt) <= before + 2
    desk.follow()
    assert house.read_attempt(desk.attempt).ended


def test_what_was_typed_without_network_is_there_after_closing_the_page(desk: Hand, faults: Faults) -> None:
    faults.forgive("ERR_INTERNET_DISCONNECTED")
    page, house = desk.page, desk.house
    follow_until(desk, "mail/body")
    part(page, "mail/body").click()
    page.context.set_offline(True)
    page.keyboard.type(SENTENCE)
    page.keyboard.press("Tab")
    expect(page.locator(".desk-offline")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    wait_for_desk(page)
    wait_until_sent(page)
    expect(part(page, "mail/body")).to_have_value(SENTENCE)
    assert house.read_attempt(desk.attempt).state["world"]["mail"]["draft"]["body"] == SENTENCE


def test_an_answer_that_is_lost_on_the_way_counts_once(desk: Hand, faults: Faults) -> None:
    faults.forgive("ERR_FAILED")
    page, house = desk.page, desk.house
    lost: list[Request] = []

    def lose_first(route: object) -> None:
        if lost:
            return route.continue_()  # type: ignore[attr-defined,no-any-return]
        lost.append(route.request)  # type: ignore[attr-defined]
        route.fetch()  # type: ignore[attr-defined]
        return route.abort()  # type: ignore[attr-defined,no-any-return]

    page.route("**/events", lose_first)
    part(page, "form/next").click()
    wait_until_sent(page)
    expect(page.locator(".desk-offline")).to_be_hidden()
    assert house.count_events(desk.attempt) == 1
    page.unroute("**/events")
    desk.follow()


def test_two_tabs_of_one_exercise_do_no_harm(desk: Hand) -> None:
    house, first = desk.house, desk.page
    second = first.context.new_page()
    second.goto(first.url)
    wait_for_desk(second)
    part(first, "form/next").click()
    expect(part(first, "form/code")).to_be_visible()
    part(second, "form/next").click()  # the page of the code has a button of this name too
    wait_until_sent(second)
    expect(second.locator(".desk-feedback")).to_contain_text("L'écran a changé")
    expect(part(second, "form/code")).to_be_visible()
    assert house.read_attempt(desk.attempt).state["world"]["form"].get("errors") in (None, {})
    part(first, "desk/mail").click()
    wait_until_sent(first)
    part(second, "form/next").click()
    wait_until_sent(second)
    expect(part(second, "mail/row-m-code")).to_be_visible()
    assert house.read_attempt(desk.attempt).state["world"]["form"].get("errors") in (None, {})
    second.bring_to_front()
    Hand(second, house).follow()
    first.bring_to_front()
    first.reload()
    expect(first.locator(".desk-end")).to_be_visible()


def test_a_reload_at_every_step_resumes_exactly(desk: Hand) -> None:
    page, house = desk.page, desk.house
    count = 0
    while True:
        before = house.read_attempt(desk.attempt)
        page.reload()
        if before.ended:
            break
        wait_for_desk(page)
        guide = desk.see_guide()
        assert guide is not None
        assert house.read_attempt(desk.attempt) == before
        desk.touch(guide)
        count += 1
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    assert count > 15


def test_back_in_the_middle_of_a_field_keeps_what_was_typed_and_leads_in_again(desk: Hand) -> None:
    page, house = desk.page, desk.house
    follow_until(desk, "mail/body")
    part(page, "mail/body").click()
    page.keyboard.type(SENTENCE)
    page.go_back()
    page.wait_for_load_state()
    page.goto(f"{house.url}/learn/")
    page.get_by_role("link", name="Continuer").click()
    wait_for_desk(page)
    assert page.url.endswith(desk.attempt)
    expect(part(page, "mail/body")).to_have_value(SENTENCE)
    assert house.read_attempt(desk.attempt).state["world"]["mail"]["draft"]["body"] == SENTENCE
    desk.follow()
    assert house.read_attempt(desk.attempt).ended


def test_leaving_and_coming_back_by_the_home_resumes_too(desk: Hand) -> None:
    page, house = desk.page, desk.house
    follow_until(desk, "form/code")
    page.goto(f"{house.url}/learn/")
    page.get_by_role("link", name="Continuer").click()
    wait_for_desk(page)
    assert page.url.endswith(desk.attempt)
    assert desk.see_guide().part == "form/code"  # type: ignore[union-attr]


def test_a_double_click_on_send_sends_once(desk: Hand) -> None:
    page, house = desk.page, desk.house
    follow_until(desk, "mail/send")
    before = house.count_events(desk.attempt)
    part(page, "mail/send").dblclick()
    wait_until_sent(page)
    expect(page.locator(".desk-end")).to_be_visible()
    assert house.count_events(desk.attempt) == before + 1
    assert len(house.read_attempt(desk.attempt).state["world"]["mail"]["sent"]) == 1


def test_a_double_click_on_the_code_of_a_procedure_opens_one_screen_only(desk: Hand) -> None:
    page, house = desk.page, desk.house
    part(page, "form/next").dblclick()
    wait_until_sent(page)
    expect(part(page, "form/code")).to_be_visible()
    assert house.count_events(desk.attempt) == 1


def test_an_answer_of_a_quiz_clicked_twice_counts_once(
    open_page: Callable[..., Page], house: House, learner: Learner
) -> None:
    page = open_page()
    come_in(page, house, learner)
    attempt = begin(page, house, "p01-quiz")
    page.locator("ul.answers label").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Valider ma réponse").dblclick()
    expect(page.locator("#answer .feedback")).to_be_visible()
    assert house.count_events(attempt) == 1
