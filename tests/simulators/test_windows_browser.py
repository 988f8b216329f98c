"""A window over the app in front, by keys and for the ear: what it is called, how it closes, where the focus goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.content.desks import come_by
from tests.simulators.test_documents_browser import DECLARATION, part, room
from tests.web_static.room import Room

__all__ = ["room"]
FIELDS = ("form/salaire-1", "form/salaire-2")


def open_form(page: Page, room: Room, incident: str = "form.lost", locale: str = "fr") -> None:
    """The page of amounts, where the next touch lets this window come."""
    path = room.start("guided", DECLARATION)
    attempt = room.attempts["a1"]
    attempt.activity = replace(attempt.activity, locale=locale)
    state = come_by(attempt.activity.options["scenario"], FIELDS[0])
    attempt.state = {**attempt.state, **state, "switched": [incident]}
    page.add_init_script("localStorage.setItem('voice', 'off')")
    page.goto(room.url + path)
    expect(part(page, FIELDS[0])).to_be_visible()


def write_and_go_on(page: Page, text: str) -> None:
    """Write in one field, and go to the next by Tab, which lets the window come."""
    part(page, FIELDS[0]).fill(text)
    page.keyboard.press("Tab")
    expect(page.locator(".desk-window")).to_be_focused()


@pytest.mark.parametrize("key", ["Escape", "Enter"])
def test_a_window_closes_by_keys_and_the_focus_is_where_it_was(page: Page, room: Room, key: str) -> None:
    open_form(page, room)
    write_and_go_on(page, "913")
    if key == "Enter":
        page.locator(".desk-window-button").focus()
    page.keyboard.press(key)
    expect(page.locator(".desk-window")).to_have_count(0)
    expect(part(page, FIELDS[1])).to_be_focused()
    expect(part(page, FIELDS[0])).to_have_value("913")
    assert [one["part"] for one in room.attempts["a1"].counted][-1] == "form/notice"


def test_where_it_was_is_gone_and_the_focus_goes_to_the_title(page: Page, room: Room) -> None:
    open_form(page, room)
    write_and_go_on(page, "913")
    page.reload()
    expect(page.locator(".desk-window")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".desk-window")).to_have_count(0)
    expect(page.locator(".desk-room:not([hidden]) [data-focus]")).to_be_focused()


def test_a_window_is_called_by_its_title_and_described_by_its_text(page: Page, room: Room) -> None:
    open_form(page, room)
    write_and_go_on(page, "913")
    window = page.get_by_role("alertdialog", name="La connexion est coupée", exact=True)
    expect(window).to_have_accessible_description("Rien n'est perdu. Attendez un peu, puis essayez encore.")
    expect(window.locator("[lang=fr][dir=ltr]")).to_have_text("Réessayer")


def test_in_arabic_a_window_stands_right_to_left_and_its_french_words_do_not(page: Page, room: Room) -> None:
    open_form(page, room, "form.session", "ar")
    write_and_go_on(page, "913")
    window = page.get_by_role("alertdialog", name="هل ما زلت هنا؟", exact=True)
    told = window.locator("h2")
    assert told.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert told.evaluate("(node) => node.closest('[lang]').lang") == "ar"
    expect(window.locator(".desk-window-french")).to_have_attribute("dir", "ltr")
    expect(window.locator("button [dir=rtl]")).to_have_text("البقاء متصلًا")
