"""The drawn phone in a real browser: fingers, a mouse, the keyboard, at 360 px."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.simulators.hands import find_part, follow_guide, open_at, settle
from tests.simulators.stage import open_stage
from tests.simulators.test_touch import SCENARIOS


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_phone_fits_360_px_and_axe_finds_nothing(phone: Page, axe: Callable[[Page], list[str]], name: str) -> None:
    with open_stage(f"touch/{name}") as stage:
        faults = open_at(phone, stage)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe(phone) == []
        assert faults == []


def test_a_mouse_swipes_opens_and_enlarges(page: Page) -> None:
    with open_stage("touch/regarder-les-photos") as stage:
        open_at(page, stage)
        assert follow_guide(page, stage) == 7


def test_two_real_fingers_enlarge_the_map_and_one_pushes_it(phone: Page) -> None:
    with open_stage("touch/chercher-sur-le-plan") as stage:
        open_at(phone, stage)
        pinch(phone, "phone/plan")
        pinch(phone, "phone/plan")
        assert stage.world["at"]["plan"] == 2
        find_part(phone, "phone/suivre").tap()
        settle(phone)
        assert stage.world["page"] == "rue"


def pinch(page: Page, part: str) -> None:
    """Two fingers go apart on a part."""
    box = find_part(page, part).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 20), ("touchMove", 45), ("touchMove", 70)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(page)


def test_keys_alone_swipe_stay_pressed_and_confirm(page: Page) -> None:
    with open_stage("touch/effacer-une-photo") as stage:
        open_at(page, stage)
        find_part(page, "phone/rouleau").press("ArrowUp")
        settle(page)
        find_part(page, "phone/photo-floue").press("Enter")
        settle(page)
        for part in ("supprimer", "confirmer", "fini"):
            find_part(page, f"phone/{part}").press("Enter")
            settle(page)
        assert stage.show()["guide"] is None


def test_a_finger_writes_on_the_keys_of_the_screen_with_figures_and_an_accent(phone: Page) -> None:
    with open_stage("touch/ecrire-du-doigt") as stage:
        open_at(phone, stage)
        find_part(phone, "phone/notes").tap()
        write(phone, [*"farine", "espace", "e", "t", "espace", *"lait"])
        expect(phone.get_by_text("✓ farine et lait")).to_be_visible()
        write(phone, ["123", "6", "abc", "espace", *"citrons"])
        expect(phone.get_by_text("✓ 6 citrons")).to_be_visible()
        write(phone, [*"caf", "é…", "é"])
        phone.evaluate("window.room.flush()")
        settle(phone)
        assert stage.show()["guide"] is None


def write(page: Page, signs: list[str]) -> None:
    for sign in signs:
        page.locator(f'[data-sign="{sign}"]').tap()
