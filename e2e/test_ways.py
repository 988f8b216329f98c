"""The main path of each simulator by keys alone, and by a finger at 360 px; by mouse, `test_scenarios` goes them all.

On the small server of the desk's own tests: no sign-in, no database, so that each path costs a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.hands import Hand
from e2e.steps import select_part
from e2e.test_keyboard import Keys
from lms.contract import Guide
from tests.fixtures.keys import reach_by_tab
from tests.simulators.hands import look
from tests.web_static.conftest import room
from tests.web_static.room import Room

__all__ = ["room"]

PATHS = {
    "browser": "ouvrir-la-mediatheque",
    "call": "au-bout-du-fil-samuel",
    "files": "retrouver-un-fichier",
    "keyboard": "ecrire-son-prenom",
    "mail": "lire-et-repondre",
    "mandate": "une-curatrice",
    "phone": "lire-un-code-par-sms",
    "pitfalls": "photo-trop-lourde",
    "pointer": "un-clic-ou-deux",
    "procedure": "creer-une-adresse",
    "safe": "premiers-papiers",
    "touch": "effacer-une-photo",
    "video": "appel-avec-la-conseillere",
}
ARROWS = {"x": ("ArrowLeft", "ArrowRight"), "y": ("ArrowUp", "ArrowDown")}


@dataclass(frozen=True)
class Judge:
    """What a hand asks of the house: here the room knows the next touch."""

    room: Room

    def find_guide(self, attempt: str) -> Guide | None:
        one = self.room.attempts[attempt]
        found: Guide | None = one.activity.options["scenario"].guide(one.state)
        return found


class AllKeys(Keys):
    """Keys for every gesture: where a mouse drags, scrolls or stays, there is a key that does as well."""

    def make_gesture(self, target: Locator, guide: Guide) -> None:
        gesture = target.get_attribute("data-gesture") or guide.do
        keys = self.page.keyboard
        if gesture == "keys":
            reach_by_tab(self.page, target)
            keys.press("End")
            self.press_keys(guide.value[1:])
        elif gesture == "swipe":
            reach_by_tab(self.page, target)
            _, x, y = guide.value[-1][:3]
            keys.press(ARROWS["x" if abs(x) > abs(y) else "y"][x + y > 0])
        elif gesture == "zoom":
            reach_by_tab(self.page, target)
            keys.press("+" if guide.value[-1][1] > 100 else "-")
        else:
            super().make_gesture(target, guide)


class Finger(Hand):
    """A finger that taps, stays and swipes, as a touch screen tells it."""

    def make_gesture(self, target: Locator, guide: Guide) -> None:
        gesture = target.get_attribute("data-gesture") or guide.do
        if gesture in ("hold", "swipe"):
            self.move(target, guide.value[-1])
        elif gesture == "dblclick":
            target.scroll_into_view_if_needed()
            target.tap()
            target.tap()
        elif gesture in ("right", "click"):
            self.click(look(self.page, select_part(guide.part)))
        else:
            super().make_gesture(target, guide)

    def move(self, target: Locator, sample: list[Any]) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        session = self.page.context.new_cdp_session(self.page)
        press = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", press)
        if sample[0] == "hold":
            self.page.wait_for_timeout(sample[1])
        else:
            for part in range(1, 5):
                point = {"x": x + sample[1] * part / 4, "y": y + sample[2] * part / 4}
                session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def open_path(page: Page, room: Room, simulator: str) -> Judge:
    """A fresh attempt in «Avec moi»."""
    page.add_init_script("localStorage.setItem('voice', 'off')")
    page.goto(room.url + room.start("guided", f"{simulator}/{PATHS[simulator]}"))
    expect(page.locator(".desk-help-list button").first).to_be_attached()
    return Judge(room)


def check_end(page: Page, room: Room) -> None:
    expect(page.locator(".desk-reference")).to_contain_text("ENT-")
    assert room.attempts["a1"].state["trapped"] == []


@pytest.mark.parametrize("simulator", PATHS)
def test_keys_alone_go_the_main_path_of_every_simulator(page: Page, room: Room, simulator: str) -> None:
    judge = open_path(page, room, simulator)
    AllKeys(page, judge).follow()  # type: ignore[arg-type]
    check_end(page, room)


@pytest.mark.parametrize("simulator", [one for one in PATHS if one != "keyboard"])
def test_a_finger_goes_the_main_path_of_every_simulator_at_360_px(phone: Page, room: Room, simulator: str) -> None:
    judge = open_path(phone, room, simulator)
    widths: list[int] = []
    Finger(phone, judge, finger=True).follow(  # type: ignore[arg-type]
        after=lambda: widths.append(phone.evaluate("document.documentElement.scrollWidth"))
    )
    assert max(widths) <= 360
    check_end(phone, room)
