"""The queue of the desk in a real browser: order, network away and back, double clicks, two tabs, reloads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web_static.room import Room
from tests.web_static.steps import open_desk, part, touched, wait_until, waiting

pytestmark = pytest.mark.usefixtures("faults")


def test_many_touches_on_a_slow_server_arrive_once_each_in_order_one_request_at_a_time(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.delay = 0.3
    for _ in range(5):
        part(page, "notes/count").click()
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    assert touched(room) == ["notes/count"] * 5 + ["notes/new"]
    assert room.most_open == 1
    assert len(room.posts) < 6, "what waited was sent in one batch"
    assert waiting(page) == 0


def test_a_double_click_on_a_button_is_one_touch_even_when_another_part_appears_under_it(
    page: Page, room: Room
) -> None:
    open_desk(page, room)
    part(page, "notes/new").dblclick()
    expect(part(page, "notes/text")).to_be_visible()
    page.wait_for_timeout(300)
    assert touched(room) == ["notes/new"]
    part(page, "notes/agree").dblclick()
    wait_until(page, lambda: len(touched(room)) == 2, "the box was touched")
    page.wait_for_timeout(300)
    assert touched(room) == ["notes/new", "notes/agree"]


def test_a_click_on_the_words_beside_a_box_ticks_it(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    page.get_by_text("J'ai relu.").click()
    wait_until(page, lambda: room.attempts["a1"].state["world"]["notes"]["agreed"] is True, "the box was not ticked")
    expect(part(page, "notes/agree")).to_be_checked()


def test_the_same_button_pressed_twice_before_the_answer_is_sent_once(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.delay = 0.4
    part(page, "notes/new").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(part(page, "notes/text")).to_be_visible()
    page.wait_for_timeout(500)
    assert touched(room) == ["notes/new"]


def test_typed_text_goes_before_the_next_action_and_after_a_second_of_rest(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    part(page, "notes/text").press_sequentially("Bonjour")
    wait_until(page, lambda: touched(room)[-1] == "notes/text", "a second of rest sends what is typed")
    part(page, "notes/text").press_sequentially(" Madame")
    part(page, "notes/agree").click()
    wait_until(page, lambda: touched(room)[-1] == "notes/agree", "the box was ticked")
    assert touched(room) == ["notes/new", "notes/text", "notes/text", "notes/agree"]
    assert room.attempts["a1"].state["world"]["notes"]["text"] == "Bonjour Madame"
    expect(part(page, "notes/text")).to_have_value("Bonjour Madame")


def test_without_network_the_exercise_waits_keeps_what_is_typed_and_goes_on_by_itself(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    page.context.set_offline(True)
    part(page, "notes/text").press_sequentially("Bonjour Madame")
    part(page, "notes/agree").click()
    away = page.locator(".desk-offline")
    expect(away).to_contain_text("La connexion est coupée. Ce que vous avez fait est gardé.")
    part(page, "notes/text").press_sequentially(" Martin")
    part(page, "notes/save").click()
    part(page, "notes/save").click()
    expect(part(page, "notes/text")).to_have_value("Bonjour Madame Martin")
    assert touched(room) == ["notes/new"]
    assert waiting(page) >= 2
    page.context.set_offline(False)
    expect(away).to_be_hidden()
    wait_until(page, lambda: waiting(page) == 0, "everything was acknowledged")
    assert room.attempts["a1"].state["world"]["notes"]["text"] == "Bonjour Madame Martin"
    assert touched(room)[:3] == ["notes/new", "notes/text", "notes/agree"]
    assert "notes/save" not in touched(room), "nothing is saved behind the back of a person who is told to wait"
    page.wait_for_timeout(400)  # a click sooner at the same place would be the second of a double click
    part(page, "notes/save").click()
    wait_until(page, lambda: "notes/save" in touched(room), "the exercise goes on")


def test_a_server_that_fails_for_a_while_is_asked_again_with_the_same_events(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.status = 503
    part(page, "notes/new").click()
    expect(page.locator(".desk-offline")).to_be_visible()
    room.status = 200
    expect(part(page, "notes/text")).to_be_visible()
    ids = {event["id"] for events in room.posts for event in events}
    assert len(ids) == 1
    assert len(room.posts) >= 2
    assert touched(room) == ["notes/new"]


def test_a_reload_without_network_answer_resumes_with_what_was_typed(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    room.status = 503
    part(page, "notes/text").press_sequentially("Bonjour Madame")
    part(page, "notes/agree").click()
    expect(page.locator(".desk-offline")).to_be_visible()
    page.reload()
    room.status = 200
    expect(part(page, "notes/text")).to_have_value("Bonjour Madame")
    expect(part(page, "notes/agree")).to_be_checked()
    assert touched(room) == ["notes/new", "notes/text", "notes/agree"]
    assert waiting(page) == 0


def test_what_a_learner_left_behind_is_sent_by_whoever_opens_a_page_next_and_shown_to_nobody(
    page: Page, room: Room
) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    room.status = 503
    part(page, "notes/text").press_sequentially("Ma lettre secrète")
    page.goto(room.url + "/")
    assert waiting(page) == 1
    room.status = 200
    page.goto(room.url + "/")
    wait_until(page, lambda: waiting(page) == 0, "the next page sends it")
    assert room.attempts["a1"].state["world"]["notes"]["text"] == "Ma lettre secrète"
    assert "secrète" not in page.content()


def test_an_exercise_that_is_closed_says_so_and_blocks_nobody(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.status = 410
    part(page, "notes/new").click()
    expect(page.locator(".desk-offline")).to_contain_text("Cet exercice est fermé.")
    expect(page.get_by_role("button", name="Recharger la page")).to_be_visible()
    assert waiting(page) == 0


def write_too_late(page: Page, room: Room, text: str) -> None:
    """Into a note that was begun in time."""
    open_desk(page, room)
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    room.status, room.refusal = 403, {"later": True}
    part(page, "notes/text").press_sequentially(text)


def test_what_comes_too_late_is_kept_and_said_and_goes_out_when_there_is_a_delay(page: Page, room: Room) -> None:
    write_too_late(page, room, "Bonjour Madame")
    said = page.locator(".desk-offline")
    expect(said).to_contain_text("Cet exercice est fermé.")
    expect(said).to_contain_text("Ce qui n'est pas envoyé reste sur cet ordinateur.")
    expect(part(page, "notes/text")).to_have_value("Bonjour Madame")
    assert waiting(page) == 1
    with page.expect_response("**/events"):
        page.goto(room.url + "/")
    assert waiting(page) == 1, "another page asks, and keeps it too"
    room.status = 200
    page.goto(room.url + "/")
    wait_until(page, lambda: waiting(page) == 0, "with a delay it goes out")
    assert room.attempts["a1"].state["world"]["notes"]["text"] == "Bonjour Madame"


def test_what_is_typed_after_it_was_too_late_is_kept_too_and_nothing_more_is_asked(page: Page, room: Room) -> None:
    write_too_late(page, room, "Bonjour")
    expect(page.locator(".desk-offline")).to_contain_text("Quand le travail est ouvert, revenez ici")
    asked = len(room.posts)
    part(page, "notes/text").press_sequentially(" Madame")
    wait_until(page, lambda: waiting(page) == 2, "what is typed afterwards is kept")
    part(page, "notes/save").click()
    part(page, "notes/text").press_sequentially(" Martin")
    page.wait_for_timeout(1300)
    assert waiting(page) == 2, "the newer text takes the place of the older, and a click is none"
    assert len(room.posts) == asked
    room.status = 200
    page.goto(room.url + "/")
    wait_until(page, lambda: waiting(page) == 0, "with a delay it goes out")
    assert room.attempts["a1"].state["world"]["notes"]["text"] == "Bonjour Madame Martin"
    assert "notes/save" not in touched(room)


def test_after_a_refusal_for_ever_nothing_more_is_kept(page: Page, room: Room) -> None:
    open_desk(page, room)
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    room.status = 410
    part(page, "notes/text").press_sequentially("Bonjour")
    expect(page.locator(".desk-offline")).to_contain_text("Cet exercice est fermé.")
    part(page, "notes/text").press_sequentially(" Madame")
    page.wait_for_timeout(1300)
    assert waiting(page) == 0


@pytest.mark.parametrize("status", [403, 503])
def test_what_came_too_late_two_weeks_ago_is_kept_no_longer_and_nobody_is_asked(
    page: Page, room: Room, status: int
) -> None:
    open_desk(page, room)
    room.status, room.refusal = 403, {"later": True}
    part(page, "notes/new").click()
    expect(page.locator(".desk-offline")).to_contain_text("Cet exercice est fermé.")
    assert waiting(page) == 1
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((one) => one.startsWith("declic.waiting."));
          const entry = JSON.parse(localStorage.getItem(key));
          entry.event.at = new Date(Date.now() - 15 * 86400000).toISOString();
          localStorage.setItem(key, JSON.stringify(entry));
        }"""
    )
    asked, room.status = len(room.posts), status
    page.goto(room.url + "/")
    wait_until(page, lambda: waiting(page) == 0, "it is forgotten")
    assert len(room.posts) == asked
    assert touched(room) == []


