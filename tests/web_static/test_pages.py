"""The board, forms and the idle question in a real browser."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.web_static.room import Room
from tests.web_static.steps import wait_until

pytestmark = pytest.mark.usefixtures("faults")


def row(name: str, urgency: str, **more: object) -> dict[str, object]:
    said = {
        "sentence": f"{name} cherche le bouton Envoyer.",
        "word": "Cherche",
        "since": None,
        "screen_url": "/s",
        "help_url": "/h",
    }
    return {"id": name.lower(), "first_name": name, "urgency": urgency} | said | more


@pytest.fixture
def board(page: Page, room: Room) -> Page:
    """The board of three people, open."""
    room.board = [
        row("Samuel", "stuck", since=int(time.time()) - 130, nudge_url="/teach/say/samuel"),
        row("Amina", "working", nudge_url="/teach/say/amina"),
        row("Rosa", "working", unlock_url="/teach/say/rosa"),
    ]
    page.goto(room.url + "/teach/board")
    expect(page.locator(".board-row")).to_have_count(3)
    return page


def names(page: Page) -> list[str]:
    return page.locator(".board-row [data-fill=first_name]").all_inner_texts()


def test_the_board_says_since_when_in_a_calm_sentence(board: Page) -> None:
    expect(board.locator(".board-row").first).to_contain_text("Samuel cherche le bouton Envoyer depuis 2 min.")


def test_the_most_urgent_goes_first_and_the_focus_stays_on_the_same_person(board: Page, room: Room) -> None:
    link = board.locator('[data-id="samuel"] [data-href="screen_url"]')
    link.focus()
    board.evaluate("() => { window.same = document.activeElement }")
    room.board = [row("Rosa", "calls"), *room.board[:2]]
    wait_until(board, lambda: names(board) == ["Rosa", "Samuel", "Amina"], "the order changes")
    assert board.evaluate("() => document.activeElement === window.same && window.same.isConnected")


def test_nothing_moves_under_a_trainer_who_writes_and_the_sentence_arrives(board: Page, room: Room) -> None:
    board.locator('[data-id="amina"]').get_by_role("button", name="Envoyer un mot").click()
    board.get_by_label("Une phrase pour Amina").fill("J'arr")
    room.board = [room.board[1], room.board[0], room.board[2]]
    board.wait_for_timeout(2600)
    assert names(board) == ["Samuel", "Amina", "Rosa"]
    board.keyboard.type("ive.")
    board.keyboard.press("Enter")
    expect(board.locator("#board-state")).to_have_text("Amina voit votre phrase.")
    assert room.said[0]["text"] == "J'arrive."
    assert (room.said[0]["to"], room.said[0]["csrf_token"]) == ("amina", "csrf")
    wait_until(board, lambda: names(board) == ["Amina", "Samuel", "Rosa"], "the order changes once it is sent")


def test_unlocking_is_one_tap(board: Page, room: Room) -> None:
    board.get_by_role("button", name="Déverrouiller").click()
    expect(board.locator("#board-state")).to_have_text("Rosa peut entrer.")
    assert [one["to"] for one in room.said] == ["rosa"]


def test_an_unchanged_board_is_not_sent_again_and_a_hidden_one_does_not_ask(board: Page) -> None:
    seen: list[int] = []
    board.on("response", lambda one: seen.append(one.status) if one.url.endswith("board.json") else None)
    board.wait_for_timeout(4500)
    assert set(seen) == {304}
    board.evaluate("() => Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    board.wait_for_timeout(2200)
    before = len(seen)
    board.wait_for_timeout(2500)
    assert len(seen) == before


def test_a_form_clicked_twice_posts_once(page: Page, room: Room) -> None:
    page.goto(room.url + "/")
    page.route("**/teach/say/form", lambda route: (room.said.append({}), time.sleep(0.4), route.abort()))
    page.locator("#post").dblclick()
    page.wait_for_timeout(900)
    assert len(room.said) == 1


def test_after_a_long_rest_the_page_asks_and_counts_nothing_down(page: Page, room: Room) -> None:
    room.idle = "1"
    page.goto(room.url + "/")
    dialog = page.get_by_role("dialog", name="Êtes-vous toujours là ?")
    expect(dialog).to_be_visible()
    page.wait_for_timeout(1500)
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Oui, je continue").click()
    expect(dialog).to_be_hidden()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="J'ai fini").click()
    wait_until(page, lambda: [one["to"] for one in room.said] == ["form"], "the form of «J'ai fini» is sent")
