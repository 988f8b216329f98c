"""Hands for tests: the gesture that a part asks for (`data-gesture`), by real pointer and keys, nothing forced."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.simulators.stage import Stage


def open_at(page: Page, stage: Stage) -> list[str]:
    """Open the stage; returns the list where faults of the page gather."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Security" in said.text else None)
    page.goto(stage.url)
    expect(page.locator("body[data-ready]")).to_be_attached()
    return faults


def follow_guide(page: Page, stage: Stage, most: int = 30) -> int:
    """Do what the guide says until the aim is reached; returns how many gestures it took."""
    for count in range(most):
        guide = stage.show()["guide"]
        if guide is None:
            return count
        played = page.evaluate("window.played")
        make_gesture(page, guide)
        expect(page.locator(f"body[data-played='{played}']")).to_have_count(0)
        settle(page)
    raise AssertionError(f"still not there: {stage.show()['guide']}")


def settle(page: Page) -> None:
    """Wait until every event that was sent is answered."""
    page.evaluate("() => window.settled()")


def make_gesture(page: Page, guide: dict[str, Any]) -> None:
    """One gesture on the part that the guide names."""
    part = find_part(page, guide["part"])
    gesture = part.get_attribute("data-gesture")
    if gesture == "hover":
        part.hover()
    elif gesture == "dblclick":
        part.dblclick()
    elif gesture == "right":
        part.click(button="right")
    elif gesture == "drag":
        part.drag_to(find_part(page, f"{guide['part'].partition('/')[0]}/{guide['value'][-1][1]}"))
    elif gesture == "scroll":
        part.hover()
        page.mouse.wheel(0, 5000 if guide["value"][-1][1] else -5000)
    elif gesture in ("hold", "swipe", "zoom"):
        move_finger(page, part, guide["value"][-1])
    elif guide["do"] == "choose" and part.evaluate("(node) => node.tagName") == "SELECT":
        part.select_option(guide["value"])
    elif guide["do"] == "choose":
        part.locator(f"label[data-option='{guide['value']}']").click()
    elif guide["do"] == "type":
        part.fill(guide["value"])
        part.blur()
    elif gesture == "keys":
        press_keys(page, part, guide["value"][1:])
    else:
        part.click()


def move_finger(page: Page, thing: Locator, sample: list[Any]) -> None:
    """What a finger does, with a mouse that stays pressed or swipes; zooming by the keys + and −."""
    if sample[0] == "pinch":
        thing.press("+" if sample[1] > 100 else "-")
        return
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    if sample[0] == "hold":
        page.wait_for_timeout(sample[1])
    else:
        page.mouse.move(x + sample[1], y + sample[2], steps=4)
    page.mouse.up()


def find_part(page: Page, name: str) -> Locator:
    """The one element of a part."""
    return page.locator(f"[data-part='{name}']")


def press_keys(page: Page, field: Locator, keys: list[str]) -> None:
    """Reach the field as one does and press the keys; signs that a bare keyboard lacks are inserted."""
    if not field.evaluate("(node) => node === document.activeElement"):
        field.click()
        page.keyboard.press("End")
    for key in keys:
        if len(key) > 1:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
