"""The safe in a real browser: by pointer, by keys, and by a finger on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.simulators.hands import find_part, follow_guide, open_at
from tests.simulators.stage import open_stage


def test_a_pointer_shares_a_folder_and_takes_it_back(page: Page) -> None:
    with open_stage("safe/partager-et-retirer") as stage:
        faults = open_at(page, stage)
        assert follow_guide(page, stage, most=40) > 15
        expect(page.locator("#say")).to_have_text("C'est fait.")
        assert faults == []


def test_keys_alone_put_a_paper_in(page: Page) -> None:
    with open_stage("safe/premiers-papiers") as stage:
        open_at(page, stage)
        for part in ("enter", "add", "from-file", "pick-hebergement"):
            find_part(page, f"safe/{part}").press("Enter")
        name = find_part(page, "safe/name")
        name.focus()
        page.keyboard.type("Papier de M. Lopes")
        page.keyboard.press("Tab")
        expect(page.locator('input[value="identite"]')).to_be_focused()
        page.keyboard.press("Space")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        find_part(page, "safe/keep").press("Enter")
        expect(page.locator(".sim-safe h3")).to_have_text("Logement")
        assert stage.world["papers"][0]["name"] == "Papier de M. Lopes"


def test_a_finger_comes_back_on_a_phone_and_axe_finds_nothing(phone: Page, axe: Callable[[Page], list[str]]) -> None:
    with open_stage("safe/deuxieme-visite") as stage:
        open_at(phone, stage)
        seen: set[str] = set()
        for _ in range(40):
            screen = phone.locator("[data-screen]").get_attribute("data-screen") or ""
            assert phone.evaluate("document.documentElement.scrollWidth") <= 360, screen
            if screen not in seen:
                seen.add(screen)
                assert axe(phone) == [], screen
            if not follow_one(phone, stage):
                break
        expect(phone.locator("#say")).to_have_text("C'est fait.")


def follow_one(phone: Page, stage: object) -> bool:
    """One touch of the guide by a finger; False at the end."""
    guide = stage.show()["guide"]  # type: ignore[attr-defined]
    if guide is None:
        return False
    part = find_part(phone, guide["part"])
    if guide["do"] == "type":
        part.fill(guide["value"])
        part.blur()
    elif guide["do"] == "choose":
        part.locator(f"label[data-option='{guide['value']}']").tap()
    else:
        part.tap()
    phone.evaluate("() => window.settled()")
    return True
