"""Hands that follow the guide as the page shows it: hover, click, double-click, drag, wheel, typing; nothing forced."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from e2e.house import House
from e2e.steps import find_attempt, part, select_part
from lms.contract import Guide
from tests.simulators.hands import Spot, look, move_finger

SOON, SOON_BY_FINGER = 0.36, 0.6
"""The desk swallows a second click at the same place within 350 ms, and what the browser counts as a double tap (half
a second); an unhurried hand waits."""

SENT = """const waits = () => Object.keys(localStorage).some((key) => key.startsWith("declic.waiting."));
  for (const end = Date.now() + 10000; waits() && Date.now() < end;) await new Promise((go) => setTimeout(go, 4));"""
"""Until everything was sent."""

SHOWN = f"""async () => {{
  {SENT}
  const pointed = document.querySelector(".is-pointed"), says = document.querySelector(".desk-say");
  return [pointed?.dataset.part ?? "", says?.dataset.text ?? ""];
}}"""
"""Once everything was sent: at which part the page points, what it says."""


class Hand:
    """One hand on one page. `finger` taps instead of clicking; `alone` needs no page that points at anything."""

    def __init__(self, page: Page, house: House, *, finger: bool = False, alone: bool = False) -> None:
        self.page, self.house, self.finger, self.alone = page, house, finger, alone
        self.attempt = find_attempt(page)
        self.touches: list[str] = []
        self._last: tuple[float, float, float] = (0, 0, 0)

    def follow(
        self, most: int = 80, before: Callable[[], Any] = lambda: None, after: Callable[[], Any] = lambda: None
    ) -> list[str]:
        """Do what the page says until the end stands there; returns the parts touched, in order."""
        for _ in range(most):
            guide = self.see_guide()
            if guide is None:
                return self.touches
            before()
            self.touch(guide)
            after()
        raise AssertionError(f"still not there after {self.touches}")

    def see_guide(self) -> Guide | None:
        """The next touch, once the page points at it and says it; None at the end."""
        shown: list[str] = []
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            shown = self.page.evaluate(SHOWN)
            guide = self.house.find_guide(self.attempt)
            if guide is None:
                expect(self.page.locator(".desk-end")).to_be_visible()
                return None
            if shown == (["", shown[1]] if self.alone else [guide.part, guide.say]):
                return guide
        raise AssertionError(f"the page shows {shown}, the server means {guide}")

    def touch(self, guide: Guide) -> None:
        """One gesture, until the server has answered."""
        self.touches.append(guide.part)
        with self.page.expect_response(lambda answer: answer.url.endswith("/events")):
            self.make_gesture(part(self.page, guide.part), guide)
        assert self.page.evaluate(f"async () => {{ {SENT} return !waits(); }}"), "something waits in this browser"

    def make_gesture(self, target: Locator, guide: Guide) -> None:
        """What the part asks for."""
        spot = look(self.page, select_part(guide.part))
        gesture = spot.gesture or guide.do
        if gesture == "hover":
            target.tap() if self.finger else target.hover()
        elif gesture == "dblclick":
            target.dblclick()
        elif gesture == "right":
            target.click(button="right")
        elif gesture == "drag":
            target.drag_to(part(self.page, f"{guide.part.partition('/')[0]}/{guide.value[-1][1]}"))
        elif gesture == "scroll":
            target.hover()
            self.page.mouse.wheel(0, 5000 if guide.value[-1][1] else -5000)
        elif gesture in ("hold", "swipe", "zoom"):
            move_finger(self.page, target, guide.value[-1])
        elif gesture == "keys":
            self.reach(spot)
            self.press_keys(guide.value[1:])
        elif gesture == "type":
            self.type_text(spot, str(guide.value))
        elif gesture == "choose" and spot.tag == "SELECT":
            self.choose(target, str(guide.value))
        elif gesture == "choose":
            words = json.dumps(str(guide.value), ensure_ascii=False)
            self.click(look(self.page, f"{select_part(guide.part)} label[data-option={words}]"))
        else:
            self.click(spot)

    def click(self, spot: Spot, field: bool = False) -> None:
        """A calm click, or a tap. The desk counts no click into a `field` as the first of two."""
        x, y = spot.x, spot.y
        assert not spot.under, spot.under
        now = time.monotonic()
        # On a phone the page may scroll or fold between look and tap: two taps are apart in time, wherever they are.
        near = self.finger or (abs(x - self._last[0]) < 30 and abs(y - self._last[1]) < 30)
        calm = SOON_BY_FINGER if self.finger else SOON
        if near and now - self._last[2] < calm:
            self.page.wait_for_timeout(1000 * (calm - now + self._last[2]))
        self.page.touchscreen.tap(x, y) if self.finger else self.page.mouse.click(x, y)
        if not field:
            self._last = (x, y, time.monotonic())

    def type_text(self, field: Spot, text: str) -> None:
        """Into the field, over what stands there; leaving the field tells it."""
        self.click(field, field=True)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def choose(self, target: Locator, value: str) -> None:
        """In a list, by its keys."""
        target.focus()
        words = target.locator(f"option[value={json.dumps(value, ensure_ascii=False)}]").inner_text()
        # What no key of this machine writes is inserted, and Chromium inserts it into the field that was left.
        self.page.keyboard.type(re.match("[ -~]*", words)[0] or words)  # type: ignore[index]
        self.page.keyboard.press("Tab")

    def reach(self, field: Spot) -> None:
        """The focus into the field, behind what stands there."""
        if not field.focused:
            self.click(field)
            if not field.fixed:  # there, the page itself would glide to its end, under the next click
                self.page.keyboard.press("End")

    def press_keys(self, keys: list[str]) -> None:
        """Signs that a bare keyboard lacks are inserted."""
        for key in keys:
            if len(key) > 1:
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)