def test_two_tabs_on_one_exercise_do_no_harm(page: Page, room: Room) -> None:
    open_desk(page, room)
    other = page.context.new_page()
    other.goto(room.url + "/learn/attempts/a1")
    expect(part(other, "notes/new")).to_be_visible()
    part(page, "notes/new").click()
    expect(part(page, "notes/text")).to_be_visible()
    part(other, "notes/count").click()
    expect(other.locator(".desk-feedback")).to_contain_text("L'écran a changé.")
    expect(part(other, "notes/text")).to_be_visible()
    assert touched(room) == ["notes/new"]
    part(other, "notes/text").fill("Bonjour Madame")
    part(other, "notes/agree").click()
    wait_until(page, lambda: touched(room)[-1] == "notes/agree", "the second tab goes on")
    assert touched(room) == ["notes/new", "notes/text", "notes/agree"]


def test_the_pressed_look_shows_within_100_ms_on_a_slow_server(page: Page, room: Room) -> None:
    open_desk(page, room)
    room.delay = 1.0
    took = page.evaluate(
        """() => new Promise((resolve) => {
          const button = document.querySelector('[data-part="notes/new"]');
          const from = performance.now();
          button.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
          requestAnimationFrame(() => resolve(button.matches(".is-pressed") ? performance.now() - from : -1));
        })"""
    )
    assert 0 <= took < 100
