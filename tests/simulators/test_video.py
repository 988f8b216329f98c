"""The video call: permission, test, microphone, chat, one window shown; by its guide, by pointer, keys and finger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.content.desk import Desk
from lms.content.simulators import load_simulator
from tests.content.desks import NOW, follow, lead_to, touch
from tests.simulators import shelf
from tests.simulators.test_documents_browser import follow as follow_page
from tests.simulators.test_documents_browser import open_desk, part, room
from tests.web_static.room import Room

__all__ = ["room"]
MECHANICS = load_simulator(Path(__file__).resolve().parents[2] / "simulators" / "video").mechanics
CALL = "video/appel-avec-la-conseillere"
HELD = "video/appel-au-telephone"
SMALL = """() => [...document.querySelectorAll(".sim-video button")].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width < 47.5 || height < 47.5;
}).map((one) => one.textContent)"""
REF: dict[str, Any] = {"video": {"windows": [{"id": "cv"}]}}


def load() -> Desk:
    return shelf.load(CALL)


@pytest.mark.parametrize("switched", [[], ["video.refused"]])
def test_the_guide_ends_the_call_even_when_the_microphone_is_blocked(switched: list[str]) -> None:
    desk = load()
    ended = follow(desk, desk.start(NOW, 1) | {"switched": switched}, most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == (["refused"] if switched else [])


def test_the_whole_screen_is_said_to_show_private_messages() -> None:
    desk = load()
    state = lead_to(desk, "video/take-cv")
    assert touch(desk, state, "video/take-screen").say == "Presque. Tout l'écran montre aussi vos messages privés."


def test_leaving_stops_what_is_shown_and_an_empty_message_is_not_sent() -> None:
    call = {"page": "call", "sharing": "cv", "message": " ", "chat": []}
    left = MECHANICS.touch(REF, {"video": call}, "video", "leave", "click", None)["video"]
    assert (left["page"], left["sharing"]) == ("left", None)
    assert MECHANICS.touch(REF, {"video": call}, "video", "post", "click", None)["video"]["chat"] == []


def test_without_permission_nobody_joins() -> None:
    for permission in (None, "refused"):
        found = MECHANICS.parts(REF, {"video": {"page": "test", "permission": permission}}, "video")
        assert "join" not in found


def test_a_pointer_makes_the_whole_call(page: Page, room: Room) -> None:
    faults = open_desk(page, room, CALL)
    assert follow_page(page, room) > 12
    expect(page.locator(".desk-end")).to_be_visible()
    assert faults == []


def test_keys_prepare_the_call(page: Page, room: Room) -> None:
    open_desk(page, room, CALL)
    for name in ("desk/video", "video/test", "video/allow", "video/try-mic", "video/join", "video/enter"):
        expect(part(page, name)).to_be_visible()
        page.wait_for_timeout(400)
        part(page, name).press("Enter")
    expect(page.locator(".sim-video h2")).to_have_text("Appel en cours")


def test_on_a_phone_the_call_fits(phone: Page, room: Room) -> None:
    open_desk(phone, room, CALL)
    follow_page(phone, room, lambda: assert_fits(phone))


def assert_fits(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_held_in_one_hand_the_call_is_ended_by_its_guide_and_leaving_early_is_said() -> None:
    desk = shelf.load(HELD)
    ended = follow(desk, desk.start(NOW, 1), most=40)[-1]
    assert ended.success
    assert ended.state["trapped"] == []
    state = lead_to(desk, "video/film")
    early = touch(desk, state, "video/leave")
    assert early.say == "Presque. L'agent n'a pas fini : revenez."
    assert follow(desk, early.state, most=40)[-1].success


def test_a_call_with_nothing_to_show_offers_nothing_and_the_second_page_is_closed_once() -> None:
    call = {"page": "call", "sharing": None, "echo": True}
    found = MECHANICS.parts({"video": {"windows": []}}, {"video": call}, "video")
    assert "share" not in found
    assert "single" in found
    once = MECHANICS.touch(REF, {"video": call}, "video", "single", "click", None)
    assert "single" not in MECHANICS.parts(REF, once, "video")


def test_a_finger_makes_the_call_on_a_phone_without_a_fault_of_access(
    phone: Page, axe: Callable[[Page], list[str]], room: Room
) -> None:
    open_desk(phone, room, HELD)
    small: list[str] = []
    faults: dict[str, list[str]] = {}

    def look() -> None:
        assert_fits(phone)
        small.extend(phone.evaluate(SMALL))
        screen = str(phone.locator("[data-screen]:visible").first.get_attribute("data-screen"))
        if screen not in faults:  # once a page: the tool takes a second
            faults[screen] = axe(phone)

    follow_page(phone, room, look)
    assert small == []
    assert {screen: found for screen, found in faults.items() if found} == {}
    assert len(faults) > 3
