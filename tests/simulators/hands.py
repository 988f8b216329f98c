"""Hands for tests: the gesture that a part asks for (`data-gesture`), by real pointer and keys, nothing forced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.simulators.stage import Stage

LOOK = """async (css) => {
  const find = () => document.querySelectorAll(css), rest = () => new Promise((go) => setTimeout(go, 4));
  for (const end = Date.now() + 10000; !find().length && Date.now() < end;) await rest();
  const [node, other] = find();
  if (!node || other) throw Error(`${find().length} elements are ${css}`);
  node.scrollIntoViewIfNeeded();
  const { left, top, width, height } = node.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2], above = document.elementFromPoint(x, y);
  const seen = above && (node.contains(above) || above.closest("label")?.control === node);
  const under = seen ? "" : `${node.outerHTML.slice(0, 200)} is under ${above?.outerHTML.slice(0, 200)}`;
  const focused = node === document.activeElement, fixed = Boolean(node.readOnly);
  return { gesture: node.dataset.gesture ?? "", tag: node.tagName, fixed, focused, x, y, under };
}"""


@dataclass(frozen=True)
class Spot:
    """A part as it stands in view, asked in one go, as each question to the browser costs.

    Where a click on it goes (`under` says what hides it there), which gesture it asks for, whether nothing can be
    written there, whether it has the focus.
    """

    gesture: str
    tag: str
    fixed: bool
    focused: bool
    x: float
    y: float
    under: str


def look(page: Page, css: str) -> Spot:
    """The one element that this selects, brought into view."""
    return Spot(**page.evaluate(LOOK, css))


def click(page: Page, css: str) -> None:
    """A real click into the middle of what this selects, which nothing may hide."""
    spot = look(page, css)
    assert not spot.under, spot.under
    page.mouse.click(spot.x, spot.y)


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
    part, css = find_part(page, guide["part"]), select_part(guide["part"])
    spot = look(page, css)
    gesture = spot.gesture
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
    elif guide["do"] == "choose" and spot.tag == "SELECT":
        part.select_option(guide["value"])
    elif guide["do"] == "choose":
        click(page, f"{css} label[data-option='{guide['value']}']")
    elif guide["do"] == "type":
        part.fill(guide["value"])
        part.blur()
    elif gesture == "keys":
        press_keys(page, css, guide["value"][1:])
    else:
        click(page, css)


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


def select_part(name: str) -> str:
    """What selects the one element of a part."""
    return f"[data-part='{name}']"


def find_part(page: Page, name: str) -> Locator:
    """The one element of a part."""
    return page.locator(select_part(name))


def press_keys(page: Page, field: str, keys: list[str]) -> None:
    """Reach the field as one does and press the keys; signs that a bare keyboard lacks are inserted."""
    spot = look(page, field)
    if not spot.focused:
        click(page, field)
        if not spot.fixed:  # there, the page itself would glide to its end, under the next click
            page.keyboard.press("End")
    for key in keys:
        if len(key) > 1:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
